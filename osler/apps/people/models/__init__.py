"""Tables: Person, Fact, HeldCredential, Delegation, AccessToken, Consent, and the counts at the doors."""

from osler.apps.people.models.access_token import AccessToken, KeptAnswer
from osler.apps.people.models.consent import Consent
from osler.apps.people.models.credential import Fact, HeldCredential
from osler.apps.people.models.delegation import Delegation
from osler.apps.people.models.door_count import DoorCount
from osler.apps.people.models.person import Person, PersonManager, new_key

__all__ = [
    "AccessToken",
    "Consent",
    "Delegation",
    "DoorCount",
    "Fact",
    "HeldCredential",
    "KeptAnswer",
    "Person",
    "PersonManager",
    "new_key",
]
