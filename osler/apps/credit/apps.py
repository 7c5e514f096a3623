"""The credit context as Django knows it."""

from django.apps import AppConfig


class CreditConfig(AppConfig):
    """Records, transcripts, imports."""

    name = "osler.apps.credit"
    label = "credit"

    def ready(self) -> None:
        """Starts listening to confirmed imports."""
        from osler.apps.credit import receivers

        receivers.listen()
