"""What the messages context tells others."""

from django.dispatch import Signal

messages_queued = Signal()
"""Letters wait; sent inside the transaction that queued them, with ``at`` (datetime)."""

preferences_changed = Signal()
"""A person wants other messages, or at other times; sent after commit with ``person_id`` and ``at``."""
