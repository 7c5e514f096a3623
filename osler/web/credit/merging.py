"""Records that look like one activity: side by side, made one, kept apart, and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from osler.apps.credit import actions
from osler.apps.credit.queries.merging import (
    SuspectedPair,
    merge_by_key,
    merges_into,
    merges_of,
    pair_by_keys,
    sources_of,
    suspected_keys,
    suspected_pairs,
    twins_of,
)
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.amount import amount_text
from osler.core.credit.refusal import Refusal
from osler.core.credit.sameness import Difference
from osler.web.credit.words import amounts_of, amounts_words, format_name, topic_name, type_name
from osler.web.design.amounts import day_text
from osler.web.design.toasts import say
from osler.web.people.reader import actor_of, now, person_of, today_of, way_back
from osler.web.requirements.changes import told

if TYPE_CHECKING:
    from osler.apps.credit.models import Merge, Record

PAGE_SIZE = 10
REASONS: dict[str, str | Promise] = {
    "same-title": gettext_lazy("the same title"),
    "like-title": gettext_lazy("nearly the same title"),
    "same-provider": gettext_lazy("the same provider"),
    "like-provider": gettext_lazy("nearly the same provider"),
    "no-provider": gettext_lazy("no provider that says otherwise"),
    "same-day": gettext_lazy("the same day"),
    "near-day": gettext_lazy("a few days apart, from two sources"),
    "same-amount": gettext_lazy("the same amount of credit"),
}
FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Which title?"),
    "provider": gettext_lazy("Which provider?"),
    "completed": gettext_lazy("Which day is right?"),
    "format": gettext_lazy("Which format is right?"),
}
SOURCES: dict[str, str | Promise] = {
    "manual": gettext_lazy("Added by hand"),
    "import": gettext_lazy("From a file"),
    "document": gettext_lazy("Read from a certificate"),
    "calendar": gettext_lazy("From a calendar"),
    "api": gettext_lazy("Recorded by a program"),
}


@dataclass(frozen=True)
class Side:
    """One of the two as the page shows it."""

    record: Record

    @property
    def credit(self) -> str:
        return amounts_words(amounts_of(self.record))

    @property
    def format(self) -> str:
        return format_name(self.record.format)

    @property
    def topics(self) -> str:
        parts = self.record.topics.all()
        return ", ".join(f"{topic_name(one.topic)} ({amount_text(one.ticks)})" for one in parts)

    @property
    def came(self) -> str:
        """Where it came from, in words."""
        name = self.record.came_with.filename if self.record.came_with else self.record.source_detail
        return " · ".join(filter(None, (str(SOURCES[self.record.source]), name)))


@dataclass(frozen=True)
class Choice:
    """One thing the two say differently, to be decided with a press; ``name`` is the form's."""

    difference: Difference
    name: str

    @property
    def question(self) -> str:
        kind, _colon, code = self.difference.field.partition(":")
        if kind == "credit":
            return _("How much %(type)s?") % {"type": type_name(code)}
        if kind == "topic":
            return _("How many hours on %(topic)s?") % {"topic": topic_name(code)}
        return str(FIELDS[kind])

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is proposed, for each of the two."""
        proposed = self.difference.proposed
        return [
            (str(n), _words(self.difference.field, one), one == proposed)
            for n, one in enumerate(self.difference.values)
        ]


def _words(field: str, value: str | date | int) -> str:
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int):
        return amount_text(value)
    return format_name(value) if field == "format" else value


@dataclass(frozen=True)
class PairShown:
    """Two records side by side, with the reason and what is to be decided."""

    pair: SuspectedPair

    @property
    def sides(self) -> tuple[Side, Side]:
        return Side(self.pair.first), Side(self.pair.second)

    @property
    def reason(self) -> str:
        """Why they may be one, in a sentence."""
        if not self.pair.like.reasons:
            return _("You say that these two are one activity.")
        words = ", ".join(str(REASONS[reason]) for reason in self.pair.like.reasons)
        return _("They have %(reasons)s.") % {"reasons": words}

    @property
    def choices(self) -> list[Choice]:
        return [Choice(one, f"choice_{n}") for n, one in enumerate(self.pair.differences)]

    @property
    def keys(self) -> tuple[str, str]:
        return self.pair.first.key, self.pair.second.key

    def chosen(self, posted: Any) -> dict[str, str | date | int]:
        """What the form decides, by field; an unknown answer decides nothing."""
        found: dict[str, str | date | int] = {}
        for one in self.choices:
            answer = posted.get(one.name, "")
            if answer in ("0", "1"):
                found[one.difference.field] = one.difference.values[int(answer)]
        return found


@login_required
@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Every pair that looks like one activity, and what was made one."""
    person = person_of(request)
    keys = suspected_keys(person)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    pairs = [PairShown(pair) for pair in suspected_pairs(person, page.object_list)]
    context = {
        "page": page,
        "pairs": pairs,
        "plain": sum(1 for one in pairs if one.pair.is_plain),
        "merges": merges_of(person)[:50],
    }
    return render(request, "credit/alike.html", context)


