"""What the credit context tells others, always after commit."""

from django.dispatch import Signal

records_changed = Signal()
"""Records of one person were added, changed, removed or restored. Carries ``person_id`` (int), ``at``
(datetime).
"""

import_confirmed = Signal()
"""An import too large for one request is to be written. Carries ``import_id`` (int), ``at`` (datetime).

The one signal that is sent inside the transaction: the job must exist exactly if the confirmation does.
"""
