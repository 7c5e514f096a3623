"""What the credit context tells others, always after commit."""

from django.dispatch import Signal

records_changed = Signal()
"""Records of one person were added, changed, removed or restored. Carries ``person_id`` (int), ``at``
(datetime).
"""

import_confirmed = Signal()
"""An import too large for one request is to be written. Carries ``import_id`` (int), ``at`` (datetime).

Sent inside the transaction, unlike others: the job must exist exactly if the confirmation does.
"""

import_to_read = Signal()
"""A file too long for one request is to be read. Carries ``import_id`` (int), ``at`` (datetime); sent inside
the transaction as well.
"""

document_to_be_read = Signal()
"""The pages of a document are pictures whose words are still to be found. Carries ``document_id`` (int),
``at`` (datetime). Sent inside the transaction, as ``import_confirmed``.
"""

file_asked = Signal()
"""A file too large for one request is to be made. Carries ``file_id`` (int), ``at`` (datetime). Sent inside
the transaction, as ``import_confirmed``.
"""
