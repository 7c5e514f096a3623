"""The mailbox of the demo: what would have been sent, sign-up and sign-in mails included. Nowhere else."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.adapters.mail_folder import KeptMail, read_mails
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, Empty, data_table
from osler.web.messages.moments import moment_text
from osler.web.messages.sent import mailed_page


def _mails() -> list[KeptMail]:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not settings.OSLER_DEMO or folder is None:
        raise Http404
    return read_mails(Path(folder))


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demo, newest first."""
    table = data_table(
        request,
        name="mails",
        caption=_("Mails of the demo"),
        rows=_mails(),
        columns=[
            Column("subject", _("Subject"), lambda m: m.subject, html=_link, is_header=True),
            Column("to", _("To"), lambda m: m.to),
            Column("at", _("Written"), lambda m: moment_text(m.at, "UTC"), order=lambda m: m.at),
        ],
        search=_search,
        search_label=_("Search address, subject and text"),
        default_sort="-at",
        noun=lambda count: ngettext("mail", "mails", count),
        empty=Empty(
            _("No mail was written yet"),
            _("Create an account, or ask for a sign-in link: the mail appears here."),
            icon="mail",
        ),
    )
    if table.export:
        return export_response(table)
    return render(request, "messages/demo_mailbox.html", {"table": table})


def _search(rows: list[KeptMail], text: str) -> list[KeptMail]:
    words = text.casefold().split()
    return [
        one for one in rows if all(word in f"{one.to} {one.subject} {one.text}".casefold() for word in words)
    ]


def _link(one: KeptMail) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("messages:demo-message", args=[one.key]), one.subject)


def _mail_or_404(key: str) -> KeptMail:
    found = next((one for one in _mails() if one.key == key), None)
    if found is None:
        raise Http404
    return found


@require_GET
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One mail; its links can be followed."""
    found = _mail_or_404(key)
    return render(request, "messages/demo_message.html", {"mail": found, "at": moment_text(found.at, "UTC")})


@require_GET
def as_mailed(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as a mail program shows it."""
    return mailed_page(_mail_or_404(key).html)
