"""A transcript file on its way: upload, columns, preview, adding, undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler.adapters.live import import_room
from osler.adapters.transcripts.layouts import LAYOUTS
from osler.adapters.transcripts.workbook import formulas_in
from osler.apps.credit import actions
from osler.apps.credit.actions.progress import progress_text
from osler.apps.credit.queries import import_by_key, import_page, imports_of, mapping_of, sample_lines
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.refusal import Refusal
from osler.web.credit.columns import ColumnsForm
from osler.web.credit.preview import PreviewRow, state_tabs
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, live_url, now, person_of, today_of
from osler.web.requirements.changes import changes, told, without

if TYPE_CHECKING:
    from osler.apps.credit.models import Import

PAGE_SIZE = 100


class UploadForm(forms.Form):
    """The file; what it is shows in its bytes, whatever its name."""

    transcript = forms.FileField(
        label=gettext_lazy("Drop a transcript here"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=gettext_lazy("Nothing is added before you have seen it."),
    )

    def clean_transcript(self) -> Any:
        """Files over the limit are refused before they are read."""
        file = self.cleaned_data["transcript"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // 1_000_000
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return file


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a file and reads it; nothing is added yet."""
    person = person_of(request)
    form = (
        UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["transcript"]
        content = file.read()
        made = actions.start_import(
            person=person, content=content, filename=file.name, by=actor_of(request), at=now()
        )
        if not isinstance(made, Refusal):
            _tell_of_formulas(request, formulas_in(content))
            return redirect("credit:import", made.key)
        form.add_error("transcript", made.sentence)
    context = {"form": form, "layouts": LAYOUTS, "imports": imports_of(person)[:5]}
    return render(request, "credit/upload.html", context)


def _tell_of_formulas(request: HttpRequest, count: int) -> None:
    if count:
        sentence = ngettext(
            "This workbook holds %(count)d formula. Osler ran none and took the value saved with it: "
            "look at the amounts before you add them.",
            "This workbook holds %(count)d formulas. Osler ran none and took the values saved with them: "
            "look at the amounts before you add them.",
            count,
        )
        say(request, sentence % {"count": count}, level=messages.WARNING)


def import_or_404(request: HttpRequest, key: str) -> Import:
    """The person's own import with this key; somebody else's does not exist for them."""
    found = import_by_key(person_of(request), key)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def one_import(request: HttpRequest, key: str) -> HttpResponse:
    """An import wherever it stands: columns to confirm, preview, being added, or what it changed."""
    came_with = import_or_404(request, key)
    views = {
        "reading": _under_way,
        "unmapped": _columns,
        "previewed": _preview,
        "adding": _under_way,
        "added": _added,
    }
    view = views.get(came_with.status)
    if view is None:
        return render(request, "credit/import_over.html", {"came_with": came_with})
    return view(request, came_with)


def _columns(request: HttpRequest, came_with: Import, form: ColumnsForm | None = None) -> HttpResponse:
    sample = sample_lines(came_with)
    if sample is None:
        return render(request, "credit/import_over.html", {"came_with": came_with})
    page = import_page(came_with, page_size=1)
    form = form or ColumnsForm(sample=sample, mapping=mapping_of(came_with))
    context = {"came_with": came_with, "form": form, "questions": page.questions, "layout": page.layout}
    return render(request, "credit/columns.html", context)


def _preview(request: HttpRequest, came_with: Import) -> HttpResponse:
    state = request.GET.get("state", "")
    page = _page(request, came_with, state)
    context = {
        "came_with": came_with,
        "page": page,
        "rows": [PreviewRow(row) for row in page.rows],
        "tabs": state_tabs(page.counts, state, reverse("credit:import", args=[came_with.key])),
        "state": state,
        "new": page.counts["new"],
        "can_add": page.counts["new"] or page.counts["likely-duplicate"],
        "previous_page": page.page - 1,
        "next_page": page.page + 1,
    }
    return render(request, "credit/preview.html", context)


def _page(request: HttpRequest, came_with: Import, state: str) -> Any:
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return import_page(came_with, state=state, page=number, page_size=PAGE_SIZE)


def _under_way(request: HttpRequest, came_with: Import) -> HttpResponse:
    stream = live_url(import_room(came_with.key))
    if request.headers.get("HX-Request") and stream:
        # Still at work, and the stream moves the progress: nothing to swap.
        return HttpResponse(status=204)
    context = {
        "came_with": came_with,
        "is_reading": came_with.status == "reading",
        "text": progress_text(came_with),
        "progress_key": f"import-{came_with.key}",
        "live_url": stream,
    }
    return render(request, "credit/adding.html", context)


def _added(request: HttpRequest, came_with: Import) -> HttpResponse:
    person = person_of(request)
    after = assessment_of(person, today_of(person))
    keys = set(came_with.records.filter(removed_at=None).values_list("key", flat=True))
    found = changes(without(after, keys), after)
    page = import_page(came_with, page_size=1)
    context = {
        "came_with": came_with,
        "page": page,
        "changes": [one for one in found if one.is_change],
        "unchanged": [one for one in found if not one.is_change],
    }
    return render(request, "credit/added.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, key: str) -> HttpResponse:
    """Shows the columns again, and reads the file anew with the columns as confirmed."""
    came_with = import_or_404(request, key)
    sample = sample_lines(came_with) if came_with.status in ("unmapped", "previewed") else None
    if sample is None:
        return redirect("credit:import", key)
    if request.method == "GET":
        return _columns(request, came_with)
    form = ColumnsForm(request.POST, sample=sample, mapping=mapping_of(came_with))
    if form.is_valid():
        done = actions.set_mapping(came_with=came_with, mapping=form.mapping, by=actor_of(request), at=now())
        if not isinstance(done, Refusal):
            return redirect("credit:import", key)
        form.add_error(None, done.sentence)
    return _columns(request, came_with, form)


@login_required
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Adds the new rows, and of those that look like others the ones chosen."""
    came_with = import_or_404(request, key)
    chosen = {
        name: [int(v) for v in request.POST.getlist(name) if v.isascii() and v.isdigit() and len(v) < 19]
        for name in ("also", "as_one", "leave_out")
    }
    done = actions.confirm_import(came_with=came_with, **chosen, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    return redirect("credit:import", key)


@login_required
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Takes out exactly what the import added."""
    came_with, person = import_or_404(request, key), person_of(request)
    before = assessment_of(person, today_of(person))
    done = actions.undo_import(came_with=came_with, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("credit:import", key)
    effect = told(before, assessment_of(person, today_of(person)))
    say(request, " ".join(filter(None, (_("The import was undone."), effect))))
    return redirect("credit:imports")


@login_required
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throws an upload away that was never added."""
    came_with = import_or_404(request, key)
    done = actions.discard_import(came_with=came_with, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect("credit:import", key)
    say(request, _("The upload was thrown away. Nothing was added."))
    return redirect("credit:upload")


@login_required
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Every file that was uploaded, with the way back."""
    return render(request, "credit/imports.html", {"imports": imports_of(person_of(request))[:200]})
