"""Sentences for what the reader of transcripts remarks on; the codes are those of
``adapters.transcripts``.
"""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osler.adapters.transcripts import Remark
from osler.core.credit.refusal import Refusal
from osler.core.credit.types import CREDIT_TYPES
from osler.requirement_sets.vocabulary import load_vocabulary

# {0}, {1} … are the remark's values.
FILE_SENTENCES: dict[str, Promise] = {
    "empty-file": _("The file is empty. Nothing was kept."),
    "too-large": _("The file is larger than {0} MB. Split it, or export fewer years at a time."),
    "too-many-lines": _(
        "The file has more than {0} lines or reaches too far. Split it by year and try again."
    ),
    "too-many-columns": _("The file has more than {0} columns. Keep only those about your activities."),
    "executable": _("This is a program, not a transcript. It was not opened."),
    "pdf": _("This is a PDF. Upload the transcript as CSV or Excel (.xlsx)."),
    "picture": _("This is a picture. Upload the transcript as CSV or Excel (.xlsx)."),
    "text-document": _("This is a text document. Save its table as CSV or Excel (.xlsx)."),
    "archive": _("This is an archive. Unpack it and upload the CSV or Excel (.xlsx) file inside."),
    "database": _("This is a database. Export the transcript as CSV or Excel (.xlsx)."),
    "protected-workbook": _("This workbook is protected by a password. Save it without one and try again."),
    "old-workbook": _("This is an Excel file of the old kind (.xls). Save it as .xlsx or CSV and try again."),
    "broken-workbook": _(
        "This workbook is damaged and cannot be read. Open it, save it again, and try once more."
    ),
    "bomb": _("This workbook unpacks to far more than a transcript holds. It was not opened."),
    "web-page": _("This is a web page, whatever its name. Export the transcript as CSV or Excel (.xlsx)."),
    "json": _("This is a JSON file. Upload the transcript as CSV or Excel (.xlsx)."),
    "not-text": _("The letters of this file cannot be read. Save it as CSV UTF-8 or Excel (.xlsx)."),
    "broken-quotes": _(
        "The quotation marks do not match from line {0} on. Save the file again as CSV or .xlsx."
    ),
}
QUESTION_SENTENCES: dict[str, Promise] = {
    "which-title": _("Which column holds the title of the activity?"),
    "which-date": _("Which column holds the day on which it was completed?"),
    "which-amount": _("Which column holds the credits or hours?"),
    "which-credit-type": _("Whose credit is it? The file states amounts but no type."),
    "which-date-order": _("Is {0} month first or day first? No date in the file decides it."),
}
MAPPING_SENTENCES: dict[str, Promise] = {
    "no-such-sheet": _("The file has no such sheet."),
    "fewer-columns": _("The sheet has only {0} columns."),
    "no-such-line": _("There is nothing on line {0}."),
    "unknown-role": _("A column cannot hold “{0}”."),
    "role-twice": _("Two columns are said to hold “{0}”. Choose one."),
    "unknown-date-order": _("“{0}” is no order of day and month."),
    "unknown-credit-type": _("There is no credit type called “{0}”."),
    "no-such-format": _("There is no format called “{0}”."),
}
ROW_SENTENCES: dict[str, Promise] = {
    "no-title": _("There is no title."),
    "no-date": _("There is no date."),
    "date-unclear": _("“{0}” could be two different days; other dates of the file are written both ways."),
    "not-a-date": _("“{0}” is not a date."),
    "in-future": _("The date {0} lies in the future."),
    "too-long-ago": _("The date {0} lies more than 100 years back."),
    "no-amount": _("No amount of credit is stated."),
    "no-credit": _("The amount is zero."),
    "no-type": _("No type of credit is stated."),
    "unknown-type": _("“{0}” is no credit type that Osler knows. Closest: {1}."),
    "amount-unclear": _("“{0}” could be a thousand or a fraction. Write it with a decimal point."),
    "not-an-amount": _("“{0}” is not an amount."),
    "other-licence": _("The line is for licence {0}, which is none of yours."),
    "example-line": _("This is the example of the template."),
    "rounded": _("{0} was rounded to {1}, the grain of {2}."),
    "unknown-format": _("The format “{0}” is not known; taken as other."),
    "unknown-topic": _("The topic “{0}” is not known and was left out."),
    "unknown-tag": _("The attribute “{0}” is not known and was left out."),
    "topic-share-cut": _("{1} on {0} is more than the activity itself; taken as {2}."),
    "title-from-number": _("The file has no title; called “{0}”."),
    "type-assumed": _("The sponsor “{1}” does not say whose credit it is; taken as {0}."),
    "cut": _("The title was cut to {0} characters."),
    "same-as-line": _("The same activity as line {0}."),
    "like-line": _("Looks like line {0}."),
    "same-as-record": _("Already in your transcript."),
    "like-record": _("Looks like “{0}” of the same day in your transcript."),
}
ROLE_NAMES: dict[str, Promise] = {
    "": _("leave out"),
    "title": _("Title of the activity"),
    "provider": _("Provider"),
    "completed": _("Day completed"),
    "started": _("Day begun"),
    "format": _("Format"),
    "amount": _("Credits or hours"),
    "credit-type": _("Type of credit"),
    "credits": _("Types and amounts together"),
    "topics": _("Topics"),
    "tags": _("Attributes"),
    "note": _("Note"),
    "id": _("Id of the record"),
    "activity": _("Number of the activity"),
    "licence-number": _("Licence number"),
    "sponsor": _("Sponsor"),
    "provider-number": _("Number of the provider"),
    "course-number": _("Number of the course"),
}
SENTENCES = {**FILE_SENTENCES, **QUESTION_SENTENCES, **MAPPING_SENTENCES, **ROW_SENTENCES}


