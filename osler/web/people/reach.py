"""How far an assistant's right must reach for each page: the one table that the door reads.

What is not named here is part of the account, and closed to every assistant: a new page is opened to them by
a line in this table, never by accident.
"""

from enum import StrEnum

from django.urls import ResolverMatch


class Needs(StrEnum):
    """What a request asks of an assistant. ``SEE``, ``RECORD`` and ``ALL`` are the scopes of a delegation."""

    NOTHING = "nothing"
    SEE = "see"
    RECORD = "record"
    ALL = "all"
    OWNER = "owner"


# What it takes to change something in the pages of a context; looking takes the right to see.
TO_CHANGE = {
    "requirements": Needs.ALL,
    "needs": Needs.ALL,
    "catalogue": Needs.ALL,
    "delivery": Needs.ALL,
    "learning": Needs.ALL,
    "credit": Needs.RECORD,
    "outcomes": Needs.ALL,
}
# Pages of the account among those that are not: they read the same to everybody, or are the way back.
NAMED = {
    "people:profile": Needs.ALL,
    "people:notice": Needs.NOTHING,
    "people:acting-start": Needs.NOTHING,
    "people:acting-stop": Needs.NOTHING,
    "account_logout": Needs.NOTHING,
    "design:style": Needs.NOTHING,
    "design:style-toast": Needs.NOTHING,
    # The signed link is the right, whoever is signed in.
    "messages:off": Needs.NOTHING,
    "messages:on": Needs.NOTHING,
    "messages:calendar": Needs.NOTHING,
    # In the demo everybody reads every mail.
    "messages:demo-mail": Needs.NOTHING,
    "messages:demo-message": Needs.NOTHING,
    "messages:demo-message-mail": Needs.NOTHING,
    "api-manual": Needs.NOTHING,
    "healthz": Needs.NOTHING,
    "readyz": Needs.NOTHING,
}
# Whatever gives others a way in is the owner's alone, in every context.
OWNERS_WORDS = ("share", "token", "delete", "address", "feed", "export-all", "own-data")

# Pages that are nothing but a form are not opened to fill in what would be refused.
FORMS = ("new", "change", "upload", "add", "choose", "renew")


def need_of(match: ResolverMatch, *, changes: bool) -> Needs:
    """What the page behind this address asks of an assistant, to look at it or to change something there."""
    name = match.view_name or ""
    asked = NAMED.get(name)
    if asked is None:
        namespace, _colon, page = name.rpartition(":")
        if namespace not in TO_CHANGE or any(word in page for word in OWNERS_WORDS):
            return Needs.OWNER
        asked = TO_CHANGE[namespace]
        changes = changes or page.rpartition("-")[2] in FORMS
    if asked in (Needs.RECORD, Needs.ALL) and not changes:
        return Needs.SEE
    return asked
