"""Two answers for the same credential, told apart requirement by requirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from osler.core.rules.answer import CredentialAnswer, Status


@dataclass(frozen=True, slots=True)
class Figures:
    """What one requirement comes to: the numbers of an answer without its reasons, amounts in ticks.

    ``status`` is one of ``Status``; ``required`` is ``None`` where no amount is asked.
    """

    id: str
    title: str
    status: str
    unit: str
    required: int | None
    remaining: int
    due: date | None

    @property
    def asks(self) -> bool:
        """Whether it asks anything of the person, met or not."""
        return self.status not in (Status.NOT_APPLICABLE, Status.WAIVED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One requirement before and after; ``None`` where it was not there."""

    before: Figures | None
    after: Figures | None

    @property
    def requirement(self) -> Figures:
        """The newer of the two that there is."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def ticks_more(self) -> int:
        """How much more is missing than before; negative where less is."""
        return (self.after.remaining if self.after else 0) - (self.before.remaining if self.before else 0)


def figures_of(answer: CredentialAnswer) -> tuple[Figures, ...]:
    """The numbers of an answer."""
    return tuple(
        Figures(one.id, one.title, one.status.value, one.unit, one.required, one.remaining, one.due)
        for one in answer.requirements
    )


def differences(before: Iterable[Figures], after: Iterable[Figures]) -> tuple[Difference, ...]:
    """The requirements of which the answer is another one, in the order of ``after``, vanished ones last.

    Words are not compared: a new title changes nobody's answer. Neither is what asks nothing on either side.
    """
    earlier = {one.id: one for one in before}
    later = {one.id: one for one in after}
    pairs = [(earlier.get(name), one) for name, one in later.items()]
    gone: list[tuple[Figures | None, Figures | None]] = [
        (one, None) for name, one in earlier.items() if name not in later
    ]
    return tuple(Difference(*pair) for pair in [*pairs, *gone] if _differs(*pair))


def _differs(before: Figures | None, after: Figures | None) -> bool:
    asked_before = before is not None and before.asks
    asked_after = after is not None and after.asks
    if not (asked_before or asked_after):
        return False
    if asked_before != asked_after or before is None or after is None:
        return True
    return _compared(before) != _compared(after)


def _compared(one: Figures) -> tuple[object, ...]:
    return (one.status, one.unit, one.required, one.remaining, one.due)
