"""Moments in words, with their zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from osler.web.design.amounts import day_text


def moment_text(at: datetime, zone: str) -> str:
    """`31 January 2026, 07:01 UTC`: the day and hour where the person is."""
    local = at.astimezone(ZoneInfo(zone))
    words = {"day": day_text(local.date()), "hour": formats.date_format(local, "H:i"), "zone": local.tzname()}
    return _("%(day)s, %(hour)s %(zone)s") % words
