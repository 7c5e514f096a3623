"""Telling open pages how far an import is; the same numbers stand in its row."""

import json

from django.utils.translation import gettext as _

from osler.adapters.live import LiveEvent, import_room, publish
from osler.apps.credit.models import Import


def progress_text(came_with: Import) -> str:
    """How far an import is, in words."""
    numbers = {"done": came_with.rows_done, "total": came_with.rows_in_all}
    if came_with.status in (Import.Status.READING, Import.Status.PREVIEWED):
        if came_with.rows_done >= came_with.rows_in_all:
            return _("%(total)d rows read; now they are compared with your record") % numbers
        return _("%(done)d of %(total)d rows read") % numbers
    return _("%(done)d of %(total)d rows added") % numbers


def tell_progress(came_with: Import, *, is_done: bool = False) -> None:
    """Publishes how far it is in the import's room."""
    told = {
        "key": f"import-{came_with.key}",
        "value": came_with.rows_done,
        "maximum": came_with.rows_in_all,
        "text": progress_text(came_with),
        "is_done": is_done,
    }
    publish(LiveEvent(import_room(came_with.key), "progress", json.dumps(told)))
