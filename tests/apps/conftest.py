"""People for the tests of the contexts."""

import pytest

from osler.apps.people.models import Person
from tests.factories import PersonFactory


@pytest.fixture
def ruth(db: None) -> Person:
    """A physician with nothing yet."""
    return PersonFactory(given_name="Ruth", family_name="Mehta")


@pytest.fixture
def stranger(db: None) -> Person:
    """Somebody else with an account."""
    return PersonFactory(given_name="Otto", family_name="Stranger")
