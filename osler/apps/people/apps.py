"""The people context as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, facts, credentials."""

    name = "osler.apps.people"
    label = "people"
