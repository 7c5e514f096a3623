"""Every component: what it says to eyes and ears, and that it escapes what it is given."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from osler.web.design.navigation import Neighbour
from osler.web.design.requirement import RequirementRow
from osler.web.design.standing import StandingRow
from osler.web.design.status import STATUSES, status_of

NASTY = '<script>alert("x")</script>'


def render(source: str, **context: Any) -> str:
    request = RequestFactory().get("/here?page=2&q=pain")
    html = Template("{% load osler_design %}" + source).render(Context({"request": request, **context}))
    assert "style=" not in html
    assert "<script" not in html
    return html


@pytest.mark.parametrize("code", STATUSES)
def test_a_status_is_colour_sign_and_word(code: str) -> None:
    html = render("{% status_mark code %}", code=code)
    status = STATUSES[code]
    assert f"mark-{status.tone}" in html
    assert f"#{status.icon}" in html
    assert str(status.word) in html


def test_no_two_statuses_share_a_word() -> None:
    words = [str(status.word) for status in STATUSES.values()]
    assert len(set(words)) == len(words)


def test_codes_of_the_core_are_understood_and_others_refused() -> None:
    assert status_of("not_applicable") is STATUSES["not-applicable"]
    with pytest.raises(ValueError, match="no status is called 'fine'"):
        status_of("fine")


def test_every_icon_in_use_is_in_the_sprite() -> None:
    import re
    from pathlib import Path

    import osler.web

    root = Path(osler.web.__file__).parent
    sprite = set(
        re.findall(r'<symbol id="([a-z0-9-]+)"', (root / "static/vendor/lucide/sprite.svg").read_text())
    )
    used = {
        name for path in root.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }
    used |= {status.icon for status in STATUSES.values()}
    assert used - sprite == set()


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    assert 'role="img" aria-label="&lt;i&gt;"' in render('{% icon "check" label %}', label="<i>")


@pytest.mark.parametrize(
    ("percent", "dash"), [(64, "64 100"), (Decimal("99.9"), "99 100"), (100, "100 100"), (250, "100 100")]
)
def test_a_ring_draws_and_says_its_share(percent: Decimal, dash: str) -> None:
    html = render('{% ring percent "short" "California" %}', percent=percent)
    assert f'stroke-dasharray="{dash}"' in html
    assert f"California: {dash.split()[0]} percent" in html


def test_an_empty_ring_draws_no_dot() -> None:
    assert "ring-share" not in render('{% ring 0 "overdue" "Florida" %}')


def test_a_bar_is_named_and_carries_the_pace() -> None:
    html = render('{% progress_bar "32.25" 50 "short" label "39.7" %}', label=NASTY)
    assert 'width="64.5%"' in html
    assert 'x1="79.4%"' in html
    assert "&lt;script&gt;" in html
    assert "bar-pace" not in render('{% progress_bar 4 8 "unknown" "4 of 8" %}')


def test_a_credential_is_one_row_with_one_link() -> None:
    row = StandingRow(
        NASTY, "Medical Board", "short", Decimal("32.25"), 50, "17.75 h in total", date(2026, 1, 31),
        date(2026, 6, 30), Decimal("39.7"), "/needs/1",
    )  # fmt: skip
    html = render("{% standing_list rows 'Your credentials' %}", rows=[row])
    assert html.count("<a ") == 1
    for words in ("64 percent", "32.25 of 50 counted", "30 June 2026", "150 days", "Short"):
        assert words in html


def test_a_credential_without_a_day_says_so() -> None:
    row = StandingRow("DEA", "once", "unknown", 0, 8, "One question", date(2026, 1, 31))
    assert "no date" in render("{% standing_list rows %}", rows=[row])


def test_a_requirement_opens_to_its_reasons() -> None:
    row = RequirementRow(
        "pain", "Pain management", "12 h once", "short", "hour", 8, 12, 4, None, date(2026, 6, 30)
    )
    source = "{% requirement_row row is_open=True %}<p>{{ reason }}</p>{% endrequirement_row %}"
    html = render(source, row=row, reason=NASTY)
    assert '<details class="requirement" id="pain" open>' in html
    assert "8 of 12\xa0h counted" in html
    assert "<p>&lt;script&gt;" in html


def test_a_requirement_that_hangs_on_a_question_shows_no_figures() -> None:
    row = RequirementRow("geriatrics", "Geriatrics", "20 %", "unknown", question_url="/ask")
    html = render("{% requirement_row row %}{% endrequirement_row %}", row=row)
    assert "One question decides it" in html
    assert '<svg class="bar' not in html


class ClaimForm(forms.Form):
    title = forms.CharField(label="Activity")
    note = forms.CharField(label="Note", required=False, help_text="One line.")
    kind = forms.ChoiceField(label="Format", choices=[("live", "Live")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I took part")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_label_help_and_error() -> None:
    html = render("{% form_fields form %}", form=ClaimForm({"note": NASTY}))
    assert '<label for="id_title">Activity</label>' in html
    assert 'aria-describedby="id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_note_helptext"' in html
    assert "<legend>Format</legend>" in html
    assert 'type="hidden" name="key"' in html
    assert 'Note <span class="optional">optional</span>' in html


def test_the_summary_of_errors_leads_to_the_fields() -> None:
    html = render("{% form_errors form %}", form=ClaimForm({}))
    assert "3 things need a change. Nothing you entered is lost." in html
    for anchor in ("#id_title", "#id_kind", "#id_sure"):
        assert f'href="{anchor}"' in html
    assert 'role="alert"' in html
    assert render("{% form_errors form %}", form=ClaimForm()).strip() == ""


def test_a_file_place_keeps_the_browsers_own_input() -> None:
    class Upload(forms.Form):
        transcript = forms.FileField(label="Transcript")

    html = render('{% file_drop form.transcript hint="CSV or XLSX" %}', form=Upload())
    assert '<label for="id_transcript">Transcript</label>' in html
    assert 'type="file"' in html


def test_a_dialog_opens_without_a_script() -> None:
    html = render('{% dialog "gone" title "Remove" %}<p>Sure?</p>{% enddialog %}', title=NASTY)
    assert 'popovertarget="gone"' in html
    assert '<dialog id="gone" class="dialog" popover aria-labelledby="gone-title">' in html


def test_a_toast_posts_its_way_back_and_trusts_no_foreign_address() -> None:
    messages = [
        Message(25, NASTY, "undo:/record/1/restore"),
        Message(40, "Lost.", "undo:https://evil.example/"),
        Message(20, "Seen.", "undo://evil.example/"),
    ]
    html = render("{% toast_list %}", messages=messages, csrf_token="t0ken")
    assert html.count("<form") == 1
    assert 'method="post" action="/record/1/restore"' in html
    assert "evil" not in html
    assert 'role="status"' in html


def test_a_person_is_called_by_name_or_by_address() -> None:
    class Person:
        full_name = "Rosa Marin"

        def __str__(self) -> str:
            return "rosa@example.org"

    nameless = Person()
    nameless.full_name = ""
    source = "{{ who|initials }} {{ who|person_name }}"
    assert render(source, who=Person()) == "RM Rosa Marin"
    assert render(source, who=nameless) == "R rosa@example.org"


def test_where_one_is() -> None:
    html = render('{% breadcrumb "Needs" "/" title %}', title=NASTY)
    assert '<a href="/">Needs</a>' in html
    assert 'aria-current="page">&lt;script' in html


def test_pages_keep_the_rest_of_the_address() -> None:
    html = render("{% pagination page 'Records' %}", page=Paginator(range(300), 10).get_page(7))
    assert 'href="?q=pain&amp;page=8"' in html
    assert 'aria-current="page"' in html
    assert render("{% pagination page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""


def test_neighbours_mark_where_one_is() -> None:
    items = [Neighbour("Plan", "/plan", "7 of 7", "met"), Neighbour(NASTY, "/here")]
    html = render("{% sub_navigation items 'Activity' %}", items=items)
    assert '<a href="/here" aria-current="page">' in html
    assert html.count("aria-current") == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{% chip nasty "/x" remove_url="/y" %}', "Remove &lt;script&gt;"),
        ("{% key_figure nasty 'cost' %}", "&lt;script&gt;"),
        ("{% definition_list facts %}", "<dt>Provider</dt><dd>&lt;script&gt;"),
        ("{% skeleton 3 'Reading' %}", '<span class="visually-hidden">Reading</span>'),
        ("{% empty_state title=nasty action_label='Add' action_url='/add' %}", 'href="/add"'),
        ("{% notice 'overdue' nasty %}<p>Why</p>{% endnotice %}", '<p class="notice-title">&lt;script&gt;'),
        ("{% disclosure title=nasty %}More{% enddisclosure %}", "<details"),
        ("{% page_header title=nasty lead='x' %}{% endpage_header %}", "<h1>&lt;script&gt;"),
        ("{% record_line nasty 'The same activity, recorded twice' '6 h' %}", "recorded twice"),
        ("{% live_progress 'k' nasty value=120 maximum=3000 %}", 'value="120" max="3000"'),
        ("{{ nasty|initials }}", "?"),
        ("{{ when|day }}", '<time datetime="2026-06-30">30 June 2026</time>'),
    ],
)
def test_small_parts(source: str, words: str) -> None:
    facts = [("Provider", NASTY)]
    assert words in render(source, nasty=NASTY, facts=facts, when=date(2026, 6, 30))
