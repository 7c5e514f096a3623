"""Tables: Person, Fact, HeldCredential."""

from osler.apps.people.models.credential import Fact, HeldCredential
from osler.apps.people.models.person import Person, PersonManager, new_key

__all__ = ["Fact", "HeldCredential", "Person", "PersonManager", "new_key"]
