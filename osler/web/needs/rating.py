"""Rating topics: two rows of five per topic, native radio buttons, one button to keep them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from osler.apps.needs import actions
from osler.apps.needs.queries import known_topics, practice_of, self_assessment, suggestions
from osler.apps.requirements.queries import assessment_of
from osler.core.credit.refusal import Refusal
from osler.core.needs.ranking import LEAST, MOST, Ratings
from osler.web.catalogue.closing import gaps_of
from osler.web.design.amounts import day_text
from osler.web.design.toasts import say
from osler.web.needs.own import own_eyes_only
from osler.web.needs.words import CONFIDENCE, RELEVANCE
from osler.web.people.reader import actor_of, now, person_of, today_of

if TYPE_CHECKING:
    from osler.apps.people.models import Person

FEW = 8
SCALES = (("relevance", RELEVANCE), ("confidence", CONFIDENCE))


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One topic to rate: what stands now, why it is here, and what is wrong with what was sent."""

    slug: str
    name: str
    ratings: Ratings | None = None
    why: str = ""
    sent: Mapping[str, str] | None = None
    error: str = ""

    @property
    def scales(self) -> list[tuple[str, str, str, list[tuple[int, str | Promise, bool]]]]:
        """For relevance and confidence: field, label, ends in words, and the five steps, the chosen one
        marked."""
        labels = {"relevance": _("In your practice it"), "confidence": _("You are")}
        return [
            (
                f"{name}-{self.slug}",
                labels[name],
                _("from “%(least)s” to “%(most)s”") % {"least": words[LEAST], "most": words[MOST]},
                [(n, words[n], self._chosen(name) == str(n)) for n in words],
            )
            for name, words in SCALES
        ]

    def _chosen(self, name: str) -> str:
        if self.sent is not None:
            return self.sent.get(name, "")
        return str(getattr(self.ratings, name)) if self.ratings else ""


@own_eyes_only
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """What is due for a look, what is suggested, and what was rated lately."""
    person = person_of(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        wanted, errors = read_ratings(request.POST)
        if not errors:
            done = actions.rate_topics(person=person, ratings=wanted, by=actor_of(request), at=now())
            if not isinstance(done, Refusal):
                say(request, _kept(done))
                return redirect("needs:assessment")
            errors = {"": done.sentence}
    due, lately, suggested = _rows(person, request, errors)
    context = {
        "due": due,
        "lately": lately,
        "suggested": suggested[:FEW],
        "more": suggested[FEW:],
        "has_practice": practice_of(person) is not None,
        "errors": list(errors.values()),
        "known": sorted(known_topics().values(), key=str.casefold),
    }
    return render(request, "needs/rate.html", context, status=422 if errors else 200)


def read_ratings(sent: QueryDict) -> tuple[dict[str, Ratings], dict[str, str]]:
    """Ratings by slug, and what is wrong by slug. A topic left alone is no fault; half a rating is."""
    names = known_topics()
    found: dict[str, Ratings] = {}
    errors: dict[str, str] = {}
    for slug in dict.fromkeys(key.partition("-")[2] for key in sent if key.partition("-")[0] in dict(SCALES)):
        texts = [sent.get(f"{name}-{slug}", "") for name, _words in SCALES]
        if not any(texts):
            continue
        if not all(text in "12345" and len(text) == 1 for text in texts):
            name = names.get(slug, _("your topic"))
            errors[slug] = _("Give both ratings for %(name)s, or neither.") % {"name": name}
            continue
        found[slug] = Ratings(int(texts[0]), int(texts[1]))
    return found, errors


def _kept(count: int) -> str:
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(n)d rating was kept.", "%(n)d ratings were kept.", count) % {"n": count}


def _rows(
    person: Person, request: HttpRequest, errors: Mapping[str, str]
) -> tuple[list[RatingRow], list[RatingRow], list[RatingRow]]:
    today, standings = today_of(person), self_assessment(person)
    sent = request.POST if request.method == "POST" else None
    due: list[RatingRow] = []
    lately: list[RatingRow] = []
    for one in standings:
        why = _("Last rated on %(day)s") % {"day": day_text(one.now.on)} if one.now else ""
        row = _row(one.topic.slug, one.name, one.now.ratings if one.now else None, why, sent, errors)
        (due if one.is_due(today) else lately).append(row)
    kept = {one.topic.slug for one in standings}
    found = suggestions(person, practice_of(person), kept, asked=_asked(person))
    suggested = [_row(one.slug, one.name, None, ", ".join(one.reasons), sent, errors) for one in found]
    return due, lately, suggested


def _row(
    slug: str,
    name: str,
    ratings: Ratings | None,
    why: str,
    sent: QueryDict | None,
    errors: Mapping[str, str],
) -> RatingRow:
    said = None
    if sent is not None:
        said = {scale: sent.get(f"{scale}-{slug}", "") for scale, _words in SCALES}
    return RatingRow(slug, name, ratings, why, said, errors.get(slug, ""))


def _asked(person: Person) -> Iterable[tuple[str, str]]:
    """Topics that the person's open requirements ask for, with the credential that asks."""
    for gap in gaps_of(assessment_of(person, today_of(person))):
        for topic in sorted(gap.topics):
            yield topic, _("Asked by %(name)s") % {"name": gap.finding.short_name}
