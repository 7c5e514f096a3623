"""What the requirements context tells, on commit."""

from django.dispatch import Signal

cycle_closed = Signal()
"""A cycle was kept as it was assessed: ``person_id``, ``credential_id``, ``last_on``, ``at``."""
