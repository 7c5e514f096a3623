"""What the people context tells others, always after commit.

Every signal is sent with ``person_id`` (int) and ``at`` (datetime); ``sender`` is the model's class.
"""

from django.dispatch import Signal

account_ended = Signal()
"""The account and every row of it are gone; what lies elsewhere under its number is to go too."""

credential_changed = Signal()
"""A credential was added, changed, removed or restored. Also carries ``credential_id`` (int)."""

fact_changed = Signal()
"""A fact was stated or withdrawn. Also carries ``name`` (str)."""

profile_changed = Signal()
"""Profession, degree, birth date or specialties changed."""
