"""A list that can be searched, filtered, sorted, paged and exported, all of it from the address's query.

Works on a queryset (which stays lazy: one count, one page) and on a sequence of plain values alike, without
a script; with one, htmx swaps the part that changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from osler.web.design.amounts import day_text, number_text

Row = TypeVar("Row")
Text = str | Promise
PAGE_SIZE = 25
MAX_SEARCH = 200
EXPORTS = ("csv", "xlsx")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. `value` gives what is exported and shown; `html` a richer cell in its place.

    `order` says how to sort: an `order_by` name for a queryset, a key function for a sequence. A sequence
    sorts by `value` when nothing is said; `is_sortable=False` switches it off.
    """

    key: str
    label: Text
    value: Callable[[Row], Any]
    html: Callable[[Row], SafeString] | None = None
    order: str | Callable[[Row], Any] | None = None
    is_sortable: bool = True
    is_numeric: bool = False
    is_header: bool = False


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """A choice that narrows the list: `keep(rows, value)` returns the rows that stay."""

    key: str
    label: Text
    options: Sequence[tuple[str, Text]]
    keep: Callable[[Any, str], Any]
    is_day: bool = False
    """Any day may be chosen instead of one of ``options``; ``keep`` gets it in ISO form."""


@dataclass(frozen=True)
class Empty:
    """What a list says when it holds nothing yet: what would fill it, and how."""

    title: Text
    text: Text = ""
    action_label: Text = ""
    action_url: str = ""
    icon: str = "file-text"


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: where a press on it leads, and how the list is sorted by it now."""

    column: Column[Any]
    url: str
    direction: str  # "ascending", "descending" or ""


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column[Any]
    content: SafeString | str


@dataclass(frozen=True, slots=True)
class FilterState:
    filter: Filter[Any]
    chosen: str

    @property
    def chosen_label(self) -> Text:
        if self.filter.is_day:
            return day_text(date.fromisoformat(self.chosen))
        return dict(self.filter.options)[self.chosen]


@dataclass(frozen=True)
class DataTable(Generic[Row]):
    """A list as it stands for one request. Make it with `data_table`."""

    name: str
    caption: Text
    path: str
    query: QueryDict
    rows: Any
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter[Row]] = ()
    search: Callable[[Any, str], Any] | None = None
    default_sort: str = ""
    page_size: int = PAGE_SIZE
    empty: Empty = field(default_factory=lambda: Empty(_("Nothing here yet")))
    search_label: Text = ""
    noun: Callable[[int], str] | None = None
    exports: Sequence[str] = EXPORTS
    beside: str = ""  # The id of an element outside the list that follows its search and filters.

    @cached_property
    def q(self) -> str:
        return self.query.get("q", "").strip()[:MAX_SEARCH] if self.search else ""

    @cached_property
    def filter_states(self) -> list[FilterState]:
        states = []
        for each in self.filters:
            chosen = self.query.get(each.key, "")
            is_known = _is_day(chosen) if each.is_day else chosen in dict(each.options)
            states.append(FilterState(each, chosen if is_known else ""))
        return states

    @property
    def has_search(self) -> bool:
        """For templates, which would call `search` itself."""
        return self.search is not None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q) or any(state.chosen for state in self.filter_states)

    def can_sort(self, column: Column[Row]) -> bool:
        if isinstance(self.rows, QuerySet):
            return column.is_sortable and isinstance(column.order, str)
        return column.is_sortable

    @cached_property
    def sort(self) -> str:
        """The key sorted by, with a leading minus for descending; an unknown one gives the default."""
        asked = self.query.get("sort", "") or self.default_sort
        known = {column.key for column in self.columns if self.can_sort(column)}
        return asked if asked.removeprefix("-") in known else self.default_sort

    @cached_property
    def found(self) -> Any:
        """The rows that stay after search and filters, in order."""
        rows = self.rows
        if self.q and self.search:
            rows = self.search(rows, self.q)
        for state in self.filter_states:
            if state.chosen:
                rows = state.filter.keep(rows, state.chosen)
        return self._ordered(rows)

    def _ordered(self, rows: Any) -> Any:
        column = next((c for c in self.columns if c.key == self.sort.removeprefix("-")), None)
        if column is None:
            return rows
        is_down = self.sort.startswith("-")
        if isinstance(rows, QuerySet):
            # The primary key breaks ties, so that no row shows on two pages or on none.
            return rows.order_by(f"-{column.order}" if is_down else str(column.order), "pk")
        key = column.order if callable(column.order) else column.value
        present = [row for row in rows if key(row) is not None]
        absent = [row for row in rows if key(row) is None]
        return sorted(present, key=key, reverse=is_down) + absent

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.found, self.page_size).get_page(self.query.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def count_text(self) -> str:
        if self.noun:
            return f"{number_text(self.count)} {self.noun(self.count)}"
        return number_text(self.count)

    @property
    def body(self) -> list[list[Cell]]:
        return [[Cell(column, self._content(column, row)) for column in self.columns] for row in self.page]

    @staticmethod
    def _content(column: Column[Row], row: Row) -> SafeString | str:
        return column.html(row) if column.html else shown(column.value(row))

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column[Row]) -> Head:
        if not self.can_sort(column):
            return Head(column, "", "")
        directions = {column.key: "ascending", f"-{column.key}": "descending"}
        onward = f"-{column.key}" if self.sort == column.key else column.key
        return Head(column, self.url(sort=onward, page=None), directions.get(self.sort, ""))

    def url(self, **changes: str | None) -> str:
        """This list's address with some parameters changed, or dropped where the change is None."""
        query = self.query.copy()
        query.pop("export", None)
        for key, value in changes.items():
            if value:
                query[key] = value
            else:
                query.pop(key, None)
        text = query.urlencode()
        return f"{self.path}?{text}" if text else self.path

    @property
    def clear_url(self) -> str:
        return self.url(q=None, page=None, **dict.fromkeys((f.key for f in self.filters), None))

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        names = {"xml": _("XML, MedBiquitous"), "json": _("JSON, portfolio")}
        return [(names.get(form, form.upper()), self.url(export=form, page=None)) for form in self.exports]

    @property
    def export(self) -> str:
        """The form of file asked for, or nothing. A view that sees one answers with `export_response`."""
        asked = self.query.get("export", "")
        return asked if asked in self.exports else ""


def data_table(request: HttpRequest, **parts: Any) -> DataTable[Any]:
    """The list `parts` describe, as `request` asks for it. The parts are the fields of `DataTable`:
    `name` (unique on the page), `caption`, `rows`, `columns`, and where wanted `filters`, `search`,
    `default_sort`, `page_size`, `empty`, `search_label`, `noun` (count → word), `exports`, `beside`.
    """
    return DataTable(path=request.path, query=request.GET, **parts)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def shown(value: object) -> SafeString | str:
    """A plain value as a cell shows it: days in words, exact numbers, a dash with its word for nothing."""
    if value is None or value == "":
        return format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', _("none")
        )
    if isinstance(value, date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_text(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal | int):
        return number_text(value)
    return str(value)
