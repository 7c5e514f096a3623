"""What the style page shows: a believable clinician on a fixed day, so that it always looks the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from osler.web.design.navigation import Neighbour
from osler.web.design.requirement import RequirementRow
from osler.web.design.standing import StandingRow
from osler.web.design.step_chart import Gain, StepChart
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.design.timeline import Cycle, Timeline

TODAY = date(2026, 1, 31)
CYCLE_START, CYCLE_DUE = date(2024, 7, 1), date(2026, 6, 30)


def standing_rows() -> list[StandingRow]:
    return [
        StandingRow(
            "California physician licence",
            "Medical Board of California · A 118 204",
            "short",
            Decimal("32.25"),
            50,
            "17.75 h in total, 4 h pain management",
            TODAY,
            CYCLE_DUE,
            Decimal("39.7"),
            "#standing",
        ),
        StandingRow(
            "Texas physician licence",
            "Texas Medical Board · P 4471",
            "met",
            48,
            48,
            "Nothing missing",
            TODAY,
            date(2026, 8, 31),
            34,
            "#standing",
        ),
        StandingRow(
            "Florida physician licence",
            "Florida Board of Medicine · ME 90 311",
            "overdue",
            35,
            40,
            "2 h medical errors, 3 h in total",
            TODAY,
            date(2026, 1, 28),
            40,
            "#standing",
        ),
        StandingRow(
            "Internal medicine certificate",
            "ABIM · 100 points in 5 years",
            "on-pace",
            71,
            100,
            "29 points, ahead of pace",
            TODAY,
            date(2028, 12, 31),
            42,
            "#standing",
        ),
        StandingRow(
            "DEA registration",
            "MATE training, 8 h once",
            "unknown",
            4,
            8,
            "One question decides it",
            TODAY,
            date(2027, 3, 31),
            None,
            "#standing",
        ),
    ]


GAINS = (
    Gain(date(2024, 8, 28), 6, "Chronic pain in primary care"),
    Gain(date(2024, 12, 22), Decimal("6.25"), "Grand rounds, autumn series"),
    Gain(date(2025, 3, 2), 2, "Palliative care update"),
    Gain(date(2025, 4, 20), Decimal("6.75"), "Heart failure in primary care"),
    Gain(date(2025, 7, 4), Decimal("5.25"), "Ultrasound at the bedside"),
    Gain(date(2025, 8, 30), 6, "Grand rounds, spring series"),
)


def chart_ahead() -> StepChart:
    return StepChart(GAINS, 50, CYCLE_START, CYCLE_DUE, date(2025, 9, 1), key="chart-ahead")


def chart_behind() -> StepChart:
    return StepChart(GAINS[:4], 50, CYCLE_START, CYCLE_DUE, TODAY, key="chart-behind")


def chart_met() -> StepChart:
    done = (*GAINS, Gain(date(2025, 12, 5), 20, "Annual meeting, three days"))
    return StepChart(done, 50, CYCLE_START, CYCLE_DUE, TODAY, key="chart-met")


def chart_empty() -> StepChart:
    return StepChart((), 100, date(2024, 1, 1), date(2028, 12, 31), TODAY, "point", key="chart-empty")


def timeline() -> Timeline:
    return Timeline(
        (
            Cycle("California", CYCLE_START, CYCLE_DUE, "short", 64, "#timeline"),
            Cycle("Texas", date(2024, 9, 1), date(2026, 8, 31), "met", 100, "#timeline"),
            Cycle("Florida", date(2024, 2, 1), date(2026, 1, 28), "overdue", 88, "#timeline"),
            Cycle("Internal medicine", date(2024, 1, 1), date(2028, 12, 31), "on-pace", 71, "#timeline"),
            Cycle("DEA registration", date(2024, 4, 1), date(2027, 3, 31), "unknown", 50, "#timeline"),
        ),
        TODAY,
    )


def requirement_rows() -> dict[str, RequirementRow]:
    return {
        "total": RequirementRow(
            "total", "Total", "50 h in the cycle", "short", "hour",
            Decimal("32.25"), 50, Decimal("17.75"), Decimal("39.7"), CYCLE_DUE,
        ),
        "pain": RequirementRow(
            "pain-management", "Pain management", "12 h once, by the second renewal", "short", "hour",
            8, 12, 4, None, CYCLE_DUE,
        ),
        "geriatrics": RequirementRow(
            "geriatrics", "Geriatrics", "20 % of hours, if over 25 % of patients are 65", "unknown",
            question_url="#requirements",
        ),
        "residency": RequirementRow(
            "residency", "First renewal", "Half of the hours in the first cycle", "waived",
        ),
    }  # fmt: skip


@dataclass(frozen=True)
class Record:
    title: str
    provider: str
    on: date
    credit: Decimal
    kind: str


def records() -> list[Record]:
    """Sixty records over five years, made from a handful of believable ones."""
    titles = (
        ("Chronic pain and opioids, a case course", "University hospital", "enduring"),
        ("Grand rounds, autumn series", "St Anne’s Medical Centre", "live"),
        ("Heart failure in primary care", "Lindqvist Society of Medicine", "live"),
        ("Medical errors in primary care", "Florida Medical Education", "enduring"),
        ("Reading: SGLT2 inhibitors in the elderly", "Journal of Internal Practice", "journal"),
        ("Ultrasound at the bedside", "Lindqvist Society of Medicine", "live"),
    )
    made = []
    for n in range(60):
        title, provider, kind = titles[n % 6]
        day = date(2025 - n // 12, 12 - n % 12, 1 + (n * 7) % 27)
        made.append(Record(title, provider, day, Decimal(n % 7 + 1) / 4 * 3, kind))
    return made


KINDS = (("live", _("Live")), ("enduring", _("Self-paced")), ("journal", _("Journal")))


def _title(record: Record) -> SafeString:
    return format_html('<a href="#table">{}</a><small>{}</small>', record.title, record.provider)


def _of_kind(rows: list[Record], kind: str) -> list[Record]:
    return [record for record in rows if record.kind == kind]


def record_table(request: HttpRequest) -> DataTable[Any]:
    return data_table(
        request,
        name="records",
        caption=_("Credit records"),
        rows=records(),
        columns=[
            Column("title", _("Activity"), lambda r: r.title, html=_title, is_header=True),
            Column("on", _("Completed"), lambda r: r.on),
            Column("kind", _("Format"), lambda r: str(dict(KINDS)[r.kind])),
            Column("credit", _("AMA PRA Category 1"), lambda r: r.credit, is_numeric=True),
        ],
        filters=[
            Filter("format", _("Format"), KINDS, lambda rows, kind: [r for r in rows if r.kind == kind])
        ],
        search=lambda rows, q: [r for r in rows if q.casefold() in f"{r.title} {r.provider}".casefold()],
        search_label=_("Search your records"),
        default_sort="-on",
        page_size=8,
        noun=lambda count: ngettext("record", "records", count),
        empty=Empty(_("No credit is recorded yet")),
    )


EMPTY = Empty(
    _("No credit is recorded yet"),
    _("Drop a transcript here, or add one activity by hand. It counts at once for every licence."),
    _("Add a credit"),
    "#empty",
    "book-open-check",
)


COUNTS_FOR = (("all", _("All my licences")), ("ca", _("California only")))


class ClaimForm(forms.Form):
    """The form of the style page; it keeps nothing."""

    title = forms.CharField(label=_("Activity"), max_length=200)
    completed = forms.DateField(
        label=_("Completed on"),
        help_text=_("The day you finished it, as it stands on the certificate."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    amount = forms.DecimalField(
        label=_("Credit"), min_value=Decimal("0.25"), help_text=_("In quarter hours.")
    )
    kind = forms.ChoiceField(label=_("Format"), choices=KINDS, widget=forms.RadioSelect)
    board = forms.ChoiceField(
        label=_("Counts for"),
        choices=(("all", _("All my licences")), ("ca", _("California only"))),
        required=False,
    )
    reflection = forms.CharField(
        label=_("What will you do differently?"), widget=forms.Textarea, required=False
    )
    certain = forms.BooleanField(label=_("I took part for the time I claim"))


class TranscriptForm(forms.Form):
    transcript = forms.FileField(
        label=_("Drop a transcript here"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("Nothing is kept before you have seen the preview."),
    )

    def clean_transcript(self) -> UploadedFile[Any]:
        """Refuses what is no spreadsheet."""
        file: UploadedFile[Any] = self.cleaned_data["transcript"]
        if not str(file.name).lower().endswith((".csv", ".xlsx")):
            raise forms.ValidationError(_("This is neither CSV nor XLSX. Your file was not kept."))
        return file


def wrong_form() -> ClaimForm:
    typed = {"title": "Grand rounds", "completed": "", "amount": "0.1", "kind": "live"}
    return ClaimForm(typed, auto_id="wrong_%s")


NEIGHBOURS = [
    Neighbour(_("Plan"), "#plan", _("7 of 7"), "met"),
    Neighbour(_("Integrity"), "/style", _("2 block"), "overdue"),
    Neighbour(_("Content review"), "#review", _("1 open"), "short"),
    Neighbour(_("Credit"), "#credit", _("6.0 designated"), "met"),
    Neighbour(_("Report"), "#report", status="open"),
]
FACTS = [
    (_("Provider"), "University hospital"),
    (_("Completed"), "12 March 2024"),
    (_("Credit"), "6 AMA PRA Category 1, 6 ANCC"),
    (_("Format"), _("Live")),
]
TOKENS = (
    ("paper", "ink"), ("surface", "ink"), ("surface", "ink-2"), ("surface", "ink-3"), ("surface", "accent"),
    ("accent", "on-accent"), ("accent-soft", "accent"), ("met-soft", "met"), ("short-soft", "short"),
    ("overdue-soft", "overdue"), ("unknown-soft", "unknown"), ("quiet-soft", "quiet"),
)  # fmt: skip
ICONS = (
    "target", "compass", "users", "book-open-check", "sprout", "check", "clock", "triangle-alert",
    "circle-question-mark", "circle-slash", "circle-minus", "search", "upload", "download", "file-text",
    "award",
)  # fmt: skip
