"""What can be done with requirements: answering a question, going on into the next cycle, keeping answers."""

from osler.apps.requirements.actions.answering import answer_question
from osler.apps.requirements.actions.calendar_feed import Feed, end_calendar, read_calendar, renew_calendar
from osler.apps.requirements.actions.cycles import (
    Details,
    assess_again,
    close_cycle,
    close_ended_cycles,
    renew_credential,
)
from osler.apps.requirements.actions.digests import write_digest
from osler.apps.requirements.actions.reminders import remind
from osler.apps.requirements.actions.rule_changes import ChangedRules, find_rule_changes, tell_rule_change
from osler.apps.requirements.actions.standings import refresh_standings
from osler.apps.requirements.actions.striking import bring_cycle_back, strike_cycle
from osler.apps.requirements.actions.watching import keep_watch

__all__ = [
    "ChangedRules",
    "Details",
    "Feed",
    "answer_question",
    "assess_again",
    "bring_cycle_back",
    "close_cycle",
    "close_ended_cycles",
    "end_calendar",
    "find_rule_changes",
    "keep_watch",
    "read_calendar",
    "refresh_standings",
    "remind",
    "renew_calendar",
    "renew_credential",
    "strike_cycle",
    "tell_rule_change",
    "write_digest",
]
