"""The requirements context as Django knows it."""

from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    """Standings and their refreshing."""

    name = "osler.apps.requirements"
    label = "requirements"

    def ready(self) -> None:
        """Starts listening to changes of credentials, facts and records; says which letters it writes."""
        from osler.apps.requirements import alert_kinds, receivers

        receivers.listen()
        alert_kinds.register_all()
