"""The living style page: every component in every state, with the line of template that makes it."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from osler.web.design import examples
from osler.web.design.status import STATUSES
from osler.web.design.table_export import export_response
from osler.web.design.toasts import say


def _only_in_demo() -> None:
    if not (settings.OSLER_DEMO or settings.DEBUG):
        raise Http404


@require_GET
def style_page(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    table = examples.record_table(request)
    if table.export:
        return export_response(table)
    return render(
        request,
        "design/style.html",
        {
            "statuses": STATUSES.values(),
            "standing": examples.standing_rows(),
            "charts": [
                examples.chart_ahead(),
                examples.chart_behind(),
                examples.chart_met(),
                examples.chart_empty(),
            ],
            "timeline": examples.timeline(),
            "rows": examples.requirement_rows(),
            "table": table,
            "page": Paginator(range(300), 10).get_page(7),
            "empty": examples.EMPTY,
            "claim": examples.ClaimForm(),
            "wrong": examples.wrong_form(),
            "transcript": examples.TranscriptForm(),
            "neighbours": examples.NEIGHBOURS,
            "facts": examples.FACTS,
            "tokens": examples.TOKENS,
            "icons": examples.ICONS,
        },
    )


@require_POST
def style_toast(request: HttpRequest) -> HttpResponse:
    """Says something, with the way back: what a page does after an act."""
    _only_in_demo()
    if "undo" in request.GET:
        say(request, _("Taken back. The record counts again."), level=messages.INFO)
    elif "error" in request.GET:
        say(request, _("The stream was lost. What you saw is kept; we try again."), level=messages.ERROR)
    else:
        undo_url = f"{reverse('design:style-toast')}?undo=1"
        say(request, _("“Grand rounds, autumn series” was removed."), undo_url=undo_url)
    return redirect(f"{reverse('design:style')}#dialogs")
