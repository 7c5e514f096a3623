"""A real browser in front of a real server: Chromium without a window, and axe for accessibility.

A journey asks for `open_page` and gets pages that fail the test when the browser's console reports an
error, a refused script or style included.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.conftest import ON_SECOND_DATABASE

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HERE = Path(__file__).parent
# WCAG 2.2 up to AA; axe's "best-practice" rules are advice, not law.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# What a page looks like does not depend on the database: the run on the second one leaves the scans out.
MILLISECONDS = 10_000


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Everything in this folder is a journey and comes last: the browser keeps a loop in this thread."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
    yield
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as it is installed on this machine, or as CHROMIUM names it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(
            "The journeys need Chromium: install it (apt install chromium) or set CHROMIUM to its path."
        )
    # The browser's driver keeps an event loop in this thread; Django would refuse the database next to it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        launched = playwright.chromium.launch(executable_path=found, args=options)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any, immediate_tasks: None) -> Iterator[Callable[..., Page]]:
    """`open_page(path, person=None, width=1280, dark=False, javascript=True)`, signed in as `person`."""
    contexts = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def open_one(
        path: str = "/",
        *,
        person: Any = None,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-US",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        if person is not None:
            context.add_cookies([session_cookie(person, live_server.url)])
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def session_cookie(person: Any, url: str) -> Any:
    """The cookie of a person who has signed in, without walking through the form each time."""
    from django.test import Client

    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Fails with a readable list where axe finds a breach of WCAG 2.2 AA on the page as it stands."""

    def check(page: Page) -> None:
        if os.environ.get(ON_SECOND_DATABASE):
            return
        found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
        lines = [
            f"{breach['id']}: {breach['help']}\n    "
            + "\n    ".join(node["html"] for node in breach["nodes"][:5])
            for breach in found
        ]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check
