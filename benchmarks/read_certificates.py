"""Reads every certificate of the tests, typeset and scanned, and prints what was right, offered or wrong.

Run from the project's root: ``python benchmarks/read_certificates.py``. A field is *right* where its certain
value is the one on the certificate, *offered* where it is among the candidates, *missed* where it is neither,
and *WRONG* where something else was proposed as certain. The sample of ``../shared`` is read too where it is
there.
"""

import argparse
import csv
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import tests.certificates as made
from osler.adapters.documents import Reading
from osler.adapters.documents.pdf import open_pdf, words_of
from osler.adapters.documents.reader import read_document
from tests.certificates.answers import verdicts

AS_OF = date(2026, 1, 31)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these certificates")
    parser.add_argument("--show", action="store_true", help="print every proposal")
    parser.add_argument("--quick", action="store_true", help="text only; scans take seconds each")
    chosen = parser.parse_args()
    total: Counter[str] = Counter()
    files = [
        (name, kind, content, made.expected_of(name))
        for name in made.corpus_names()
        for kind, content in (
            [("text", made.typeset(name))]
            if chosen.quick
            else [("text", made.typeset(name)), ("scan", made.scanned(name))]
        )
    ]
    files.extend(_brown())
    for name, kind, content, expected in files:
        if (chosen.names and name not in chosen.names) or (chosen.quick and kind == "scan"):
            continue
        begun = time.perf_counter()
        reading = read_document(content, as_of=AS_OF)
        seconds = time.perf_counter() - begun
        found = verdicts(reading, expected)
        count = Counter(found.values())
        total += count
        details = ", ".join(f"{field} {verdict}" for field, verdict in found.items() if verdict != "right")
        print(
            f"{name:14} {kind:5} {count['right']:3} right {count['offered']:3} offered"
            f" {count['missed']:3} missed"
            f" {count['WRONG']:3} wrong {seconds:6.2f} s  {details}"
        )
        if chosen.show:
            _show(reading)
    # The least any reading needs: the words of one page and where they stand.
    begun = time.perf_counter()
    words_of(open_pdf(made.typeset(made.corpus_names()[0]))[0])
    print(f"baseline: the words of one page, nothing understood {time.perf_counter() - begun:6.2f} s")
    print(dict(total))


def _brown() -> list[tuple[str, str, bytes, dict[str, Any]]]:
    markup = made.brown_markup()
    if markup is None:
        return []
    with (made.BROWN / "expected_fields.csv").open(encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    expected = made.brown_expected(row)
    return [
        ("brown_enduring", "text", made.pdf_of(markup), expected),
        ("brown_enduring", "scan", made.picture_of(markup, 180), expected),
    ]


def _show(reading: Reading) -> None:
    for one in reading.proposals:
        for each in one.candidates:
            sign = "=" if one.is_certain else "?"
            print(
                f"    {one.field:10}{sign} {each.kind} {each.value!r} ({each.why}) “{each.place.words[:70]}”"
            )
    print("    remarks", [one.code for one in reading.remarks])


if __name__ == "__main__":
    main()
