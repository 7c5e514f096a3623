"""Requirement sets for everyone to read: the list, and what each asks, with its sources."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from osler.apps.requirements.queries import OfferedSet, requirement_set, sets_offered
from osler.core.rules.requirement import RequirementSet
from osler.requirement_sets.checker import is_stale
from osler.requirement_sets.description import facts_asked, requirement_data
from osler.requirement_sets.vocabulary import load_vocabulary
from osler.web.design.table_export import export_response
from osler.web.design.tables import Column, Empty, Filter, data_table
from osler.web.people.reader import now

KINDS = {
    "licence": _("Licence"),
    "certificate": _("Certificate"),
    "registration": _("Registration"),
    "membership": _("Membership"),
    "training": _("Training"),
}


@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """All sets, searched by authority, region or name."""
    offered = sets_offered(most=1000)
    table = data_table(
        request,
        name="sets",
        caption=_("Requirement sets"),
        rows=[one.rules for one in offered],
        columns=[
            Column("name", _("Credential"), lambda r: r.name, html=_name, is_header=True),
            Column("authority", _("Authority"), lambda r: r.authority),
            Column("country", _("Country"), lambda r: r.country),
            Column("kind", _("Kind"), lambda r: str(KINDS.get(r.kind, r.kind))),
            Column("checked", _("Last checked"), lambda r: r.checked),
        ],
        filters=[
            Filter("country", _("Country"), _options(offered, "country"), _keep("country")),
            Filter("kind", _("Kind"), _options(offered, "kind"), _keep("kind")),
        ],
        search=lambda rows, q: _matching(rows, q),
        search_label=_("Search by authority, state or name"),
        default_sort="name",
        noun=lambda count: ngettext("set", "sets", count),
        empty=Empty(_("No set is there")),
    )
    if table.export:
        return export_response(table)
    return render(request, "requirements/sets.html", {"table": table})


def _matching(rows: list[RequirementSet], q: str) -> list[RequirementSet]:
    found = {one.id for one in sets_offered(q, most=1000)}
    return [one for one in rows if one.id in found]


def _options(offered: tuple[OfferedSet, ...], name: str) -> list[tuple[str, str]]:
    values = sorted({getattr(one.rules, name) for one in offered})
    return [(value, str(KINDS.get(value, value))) for value in values]


def _keep(name: str) -> Callable[[Sequence[RequirementSet], str], list[RequirementSet]]:
    return lambda rows, value: [one for one in rows if getattr(one, name) == value]


def _name(rules: RequirementSet) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("requirements:set", args=[rules.id]), rules.name)


@require_GET
def one_set(request: HttpRequest, set_id: str) -> HttpResponse:
    """What one set asks, in the words of its newest version."""
    rules = requirement_set(set_id)
    if rules is None:
        raise Http404
    version = rules.versions[-1]
    context = {
        "rules": rules,
        "version": version,
        "requirements": [(one, requirement_data(one)) for one in version.requirements],
        "facts": facts_asked(rules),
        "is_stale": is_stale(rules, now().date()),
        "kind": KINDS.get(rules.kind, rules.kind),
        "professions": [load_vocabulary().professions.get(one, one) for one in rules.professions],
    }
    return render(request, "requirements/set.html", context)
