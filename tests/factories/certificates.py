"""Files of certificates for tests: made once a run, read by the real readers."""

import io
from functools import cache

import pypdfium2
import typst
from PIL import Image

BROWN_LIKE = """\
#set page("us-letter")
#set align(center + horizon)
#set text(size: 14pt)
Example University

certifies that

Ruth Mehta

has participated in the live activity titled

#text(size: 18pt)[Chronic Pain and Its Treatment]

on 14 November 2025

and is awarded 6.00 AMA PRA Category 1 Credits™

Example University is accredited by the Accreditation Council for Continuing Medical Education to provide
continuing medical education for physicians.
"""


@cache
def pdf_of(markup: str = BROWN_LIKE) -> bytes:
    """A PDF with text."""
    made = typst.compile(markup.encode())
    assert isinstance(made, bytes)
    return made


@cache
def picture_of(markup: str = BROWN_LIKE, dpi: int = 150, kind: str = "PNG") -> bytes:
    """The first page as a picture."""
    made = typst.compile(markup.encode(), format="png", ppi=dpi)
    page = made if isinstance(made, bytes) else made[0]
    if kind == "PNG":
        return page
    kept = io.BytesIO()
    Image.open(io.BytesIO(page)).convert("RGB").save(kept, kind)
    return kept.getvalue()


@cache
def blank_pdf(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(200, 200)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
