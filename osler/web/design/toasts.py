"""Short notices after an act, with the way back where there is one.

They travel through Django's messages framework, so that they survive a redirect and need no script.
"""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

_UNDO = "undo:"
_ICONS = {
    "success": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "error": "circle-alert",
    "debug": "info",
}


def say(
    request: HttpRequest, text: str | Promise, *, level: int = messages.SUCCESS, undo_url: str = ""
) -> None:
    """Show `text` on the next page. With `undo_url`, a button posts there to take the act back."""
    messages.add_message(request, level, str(text), extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def undo_url_of(message: Message) -> str:
    """Where to post to take the act back, or nothing. Only an address inside the house is believed."""
    for tag in (message.extra_tags or "").split():
        url = tag.removeprefix(_UNDO)
        if tag.startswith(_UNDO) and url.startswith("/") and not url.startswith("//"):
            return url
    return ""


def icon_of(message: Message) -> str:
    return _ICONS.get(message.level_tag, "info")
