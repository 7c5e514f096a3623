"""Pages that only the person themselves reads: what they are unsure of, what they wrote for themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osler.web.people.reader import actor_of, person_of

View = Callable[..., HttpResponse]


def own_eyes_only(view: View) -> View:
    """Whoever acts for somebody else is told that this page is theirs alone; nothing of it is read."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_of(request).pk != person_of(request).pk:
            return render(request, "needs/theirs_alone.html", {"person": person_of(request)}, status=403)
        return view(request, *args, **kwargs)

    return guarded
