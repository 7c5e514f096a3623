"""The audit dossier as a document: cover, requirements with what counted and what did not, certificates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from osler.adapters.typesetting import Block, Cell, Document, Facts, Head, Heading, Table, Words
from osler.apps.credit.actions.prepared import Enclosure, Order
from osler.apps.requirements.queries import asked_fact
from osler.apps.requirements.queries.dossier import AssessedCycle, counted_records
from osler.apps.requirements.queries.standings import amount_words
from osler.core.rules.answer import Counted, NotCounted, Reason
from osler.core.rules.record import CreditRecord
from osler.core.rules.requirement import Reference
from osler.web.credit.papers import name_of, paper_of, status_words
from osler.web.credit.words import amounts_words, format_name
from osler.web.design.amounts import day_text, number_text
from osler.web.requirements.explanation import Explanation, explained
from osler.web.requirements.plain_words import plain

if TYPE_CHECKING:
    from osler.apps.credit.models import Document as Certificate
    from osler.apps.people.models import Person

MOST_REFUSED = 60
TELLING = frozenset(Reason) - {Reason.OFF_TOPIC, Reason.OUTSIDE_WINDOW}
"""Reasons told record by record; the two others hold of most records and are told by their number."""


@dataclass(frozen=True)
class Dossier:
    """One credential in one cycle, with the certificates of its person."""

    person: Person
    cycle: AssessedCycle
    certificates: Mapping[str, Sequence[Certificate]]
    made_at: datetime

    @cached_property
    def records(self) -> tuple[CreditRecord, ...]:
        """Every record that counts, once, in the order of the requirements."""
        return counted_records(self.cycle.answer)

    @cached_property
    def proven(self) -> tuple[CreditRecord, ...]:
        return tuple(one for one in self.records if self.certificates.get(one.id))

    @cached_property
    def unproven(self) -> tuple[CreditRecord, ...]:
        return tuple(one for one in self.records if not self.certificates.get(one.id))

    @property
    def pages_enclosed(self) -> int:
        """How many pages of certificates go in, about."""
        return sum(min(c.pages or 1, 10) for one in self.proven for c in self.certificates[one.id])

    @cached_property
    def requirements(self) -> list[Explanation]:
        one = self.cycle
        return list(
            explained(one.answer.requirements, one.standing.rules, one.facts, one.as_of, one.period.last_day)
        )

    @property
    def period(self) -> str:
        days = {"start": day_text(self.cycle.period.start), "end": day_text(self.cycle.period.last_day)}
        return _("%(start)s to %(end)s") % days

    @property
    def finding(self) -> str:
        """The answer in one sentence; what is unknown is said as such."""
        asked = [one for one in self.requirements if one.mark not in ("not_applicable", "not-applicable")]
        met = sum(one.answer.status.is_settled for one in asked)
        unknown = sum(one.answer.status.value == "unknown" for one in asked)
        said = _("%(met)d of %(all)d requirements are met on %(day)s.") % {
            "met": met,
            "all": len(asked),
            "day": day_text(self.cycle.as_of),
        }
        if unknown:
            open_ones = ngettext(
                "%(n)d is unknown: a question is open.", "%(n)d are unknown: questions are open.", unknown
            )
            said = f"{said} {open_ones % {'n': unknown}}"
        return said

    @property
    def proof(self) -> str:
        """How many of the records have their certificate here."""
        words = {"proven": len(self.proven), "all": len(self.records)}
        return _("%(proven)d of %(all)d counted records have their certificate in this file.") % words

    def order(self) -> Order:
        """The dossier, and the certificates that follow it."""
        cycle, held = self.cycle, self.cycle.standing.held
        name = person_name = name_of(self.person)
        title = _("Audit dossier")
        return Order(
            Document(
                title=title,
                language=(get_language() or "en").split("-")[0],
                made_at=self.made_at,
                author=self.person.full_name,
                kicker=cycle.standing.name,
                subtitle=person_name,
                facts=self._cover(),
                running=f"{title} · {name} · {self.period}",
                foot=" · ".join(filter(None, (cycle.standing.name, held.number))),
                page_words=_("Page {page} of {pages}"),
                paper=paper_of(self.person),  # type: ignore[arg-type]
                has_cover=True,
                blocks=tuple(self._blocks()),
            ),
            tuple(self._enclosures()),
            f"audit-dossier-{held.requirement_set}-{cycle.period.last_day.isoformat()}.pdf",
        )

    def _cover(self) -> tuple[tuple[str, str, str], ...]:
        cycle, held, rules = self.cycle, self.cycle.standing.held, self.cycle.standing.rules
        version = cycle.answer.version
        said = _("version of %(day)s") % {"day": day_text(version)} if version else _("no version")
        checked = day_text(cycle.checked) if cycle.checked else _("the day is not recorded")
        facts = [
            (_("NPI"), self.person.npi, ""),
            (_("Credential"), cycle.standing.name, ""),
            (_("Authority"), rules.authority, ""),
            (_("Number"), held.number or _("not stated"), ""),
            (_("Period"), self.period, ""),
            (_("As of"), day_text(cycle.as_of), ""),
            (_("Finding"), self.finding, ""),
            (_("Certificates"), self.proof, ""),
            (
                _("Rules"),
                f"{rules.id}, {said}",
                "",
            ),
            (_("Rules last checked"), checked, ""),
        ]  # fmt: skip
        if cycle.is_kept:
            facts.append((_("Kept"), _("As it was assessed when the cycle closed"), ""))
        return tuple(fact for fact in facts if fact[1])

    # The pages

    def _blocks(self) -> Iterator[Block]:
        yield Heading(_("Requirements"), on_new_page=True)
        yield Words(self.finding, "lead")
        yield self._overview()
        yield from self._questions()
        yield Words(
            _(
                "Made by Osler from the holder’s own record and the certificates kept with it. The authority "
                "decides; this file shows what was counted, by which rule, and what proves it."
            ),
            "quiet",
        )
        yield Heading(_("Sources of the rules"))
        yield from self._sources()
        for one in self.requirements:
            yield from self._requirement(one, level=2)
        yield from self._register()

    def _overview(self) -> Table:
        heads = (Head(_("Requirement"), 6), Head(_("Counted"), 1, True), Head(_("Asked"), 1, True),
                 Head(_("Status"), 2), Head(_("Page"), 0, True))  # fmt: skip
        rows = tuple(
            (
                Cell(one.answer.title, (one.detail,), is_strong=True),
                Cell(number_text(one.row.counted) if one.row.counted is not None else ""),
                Cell(number_text(one.row.required) if one.row.required is not None else ""),
                Cell(status_words(one), status=_code(one)),
                Cell("", page_of=_anchor(one)),
            )
            for one in self.requirements
        )
        return Table(heads, rows)

    def _questions(self) -> Iterator[Block]:
        """What nobody has answered stays unknown, with its question."""
        asked = {
            question.fact: one.answer.title
            for one in self.requirements
            for question in one.answer.questions
            if not question.is_optional
        }
        if not asked:
            return
        yield Heading(_("Open questions"), 3)
        facts = [(title, asked_fact(name)) for name, title in asked.items()]
        yield Facts(tuple((title, fact.question if fact else plain(title), "") for title, fact in facts))

    def _sources(self) -> Iterator[Block]:
        references = self.cycle.references
        if not references:
            yield Words(_("The rules name no source."), "quiet")
            return
        heads = (Head(_("Source"), 6), Head(_("Text of"), 2), Head(_("Checked"), 2))
        rows = tuple(
            (
                Cell(f"{number}. {one.title}", (one.url,) if one.url else (), one.url or ""),
                Cell(dated(one) or _("not dated")),
                Cell(day_text(one.checked) if one.checked else _("not recorded")),
            )
            for number, one in enumerate(references, 1)
        )
        yield Table(heads, rows)

    def _requirement(self, one: Explanation, *, level: int, closed: str = "") -> Iterator[Block]:
        """One requirement and the ways to meet it. ``closed`` is the word of a way above that is not open."""
        answer = one.answer
        yield Heading(
            answer.title,
            level,
            anchor=_anchor(one),
            status="not-applicable" if closed else _code(one),
            status_word=closed or status_words(one),
        )
        if answer.says:
            yield Words(answer.says)
        yield Facts(tuple(self._facts(one)))
        # What the ways count is told there, once.
        if not one.ways and (not one.is_settled_quietly or answer.counted_records):
            yield from self._counted(answer.counted_records, answer.unit, one, level + 1)
            yield from self._refused(answer.not_counted, answer.unit, level + 1)
        is_closed = closed or (status_words(one) if level > 2 and _code(one) == "not-applicable" else "")
        for way in one.ways:
            yield from self._requirement(way, level=level + 1, closed=is_closed)

    def _facts(self, one: Explanation) -> Iterator[tuple[str, str, str]]:
        yield _("Asked"), one.detail, ""
        if one.row.has_amount:
            yield _("Counted"), str(one.row.bar_label), ""
        for period in one.periods:
            amounts = {"counted": period.counted, "required": period.required}
            yield period.days, _("%(counted)s of %(required)s") % amounts, ""
        for reason in one.reasons:
            yield _("Why"), reason, ""
        for question in answer_questions(one):
            yield _("Not known"), question, ""
        if one.answer.unverified:
            yield _("Unverified"), one.answer.unverified, ""
        cited = [
            f"{number}. {reference.title}"
            for number, reference in enumerate(self.cycle.references, 1)
            if reference.id in one.answer.references
        ]
        if cited:
            yield _("Sources"), "; ".join(cited), ""

    def _counted(
        self, counted: Sequence[Counted], unit: str, one: Explanation, level: int
    ) -> Iterator[Block]:
        rows = [self._counted_row(each, unit) for each in counted if each.ticks]
        if not rows:
            if one.answer.required:
                yield Words(_("No record counts toward this."), "quiet")
            return
        yield Heading(_("What counted"), level, is_minor=True)
        heads = (Head(_("Completed"), 0), Head(_("Activity"), 5), Head(_("Credit"), 4),
                 Head(_("Counted"), 0, True), Head(_("Certificate"), 0, True))  # fmt: skip
        yield Table(heads, tuple(rows))

    def _counted_row(self, each: Counted, unit: str) -> tuple[Cell, ...]:
        record = each.record
        detail = [record.provider or _("Provider not stated"), format_name(record.format)]
        if each.via:
            detail.append(_("carried over from %(via)s") % {"via": plain(each.via)})
        has_one = bool(self.certificates.get(record.id))
        return (
            Cell(day_text(record.completed)),
            Cell(_title(record), (" · ".join(detail),), is_strong=True),
            Cell(amounts_words(record.credits)),
            Cell(amount_words(each.ticks, unit)),
            Cell("", page_of=_certificate_anchor(record, 0)) if has_one else Cell(_("none")),
        )

    def _refused(self, refused: Sequence[NotCounted], unit: str, level: int) -> Iterator[Block]:
        told = [one for one in refused if one.reason in TELLING]
        told.sort(key=lambda one: one.record.completed, reverse=True)
        shown, rest = told[:MOST_REFUSED], len(refused) - len(told[:MOST_REFUSED])
        if shown:
            yield Heading(_("What did not count, and why"), level, is_minor=True)
            heads = (Head(_("Completed"), 0), Head(_("Activity"), 4), Head(_("Why"), 4),
                     Head(_("Amount"), 1, True))  # fmt: skip
            yield Table(
                heads,
                tuple(
                    (
                        Cell(day_text(one.record.completed)),
                        Cell(_title(one.record), (one.record.provider,) if one.record.provider else ()),
                        Cell(plain(one.detail)),
                        Cell(amount_words(one.ticks, unit) if unit != "activity" else ""),
                    )
                    for one in shown
                ),
            )
        if rest:
            said = ngettext(
                "%(n)d further record is on another topic or lies outside the time.",
                "%(n)d further records are on other topics or lie outside the time.",
                rest,
            )
            yield Words(said % {"n": rest}, "quiet")

    # The certificates

    def _register(self) -> Iterator[Block]:
        yield Heading(_("Certificates"), on_new_page=True)
        yield Words(self.proof, "lead")
        if self.proven:
            heads = (Head(_("Completed"), 0), Head(_("Activity"), 6), Head(_("Page"), 0, True))
            rows = tuple(
                (
                    Cell(day_text(one.completed)),
                    Cell(_title(one), (one.provider,) if one.provider else (), is_strong=True),
                    Cell("", page_of=_certificate_anchor(one, 0)),
                )
                for one in self.proven
            )
            yield Table(heads, rows)
        if self.unproven:
            yield Heading(_("Counted without a certificate"), 3)
            heads = (Head(_("Completed"), 0), Head(_("Activity"), 5), Head(_("Credit"), 3))
            yield Table(
                heads,
                tuple(
                    (
                        Cell(day_text(one.completed)),
                        Cell(_title(one), (one.provider,) if one.provider else (), is_strong=True),
                        Cell(amounts_words(one.credits)),
                    )
                    for one in self.unproven
                ),
            )

    def _enclosures(self) -> Iterator[Enclosure]:
        for record in self.proven:
            for number, certificate in enumerate(self.certificates[record.id]):
                title = _title(record)
                parts = (record.provider, day_text(record.completed), amounts_words(record.credits))
                yield Enclosure(
                    heading=title,
                    anchor=_certificate_anchor(record, number),
                    detail=" · ".join(filter(None, parts)),
                    certificate_key=certificate.key,
                    alternative=_("Certificate for “%(title)s”.") % {"title": title},
                    lost=_(
                        "The certificate is kept, but it cannot be shown here. Ask its holder for the file."
                    ),
                    more=_("{pages} further pages of this file are not shown. Ask its holder for the file."),
                )


def answer_questions(one: Explanation) -> list[str]:
    """The questions that keep a requirement unknown."""
    facts = [asked_fact(question.fact) for question in one.answer.questions if not question.is_optional]
    return [fact.question for fact in facts if fact is not None]


def dated(reference: Reference) -> str:
    """The date of the text that was read, where it bears one."""
    return "" if reference.as_of in (None, "unknown") else str(reference.as_of)


def _title(record: CreditRecord) -> str:
    return " ".join(record.title.split()) or record.id


def _code(one: Explanation) -> str:
    return one.mark.replace("_", "-")


def _anchor(one: Explanation) -> str:
    return f"req-{one.key}"


def _certificate_anchor(record: CreditRecord, number: int) -> str:
    return f"cert-{record.id}-{number}"
