"""Photographs and scans through Pillow: opened within bounds, turned upright, one picture per page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from osler.adapters.documents import DocumentRefused
from osler.adapters.documents.limits import PAGES_READ, PICTURE_HEIGHT, PICTURE_WIDTH, PIXELS, SEEN_PIXELS

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
Image.MAX_IMAGE_PIXELS = PIXELS


def open_pictures(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    """How many pages the file has, and the first of them, upright; ``DocumentRefused`` if it is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=FORMATS)
            if opened.width * opened.height > PIXELS:
                raise DocumentRefused("bomb")
            count = getattr(opened, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DocumentRefused("bomb") from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError):
        raise DocumentRefused("broken") from None
    return count, _frames(opened)


def _frames(opened: Image.Image) -> Iterator[Image.Image]:
    try:
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if number >= PAGES_READ:
                return
            if frame.width * frame.height > PIXELS:
                raise DocumentRefused("bomb")
            frame.draft("RGB", (4000, 4000))
            yield _upright(frame)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DocumentRefused("bomb") from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, OverflowError):
        raise DocumentRefused("broken") from None


def _upright(frame: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        paper = Image.new("RGB", turned.size, "white")
        clear = turned.convert("RGBA")
        paper.paste(clear, mask=clear.getchannel("A"))
        turned = paper
    turned = turned.convert("RGB")
    if turned.width * turned.height > SEEN_PIXELS:
        share = (SEEN_PIXELS / (turned.width * turned.height)) ** 0.5
        turned = turned.resize((int(turned.width * share) or 1, int(turned.height * share) or 1))
    return turned


def shown(picture: Image.Image) -> bytes:
    """The picture of a page as it is put beside the fields."""
    small = picture.copy()
    small.thumbnail((PICTURE_WIDTH, PICTURE_HEIGHT))
    kept = io.BytesIO()
    small.save(kept, "WEBP", quality=80, method=3)
    return kept.getvalue()
