"""The components of the design as template tags: `{% load osler_design %}`. See them all at /style."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from osler.web.design import amounts, navigation, toasts
from osler.web.design.requirement import RequirementRow
from osler.web.design.shares import Ring, percent_of, place, whole_percent
from osler.web.design.standing import StandingRow
from osler.web.design.status import status_of
from osler.web.design.step_chart import StepChart
from osler.web.design.tables import DataTable, Empty
from osler.web.design.timeline import Timeline

register = template.Library()
Text = str | Promise
Parts = dict[str, Any]


# Small signs


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """One icon of the sprite. Without `label` it is decoration; with one, it is read out."""
    use = format_html('<use href="{}#{}"></use>', static("vendor/lucide/sprite.svg"), name)
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false">{}</svg>', use)


@register.inclusion_tag("components/status_mark.html")
def status_mark(status: str, word: Text = "") -> Parts:
    """`{% status_mark "short" %}`; `word` replaces the status's own ("Cleared")."""
    sign = status_of(status)
    return {"sign": sign, "word": word or sign.word}


@register.inclusion_tag("components/ring.html")
def ring(percent: amounts.Number, status: str, label: Text = "") -> Parts:
    """A share as a ring with its figure. `label` names what it is a share of."""
    return {"ring": Ring(whole_percent(percent)), "sign": status_of(status), "label": label}


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(
    value: amounts.Number,
    maximum: amounts.Number,
    status: str,
    label: Text,
    pace: amounts.Number | None = None,
) -> Parts:
    """A bar with a tick where an even pace would be today. `label` says it in words."""
    return {
        "width": place(percent_of(value, maximum)),
        "pace": None if pace is None else place(percent_of(pace, maximum)),
        "sign": status_of(status),
        "label": label,
    }


@register.inclusion_tag("components/live_progress.html")
def live_progress(
    key: str, label: Text, url: str = "", value: int = 0, maximum: int = 100, text: Text = ""
) -> Parts:
    """A native progress element that a stream at `url` moves; see `js/live.js` for the messages."""
    return {"key": key, "label": label, "url": url, "value": value, "maximum": maximum, "text": text}


@register.inclusion_tag("components/chip.html")
def chip(text: Text, url: str = "", remove_url: str = "", is_current: bool = False) -> Parts:
    """A short fact, a link when `url` is given, with a way to drop it when `remove_url` is given."""
    return {"text": text, "url": url, "remove_url": remove_url, "is_current": is_current}


@register.inclusion_tag("components/key_figure.html")
def key_figure(value: Text, label: Text, detail: Text = "") -> Parts:
    """One figure with what it measures; put several in `<dl class="key-figures">`."""
    return {"value": value, "label": label, "detail": detail}


@register.inclusion_tag("components/definition_list.html")
def definition_list(items: Any) -> Parts:
    """Pairs of term and value, or a dict of them."""
    return {"items": list(items.items()) if isinstance(items, dict) else items}


@register.inclusion_tag("components/skeleton.html")
def skeleton(lines: int = 3, label: Text = "") -> Parts:
    """Grey lines in the place of what is on its way, for work that takes under a few seconds."""
    return {"lines": range(lines), "label": label}


# Charts and rows


@register.inclusion_tag("components/step_chart.html")
def step_chart(chart: StepChart) -> Parts:
    return {"chart": chart}


@register.inclusion_tag("components/timeline.html")
def timeline(timeline: Timeline) -> Parts:
    return {"timeline": timeline}


@register.inclusion_tag("components/standing_list.html")
def standing_list(rows: list[StandingRow], label: Text = "") -> Parts:
    """The first page's list: one row per credential."""
    return {"rows": rows, "label": label}


@register.simple_block_tag(takes_context=True, end_name="endrequirement_row")
def requirement_row(context: Context, content: str, row: RequirementRow, is_open: bool = False) -> str:
    """A requirement that opens; the block is its explanation, best as three `<section>`s."""
    return render_to_string(
        "components/requirement_row.html", {"row": row, "content": content, "is_open": is_open}
    )


@register.simple_tag
def record_line(title: Text, detail: Text, amount: Text = "", url: str = "") -> SafeString:
    """One record inside an explanation: counted with its amount, or refused with the reason as `detail`."""
    # Without a template of its own: a page may have hundreds of them.
    name = format_html('<a href="{}">{}</a>', url, title) if url else title
    figure = format_html('<span class="figures record-amount">{}</span>', amount) if amount else ""
    return format_html(
        '<li class="record-line"><div><p>{}</p><small>{}</small></div>{}</li>', name, detail, figure
    )


# Lists


