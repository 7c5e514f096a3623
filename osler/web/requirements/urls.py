"""Addresses of the clinician's standing."""

from datetime import date

from django.urls import path, register_converter

from osler.web.requirements import (
    adding,
    answering,
    credential,
    cycles,
    home,
    searching,
    sets,
    striking,
    what_if,
)


class Day:
    """A day in an address: 2026-06-30. What is no day of the calendar is no page."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_url(self, day: date | str) -> str:
        return str(day)


register_converter(Day, "day")

app_name = "requirements"
urlpatterns = [
    path("", home.home, name="home"),
    path("credentials/new", adding.choose, name="choose"),
    path("credentials/new/<slug:set_id>", adding.add, name="add"),
    path("credentials/<slug:key>", credential.credential, name="credential"),
    path("credentials/<slug:key>/change", credential.change, name="credential-change"),
    path("credentials/<slug:key>/remove", credential.remove, name="credential-remove"),
    path("credentials/<slug:key>/restore", credential.restore, name="credential-restore"),
    path("credentials/<slug:key>/renew", cycles.renew, name="credential-renew"),
    path("credentials/<slug:key>/cycles/<day:start>", cycles.cycle, name="cycle"),
    path("credentials/<slug:key>/cycles/<day:start>/close", cycles.close, name="cycle-close"),
    path("credentials/<slug:key>/cycles/<day:start>/again", cycles.again, name="cycle-again"),
    path("credentials/<slug:key>/cycles/<day:start>/strike", striking.strike, name="cycle-strike"),
    path("credentials/<slug:key>/cycles/<day:last_on>/back", striking.back, name="cycle-back"),
    path("questions", answering.answer_together, name="questions-together"),
    path("questions/<slug:name>", answering.answer, name="question"),
    path("questions/<slug:name>/withdraw", answering.withdraw, name="question-withdraw"),
    path("what-if", what_if.what_if, name="what-if"),
    path("search", searching.search, name="search"),
    path("sets", sets.sets, name="sets"),
    path("sets/<slug:set_id>", sets.one_set, name="set"),
]