def _pair_or_404(request: HttpRequest, first: str, second: str) -> PairShown:
    found = pair_by_keys(person_of(request), first, second)
    if found is None:
        raise Http404
    return PairShown(found)


def _back(request: HttpRequest) -> str:
    return way_back(request, reverse("credit:alike"))


@login_required
@require_POST
def merge(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Makes the two one."""
    shown, person = _pair_or_404(request, first, second), person_of(request)
    before = assessment_of(person, today_of(person))
    done = actions.merge_records(
        first=shown.pair.first,
        second=shown.pair.second,
        chosen=shown.chosen(request.POST),
        by=actor_of(request),
        at=now(),
    )
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
        return redirect(f"{reverse('credit:alike')}#{first}")
    effect = told(before, assessment_of(person, today_of(person)))
    text = _("“%(title)s” is one record now.") % {"title": done.kept.title}
    undo = reverse("credit:merge-undo", args=[done.key])
    say(request, " ".join(filter(None, (text, effect))), undo_url=undo)
    return (
        redirect("credit:record-page", done.kept.key)
        if "to_record" in request.POST
        else redirect(_back(request))
    )


@login_required
@require_POST
def merge_plain(request: HttpRequest) -> HttpResponse:
    """Makes one of every pair on the page that says the same in every word that matters."""
    person, count = person_of(request), 0
    parts = [value.partition("/") for value in request.POST.getlist("pair") if value.count("/") == 1]
    keys = [(first, second) for first, _slash, second in parts]
    for pair in suspected_pairs(person, keys[:PAGE_SIZE]):
        if pair.is_plain:
            done = actions.merge_records(first=pair.first, second=pair.second, by=actor_of(request), at=now())
            count += not isinstance(done, Refusal)
    text = ngettext("%(n)d pair is one record now.", "%(n)d pairs are one record each now.", count)
    say(request, f"{text % {'n': count}} {_('Each can be taken apart below.')}")
    return redirect("credit:alike")


@login_required
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Both records are there again."""
    found = merge_by_key(person_of(request), key)
    if found is None:
        raise Http404
    done = actions.undo_merge(merge=found, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        say(request, _("Both records are there again, as they were."))
    return redirect("credit:record-page", found.kept.key)


@login_required
@require_POST
def apart(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """The two are different; they are not asked about again."""
    pair = _pair_or_404(request, first, second).pair
    done = actions.keep_apart(first=pair.first, second=pair.second, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    else:
        undo_url = reverse("credit:ask-again", args=[first, second])
        say(request, _("They stay two, and you are not asked again."), undo_url=undo_url)
    return redirect(_back(request))


@login_required
@require_POST
def ask_again(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Takes “they are different” back."""
    pair = _pair_or_404(request, first, second).pair
    done = actions.forget_distinction(first=pair.first, second=pair.second, by=actor_of(request), at=now())
    if isinstance(done, Refusal):
        say(request, done.sentence, level=messages.ERROR)
    return redirect("credit:alike")


@dataclass(frozen=True)
class SourceShown:
    """One way in which a record came, as its page shows it."""

    name: str
    detail: str
    line: int | None
    url: str
    on: date


def about_sources(record: Record) -> dict[str, Any]:
    """For a record's page: every source, what it is made of, and what looks like the same activity."""
    sources = [
        SourceShown(
            str(SOURCES[one.kind]),
            one.name,
            one.line,
            reverse("credit:import", args=[one.import_key]) if one.import_key else "",
            one.at.date(),
        )
        for one in sources_of(record)
    ]
    merges: list[Merge] = merges_into(record)
    return {
        "sources": sources,
        "merges": merges,
        "twins": [PairShown(pair) for pair in twins_of(record)],
        "merged_into": record.merged_into,
    }
