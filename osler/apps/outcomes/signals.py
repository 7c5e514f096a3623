"""What the outcomes context tells others, always after commit."""

from django.dispatch import Signal

commitments_changed = Signal()
"""A commitment was made, changed, looked at again or taken back. Carries ``person_id`` (int), ``at``
(datetime).
"""
