"""One requirement of a credential as a row that opens: progress and status outside, the reasons inside."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from osler.web.design.amounts import Number, amount_text, as_decimal, number_text
from osler.web.design.status import Status, status_of


@dataclass(frozen=True)
class RequirementRow:
    """`counted`, `required`, `remaining` and `pace` are amounts of `unit`; leave them None for a duty that is
    a document or a course, or while one question is open. `key` is the row's anchor on the page.
    """

    key: str
    title: str | Promise
    detail: str | Promise
    status: str
    unit: str = "hour"
    counted: Number | None = None
    required: Number | None = None
    remaining: Number | None = None
    pace: Number | None = None
    due: date | None = None
    word: str | Promise = ""
    question_url: str = ""

    @property
    def sign(self) -> Status:
        return status_of(self.status)

    @property
    def has_amount(self) -> bool:
        return self.counted is not None and self.required is not None

    @property
    def bar_label(self) -> str:
        if self.counted is None or self.required is None:
            return ""
        return _("%(counted)s of %(required)s counted") % {
            "counted": number_text(self.counted),
            "required": amount_text(self.required, self.unit),
        }

    @property
    def is_missing(self) -> bool:
        return self.remaining is not None and as_decimal(self.remaining) > 0
