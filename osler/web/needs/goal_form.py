"""One goal as a form; its answer is the draft that the actions check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.apps.needs.actions import GoalDraft
from osler.apps.needs.queries import known_topics, topic_name, topics_kept
from osler.web.requirements.fact_form import day_field

if TYPE_CHECKING:
    from osler.apps.needs.models import Goal
    from osler.apps.people.models import Person

LONG = forms.Textarea(attrs={"rows": 3})


class GoalForm(forms.Form):
    """What, by when, and in the person's words why, how, and how they will know."""

    title = forms.CharField(
        label=gettext_lazy("What do you want to reach?"),
        max_length=160,
        help_text=gettext_lazy("One sentence, such as: start quadruple therapy in heart failure myself."),
    )
    due_on = day_field(gettext_lazy("By when?"))
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why does it matter?"), max_length=2000, required=False, widget=LONG
    )
    steps = forms.CharField(
        label=gettext_lazy("What will you do?"), max_length=2000, required=False, widget=LONG
    )
    measure = forms.CharField(
        label=gettext_lazy("How will you know?"), max_length=2000, required=False, widget=LONG
    )

    def __init__(self, *args: Any, person: Person, goal: Goal | None = None, **kwargs: Any) -> None:
        if goal is not None:
            kwargs.setdefault("initial", {name: getattr(goal, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = _topics(person, goal)  # type: ignore[attr-defined]

    @property
    def draft(self) -> GoalDraft:
        """What was stated."""
        said = self.cleaned_data
        return GoalDraft(
            title=said["title"],
            due_on=said["due_on"],
            topic=said["topic"],
            why=said["why"],
            steps=said["steps"],
            measure=said["measure"],
        )


def _topics(person: Person, goal: Goal | None) -> list[tuple[str, Any]]:
    kept = [(one.slug, topic_name(one.slug, one.name)) for one in topics_kept(person)]
    there = {slug for slug, _name in kept}
    known = [pair for pair in known_topics().items() if pair[0] not in there]
    if goal is not None and goal.topic and goal.topic not in there | set(known_topics()):
        kept.append((goal.topic, goal.topic))
    by_name = {"key": lambda pair: pair[1].casefold()}
    groups: list[tuple[str, Any]] = [("", _("None in particular"))]
    if kept:
        groups.append((_("On your list"), sorted(kept, **by_name)))  # type: ignore[call-overload]
    return [*groups, (_("All topics"), sorted(known, **by_name))]  # type: ignore[call-overload]
