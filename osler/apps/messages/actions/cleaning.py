"""Throwing away what has expired: sessions, confirmations, receipts of jobs that went well."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

KEPT_WELL = timedelta(days=7)
KEPT_FAILED = timedelta(days=60)


def clean_up(*, at: datetime) -> int:
    """Deletes expired sessions and the rows of jobs done long ago; returns how many rows went."""
    sessions, _kinds = Session.objects.filter(expire_date__lt=at).delete()
    well, _kinds = DBTaskResult.objects.successful().filter(finished_at__lt=at - KEPT_WELL).delete()
    failed, _kinds = DBTaskResult.objects.failed().filter(finished_at__lt=at - KEPT_FAILED).delete()
    return sessions + well + failed
