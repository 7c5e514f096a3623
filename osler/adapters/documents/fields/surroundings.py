"""What stands around a part of the text: its label before it, above it in its column, or below it."""

from __future__ import annotations

from osler.adapters.documents.flow import Flow
from osler.adapters.documents.lines import Line

FAR_ABOVE = 14.0
"""How many times its height a column's heading may stand above a cell."""
NEAR_BELOW = 2.4
PARAGRAPH = 10.0


def text_before(flow: Flow, start: int, most: int = 90) -> str:
    """The words before a part, back to the beginning of its sentence."""
    begins, _ends = flow.sentence(start, start)
    return flow.text[max(begins, start - most) : start]


def line_before(flow: Flow, start: int) -> str:
    """The part of the same row that stands before a position."""
    number = flow.line_at(start)
    first = number
    while first and _same_row(flow.lines[first - 1], flow.lines[number]):
        first -= 1
    return flow.text[flow.starts[first] : start]


def is_whole_line(flow: Flow, start: int, end: int) -> bool:
    """Nothing of weight stands on the line beside the part."""
    number = flow.line_at(start)
    line = flow.text[flow.starts[number] : flow.end_of(number)]
    rest = line.replace(flow.text[start:end], "", 1)
    return sum(letter.isalnum() for letter in rest) <= 2


def heads_above(flow: Flow, number: int) -> list[str]:
    """The lines above a line in its column, nearest first."""
    line = flow.lines[number]
    above = [
        one
        for one in flow.lines
        if one.page == line.page
        and one.box.middle < line.box.top
        and line.box.top - one.box.bottom < FAR_ABOVE * line.height
        and _is_over(one, line)
    ]
    return [one.text for one in sorted(above, key=lambda one: -one.box.middle)]


def below(flow: Flow, number: int) -> Line | None:
    """The nearest line under a line that stands close to it, as the caption under a signature does."""
    line = flow.lines[number]
    under = [
        one
        for one in flow.lines
        if one.page == line.page
        and one.box.middle > line.box.bottom
        and one.box.top - line.box.bottom < NEAR_BELOW * line.height
        and _is_over(one, line)
    ]
    return min(under, key=lambda one: one.box.top, default=None)


def is_wrapped(flow: Flow, number: int, following: int) -> bool:
    """A line ended because the first word of the next one no longer fitted."""
    line, after = flow.lines[number], flow.lines[following]
    here = [one.box for one in flow.lines if one.page == line.page]
    word = after.words[0].box
    needed = word.right - word.left + line.height * 0.25
    width = line.box.right - line.box.left
    if abs(line.box.left - after.box.left) < line.height * 0.5:
        near = [box for box in here if abs(box.middle - line.box.middle) < PARAGRAPH * line.height]
        edge = max(box.right for box in near if abs(box.left - line.box.left) < 5)
        return line.box.right + needed > edge
    middle = line.box.left + line.box.right
    centred = [box for box in here if abs(box.left + box.right - middle) < 30]
    return width + needed > max(box.right - box.left for box in centred)


def is_running(flow: Flow, before: int, number: int) -> bool:
    """Two lines of one paragraph: alike, close, and beginning at one edge."""
    line, after = flow.lines[before], flow.lines[number]
    tallest, lowest = max(line.height, after.height), min(line.height, after.height)
    is_alike = tallest < lowest * (1.5 if flow.is_seen else 1.1)
    is_near = 0 < after.box.middle - line.box.middle < 2.0 * tallest
    return is_alike and is_near and abs(line.box.left - after.box.left) < lowest


def _is_over(one: Line, other: Line) -> bool:
    return one.box.left < other.box.right and other.box.left < one.box.right


def _same_row(one: Line, other: Line) -> bool:
    return (one.page, one.row) == (other.page, other.row)
