"""The messages context as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Outbox, preferences, schedule. The label leaves ``messages`` to Django's own notices."""

    name = "osler.apps.messages"
    label = "osler_messages"

    def ready(self) -> None:
        """Starts listening to letters that wait to be sent, and makes the test letter known."""
        from osler.apps.messages import receivers
        from osler.apps.messages.queries import Kind, register

        receivers.listen()
        register(Kind("test", _("Test message"), _("What you ask for yourself."), is_listed=False))
