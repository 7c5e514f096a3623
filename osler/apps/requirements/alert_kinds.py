"""The kinds of letters that requirements write."""

from django.utils.translation import gettext_lazy as _

from osler.apps.messages.queries import Kind, register
from osler.apps.requirements.actions.reminders import is_still_missing
from osler.apps.requirements.actions.watching import DIGEST, REMINDER, RULE_CHANGE


def register_all() -> None:
    """Makes them known; called once when Django is ready."""
    register(
        Kind(
            REMINDER,
            _("Reminders before a due date"),
            _("Only while something is missing: what, how much, by when, and the shortest next step."),
            is_still_wanted=is_still_missing,
        )
    )
    register(
        Kind(
            DIGEST,
            _("Weekly digest"),
            _("What changed, what is due, what is asked, what came in. No news, no mail."),
        )
    )
    register(
        Kind(
            RULE_CHANGE,
            _("Changes of rules"),
            _("Only when a change of rules alters your own answer, with the difference."),
        )
    )
