"""Certificates of the demo: one kept with its record, one that is clear and one with something to decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osler.apps.credit.models import Record

RUTH = "ruth.mehta@demo.example"
_FRAME = """\
#set page("us-letter", flipped: true, margin: 0.8in, fill: rgb("#fdfcf7"))
#set text(font: "Libertinus Serif", size: 13pt)
#place(top + left, dx: -0.4in, dy: -0.4in, rect(width: 10.2in, height: 7.7in, stroke: 3pt + rgb("{ink}")))
#set align(center)
#text(size: 22pt, weight: "bold", fill: rgb("{ink}"))[{provider}]
#v(16pt)
#text(size: 26pt)[Certificate of Completion]
#v(12pt)
{provider} certifies that
#v(2pt)
#text(size: 20pt, style: "italic")[Ruth Mehta, MD]
#v(2pt)
has participated in the {form} titled
#v(2pt)
#text(size: 17pt, weight: "bold")[{title}]
#v(2pt)
{day}
#v(6pt)
{credit}
#v(1fr)
#text(size: 9.5pt)[{provider} is accredited by the Accreditation Council for Continuing Medical Education to
provide continuing medical education for physicians.]
"""


def bring_certificates(email: str, *, at: datetime) -> None:
    """Gives Ruth a mail address and three certificates; nothing for anybody else."""
    from osler.apps.credit import actions
    from osler.apps.people.queries import person_by_email

    person = person_by_email(email)
    if person is None or email != RUTH:
        return
    actions.renew_address(person=person, by=person, at=at)
    latest = person.records.filter(removed_at=None).order_by("-completed_on").first()
    clear, open_day = at.date() - timedelta(days=24), at.date() - timedelta(days=60)
    papers: list[tuple[str, bytes, Record | None]] = [
        (
            "opioid-safety.pdf",
            _paper(
                provider="Open Clinic Learning",
                form="enduring material",
                title="Safer Opioid Prescribing in Primary Care",
                day=f"on {clear:%B} {clear.day}, {clear.year}",
                credit="and is awarded 2.00 _AMA PRA Category 1 Credits_™",
            ),
            None,
        ),
        (
            "ward-rounds.pdf",
            _paper(
                provider="Sierra Valley University Hospital",
                form="live activity",
                title="Sepsis on the Ward: The First Hour",
                day=f"on 03/04/{open_day.year - (open_day.month < 5)}",
                credit="This activity was designated for a maximum of 3.50 _AMA PRA Category 1 Credits_™",
            ),
            None,
        ),
    ]
    if latest is not None:
        paper = _paper(
            provider=latest.provider or "Open Clinic Learning",
            form="live activity",
            title=latest.title,
            day=f"on {latest.completed_on:%B} {latest.completed_on.day}, {latest.completed_on.year}",
            credit="",
        )
        papers.append(("certificate.pdf", paper, latest))
    for filename, content, record in papers:
        actions.keep_document(
            person=person, content=content, filename=filename, record=record, by=person, at=at
        )


def _paper(*, provider: str, form: str, title: str, day: str, credit: str) -> bytes:
    import typst

    ink = "#163d5c" if "Hospital" in provider else "#7a5c1e"
    values = {"ink": ink, "provider": provider, "form": form, "title": title, "day": day, "credit": credit}
    markup = _FRAME
    for name, value in values.items():
        markup = markup.replace("{" + name + "}", value)
    made = typst.compile(markup.encode())
    assert isinstance(made, bytes)
    return made
