"""The pages in a real browser, over a running gateway; a page that complains fails its test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from console.store.store import Store
from tests.gateway.hall import PASSWORD, Hall, picture

Opens = Callable[..., Page]
HERE = {"longitude": 115.201, "latitude": 36.101}
# What the browser itself notes about refusals and broken lines, which the tests provoke.
EXPECTED = ("Failed to load resource", "net::ERR_")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A town and its gateway."""
    store = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    found = Hall(store, tmp_path)
    try:
        yield found
    finally:
        found.close()
        store.close()


@pytest.fixture
def opens(hall: Hall, browser: Browser) -> Iterator[Opens]:
    """Open a page as somebody: `opens("grid001", "phone", width=360)`."""
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in EXPECTED):
            complaints.append(message.text)

    def open_page(login: str, kind: str, *, width: int = 1280, height: int = 800, located: bool = True) -> Page:
        hall.knows(login)
        place = {"geolocation": HERE, "permissions": ["geolocation"]} if located else {}
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **place)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(hall.base)
        page.check(f"[value={kind}]", force=True)
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone takes it, larger than what is sent."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture("teal", (2400, 1800)))
    return path


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
