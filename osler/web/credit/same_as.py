"""Before one more is added: is it the same activity as one that is there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osler.apps.credit.queries.documents import waiting_count
from osler.apps.credit.queries.merging import records_like_activity, suspected_keys
from osler.core.credit.sameness import Activity
from osler.web.credit.words import amounts_of, amounts_words
from osler.web.people.reader import person_of

if TYPE_CHECKING:
    from osler.apps.credit.actions import RecordDraft
    from osler.apps.credit.models import Record

IS_OTHER = "is_other"
"""The name of the button that says: no, it is another activity."""


@dataclass(frozen=True, slots=True)
class Like:
    """A record that looks like what is being added, and its credit in words."""

    record: Record
    credit: str


def to_ask_about(request: HttpRequest, draft: RecordDraft, origin: str = "") -> list[Like]:
    """The records to ask about before the draft is added; none where the answer was given with the form."""
    if IS_OTHER in request.POST:
        return []
    activity = Activity(
        id=None,
        title=draft.title,
        provider=draft.provider,
        completed=draft.completed_on,
        amounts=draft.amounts,
        format=draft.format,
        origin=origin,
    )
    found = records_like_activity(person_of(request), activity)
    return [Like(record, amounts_words(amounts_of(record))) for record in found]


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What of the record waits for a decision, as a part of its page that comes after the page itself."""
    person = person_of(request)
    context = {"certificates": waiting_count(person), "pairs": len(suspected_keys(person))}
    return render(request, "credit/waiting.html", context)
