"""Every file a person gave to Osler, as it came: what they take with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from osler.apps.credit.models import CalendarFile, Document, ImportFile
from osler.apps.credit.queries.document_files import DocumentLost, document_bytes

if TYPE_CHECKING:
    from osler.apps.people.models import Person

_UNSAFE = re.compile(r"[^\w.\- ]+")


def kept_files(person: Person) -> Iterator[tuple[str, list[bytes]]]:
    """A path for each file and its bytes, one file at a time: certificates, removed ones too, uploaded
    transcripts, and calendars as they were last read. A file that is lost is told in its place.
    """
    for document in Document.objects.filter(person=person).order_by("id").iterator(100):
        name = f"certificates/{document.key}-{_safe(document.filename)}"
        try:
            yield name, [document_bytes(document)]
        except DocumentLost as lost:
            yield f"{name}.LOST.txt", [str(lost.sentence).encode()]
    for kept in ImportFile.objects.filter(came_with__person=person).select_related("came_with").iterator(1):
        yield f"uploads/{kept.came_with.key}-{_safe(kept.came_with.filename)}", [bytes(kept.content)]
    for read in CalendarFile.objects.filter(calendar__person=person).select_related("calendar").iterator(1):
        yield f"calendars/{read.calendar.key}-{_safe(read.calendar.name)}.ics", [bytes(read.content)]


def _safe(filename: str) -> str:
    """The name without what a folder or a system could take for more than a name."""
    return _UNSAFE.sub("_", filename).strip(". ")[-120:] or "file"
