"""The link in a sign-in mail: it asks for one press, so that a mail scanner that opens it uses nothing up.

It works once, for a quarter of an hour, and only in the browser that asked for it: the code in it is nothing
without the session that waits for it, so a link that is passed on or read by others opens nothing.
"""

from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from osler.web.people.doors import is_open
from osler.web.people.too_many import too_many

MOST_SIGNS = 20


@never_cache
@require_GET
def by_link(request: HttpRequest) -> HttpResponse:
    """A button that sends the code, or how to get a link that works here."""
    if request.user.is_authenticated:
        return redirect("/")
    if not is_open(request, "login_by_link", also_looking=True):
        return too_many(request)
    waits = LoginStageController.enter(request, LoginByCodeStage.key) is not None
    code = request.GET.get("code", "")[:MOST_SIGNS]
    context = {"code": code if waits else "", "email": _address(request) if waits else ""}
    return render(request, "people/login_by_link.html", context)


def _address(request: HttpRequest) -> str:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return str(stage.state.get("email") or "") if stage else ""
