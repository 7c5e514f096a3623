"""The log is sealed again after a test with real transactions emptied it."""

import pytest
from django.db import DatabaseError

from osler.apps.audit import actions
from osler.apps.audit.models import Entry
from tests.factories import NOW, PersonFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_seal_holds_in_every_test(turn: str) -> None:
    assert not Entry.objects.exists()
    actions.record(verb=turn, subject=PersonFactory(), by=None, at=NOW)
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()