@register.inclusion_tag("components/data_table.html")
def data_table(table: DataTable[Any]) -> Parts:
    return {"table": table}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: Text = "") -> Parts:
    """Pages of a list; the rest of the address's query stays as it is."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop("page", None)
    rest = query.urlencode()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "rest": f"{rest}&" if rest else "", "label": label}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    empty: Empty | None = None,
    title: Text = "",
    text: Text = "",
    action_label: Text = "",
    action_url: str = "",
    icon_name: str = "file-text",
) -> Parts:
    """What would fill this place, and the way to fill it."""
    return {"empty": empty or Empty(title, text, action_label, action_url, icon_name)}


# Forms


@register.inclusion_tag("components/form_field.html")
def form_field(field: BoundField, hint: Text = "") -> Parts:
    """Label, control, help and errors, tied together for those who hear the page."""
    return {"field": field, "hint": hint}


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: BaseForm) -> Parts:
    """Every field of a form in order, hidden ones last."""
    return {"form": form}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm, takes_focus: bool = True) -> Parts:
    """What must change before the form can be kept, each entry a link to its field."""
    fields = [form[name] for name in form.errors if name in form.fields]
    count = len(fields) + len(form.non_field_errors())
    return {"form": form, "fields": fields, "count": count, "takes_focus": takes_focus}


@register.inclusion_tag("components/file_drop.html")
def file_drop(field: BoundField, title: Text = "", hint: Text = "", icon_name: str = "upload") -> Parts:
    """A file input as a place to drop on; without a script it is the browser's own."""
    return {"field": field, "title": title or field.label, "hint": hint, "icon_name": icon_name}


# Structure


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: Text) -> Parts:
    """`{% breadcrumb "Needs" home_url "California physician licence" %}`: label and address by turns, then
    the page itself."""
    return {"links": list(zip(parts[:-1:2], parts[1:-1:2], strict=True)), "current": parts[-1]}


@register.simple_block_tag(takes_context=True, end_name="endpage_header")
def page_header(context: Context, content: str, title: Text, lead: Text = "", is_large: bool = False) -> str:
    """The page's title with one line beneath it; the block holds the actions."""
    # Stripping makes plain text of what the template has rendered safely already.
    parts = {"title": title, "lead": lead, "is_large": is_large, "content": SafeString(content.strip())}
    return render_to_string("components/page_header.html", parts)


@register.simple_block_tag(takes_context=True, end_name="enddisclosure")
def disclosure(context: Context, content: str, title: Text, detail: Text = "", is_open: bool = False) -> str:
    """A row that opens. Native, so it works without a script and by keyboard."""
    parts = {"title": title, "detail": detail, "is_open": is_open, "content": content}
    return render_to_string("components/disclosure.html", parts)


@register.simple_block_tag(takes_context=True, end_name="endnotice")
def notice(context: Context, content: str, status: str = "unknown", title: Text = "") -> str:
    """Something the reader should know on this page; `status` gives colour and sign."""
    return render_to_string(
        "components/notice.html", {"sign": status_of(status), "title": title, "content": content}
    )


@register.simple_block_tag(takes_context=True, end_name="enddialog")
def dialog(
    context: Context, content: str, key: str, title: Text, trigger: Text, kind: str = "secondary"
) -> str:
    """A button and the native dialog it opens. Without a script the dialog opens as a popover."""
    parts = {"key": key, "title": title, "trigger": trigger, "kind": kind, "content": content}
    return render_to_string("components/dialog.html", parts)


@register.inclusion_tag("components/sub_navigation.html", takes_context=True)
def sub_navigation(context: Context, items: Any, label: Text) -> Parts:
    """Neighbouring pages: a list of `navigation.Neighbour`. The one whose address is shown is current."""
    request = context.get("request")
    return {"items": items, "label": label, "path": request.path if request else ""}


# The frame


@register.simple_tag(takes_context=True)
def nav_items(context: Context) -> list[navigation.NavItem]:
    """`{% nav_items as words %}`: the five words that lead somewhere, the current one marked."""
    request: HttpRequest | None = context.get("request")
    return navigation.nav_items(request)


@register.simple_tag(takes_context=True)
def word_pages(context: Context) -> list[navigation.NavItem]:
    """`{% word_pages as pages %}`: the pages beside this one under the same of the five words."""
    return navigation.word_pages(context.get("request"))


@register.simple_tag
def address_of(url_name: str) -> str:
    """The address called `url_name`, or nothing while no context serves it."""
    return navigation.address_of(url_name)


@register.inclusion_tag("components/toasts.html", takes_context=True)
def toast_list(context: Context) -> Parts:
    """The messages of this request as toasts. Reading them marks them as shown."""
    shown = [
        {"text": m.message, "icon": toasts.icon_of(m), "tone": m.level_tag, "undo_url": toasts.undo_url_of(m)}
        for m in context.get("messages") or []
        if isinstance(m, Message)
    ]
    return {"toasts": shown, "csrf_token": context.get("csrf_token")}


# Words and figures


@register.filter
def day(value: date | None) -> SafeString | str:
    """`30 June 2026`, readable by machines too."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), amounts.day_text(value))


@register.filter
def number(value: amounts.Number | None) -> str:
    """An exact figure without trailing zeros."""
    return "" if value is None else amounts.number_text(value)


@register.filter
def amount(value: Decimal | int | str | None, unit: str = "hour") -> str:
    """`{{ credit|amount:"hour" }}`: 17.75 h."""
    return "" if value is None else amounts.amount_text(value, unit)


@register.filter
def initials(who: object) -> str:
    """Two letters for a person, from the name they gave or else the e-mail address."""
    return amounts.initials(person_name(who))


@register.filter
def person_name(who: Any) -> str:
    """What to call a signed-in person."""
    return getattr(who, "full_name", "") or str(who)
