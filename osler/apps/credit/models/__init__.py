"""Tables: Record with its amounts and topics; Import with its rows and the mappings a person confirmed;
Document with what was read from it; InboundAddress; Merge and Distinction; CalendarSource with its events.
"""

from osler.apps.credit.models.calendar_source import CalendarEvent, CalendarFile, CalendarSource
from osler.apps.credit.models.document import Document, DocumentReading, InboundAddress
from osler.apps.credit.models.imports import TRANSITIONS, ColumnMapping, Import, ImportFile, ImportRow
from osler.apps.credit.models.merge import Distinction, Merge
from osler.apps.credit.models.record import Record, RecordAmount, RecordTopic
from osler.apps.credit.models.share import PreparedFile, ShareLink, ShareOpening

__all__ = [
    "TRANSITIONS",
    "CalendarEvent",
    "CalendarFile",
    "CalendarSource",
    "ColumnMapping",
    "Distinction",
    "Document",
    "DocumentReading",
    "Import",
    "ImportFile",
    "ImportRow",
    "InboundAddress",
    "Merge",
    "PreparedFile",
    "Record",
    "RecordAmount",
    "RecordTopic",
    "ShareLink",
    "ShareOpening",
]
