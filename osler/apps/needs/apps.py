"""The needs context as Django knows it."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Practice, topics, goals."""

    name = "osler.apps.needs"
    label = "needs"
