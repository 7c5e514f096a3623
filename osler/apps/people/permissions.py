"""Who may change what is known of a person: ``None`` for yes, else a refusal with its sentence."""

from django.utils.translation import gettext as _

from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.refusal import Refusal


def may_change(*, by: Person | None, person: Person) -> Refusal | None:
    """Only oneself, and Osler itself (``None``)."""
    if by is None or (by.pk == person.pk and by.is_active):
        return None
    return Refusal("not-yours", _("Only the person themselves can change this."))


def may_change_credential(*, by: Person | None, credential: HeldCredential) -> Refusal | None:
    """Only its holder, and Osler itself (``None``)."""
    return may_change(by=by, person=credential.person)
