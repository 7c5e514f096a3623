"""Amounts, days and spans of time in words: exact figures, no trailing zeros, unambiguous dates."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

Number = Decimal | int | str

NO_BREAK = "\N{NO-BREAK SPACE}"
_SMALL_NUMBERS = (
    _("zero"),
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
    _("ten"),
)


def as_decimal(value: Number) -> Decimal:
    """`value` as an exact decimal; a float is refused, because an amount never passes through one."""
    if isinstance(value, float):
        raise TypeError("an amount must be exact: pass a Decimal, an integer or a string")
    return value if isinstance(value, Decimal) else Decimal(value)


def number_text(value: Number) -> str:
    """`17.750` as 17.75, `50.00` as 50, thousands grouped as the language does."""
    return _number_text(as_decimal(value).normalize(), get_language())


# A page says the same figures and days hundreds of times; how they are written depends on the language alone.


@lru_cache(maxsize=4096)
def _number_text(exact: Decimal, language: str | None) -> str:
    places = max(0, -int(exact.as_tuple().exponent))
    return formats.number_format(
        exact, decimal_pos=places, use_l10n=True, force_grouping=abs(exact) >= 10_000
    )


@lru_cache(maxsize=8192)
def _day_text(day: date, language: str | None) -> str:
    return formats.date_format(day, gettext("j F Y"))


def number_word(count: int) -> str | Promise:
    """Zero to ten in letters, as in running text; figures from eleven on."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else number_text(count)


def unit_short(value: Number, unit: str) -> str:
    """The unit as it follows a figure: `h` for hours, else the word in the number that fits."""
    many = 1 if as_decimal(value) == 1 else 2
    if unit == "hour":
        return gettext("h")
    if unit == "point":
        return ngettext("point", "points", many)
    if unit == "credit":
        return ngettext("credit", "credits", many)
    if unit == "activity":
        return ngettext("activity", "activities", many)
    return unit


def unit_word(count: int, unit: str) -> str:
    """The unit in running text: hours, points, credits, activities; any other word as it is."""
    return ngettext("hour", "hours", count) if unit == "hour" else unit_short(count, unit)


def amount_text(value: Number, unit: str = "hour") -> str:
    """`17.75 h`, `29 points`, `1 activity`, held together by a no-break space."""
    return f"{number_text(value)}{NO_BREAK}{unit_short(value, unit)}".rstrip(NO_BREAK)


def day_text(day: date) -> str:
    """`30 June 2026`, a date no reader can take for another one."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return _day_text(day, get_language())


def time_left(today: date, due: date) -> str:
    """How far off `due` is: days within a year, then months, then whole years; past days as "3 days ago"."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": number_text(-days)}
    if days == 0:
        return gettext("today")
    months = (due.year - today.year) * 12 + due.month - today.month - (due.day < today.day)
    if days < 365:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": number_text(days)}
    if months >= 24 or months % 12 == 0:
        return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def initials(name: str) -> str:
    """Up to two capitals from a name or an e-mail address: Rosa Marin as RM, rosa@example.org as R."""
    words = [word for word in name.split("@")[0].replace(".", " ").split() if word[0].isalnum()]
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in picked).upper() or "?"
