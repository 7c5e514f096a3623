"""Who did what: the person's own log, everything they did and everything done for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.audit.queries import deeds_of, persons_in
from osler.apps.people.queries import names_of
from osler.web.design.amounts import day_text
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, DataTable, Empty, Filter, data_table
from osler.web.people.deed_words import KINDS, UNPROVEN, contents_words, verb_words, verbs_saying
from osler.web.people.reader import person_of, zone_of

if TYPE_CHECKING:
    from osler.apps.audit.models import Entry
    from osler.apps.people.models import Person


@login_required
@require_GET
def deeds(request: HttpRequest) -> HttpResponse:
    """The log as a list to search, narrow and take away."""
    table = _table(request, person_of(request))
    if table.export:
        return export_response(table)
    return render(request, "people/deeds.html", {"table": table})


def _table(request: HttpRequest, person: Person) -> DataTable[Any]:
    rows = deeds_of(person.pk)
    names = names_of(persons_in(rows))
    zone = zone_of(person)

    def who(entry: Entry) -> str:
        if entry.verb in UNPROVEN:
            return _("Somebody unknown")
        if entry.by_id is None:
            return "Osler"
        if entry.by_id == person.pk:
            return _("You")
        return names.get(entry.by_id, _("somebody who has left"))

    def for_whom(entry: Entry) -> str:
        if entry.on_behalf_of_id is None or entry.on_behalf_of_id == person.pk:
            return ""
        return names.get(entry.on_behalf_of_id, _("somebody who has left"))

    def contents(entry: Entry) -> str:
        # What an assistant changed is the other's business; that they did it is their own.
        return "" if for_whom(entry) else contents_words(entry.before, entry.after)

    def when(entry: Entry) -> str:
        moment = entry.at.astimezone(zone)
        return f"{day_text(moment.date())}, {moment:%H:%M}"

    def search(found: QuerySet[Entry], words: str) -> QuerySet[Entry]:
        named = [pk for pk, name in names.items() if words.lower() in name.lower()]
        # Contents only of one's own papers: searching must not tell what the page does not.
        own = Q(on_behalf_of_id=None) | Q(on_behalf_of_id=person.pk)
        inside = own & (Q(after__icontains=words) | Q(before__icontains=words))
        people = Q(by_id__in=named) | Q(on_behalf_of_id__in=named)
        return found.filter(Q(verb__in=verbs_saying(words)) | people | inside)

    return data_table(
        request,
        name="log",
        caption=_("Who did what"),
        rows=rows,
        columns=[
            Column("what", _("What"), lambda one: verb_words(one.verb), is_header=True),
            Column("contents", _("In detail"), contents),
            Column("who", _("Who"), who, html=lambda one: _by(who(one), one.by_id != person.pk)),
            Column("for", _("On behalf of"), for_whom),
            # Entries are only ever added, so their number tells the order, also of two at the same moment.
            Column("when", _("When"), when, order="id"),
        ],
        filters=[
            Filter("who", _("Who"), _people(person, names), lambda found, chosen: _by_whom(found, chosen)),
            Filter("kind", _("About"), [(key, name) for key, name, _types in KINDS], _about),
        ],
        search=search,
        search_label=_("Search the log"),
        default_sort="-when",
        noun=lambda count: ngettext("entry", "entries", count),
        empty=Empty(
            _("Nothing has been written down yet"),
            _("Whatever you do, and whatever somebody does for you, stands here from then on."),
            icon="scroll-text",
        ),
    )


def _by(name: str, is_another: bool) -> Any:
    return format_html("<strong>{}</strong>", name) if is_another else name


def _people(person: Person, names: dict[int, str]) -> list[tuple[str, str]]:
    others = sorted((name, pk) for pk, name in names.items() if pk != person.pk)
    return [
        (str(person.pk), _("You")),
        *((str(pk), name) for name, pk in others),
        ("osler", _("Osler by itself")),
    ]


def _by_whom(found: QuerySet[Entry], chosen: str) -> QuerySet[Entry]:
    return found.filter(by_id=None if chosen == "osler" else int(chosen))


def _about(found: QuerySet[Entry], chosen: str) -> QuerySet[Entry]:
    wanted = Q()
    for start in next(types for key, _name, types in KINDS if key == chosen):
        wanted |= Q(subject_type__startswith=start)
    return found.filter(wanted)
