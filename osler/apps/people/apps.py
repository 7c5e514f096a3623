"""The people context as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Persons, facts, credentials."""

    name = "osler.apps.people"
    label = "people"

    def ready(self) -> None:
        """Makes known which letters it writes."""
        from osler.apps.messages.queries import Kind, register
        from osler.apps.people.actions.delegation_letters import KIND

        label, tells = _("Who may act for you"), _("When somebody accepted to act, and when it ended.")
        register(Kind(KIND, label, tells, is_listed=False, can_be_switched=False))
