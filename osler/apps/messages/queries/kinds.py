"""Which kinds of messages there are: each context that writes letters registers its own at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from osler.apps.messages.models import Message

StillWanted = Callable[["Message", datetime], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: what it is called, what it tells, and whether the preferences page lists it.

    ``is_still_wanted`` is asked before a message leaves that has waited: news may be overtaken. What is not
    ``can_be_switched`` tells of the safety of an account and always leaves: a thief would switch it off.
    """

    name: str
    label: str | Promise
    tells: str | Promise
    is_listed: bool = True
    is_still_wanted: StillWanted | None = None
    can_be_switched: bool = True


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Makes a kind known; registering it again replaces it."""
    _KINDS[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """All kinds in the order in which they were registered."""
    return tuple(_KINDS.values())


def always_leaves(name: str) -> bool:
    """Whether messages of this kind are sent whatever was wished for."""
    kind = _KINDS.get(name)
    return kind is not None and not kind.can_be_switched


def kind_named(name: str) -> Kind | None:
    """The kind of this name, if some context still writes it."""
    return _KINDS.get(name)
