"""The holder's side of sharing: see what the reader will see, make a link, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.apps.credit import permissions
from osler.apps.credit.actions.sharing import make_share_link, revoke_share_link, unsaved_link
from osler.apps.credit.queries.sharing import is_open, share_link_by_key, share_links, token_of
from osler.apps.requirements.queries import requirement_set
from osler.apps.requirements.queries.dossier import cycles_to_show
from osler.core.credit.refusal import Refusal
from osler.web.credit.share_form import ShareForm
from osler.web.credit.shared_view import last_day_of, shared_view
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.credit.models import ShareLink
    from osler.apps.people.models import Person

PREVIEWED = 10


def owner_of(request: HttpRequest) -> Person:
    """Whose links these are; an assistant is turned away, whatever their right."""
    person = person_of(request)
    refusal = permissions.may_share(by=actor_of(request), person=person)
    if refusal is not None:
        raise PermissionDenied(refusal.sentence)
    return person


@login_required
@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """Every link of the person, open ones first to be seen, with when each was opened."""
    person, at = owner_of(request), now()
    found = [
        {
            "link": one,
            "name": one.credential.name or _set_name(one.credential.requirement_set),
            "url": settings.OSLER_PUBLIC_URL + reverse("credit:opened-link", args=[token_of(one)]),
            "is_open": is_open(one, at),
            "shows": _shows(one),
            "last_day": last_day_of(one),
        }
        for one in share_links(person)[:200]
    ]
    found.sort(key=lambda one: not one["is_open"])
    return render(request, "credit/share_links.html", {"links": found, "person": person})


def _set_name(set_id: str) -> str:
    rules = requirement_set(set_id)
    return rules.name if rules else set_id


def _shows(link: ShareLink) -> str:
    parts = [
        _("records that count") if link.records == "counted" else _("all records of the period"),
        _("titles") if link.names == "full" else _("providers only"),
    ]
    if link.has_assessment:
        parts.append(_("assessment"))
    if link.has_certificates:
        parts.append(_("certificates"))
    return ", ".join(parts)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Says what a link shall show, shows what the reader will see, and makes it."""
    person, today = owner_of(request), today_of(person_of(request))
    cycles = cycles_to_show(person, today)
    given = request.POST if request.method == "POST" else (request.GET if "cycle" in request.GET else None)
    form = ShareForm(given, cycles=cycles, person=person, today=today)
    if request.method == "GET" and given is None and "credential" in request.GET:
        mine = (one for one in cycles.offered if one.standing.held.key == request.GET["credential"])
        form.initial["cycle"] = next((one.code for one in mine), None)
    preview = None
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            made = _made(request, person, form)
            if not isinstance(made, Refusal):
                return made
            form.add_error(None, made.sentence)
        draft = unsaved_link(person, form.offer.standing.held, form.scope, form.expires_at, now())
        preview = shared_view(draft)
    context = {
        "form": form,
        "view": preview,
        "has_cycles": bool(cycles.offered),
        "records": preview.shown(list(preview.rows[:PREVIEWED])) if preview else [],
        "count": preview.rows.count() if preview else 0,
        "is_preview": True,
    }
    return render(request, "credit/share_new.html", context)


def _made(request: HttpRequest, person: Person, form: ShareForm) -> HttpResponse | Refusal:
    made = make_share_link(
        person=person,
        credential=form.offer.standing.held,
        scope=form.scope,
        expires_at=form.expires_at,
        label=form.cleaned_data["label"],
        by=actor_of(request),
        at=now(),
    )
    if isinstance(made, Refusal):
        return made
    say(request, _("The link is made. Copy its address and send it to whoever shall read."))
    return redirect(reverse("credit:share-links") + f"#{made.key}")


@login_required
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a link back; it opens nothing from this moment on."""
    link = share_link_by_key(owner_of(request), key)
    if link is None:
        raise Http404
    done = revoke_share_link(link=link, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("The link was taken back. It opens nothing any more."))
    return redirect("credit:share-links")
