"""The components in a real browser: both widths, both modes, by keyboard, with and without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.OSLER_DEMO = True


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_component_is_accessible_and_fits(
    open_page: OpenPage, assert_accessible: Callable[[Page], None], width: int, dark: bool
) -> None:
    page = open_page("/style", width=width, dark=dark)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_list_follows_what_is_typed_and_chosen(open_page: OpenPage) -> None:
    page = open_page("/style")
    box = page.get_by_role("searchbox", name="Search your records")
    box.press_sequentially("heart")
    expect(page.get_by_role("status").filter(has_text="10 records")).to_be_visible()
    expect(box).to_be_focused()
    page.get_by_role("link", name="AMA PRA Category 1").first.click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("AMA PRA Category 1")
    page.get_by_label("Format", exact=True).first.select_option("journal")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    assert {"q=heart", "format=journal", "sort=credit"} <= set(page.url.split("?")[1].split("&"))
    page.get_by_role("link", name="Show all").first.click()
    expect(page.get_by_text("60 records")).to_be_visible()


def test_a_list_works_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/style", width=390, javascript=False)
    page.get_by_role("searchbox", name="Search your records").fill("ultrasound")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("10 records")).to_be_visible()


def test_a_dialog_is_modal_and_gives_the_focus_back(
    open_page: OpenPage, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page("/style")
    opener = page.get_by_role("button", name="Remove a record")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Remove this record?")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("element => element.matches(':modal')")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_an_act_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page("/style")
    page.get_by_role("button", name="Remove a record").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("Taken back.")).to_be_hidden()


def test_a_dialog_and_its_act_work_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/style", width=390, javascript=False)
    page.get_by_role("button", name="Remove a record").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("autumn series” was removed.")).to_be_visible()


def test_a_chosen_file_is_named(open_page: OpenPage) -> None:
    page = open_page("/style")
    file: Any = {"name": "transcript.csv", "mimeType": "text/csv", "buffer": b"title,date\n"}
    page.get_by_label("Drop a transcript here").set_input_files(files=[file])
    expect(page.get_by_role("status").filter(has_text="transcript.csv")).to_be_visible()


def test_a_stream_moves_the_progress_and_wakes_the_page(open_page: OpenPage) -> None:
    page = open_page("/style")
    told = 'event: progress\ndata: {"key": "example", "value": 300, "maximum": 300, "text": "All read"}\n\n'

    def stream(route: Route) -> None:
        route.fulfill(content_type="text/event-stream", body=f"retry: 600000\nevent: hello\ndata:\n\n{told}")

    page.route("**/stream", stream)
    page.evaluate("document.body.addEventListener('live:progress', (e) => { window.told = e.detail.value; })")
    page.evaluate(
        "const place = document.querySelector('[data-live-progress]');"
        "place.dataset.liveUrl = '/stream';"
        "document.dispatchEvent(new Event('htmx:load'));"
    )
    expect(page.get_by_text("All read")).to_be_visible()
    assert page.locator("progress").evaluate("bar => bar.value") == 300
    assert page.evaluate("window.told") == 300


def test_everything_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/style")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("details.requirement summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fifty hours of approved continuing education")).to_be_visible()
