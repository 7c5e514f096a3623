"""What can be done with requirements: answering a question, and keeping the last answer per credential."""

from osler.apps.requirements.actions.answering import answer_question
from osler.apps.requirements.actions.standings import refresh_standings

__all__ = ["answer_question", "refresh_standings"]
