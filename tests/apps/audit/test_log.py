"""The log: what is written, and that the database itself keeps it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from osler.apps.audit import actions, queries
from osler.apps.audit.models import Entry
from osler.apps.people.models import Person
from tests.factories import NOW


def test_an_entry_says_who_did_what_for_whom_and_keeps_only_what_changed(
    ruth: Person, stranger: Person
) -> None:
    actions.record(
        verb="change-profile",
        subject=ruth,
        by=stranger,
        at=NOW,
        on_behalf_of=ruth,
        before={"degree": "MD", "language": "en"},
        after={"degree": "DO", "language": "en"},
    )
    (entry,) = queries.history(ruth)
    assert (entry.by_id, entry.on_behalf_of_id, entry.verb) == (stranger.pk, ruth.pk, "change-profile")
    assert (entry.before, entry.after) == ({"degree": "MD"}, {"degree": "DO"})
    assert list(queries.deeds_of(ruth.pk)) == [entry]


def test_acting_for_oneself_is_not_acting_on_behalf(ruth: Person) -> None:
    entry = actions.record(verb="sign-in", subject=ruth, by=ruth, at=NOW, on_behalf_of=ruth)
    assert entry.on_behalf_of_id is None


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


def save_changed() -> None:
    entry = Entry.objects.get()
    entry.verb = "nothing"
    entry.save()


DEEDS: dict[str, Callable[[], object]] = {
    "update": lambda: Entry.objects.update(verb="nothing"),
    "delete": lambda: Entry.objects.all().delete(),
    "save": save_changed,
    "truncate": truncate,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_entry_can_be_neither_changed_nor_deleted(ruth: Person, deed: str) -> None:
    entry = actions.record(verb="sign-in", subject=ruth, by=ruth, at=NOW)
    if deed == "truncate" and connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DEEDS[deed]()
    assert Entry.objects.get(pk=entry.pk).verb == "sign-in"


def test_a_person_may_go_but_what_they_did_stays(ruth: Person) -> None:
    entry = actions.record(verb="sign-in", subject=ruth, by=ruth, at=NOW)
    ruth.delete()
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_of_somebody_who_goes_the_contents_are_erased_and_the_deeds_stay(
    ruth: Person, stranger: Person
) -> None:
    def deed(by: Person, on_behalf_of: Person | None = None) -> Entry:
        return actions.record(
            verb="change-profile",
            subject=ruth,
            by=by,
            at=NOW,
            on_behalf_of=on_behalf_of,
            before={"degree": "MD"},
            after={"degree": "DO"},
        )

    own, for_her, for_another = deed(ruth), deed(stranger, ruth), deed(ruth, stranger)
    assert actions.erase_contents(person_id=ruth.pk, contexts=("people",), at=NOW) == 2
    for entry in (own, for_her):
        entry.refresh_from_db()
        assert (entry.verb, entry.before, entry.after, entry.erased_at) == ("change-profile", None, None, NOW)
    for_another.refresh_from_db()
    assert for_another.after == {"degree": "DO"}
    assert actions.erase_contents(person_id=ruth.pk, contexts=("credit",), at=NOW) == 0


def test_erasing_is_the_only_change_and_happens_once(ruth: Person) -> None:
    entry = actions.record(verb="sign-in", subject=ruth, by=ruth, at=NOW, after={"from": "home"})
    changes: list[dict[str, object]] = [
        {"erased_at": NOW},
        {"erased_at": NOW, "before": None, "after": {"from": "work"}},
        {"erased_at": NOW, "after": None, "verb": "sign-out"},
        {"after": None},
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**change)
    Entry.objects.filter(pk=entry.pk).update(before=None, after=None, erased_at=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(before=None, after=None, erased_at=NOW)
