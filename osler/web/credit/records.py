"""One record: its page with what it counts for, adding, changing, removing and bringing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.apps.credit import actions
from osler.apps.credit.queries import record_by_key, totals_by_type
from osler.apps.credit.queries.documents import documents_of_record
from osler.apps.credit.queries.habits import habits_of
from osler.apps.requirements.queries import assessment_of
from osler.apps.requirements.queries.standings import amount_words
from osler.core.credit.refusal import Refusal
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.credit.document_upload import ACCEPTED
from osler.web.credit.merging import about_sources
from osler.web.credit.record_form import RecordForm, like
from osler.web.credit.same_as import to_ask_about
from osler.web.credit.words import amounts_of, format_name, topic_name, topics_of, type_name
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of
from osler.web.requirements.changes import told, uses_of
from osler.web.requirements.findings import exact

if TYPE_CHECKING:
    from osler.apps.credit.models import Record


def record_or_404(request: HttpRequest, key: str) -> Record:
    """The person's own record with this key; somebody else's does not exist for them."""
    record = record_by_key(person_of(request), key)
    if record is None:
        raise Http404
    return record


@login_required
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One record: what it says and every requirement it counts for."""
    record, person = record_or_404(request, key), person_of(request)
    found = assessment_of(person, today_of(person))
    tags = load_vocabulary().tags
    context = {
        "record": record,
        "format": format_name(record.format),
        "amounts": [(type_name(code), exact(ticks)) for code, ticks in amounts_of(record)],
        "topics": [(topic_name(topic), exact(ticks)) for topic, ticks in topics_of(record)],
        "tags": [tags.get(tag, tag) for tag in record.tag_list],
        "uses": [(use, amount_words(use.ticks, use.unit)) for use in uses_of(found, record.key)],
        "has_credentials": bool(found.standings),
        "documents": documents_of_record(record),
        "accepted": ACCEPTED,
        **about_sources(record),
    }
    return render(request, "credit/record_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Adds one activity by hand."""
    person = person_of(request)
    own = [total.credit_type for total in totals_by_type(person)]
    habits = habits_of(person)
    pattern = record_by_key(person, request.GET.get("like", "")[:40]) or habits.latest
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        own_types=own,
        initial=like(pattern, today_of(person), is_whole="like" in request.GET),
        titles=habits.titles,
        providers=habits.providers,
    )
    same_as = to_ask_about(request, form.draft) if request.method == "POST" and form.is_valid() else []
    if not form.is_bound:
        # Whoever opens an empty form is about to type the first of it.
        form.fields["title"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid() and not same_as:
        before = assessment_of(person, today_of(person))
        added = actions.add_record(person=person, draft=form.draft, by=actor_of(request), at=now())
        if not isinstance(added, Refusal):
            changed = told(before, assessment_of(person, today_of(person)))
            back = reverse("credit:record-remove", args=[added.key])
            text = _("“%(title)s” was added.") % {"title": added.title}
            say(request, " ".join(filter(None, (text, changed))), undo_url=back)
            if "another" in request.POST:
                return redirect("credit:record-new")
            return redirect("credit:record-page", added.key)
        form.add_error(None, added.sentence)
    goes_on = "another" if "another" in request.POST else ""
    context = {
        "form": form,
        "record": None,
        "again": habits.again,
        "same_as": same_as,
        "goes_on": goes_on,
    }
    return render(request, "credit/record_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Changes a record; where it came from stays."""
    record, person = record_or_404(request, key), person_of(request)
    own = [code for code, _ticks in amounts_of(record)]
    form = RecordForm(request.POST if request.method == "POST" else None, own_types=own, record=record)
    if request.method == "POST" and form.is_valid():
        before = assessment_of(person, today_of(person))
        changed = actions.change_record(record=record, draft=form.draft, by=actor_of(request), at=now())
        if not isinstance(changed, Refusal):
            effect = told(before, assessment_of(person, today_of(person)))
            say(request, " ".join(filter(None, (_("Saved."), effect))))
            return redirect("credit:record-page", key)
        form.add_error(None, changed.sentence)
    return render(request, "credit/record_form.html", {"form": form, "record": record})


@login_required
@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a record out of the transcript and of every answer; the toast brings it back."""
    record, person = record_or_404(request, key), person_of(request)
    before = assessment_of(person, today_of(person))
    removed = actions.remove_record(record=record, by=actor_of(request), at=now())
    if isinstance(removed, Refusal):
        say(request, removed.sentence, level=messages.ERROR)
        return redirect("credit:record-page", key)
    effect = told(before, assessment_of(person, today_of(person)))
    text = _("“%(title)s” was removed.") % {"title": record.title}
    back = reverse("credit:record-restore", args=[key])
    say(request, " ".join(filter(None, (text, effect))), undo_url=back)
    return redirect("credit:record")


@login_required
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Brings a removed record back."""
    record = record_or_404(request, key)
    back = actions.restore_record(record=record, by=actor_of(request), at=now())
    if isinstance(back, Refusal):
        say(request, back.sentence, level=messages.ERROR)
        return redirect("credit:record")
    say(request, _("The record is back and counts again."))
    return redirect("credit:record-page", key)
