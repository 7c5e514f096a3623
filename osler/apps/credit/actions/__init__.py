"""What can be done to a transcript.

Every action is keyword-only, takes who acts (``by``; ``None`` is Osler itself) and when (``at``), and
returns the row it made or changed, or a ``Refusal`` with a sentence for the person.
"""

from osler.adapters.transcripts import Mapping
from osler.apps.credit.actions.adding import (
    ROWS_IN_ONE_REQUEST,
    confirm_import,
    undo_import,
    write_import,
)
from osler.apps.credit.actions.documents import (
    Kept,
    attach_document,
    confirm_document,
    keep_document,
    read_kept_document,
    remove_document,
    restore_document,
)
from osler.apps.credit.actions.drafts import Origin, RecordDraft, checked
from osler.apps.credit.actions.imports import discard_import, read_import, set_mapping, start_import
from osler.apps.credit.actions.mail import Received, receive_mail, renew_address, revoke_address
from osler.apps.credit.actions.merging import forget_distinction, keep_apart, merge_records, undo_merge
from osler.apps.credit.actions.records import (
    add_record,
    add_records,
    change_record,
    remove_record,
    restore_record,
)

__all__ = [
    "ROWS_IN_ONE_REQUEST",
    "Kept",
    "Mapping",
    "Origin",
    "Received",
    "RecordDraft",
    "add_record",
    "add_records",
    "attach_document",
    "change_record",
    "checked",
    "confirm_document",
    "confirm_import",
    "discard_import",
    "forget_distinction",
    "keep_apart",
    "keep_document",
    "merge_records",
    "read_import",
    "read_kept_document",
    "receive_mail",
    "remove_document",
    "remove_record",
    "renew_address",
    "restore_document",
    "restore_record",
    "revoke_address",
    "set_mapping",
    "start_import",
    "undo_import",
    "undo_merge",
    "write_import",
]
