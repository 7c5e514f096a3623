"""What a link shows, and nothing else: the same for the holder's preview, the reader's page and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from osler.apps.credit.queries.sharing import certificates_shared, records_shared
from osler.apps.credit.queries.totals import totals_of
from osler.apps.requirements.queries.dossier import AssessedCycle, counted_keys, cycles_to_show
from osler.web.credit.papers import name_of
from osler.web.credit.totals_chart import TotalsShown
from osler.web.credit.words import amounts_of, format_name, topic_name, topics_of, type_name
from osler.web.design.amounts import day_text
from osler.web.people.reader import today_of, zone_of
from osler.web.requirements.explanation import Explanation, explained
from osler.web.requirements.findings import exact

if TYPE_CHECKING:
    from decimal import Decimal

    from osler.apps.credit.models import Document, Record, ShareLink
    from osler.apps.people.models import Person

FULL = "full"


@dataclass(frozen=True)
class RecordShown:
    """One record as far as the link shows it: without titles no topics, and never the note."""

    record: Record
    has_title: bool
    certificates: tuple[Document, ...] = ()

    @property
    def title(self) -> str:
        return self.record.title if self.has_title else self.provider

    @property
    def provider(self) -> str:
        return self.record.provider or _("Provider not stated")

    @property
    def format(self) -> str:
        return format_name(self.record.format)

    @property
    def topics(self) -> str:
        return ", ".join(topic_name(t) for t, _ticks in topics_of(self.record)) if self.has_title else ""

    @property
    def amounts(self) -> list[tuple[Decimal, str]]:
        return [(exact(ticks), type_name(code)) for code, ticks in amounts_of(self.record)]


@dataclass(frozen=True)
class SharedView:
    """The scope of a link filled with what is there today. ``assessed``: ``None`` where the cycle is gone."""

    link: ShareLink
    person: Person
    assessed: AssessedCycle | None
    rows: QuerySet[Record]

    @property
    def name(self) -> str:
        return name_of(self.person)

    @property
    def credential_name(self) -> str:
        return self.assessed.standing.name if self.assessed else self.link.credential.requirement_set

    @property
    def authority(self) -> str:
        return self.assessed.standing.rules.authority if self.assessed else ""

    @property
    def number(self) -> str:
        return self.link.credential.number

    @property
    def period(self) -> str:
        days = {"start": day_text(self.link.period_from), "end": day_text(self.link.period_until)}
        return _("%(start)s to %(end)s") % days

    @property
    def as_of(self) -> date:
        return self.assessed.as_of if self.assessed else today_of(self.person)

    @property
    def open_until(self) -> date:
        """The last day on which the link opens, where its holder is."""
        return last_day_of(self.link)

    @property
    def has_titles(self) -> bool:
        return self.link.names == FULL

    @property
    def is_counted_only(self) -> bool:
        return self.link.records == "counted"

    @cached_property
    def totals(self) -> TotalsShown:
        return TotalsShown(totals_of(self.rows))

    @property
    def requirements(self) -> list[Explanation]:
        """How each requirement stands, where the link shows it."""
        if self.assessed is None or not self.link.has_assessment:
            return []
        one = self.assessed
        return list(
            explained(one.answer.requirements, one.standing.rules, one.facts, one.as_of, one.period.last_day)
        )

    @cached_property
    def certificates(self) -> dict[str, list[Document]]:
        return certificates_shared(self.link, self.rows)

    def shown(self, records: list[Record]) -> list[RecordShown]:
        return [
            RecordShown(one, self.has_titles, tuple(self.certificates.get(one.key, ()))) for one in records
        ]

    def certificate(self, key: str) -> Document | None:
        """The certificate with this key, if the link reaches it."""
        return next((one for each in self.certificates.values() for one in each if one.key == key), None)


def last_day_of(link: ShareLink) -> date:
    """The last day on which a link opens, where its holder is."""
    return (link.expires_at - timedelta(seconds=1)).astimezone(zone_of(link.person)).date()


def shared_view(link: ShareLink) -> SharedView:
    """What the link shows today. Nine queries whatever the length of the record."""
    person = link.person
    cycles = cycles_to_show(person, today_of(person))
    offer = cycles.offer(f"{link.credential.key}:{link.period_from.isoformat()}")
    # The period of a link is what its holder saw: if the cycle has moved since, nothing of a new one shows.
    is_same = offer is not None and offer.period.last_day == link.period_until
    assessed = cycles.assessed(offer) if offer is not None and is_same else None
    rows = records_shared(link)
    if link.records == "counted":
        rows = rows.filter(key__in=counted_keys(assessed.answer)) if assessed else rows.none()
    return SharedView(link, person, assessed, rows)
