"""The words and signs of a status: colour, sign and word together, so that none is needed alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Status:
    """One status as it is shown: `tone` names the colour pair, `icon` the sign, `word` what it is called."""

    code: str
    word: str | Promise
    icon: str
    tone: str


STATUSES: dict[str, Status] = {
    status.code: status
    for status in (
        Status("met", _("Met"), "check", "met"),
        Status("on-pace", _("On pace"), "check", "met"),
        Status("short", _("Short"), "clock", "short"),
        Status("overdue", _("Overdue"), "triangle-alert", "overdue"),
        Status("unknown", _("We need to know"), "circle-question-mark", "unknown"),
        Status("waived", _("Waived"), "circle-slash", "quiet"),
        Status("not-applicable", _("Does not apply"), "circle-minus", "quiet"),
    )
}


def status_of(code: str) -> Status:
    """The status called `code`, written with hyphens or underscores, as a string or a string enum.

    Raises ValueError for a word that is no status: a page must not guess how someone stands.
    """
    plain = str(getattr(code, "value", code)).replace("_", "-")
    if plain not in STATUSES:
        raise ValueError(f"no status is called {plain!r}; there are: {', '.join(STATUSES)}")
    return STATUSES[plain]
