"""The pages of the house as one Django app: it owns templates, static files and tags, and no table."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "osler.web"
    label = "web"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from osler.web.people import account_events

        account_events.connect()
