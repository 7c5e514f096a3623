"""What the log answers."""

from django.db.models import Model, QuerySet

from osler.apps.audit.models import Entry


def subject_of(subject: Model) -> tuple[str, str]:
    """How a row is named in the log: its model's label and its key as text."""
    return subject._meta.label_lower, str(subject.pk)


def history(subject: Model) -> QuerySet[Entry]:
    """Everything ever done to one row, newest first."""
    subject_type, subject_id = subject_of(subject)
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id)


def deeds_of(person_id: int) -> QuerySet[Entry]:
    """Everything one person did, or had done on their behalf, newest first."""
    return Entry.objects.filter(by_id=person_id) | Entry.objects.filter(on_behalf_of_id=person_id)


def persons_in(entries: QuerySet[Entry]) -> set[int]:
    """The ids of everybody who acts or is acted for in these entries."""
    pairs = entries.order_by().values_list("by_id", "on_behalf_of_id").distinct()
    return {one for pair in pairs for one in pair if one is not None}
