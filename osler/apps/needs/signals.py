"""What the needs context tells others, always after commit.

Every signal is sent with ``person_id`` (int) and ``at`` (datetime); ``sender`` is the model's class.
"""

from django.dispatch import Signal

goals_changed = Signal()
"""A goal was set, changed, moved, removed or restored. Also carries ``goal_id`` (int)."""

topics_rated = Signal()
"""Topics were rated, put on the list or taken off it."""
