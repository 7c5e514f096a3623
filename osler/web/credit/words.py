"""Names of credit types, formats and topics for forms, filters and lists."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from osler.core.credit.amount import amount_text
from osler.core.credit.formats import FORMATS
from osler.core.credit.types import CREDIT_TYPES
from osler.requirement_sets.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from osler.apps.credit.models import Record

Choices = list[tuple[str, str]]


def type_name(code: str) -> str:
    """AMA PRA Category 1 Credit for AMA_PRA_1; an unknown code as it is."""
    return CREDIT_TYPES[code].name if code in CREDIT_TYPES else code


def topic_name(slug: str) -> str:
    """A topic or specialty by name."""
    vocabulary = load_vocabulary()
    return vocabulary.topics.get(slug) or vocabulary.specialties.get(slug) or slug


def format_name(code: str) -> str:
    """A format by name."""
    return FORMATS[code].name if code in FORMATS else code


def format_choices() -> Choices:
    """All formats, "other" last."""
    return sorted(((one.code, one.name) for one in FORMATS.values()), key=lambda pair: pair[0] == "other")


def type_groups(first: Iterable[str] = ()) -> list[tuple[str, Choices | str]]:
    """Credit types by country, those of ``first`` (the person's own) above them; an empty choice leads."""
    groups: list[tuple[str, Choices | str]] = [("", "—")]
    own = [code for code in first if code in CREDIT_TYPES]
    if own:
        groups.append((_("You have used"), [(code, type_name(code)) for code in own]))
    by_country: dict[str, Choices] = {}
    for one in CREDIT_TYPES.values():
        if one.code not in own:
            by_country.setdefault(one.country, []).append((one.code, one.name))
    return [*groups, *by_country.items()]


def topic_choices() -> Choices:
    """Topics and specialties by name."""
    vocabulary = load_vocabulary()
    both = {**vocabulary.specialties, **vocabulary.topics}
    return sorted(both.items(), key=lambda pair: pair[1].casefold())


def amounts_words(pairs: Sequence[tuple[str, int]]) -> str:
    """6 AMA PRA Category 1 Credit, 6 ANCC contact hour."""
    return ", ".join(f"{amount_text(ticks)} {type_name(code)}" for code, ticks in pairs)


def amounts_of(record: "Record") -> tuple[tuple[str, int], ...]:
    """The amounts of a stored record as pairs."""
    return tuple((one.credit_type, one.ticks) for one in record.amounts.all())


def topics_of(record: "Record") -> tuple[tuple[str, int], ...]:
    """The topic shares of a stored record as pairs."""
    return tuple((one.topic, one.ticks) for one in record.topics.all())
