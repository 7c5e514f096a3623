"""One row per credential, as the clinician's first page lists them: ring, name, bar, due day, status."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from osler.web.design.amounts import Number, day_text, number_text, time_left
from osler.web.design.shares import percent_of, whole_percent
from osler.web.design.status import Status, status_of


@dataclass(frozen=True)
class StandingRow:
    """How one credential stands. `counted`, `required` and `pace` are amounts of one unit; `missing` says in
    words what is left ("17.75 h in total, 4 h pain management"); `detail` names authority and number.
    `pace` None draws no tick; `due` None is a duty without a day.
    """

    title: str | Promise
    detail: str | Promise
    status: str
    counted: Number
    required: Number
    missing: str | Promise
    today: date
    due: date | None = None
    pace: Number | None = None
    url: str = ""
    word: str | Promise = ""

    @property
    def percent(self) -> int:
        return whole_percent(percent_of(self.counted, self.required))

    @property
    def sign(self) -> Status:
        return status_of(self.status)

    @property
    def left(self) -> str:
        return time_left(self.today, self.due) if self.due else ""

    @property
    def bar_label(self) -> str:
        return _("%(counted)s of %(required)s counted") % {
            "counted": number_text(self.counted),
            "required": number_text(self.required),
        }

    @property
    def due_html(self) -> SafeString:
        if self.due is None:
            return format_html("{}", _("no date"))
        return format_html('<time datetime="{}">{}</time>', self.due.isoformat(), day_text(self.due))
