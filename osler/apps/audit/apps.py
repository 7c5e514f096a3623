"""The audit context as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log."""

    name = "osler.apps.audit"
    label = "audit"
