"""What the credit context tells others, always after commit."""

from django.dispatch import Signal

records_changed = Signal()
"""Records of one person were added, changed, removed or restored. Carries ``person_id`` (int), ``at``
(datetime).
"""
