"""The open questions of a page, each with its form; those that decide the same are asked together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from osler.apps.requirements.queries import PersonAssessment, PersonQuestion
from osler.web.requirements.fact_form import FactForm


@dataclass(frozen=True)
class Asked:
    """A question with its form and why it matters. ``credential`` is the one whose dates it asks for."""

    question: PersonQuestion
    form: FactForm
    credential: str
    decides: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.question.fact.id

    @property
    def is_optional(self) -> bool:
        return self.question.question.is_optional


@dataclass(frozen=True)
class AskedTogether:
    """Questions that decide exactly the same: one answer may settle it, and a single form takes them all."""

    items: tuple[Asked, ...]

    @property
    def first(self) -> Asked:
        return self.items[0]

    @property
    def are_many(self) -> bool:
        return len(self.items) > 1


def _named(title: str, name: str) -> str:
    return _("%(title)s, %(name)s") % {"title": title, "name": name}


def asked(found: PersonAssessment, key: str = "") -> list[Asked]:
    """The open questions, the one that decides most first; those of one credential where ``key`` names it."""
    shown = []
    for question in found.questions:
        waiting = [one for one in question.standings if not key or one.held.key == key]
        if not waiting:
            continue
        decides = tuple(
            requirement.title if key else _named(requirement.title, one.name)
            for one in waiting
            for requirement in one.answer.requirements
            if any(each.fact == question.question.fact for each in requirement.questions)
        )
        form = FactForm(question.fact)
        shown.append(Asked(question, form, waiting[0].held.key, decides))
    return sorted(shown, key=lambda one: (one.question.question.is_optional, -len(one.decides)))


def together(questions: Sequence[Asked]) -> list[AskedTogether]:
    """The questions with those joined that are answered yes or no and decide the same requirements."""
    groups: dict[tuple[object, ...], list[Asked]] = {}
    for n, one in enumerate(questions):
        is_plain = one.question.fact.kind == "yes-no"
        key = (one.credential, one.decides) if is_plain and one.decides else (n,)
        groups.setdefault(key, []).append(one)
    return [AskedTogether(tuple(items)) for items in groups.values()]
