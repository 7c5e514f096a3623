"""The lines of a calendar file (RFC 5545): unfolded, split into name, parameters and value, by event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from osler.adapters.calendars import MOST_BYTES, MOST_EVENTS, CalendarRefused

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)\Z', re.S
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPE = re.compile(r"\\([\\;,nN])")
MOST_DEEP = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its parameters by upper-case name, and its value as it stands."""

    value: str
    parameters: dict[str, str]

    @property
    def text(self) -> str:
        """The value as text, escapes taken away."""
        return _ESCAPE.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), self.value)


@dataclass(slots=True)
class Component:
    """A calendar, an event or a time zone: its properties by upper-case name, its parts."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first property of this name."""
        return next(iter(self.lines.get(name, ())), None)

    def text(self, name: str) -> str:
        """The text of the first property of this name in one line, empty where there is none."""
        found = self.first(name)
        return " ".join(found.text.split()) if found else ""


def read_components(content: bytes) -> Component:
    """The calendar of a file with its events and time zones. Raises ``CalendarRefused``."""
    if len(content) > MOST_BYTES:
        raise CalendarRefused("too-large", str(MOST_BYTES // 1_000_000))
    text = content.decode("utf-8-sig", "replace")
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise CalendarRefused("no-calendar")
    root, events = Component("FILE"), 0
    stack = [root]
    for line in _unfolded(text):
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match.group(1).upper(), match.group(3)
        if name == "BEGIN":
            events += value.strip().upper() == "VEVENT"
            if len(stack) > MOST_DEEP or events > MOST_EVENTS:
                raise CalendarRefused("too-many", str(MOST_EVENTS))
            made = Component(value.strip().upper())
            stack[-1].parts.append(made)
            stack.append(made)
        elif name == "END":
            if len(stack) > 1:
                stack.pop()
        else:
            parameters = {key.upper(): given.strip('"') for key, given in _PARAMETER.findall(match.group(2))}
            stack[-1].lines.setdefault(name, []).append(Line(value.strip("\r"), parameters))
    return root


def _unfolded(text: str) -> Iterator[str]:
    yield from _FOLD.sub("", text).splitlines()
