"""What the log's verbs and subjects are called on a page."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.apps.requirements.queries import asked_fact, requirement_set

VERBS: Mapping[str, Promise] = {
    "accept-delegation": _("Accepted to act for you"),
    "act-for": _("Opened the pages to act"),
    "add-credential": _("Added a credential"),
    "add-email": _("Added an e-mail address"),
    "add-factor": _("Added a second factor"),
    "add-import": _("Added the rows of a file"),
    "add-record": _("Added a record"),
    "make-share-link": _("Made a link for others to read"),
    "revoke-share-link": _("Took a link back"),
    "prepare-file": _("Asked for a file"),
    "change-credential": _("Changed a credential"),
    "change-delegation": _("Changed what a delegate may do"),
    "change-email": _("Changed the main e-mail address"),
    "change-password": _("Changed the password"),
    "change-profile": _("Changed the profile"),
    "change-record": _("Changed a record"),
    "confirm-email": _("Confirmed an e-mail address"),
    "confirm-import": _("Confirmed an import"),
    "decline-delegation": _("Declined to act for you"),
    "discard-import": _("Discarded an upload"),
    "end-delegation": _("Ended a delegation"),
    "end-session": _("Signed a browser out"),
    "invite-assistant": _("Asked somebody to act for you"),
    "link-sign-in": _("Linked another way to sign in"),
    "open-account": _("Opened the account"),
    "remove-credential": _("Removed a credential"),
    "remove-email": _("Removed an e-mail address"),
    "remove-factor": _("Removed a second factor"),
    "remove-record": _("Removed a record"),
    "renew-recovery-codes": _("Made new recovery codes"),
    "reset-password": _("Set a new password by e-mail"),
    "restore-credential": _("Brought a credential back"),
    "restore-record": _("Brought a record back"),
    "set-password": _("Set a password"),
    "sign-in": _("Signed in"),
    "start-import": _("Uploaded a file"),
    "state-fact": _("Answered a question"),
    "undo-import": _("Undid an import"),
    "unlink-sign-in": _("Unlinked a way to sign in"),
    "withdraw-fact": _("Took an answer back"),
}
KINDS = (
    ("record", _("Record"), ("credit.",)),
    ("credentials", _("Credentials"), ("people.heldcredential",)),
    ("you", _("You and your account"), ("people.person", "people.delegation", "account.", "mfa.")),
)
# What names the thing in the contents of an entry, the first that is there.
_NAMING = ("title", "filename", "name", "requirement_set", "address", "provider", "way", "kind")
MOST_LETTERS = 200


def verb_words(verb: str) -> str:
    """A sentence for a known verb; an unknown one as it is written, which is English."""
    known = VERBS.get(verb)
    return str(known) if known is not None else verb.replace("-", " ").capitalize()


def verbs_saying(words: str) -> list[str]:
    """The verbs whose sentence holds these words."""
    return [verb for verb, said in VERBS.items() if words.lower() in str(said).lower()]


def _fact_words(contents: Mapping[str, Any]) -> str:
    """A fact as its question and the answer; what the vocabulary does not know stays as it is written."""
    asked = asked_fact(str(contents.get("name", "")))
    answer = {"true": _("Yes"), "false": _("No")}.get(str(contents.get("value")), contents.get("value"))
    return f"{asked.question} {_value(answer)}" if asked is not None else ""


def contents_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What was changed to what; for something new or gone its name."""
    if before and after:
        parts = [
            f"{_plain(key)}: {_value(before.get(key))} → {_value(after.get(key))}" for key in sorted(after)
        ]
        return _short("; ".join(parts))
    held = dict(after or before or {})
    if "value" in held and (fact := _fact_words(held)):
        return _short(fact)
    if rules := requirement_set(str(held.get("requirement_set", ""))):
        held["requirement_set"] = rules.name
    named = next((str(held[key]) for key in _NAMING if held.get(key)), "")
    value = held.get("value")
    if named and value not in (None, ""):
        return _short(f"{_plain(named)}: {_value(value)}")
    return _short(named)


def _plain(key: str) -> str:
    return key.replace("_", " ").replace("-", " ")


def _value(value: Any) -> str:
    if value in (None, "", []):
        return "–"
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
