"""What is asked when a credential was renewed, or a closed cycle is assessed once more or struck."""

from django import forms
from django.utils.translation import gettext_lazy

from osler.web.requirements.fact_form import day_field


class RenewForm(forms.Form):
    """Until when a credential was renewed."""

    until = day_field(
        gettext_lazy("Renewed until"),
        help_text=gettext_lazy("The last day of the new cycle, as it stands on the renewed licence."),
    )


class AgainForm(forms.Form):
    """Why a kept cycle is assessed once more."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=400,
        help_text=gettext_lazy("For example: the certificate arrived after the cycle had closed."),
    )


class StrikeForm(forms.Form):
    """What was wrong with a kept cycle. ``last_on`` says which, where two began on one day."""

    last_on = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=400,
        help_text=gettext_lazy("For example: the licence expires a year later than I had entered."),
    )
