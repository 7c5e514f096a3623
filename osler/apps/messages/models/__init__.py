"""Tables: Message, Attempt, Preferences, Schedule."""

from osler.apps.messages.models.message import TRANSITIONS, Attempt, Message
from osler.apps.messages.models.preferences import Preferences
from osler.apps.messages.models.schedule import Schedule

__all__ = ["TRANSITIONS", "Attempt", "Message", "Preferences", "Schedule"]
