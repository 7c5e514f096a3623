"""What was sent to the person: the list, one message, and sending again what did not arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from osler.apps.messages import actions
from osler.apps.messages.permissions import may_send_again
from osler.apps.messages.queries import kind_named, kinds, message_to, messages_to
from osler.core.credit.refusal import Refusal
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.design.toasts import say
from osler.web.messages.moments import moment_text
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.messages.models import Message
    from osler.apps.people.models import Person

TONES = {"sent": "met", "queued": "unknown", "sending": "unknown", "failed": "overdue", "uncertain": "short"}


def message_or_404(request: HttpRequest, key: str) -> Message:
    """The person's own message; somebody else's does not exist for them."""
    message = message_to(person_of(request), key)
    if message is None:
        raise Http404
    return message


@login_required
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Everything that was written to the person."""
    table = _table(request, person_of(request))
    if table.export:
        return export_response(table)
    return render(request, "messages/sent.html", {"table": table})


def _table(request: HttpRequest, person: Person) -> DataTable[Message]:
    return data_table(
        request,
        name="messages",
        caption=_("Messages to you"),
        rows=messages_to(person),
        columns=[
            Column("subject", _("Subject"), lambda m: m.subject, html=_link, order="subject", is_header=True),
            Column("kind", _("Kind"), lambda m: _kind(m.kind), order="kind"),
            Column(
                "written",
                _("Written"),
                lambda m: moment_text(m.queued_at, person.time_zone),
                order="queued_at",
            ),
            Column("state", _("State"), lambda m: m.get_state_display(), order="state"),
        ],
        filters=[
            Filter("kind", _("Kind"), [(one.name, one.label) for one in kinds()], _of_kind),
        ],
        search=lambda rows, q: rows.filter(pk__in=messages_to(person, q).order_by().values("pk")),
        search_label=_("Search subject and text"),
        default_sort="-written",
        noun=lambda count: ngettext("message", "messages", count),
        empty=Empty(
            _("Nothing was sent to you yet"),
            _("Reminders, digests and notices are kept here as they were sent."),
            _("Choose what you are told"),
            reverse("messages:preferences"),
            "mail",
        ),
    )


def _of_kind(rows: object, value: str) -> object:
    return rows.filter(kind=value)  # type: ignore[attr-defined]


def _kind(name: str) -> str:
    kind = kind_named(name)
    return str(kind.label) if kind else name


def _link(message: Message) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("messages:message", args=[message.key]), message.subject
    )


@login_required
@require_GET
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One message as it was written, and what became of it."""
    shown, zone = message_or_404(request, key), person_of(request).time_zone
    attempts = [(one, moment_text(one.at, zone)) for one in shown.attempts.all()]
    context = {
        "message": shown,
        "kind": _kind(shown.kind),
        "tone": TONES.get(shown.state, "unknown"),
        "written": moment_text(shown.queued_at, zone),
        "sent": moment_text(shown.sent_at, zone) if shown.sent_at else "",
        "attempts": attempts,
        "may_send_again": may_send_again(by=actor_of(request), message=shown) is None,
    }
    return render(request, "messages/message.html", context)


@login_required
@require_GET
def as_mailed(request: HttpRequest, key: str) -> HttpResponse:
    """The message as a mail program shows it."""
    return mailed_page(message_or_404(request, key).html)


def mailed_page(content: str) -> HttpResponse:
    """A mail's own HTML: its styles stand in its elements, so they are let through here, and nothing else."""
    response = HttpResponse(content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return response


@login_required
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Sends once more what failed or may not have arrived."""
    done = actions.send_again(message=message_or_404(request, key), by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=notices.ERROR)
    else:
        say(request, _("The message is on its way again."))
    return redirect("messages:message", key)
