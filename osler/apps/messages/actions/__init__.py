"""What can be done with messages: writing, queueing, sending, choosing, and the clock of recurring jobs."""

from osler.apps.messages.actions.addresses import address, off_token
from osler.apps.messages.actions.cleaning import clean_up
from osler.apps.messages.actions.letters import Block, Heading, Letter, Line, Lines, Paragraph, Step
from osler.apps.messages.actions.outbox import in_words_of, queue_letter, send_again, send_test
from osler.apps.messages.actions.preferences import choose_messages, person_and_kind, switch_kind
from osler.apps.messages.actions.schedule import run_job, tick
from osler.apps.messages.actions.sending import Delivered, deliver

__all__ = [
    "Block",
    "Delivered",
    "Heading",
    "Letter",
    "Line",
    "Lines",
    "Paragraph",
    "Step",
    "address",
    "choose_messages",
    "clean_up",
    "deliver",
    "in_words_of",
    "off_token",
    "person_and_kind",
    "queue_letter",
    "run_job",
    "send_again",
    "send_test",
    "switch_kind",
    "tick",
]