def role_name(role: str) -> str:
    """What a column can hold, in words: a role, or the credit type or topic of a column of its own."""
    kind, _colon, code = role.partition(":")
    if kind == "credit" and code in CREDIT_TYPES:
        return CREDIT_TYPES[code].name
    if kind == "topic":
        vocabulary = load_vocabulary()
        return vocabulary.topics.get(code) or vocabulary.specialties.get(code) or code
    return str(ROLE_NAMES.get(role, role))


def role_choices() -> tuple[tuple[str, str], ...]:
    """Everything a column may be said to hold: the roles first, then an amount of each credit type."""
    types = ((f"credit:{code}", kind.name) for code, kind in CREDIT_TYPES.items())
    return (*((role, str(name)) for role, name in ROLE_NAMES.items()), *types)


def sentence(remark: Remark) -> str:
    """A remark in words, in the language of whoever reads."""
    values = [_shown(remark.code, number, value) for number, value in enumerate(remark.values)]
    if remark.code == "unknown-type" and not values[1]:
        return str(_("“{0}” is no credit type that Osler knows.")).format(values[0])
    return str(SENTENCES[remark.code]).format(*values)


def _shown(code: str, number: int, value: str) -> str:
    """Codes of credit types and roles of columns are shown by their names."""
    if code == "role-twice":
        return role_name(value)
    if code == "unknown-type" and number == 1:
        return ", ".join(CREDIT_TYPES[one].name for one in value.split(", ") if one in CREDIT_TYPES)
    return CREDIT_TYPES[value].name if value in CREDIT_TYPES else value


def refusal_of(remark: Remark) -> Refusal:
    """A file that cannot be read, as the answer to whoever uploaded it."""
    return Refusal(remark.code, sentence(remark))


def stored(remarks: Iterable[Remark]) -> list[list[object]]:
    """Remarks as JSON; ``recalled`` reads them back."""
    return [[remark.code, list(remark.values)] for remark in remarks]


def recalled(data: Sequence[Sequence[object]]) -> tuple[Remark, ...]:
    """The remarks that ``stored`` wrote."""
    return tuple(
        Remark(str(code), tuple(str(value) for value in values) if isinstance(values, list) else ())
        for code, values in data
    )
