"""What the log's verbs and subjects are called on a page."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.apps.requirements.queries import asked_fact, requirement_set

VERBS: Mapping[str, Promise] = {
    "accept-delegation": _("Accepted to act for you"),
    "act-for": _("Opened the pages to act"),
    "add-calendar": _("Added a calendar to read"),
    "add-credential": _("Added a credential"),
    "add-email": _("Added an e-mail address"),
    "add-factor": _("Added a second factor"),
    "add-import": _("Added the rows of a file"),
    "add-record": _("Added a record"),
    "add-topic": _("Added a topic"),
    "ask-again": _("Asked for a look back again"),
    "ask-to-leave": _("Asked for the end of the account"),
    "attach-document": _("Put a certificate to a record"),
    "bring-cycle-back": _("Brought a kept cycle back"),
    "change-credential": _("Changed a credential"),
    "change-delegation": _("Changed what a delegate may do"),
    "change-email": _("Changed the main e-mail address"),
    "change-goal": _("Changed a goal"),
    "change-password": _("Changed the password"),
    "change-profile": _("Changed the profile"),
    "change-record": _("Changed a record"),
    "choose-events": _("Chose events of a calendar"),
    "choose-messages": _("Changed what is told"),
    "close-address": _("Closed the mail address for certificates"),
    "close-cycle": _("Kept the answer of a finished cycle"),
    "confirm-email": _("Confirmed an e-mail address"),
    "confirm-import": _("Confirmed an import"),
    "decline-delegation": _("Declined to act for you"),
    "describe-practice": _("Described the practice"),
    "discard-import": _("Discarded an upload"),
    "end-account": _("Ended the account"),
    "end-calendar-address": _("Ended the calendar’s address"),
    "end-delegation": _("Ended a delegation"),
    "end-session": _("Signed a browser out"),
    "invite-assistant": _("Asked somebody to act for you"),
    "keep-apart": _("Said that two records are two activities"),
    "keep-document": _("Kept a certificate"),
    "leave-out-events": _("Left events of a calendar out"),
    "link-evidence": _("Put a record to a goal"),
    "link-sign-in": _("Linked another way to sign in"),
    "look-again": _("Looked back at a commitment"),
    "make-calendar-address": _("Made an address for the calendar"),
    "make-share-link": _("Made a link for others to read"),
    "make-token": _("Made a token for a program"),
    "match-events": _("Matched events with records"),
    "merge-records": _("Merged two records"),
    "move-goal": _("Moved a goal on"),
    "open-account": _("Opened the account"),
    "open-address": _("Made a mail address for certificates"),
    "prepare-file": _("Asked for a file"),
    "propose-events-again": _("Had events proposed again"),
    "rate-topic": _("Rated a topic"),
    "remove-calendar": _("Removed a calendar"),
    "remove-credential": _("Removed a credential"),
    "purge-document": _("Deleted a certificate removed long ago"),
    "remove-document": _("Removed a certificate"),
    "remove-email": _("Removed an e-mail address"),
    "remove-factor": _("Removed a second factor"),
    "remove-goal": _("Removed a goal"),
    "remove-record": _("Removed a record"),
    "renew-credential": _("Renewed a credential"),
    "renew-recovery-codes": _("Made new recovery codes"),
    "reset-password": _("Set a new password by e-mail"),
    "restore-credential": _("Brought a credential back"),
    "restore-document": _("Brought a certificate back"),
    "restore-record": _("Brought a record back"),
    "revoke-share-link": _("Took a link back"),
    "revoke-token": _("Revoked a token"),
    "set-goal": _("Set a goal"),
    "set-password": _("Set a password"),
    "sign-in": _("Signed in"),
    "start-import": _("Uploaded a file"),
    "state-fact": _("Answered a question"),
    "strike-cycle": _("Struck a kept cycle as entered wrongly"),
    "stay": _("Kept the account after all"),
    "take-back-answer": _("Took an answer about a commitment back"),
    "undo-import": _("Undid an import"),
    "undo-merge": _("Took a merge back"),
    "unlink-evidence": _("Took a record off a goal"),
    "unlink-sign-in": _("Unlinked a way to sign in"),
    "withdraw-fact": _("Took an answer back"),
    "write-reflection": _("Wrote a reflection"),
    "wrong-code": _("Tried to sign in: right password, wrong code"),
    "wrong-password": _("Tried to sign in with a wrong password"),
}
# Noted by Osler, done by nobody knows whom.
UNPROVEN = ("wrong-code", "wrong-password")
WAYS: Mapping[str, Promise] = {
    "code": _("by a link in a mail"),
    "password": _("by password"),
    "password_reset": _("by a link for a new password"),
    "recovery_codes": _("with a recovery code"),
    "socialaccount": _("through another provider"),
    "totp": _("with the authenticator app"),
    "webauthn": _("with a passkey"),
}
KINDS = (
    ("record", _("Record"), ("credit.",)),
    ("credentials", _("Credentials"), ("people.heldcredential",)),
    ("you", _("You and your account"), ("people.person", "people.delegation", "account.", "mfa.")),
    ("learning", _("Goals and reflections"), ("needs.", "outcomes.")),
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


def _sign_in_words(contents: Mapping[str, Any]) -> str:
    """``by password, with a passkey, from 192.0.2.7``"""
    ways = [str(WAYS.get(way, way)) for way in str(contents.get("way") or "").split(", ") if way]
    return _short(", ".join([*ways, str(_("from %(address)s") % {"address": contents["from"]})]))


def contents_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What was changed to what; for something new or gone its name."""
    if before and after:
        parts = [
            f"{_plain(key)}: {_value(before.get(key))} → {_value(after.get(key))}" for key in sorted(after)
        ]
        return _short("; ".join(parts))
    held = dict(after or before or {})
    if "from" in held:
        return _sign_in_words(held)
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
