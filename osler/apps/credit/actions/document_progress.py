"""Telling the open page how far the reading of a document is."""

import json

from django.utils.translation import gettext as _

from osler.adapters.live import LiveEvent, person_room, publish
from osler.apps.credit.models import Document


def progress_key(document: Document) -> str:
    """The name of the progress element on the page."""
    return f"document-{document.key}"


def tell_page(document: Document, page: int, pages: int) -> None:
    """One more page has been read."""
    _tell(document, page, pages, is_done=False)


def tell_done(document: Document) -> None:
    """The reading is over, however it ended."""
    _tell(document, 1, 1, is_done=True)


def _tell(document: Document, page: int, pages: int, *, is_done: bool) -> None:
    text = _("Page %(page)d of %(pages)d read") % {"page": page, "pages": pages}
    told = {
        "key": progress_key(document),
        "value": page,
        "maximum": pages,
        "text": "" if is_done else text,
        "is_done": is_done,
    }
    publish(LiveEvent(person_room(document.person_id), "progress", json.dumps(told)))
