"""Rows for tests, made as the house makes them: plain, valid, each with something of its own."""

from datetime import UTC, date, datetime, timedelta

import factory

from osler.apps.credit.actions import RecordDraft, add_record
from osler.apps.credit.models import Record
from osler.apps.people.models import HeldCredential, Person
from osler.core.credit.amount import TICKS

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
TODAY = NOW.date()


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A physician who can sign in with the password ``a long enough password``."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"physician{n}@example.org")
    given_name = "Ruth"
    family_name = factory.Sequence(lambda n: f"Mehta {n}")
    profession = "physician"
    degree = "MD"

    @classmethod
    def _create(cls, model_class: type[Person], *args: object, **kwargs: object) -> Person:
        password = kwargs.pop("password", "a long enough password")
        return model_class.objects.create_user(*args, password=password, **kwargs)


class HeldCredentialFactory(factory.django.DjangoModelFactory[HeldCredential]):
    """A California licence in the middle of its cycle."""

    class Meta:
        model = HeldCredential

    person = factory.SubFactory(PersonFactory)
    requirement_set = "us-ca-md"
    number = factory.Sequence(lambda n: f"A {n:06}")
    issued_on = date(2015, 6, 30)
    expires_on = date(2026, 6, 30)


def draft(title: str = "Grand rounds", hours: float = 1, **fields: object) -> RecordDraft:
    """A draft of ``hours`` AMA PRA Category 1 Credits, completed a month ago unless ``fields`` say
    otherwise.
    """
    stated: dict[str, object] = {
        "title": title,
        "provider": "Example University",
        "completed_on": TODAY - timedelta(days=30),
        "format": "live",
        "amounts": (("AMA_PRA_1", int(hours * TICKS)),),
        **fields,
    }
    return RecordDraft(**stated)  # type: ignore[arg-type]


def a_record(person: Person, title: str = "Grand rounds", hours: float = 1, **fields: object) -> Record:
    """A record in somebody's transcript."""
    made = add_record(person=person, draft=draft(title, hours, **fields), by=person, at=NOW)
    assert isinstance(made, Record), made
    return made
