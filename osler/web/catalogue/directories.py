"""Where accredited education is found outside Osler: each with its source and the day it was checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of activities kept by somebody else. ``checked_on`` ``None``: nobody has verified it for Osler.

    ``source_url`` is where what we say of it was read; ``countries`` whose credentials it is for.
    """

    name: str
    kept_by: str
    url: str
    about: str | Promise
    source_url: str
    countries: frozenset[str]
    checked_on: date | None = None


DIRECTORIES = (
    Directory(
        "CME Passport",
        "ACCME",
        "https://www.cmepassport.org/",
        _(
            "Activities that providers accredited in the ACCME system chose to list, searched by format, "
            "date, kind of credit, topic and place. Not every accredited activity is listed."
        ),
        "https://accme.org/faq/7921",
        frozenset({"US"}),
    ),
    Directory(
        "CE Broker",
        "CE Broker",
        "https://cebroker.com/",
        _("Courses by state and profession, from providers that report to the boards that use CE Broker."),
        "https://cebroker.com/",
        frozenset({"US"}),
    ),
    Directory(
        "EACCME",
        "UEMS",
        "https://eaccme.uems.eu/",
        _("Events and e-learning in Europe that were accredited for European credit."),
        "https://eaccme.uems.eu/",
        frozenset({"AT", "BE", "CH", "DE", "ES", "FR", "GB", "IE", "IT", "NL"}),
    ),
)


def directories_for(countries: Collection[str]) -> list[Directory]:
    """Those for the countries of somebody's credentials; all where none is held."""
    return [one for one in DIRECTORIES if not countries or one.countries & set(countries)]
