"""Several certificates from one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osler.apps.credit import actions
from osler.core.credit.refusal import Refusal
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of

if TYPE_CHECKING:
    from osler.apps.credit.models import Document, Record

MOST_FILES = 20
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp"


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class CertificatesField(forms.FileField):
    """Up to ``MOST_FILES`` files, none over the limit of uploads."""

    widget = _ManyFiles(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files as a list."""
        files = [super(CertificatesField, self).clean(one, initial) for one in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Add at most %(most)s files at a time.") % {"most": MOST_FILES})
        for one in files:
            if one.size > settings.UPLOAD_MAX_BYTES:
                most = settings.UPLOAD_MAX_BYTES // 1_000_000
                raise forms.ValidationError(
                    _("“%(name)s” is larger than %(most)s MB.") % {"name": one.name, "most": most}
                )
        return files


class CertificatesForm(forms.Form):
    """The files; what each is shows in its bytes, whatever its name."""

    certificates = CertificatesField(
        label=gettext_lazy("Drop certificates here"),
        allow_empty_file=True,
        help_text=gettext_lazy("Nothing counts before you have confirmed it."),
    )


def keep_all(request: HttpRequest, files: list[Any], *, record: Record | None = None) -> list[Document]:
    """Keeps each file, tells of those that are not kept or were there before, and returns the kept ones."""
    kept: list[Document] = []
    for one in files:
        done = actions.keep_document(
            person=person_of(request),
            content=one.read(),
            filename=one.name,
            by=actor_of(request),
            at=now(),
            record=record,
        )
        if isinstance(done, Refusal):
            text = _("“%(name)s”: %(why)s") % {"name": one.name, "why": done.sentence}
            say(request, text, level=messages.ERROR)
            continue
        if not done.is_new:
            _say_known(request, one.name, done.document)
        kept.append(done.document)
    return kept


def _say_known(request: HttpRequest, name: str, known: Document) -> None:
    if known.record is None:
        text = _("“%(name)s” was added before and waits to be confirmed.") % {"name": name}
    else:
        text = _("“%(name)s” is kept already, with “%(title)s”.")
        text %= {"name": name, "title": known.record.title}
    say(request, text, level=messages.INFO)
