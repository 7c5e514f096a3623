"""What can be done with requirements: answering a question, going on into the next cycle, keeping answers."""

from osler.apps.requirements.actions.answering import answer_question
from osler.apps.requirements.actions.cycles import (
    assess_again,
    close_cycle,
    close_ended_cycles,
    renew_credential,
)
from osler.apps.requirements.actions.standings import refresh_standings

__all__ = [
    "answer_question",
    "assess_again",
    "close_cycle",
    "close_ended_cycles",
    "refresh_standings",
    "renew_credential",
]
