"""Files of certificates for tests: made once a run, read by the real readers."""

import io
import random
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import typst
import yaml
from PIL import Image, ImageChops

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


# The certificates set for the reader, each with what it says beside it.
CORPUS = Path(__file__).parents[1] / "adapters" / "documents" / "certificates"
BROWN = Path(__file__).parents[3] / "shared" / "data" / "certificates"


def corpus_names() -> list[str]:
    """The certificates by name."""
    return sorted(path.stem for path in CORPUS.glob("*.typ"))


@cache
def expected_of(name: str) -> dict[str, Any]:
    """What a certificate says, as somebody reads it."""
    said: dict[str, Any] = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    return said


def typeset(name: str) -> bytes:
    """The certificate as PDF with text."""
    return pdf_of((CORPUS / f"{name}.typ").read_text("utf-8"))


def scanned(name: str) -> bytes:
    """The certificate printed and scanned: turned a little and with specks where its ``scan`` says so."""
    wanted = expected_of(name).get("scan", {})
    page = picture_of((CORPUS / f"{name}.typ").read_text("utf-8"), wanted.get("dpi", 200))
    return scan_of(page, turn=wanted.get("turn", 0.0), noise=wanted.get("noise", 0))


@cache
def scan_of(page: bytes, *, turn: float = 0.0, noise: int = 0) -> bytes:
    """A picture as a scanner sees it."""
    grey = Image.open(io.BytesIO(page)).convert("L")
    if turn:
        grey = grey.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if noise:
        # The same specks every time.
        specks = Image.frombytes("L", grey.size, random.Random(7).randbytes(grey.width * grey.height))
        grey = ImageChops.add(grey, specks.point(lambda value: value * noise // 128), offset=-noise)
    kept = io.BytesIO()
    grey.save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def brown_markup() -> str | None:
    """The sample certificate as a page; ``None`` where it does not come with the code."""
    file = BROWN / "brown_enduring.txt"
    if not file.exists():
        return None
    parts = file.read_text("utf-8").split("\n\n")
    lines = (" ".join(part.split("\n")) for part in parts)
    return '#set page("us-letter")\n' + "\n\n".join(f"#align(center)[{line}]" for line in lines)


def brown_expected(row: dict[str, str]) -> dict[str, Any]:
    """The row of the sample's expected fields in the form of ``expected_of``."""
    amount = row["credit_numeric"].removesuffix(".0")
    return {
        "title": row["activity_title"],
        "provider": row["issuing_org"],
        "completed": date.fromisoformat(row["date_awarded"]),
        "credit": {"AMA_PRA_1" if row["ama_pra_cat1"] == "True" else "AMA_PRA_2": amount},
        "format": "enduring",
        "learner": "Alex Example",
        "topics": ["substance-use-disorder"],
        "certain": ["title", "provider", "completed", "credit", "format", "learner"],
    }
