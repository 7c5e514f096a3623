"""Tables: Record with its amounts and topics; Import with its rows and the mappings a person confirmed."""

from osler.apps.credit.models.imports import TRANSITIONS, ColumnMapping, Import, ImportFile, ImportRow
from osler.apps.credit.models.record import Record, RecordAmount, RecordTopic

__all__ = [
    "TRANSITIONS",
    "ColumnMapping",
    "Import",
    "ImportFile",
    "ImportRow",
    "Record",
    "RecordAmount",
    "RecordTopic",
]
