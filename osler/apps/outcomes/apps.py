"""The outcomes context as Django knows it."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Reflections and commitments."""

    name = "osler.apps.outcomes"
    label = "outcomes"
