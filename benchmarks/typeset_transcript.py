"""How fast documents are set: transcripts and a dossier, beside a one-page document of the same typesetter.

    python benchmarks/typeset_transcript.py [--quick]

The baseline is Typst itself with one line on one page, in the same run: what any PDF costs at least. Every
run sets other words, so that nothing is taken from a cache. Times are of the processor, all threads
together, so that a busy machine does not change them. Printed are documents and pages per second and the
ratio to the baseline.
"""

from __future__ import annotations

import io
import itertools
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pypdfium2
import typst
from PIL import Image, ImageDraw

from osler.adapters.typesetting import Bars, Cell, Document, Head, Heading, Picture, Table, Words, typesetter
from osler.adapters.typesetting.enclosed import pages_of
from osler.adapters.typesetting.typst_vendor import STANDARDS, own_fonts

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
QUICK = "--quick" in sys.argv
RUNS = 3 if QUICK else 7
BASELINE = '#set document(title: "One page")\n#set text(lang: "en")\n= One page\nLine {number}.\n'
NUMBERS = itertools.count()


def baseline() -> bytes:
    """One line on one page, by the same standards."""
    source = BASELINE.format(number=next(NUMBERS)).encode()
    return typst.compile(source, format="pdf", font_paths=own_fonts(), pdf_standards=STANDARDS)


def transcript(records: int) -> Document:
    """A transcript with totals, bars and ``records`` records in ten years."""
    heads = (Head("Completed", 0), Head("Activity", 5), Head("Format", 0), Head("Credit", 4, True))
    run = next(NUMBERS)
    blocks: list[Heading | Table | Bars | Words] = [
        Heading("Totals"),
        Table(
            (Head("Type", 4), Head("Credit", 1, True)), ((Cell("AMA PRA Category 1 Credit"), Cell("45.25")),)
        ),
        Bars(tuple((str(2016 + n), 100 * n, str(n)) for n in range(10)), "By year"),
    ]
    for year in range(2025, 2015, -1):
        rows = tuple(
            (
                Cell(f"{1 + n % 28} March {year}"),
                Cell(
                    f"Update in internal medicine {run}-{n}",
                    ("Example University", "Pain management"),
                    is_strong=True,
                ),
                Cell("Live activity"),
                Cell("1.5 AMA PRA Category 1 Credit", ("1.5 ABIM MOC point",)),
            )
            for n in range(records // 10)
        )
        blocks += [Heading(str(year)), Table(heads, rows)]
    return Document("Transcript", "en", AT, tuple(blocks), page_words="Page {page} of {pages}")


def certificate(number: int) -> bytes:
    """A scanned page as PNG."""
    page = Image.new("L", (1275, 1650), 255)
    draw = ImageDraw.Draw(page)
    for line in range(40):
        draw.text((100, 100 + 35 * line), f"Certificate {number}, line {line}: this is to certify", fill=0)
    target = io.BytesIO()
    page.save(target, "PNG")
    return target.getvalue()


def dossier(certificates: list[bytes]) -> Document:
    """Certificates as a dossier holds them, made into pages on the way."""
    blocks: list[Heading | Words | Picture] = [Heading("Certificates")]
    for number, content in enumerate(certificates):
        blocks.append(Heading(f"Certificate {number}", 3, f"c{number}", on_new_page=True))
        pages, _count = pages_of(content, "image/png")
        blocks += [Picture(page.picture, "jpg", f"Certificate {number}") for page in pages]
    return Document("Audit dossier", "en", AT, tuple(blocks), has_cover=True)


def measure(name: str, make: Callable[[], bytes], base: float, runs: int = RUNS) -> float:
    """The median of several runs after one that warms up, with its ratio to the baseline."""
    pages = len(pypdfium2.PdfDocument(make()))
    times = []
    for _ in range(runs):
        start = time.process_time()
        content = make()
        times.append(time.process_time() - start)
    median = statistics.median(times)
    ratio = f"{median / base:6.1f} × baseline" if base else "              –"
    print(
        f"{name:34} {median * 1000:8.1f} ms  {1 / median:7.2f} PDF/s  {pages:4} pages  "
        f"{pages / median:7.1f} pages/s  {len(content) / 1000:7.0f} kB  {ratio}"
    )
    return median


def main() -> None:
    """Prints one line for each document."""
    print(f"Python {platform.python_version()}, Typst {typst.__version__}, {RUNS} runs")
    setter = typesetter()
    base = measure("baseline: one line, one page", baseline, 0)
    for records in (20, 300) if QUICK else (20, 300, 3000):
        measure(
            f"transcript, {records} records",
            lambda n=records: setter.pdf(transcript(n)),
            base,
            3 if records > 999 else RUNS,
        )
    for count in (10,) if QUICK else (10, 100):
        certificates = [certificate(n) for n in range(count)]
        measure(f"dossier, {count} certificates", lambda c=certificates: setter.pdf(dossier(c)), base, 3)


if __name__ == "__main__":
    main()
