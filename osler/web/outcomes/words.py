"""Commitments in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from osler.apps.outcomes.models import Commitment

RESULTS: Mapping[str, str | Promise] = {
    "open": _("Not answered yet"),
    "held": _("It held"),
    "partly": _("Partly"),
    "not-held": _("It did not hold"),
    "dropped": _("Given up"),
}
ANSWERS: Mapping[str, str | Promise] = {
    "held": _("Yes, it held"),
    "partly": _("Partly"),
    "not-held": _("No, it did not hold"),
    "open": _("Too early to say"),
    "dropped": _("I gave it up; it was not the right change"),
}


def commitment_words(commitment: Commitment) -> str:
    """How a commitment stands."""
    return str(RESULTS.get(commitment.state, commitment.state))
