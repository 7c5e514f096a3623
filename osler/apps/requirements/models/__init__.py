"""What is kept of answers: the last one per credential."""

from osler.apps.requirements.models.standing import Standing

__all__ = ["Standing"]
