"""What can be done to reflections and commitments.

Every action is keyword-only, takes who acts (``by``; ``None`` is Osler itself) and when (``at``), and
returns the row it made or changed, or a ``Refusal`` with a sentence for the person. The log keeps that
something was written and when, never the words: they are private.
"""

from osler.apps.outcomes.actions.commitments import look_again, take_back_answer
from osler.apps.outcomes.actions.reflections import (
    LOOK_AGAIN_DAYS,
    ReflectionDraft,
    remove_reflection,
    restore_reflection,
    write_reflection,
)

__all__ = [
    "LOOK_AGAIN_DAYS",
    "ReflectionDraft",
    "look_again",
    "remove_reflection",
    "restore_reflection",
    "take_back_answer",
    "write_reflection",
]
