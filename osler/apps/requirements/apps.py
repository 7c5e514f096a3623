"""The requirements context as Django knows it."""

from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    """Standings and their refreshing."""

    name = "osler.apps.requirements"
    label = "requirements"

    def ready(self) -> None:
        """Starts listening to changes of credentials, facts and records."""
        from osler.apps.requirements import receivers

        receivers.listen()
