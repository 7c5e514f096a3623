"""Tables: Record with its amounts and topics; Import with its rows and the mappings a person confirmed;
Document with what was read from it; InboundAddress.
"""

from osler.apps.credit.models.document import Document, DocumentReading, InboundAddress
from osler.apps.credit.models.imports import TRANSITIONS, ColumnMapping, Import, ImportFile, ImportRow
from osler.apps.credit.models.record import Record, RecordAmount, RecordTopic

__all__ = [
    "TRANSITIONS",
    "ColumnMapping",
    "Document",
    "DocumentReading",
    "Import",
    "ImportFile",
    "ImportRow",
    "InboundAddress",
    "Record",
    "RecordAmount",
    "RecordTopic",
]
