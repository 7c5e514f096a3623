"""Writing down what a person allowed or took back; called inside the transaction of the act itself."""

from datetime import datetime

from osler.apps.people.models import Consent, Person


def note_consent(
    *, person: Person, purpose: str, is_given: bool, subject: str = "", detail: str = "", at: datetime
) -> Consent:
    """Adds one line to the person's consent log; ``purpose`` is one of ``Consent.Purpose``. ``detail`` is
    cut at 300 characters.
    """
    return Consent.objects.create(
        person=person,
        purpose=Consent.Purpose(purpose),
        is_given=is_given,
        subject=subject[:60],
        detail=detail[:300],
        at=at,
    )
