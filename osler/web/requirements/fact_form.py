"""One question about a person as a form: its kind decides the control, the answer is a value for rules."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from osler.core.rules.record import FactValue
from osler.requirement_sets.vocabulary import AskedFact, load_vocabulary

FEW = 6


def day_field(label: Any, **parts: Any) -> forms.DateField:
    """A day, with the browser's own calendar; typed days in ISO form are understood without it."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **parts
    )


def specialty_choices() -> list[tuple[str, str]]:
    """Specialties by name."""
    return sorted(load_vocabulary().specialties.items(), key=lambda pair: pair[1])


class FactForm(forms.Form):
    """The answer to one ``AskedFact``; with ``required=False`` it may be left open, and is then ``None``."""

    def __init__(self, fact: AskedFact, *args: Any, required: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", fact.id)
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields["value"] = _field(fact, required)
        if fact.kind == "date-or-yes":
            self.fields["day"] = day_field(_("On which day"), required=False)

    @property
    def is_short(self) -> bool:
        """Whether the question fits beside the answer's button."""
        return self.fact.kind in ("yes-no", "number", "percent", "date")

    def clean(self) -> dict[str, Any] | None:
        """ "Yes, on this day" needs the day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("value") == "day" and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", _("State the day, or say that you do not know it."))
        return cleaned

    @property
    def answer(self) -> FactValue | None:
        """What was answered, as the rules take it; ``None`` where it was left open."""
        value = self.cleaned_data.get("value")
        if value in (None, "", []):
            return None
        if self.fact.kind == "date-or-yes":
            return cast(date, self.cleaned_data["day"]) if value == "day" else value == "yes"
        if self.fact.kind == "yes-no":
            return bool(value == "yes")
        return tuple(value) if isinstance(value, list) else cast(FactValue, value)


def _field(fact: AskedFact, required: bool) -> forms.Field:
    parts: dict[str, Any] = {"label": fact.question, "help_text": fact.help, "required": required}
    if fact.kind == "yes-no":
        return _radio([("yes", _("Yes")), ("no", _("No"))], parts)
    if fact.kind == "date-or-yes":
        ways = [
            ("day", _("Yes, on the day below")),
            ("yes", _("Yes, I do not know the day")),
            ("no", _("No")),
        ]
        return _radio(ways, parts)
    if fact.kind in ("number", "percent"):
        most = Decimal(100) if fact.kind == "percent" else None
        return forms.DecimalField(
            min_value=Decimal(0), max_value=most, max_digits=9, decimal_places=2, **parts
        )
    if fact.kind == "date":
        return day_field(parts.pop("label"), **parts)
    if fact.kind == "specialties":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=specialty_choices(), widget=widget, **parts)
    choices = [(slug, meaning) for slug, meaning in fact.choices.items()]
    if len(choices) <= FEW:
        return _radio(choices, parts)
    return forms.ChoiceField(choices=[("", "—"), *choices], **parts)


def _radio(choices: list[tuple[str, str]], parts: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **parts)


def value_words(fact: AskedFact | None, value: FactValue) -> SafeString | str:
    """A stated answer as it is read back: Yes, 40 %, 2 March 2024, Internal medicine."""
    from osler.web.design.amounts import day_text, number_text

    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Decimal):
        is_share = fact is not None and fact.kind == "percent"
        return f"{number_text(value)} %" if is_share else number_text(value)
    names = {**load_vocabulary().specialties, **(fact.choices if fact else {})}
    if isinstance(value, tuple):
        return ", ".join(names.get(one, one) for one in value) or _("None")
    return names.get(value, value)


def first_value(fact: AskedFact, value: FactValue | None) -> dict[str, Any]:
    """What the form starts with where the question was answered before."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"value": "yes" if value else "no"}
    if fact.kind == "date-or-yes" and isinstance(value, date):
        return {"value": "day", "day": value}
    return {"value": list(value) if isinstance(value, tuple) else value}
