"""Somebody with an account."""

from functools import partial
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string

# No vowels and nothing that is read wrong aloud: a key may be spelled over the telephone.
new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; an e-mail address is kept in lower case so that nobody has two accounts by accident."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with a password, or one who cannot sign in by password where it is ``None``."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody with an account. ``specialties`` ``None`` means not stated; an empty list means none."""

    email = models.EmailField(max_length=254, unique=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    profession = models.CharField(max_length=60, blank=True)
    degree = models.CharField(max_length=20, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    specialties = models.JSONField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    # When the account ends, for somebody who has asked for it; until then they can think better of it.
    leaves_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # Kept by the actions on delegations, so that the account menu of everybody else asks nothing.
    is_assistant = models.BooleanField(default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="people_one_person_per_email")]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def full_name(self) -> str:
        """Given and family name; empty where neither is known."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """Two letters for the account button."""
        letters = self.given_name[:1] + self.family_name[:1]
        return (letters or self.email[:2]).upper()
