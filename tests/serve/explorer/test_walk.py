"""A walk in a browser: an actor is searched, a claim opened, its sentence seen, a query asked in the editor."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from kg.resources import find_bundle
from kg.serve.app import make_app
from tests.web.browser import Watched, browser, page

__all__ = ["browser", "page"]


class Server(uvicorn.Server):
    """Runs in a thread, and says when it listens."""

    def __init__(self, path: Path) -> None:
        config = uvicorn.Config(make_app(path), host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="on")
        super().__init__(config)
        self.is_listening = threading.Event()
        self.address = ""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.address = f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"
        self.is_listening.set()


@pytest.fixture(scope="module")
def address(built_path: Path) -> Iterator[str]:
    server = Server(built_path)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        assert server.is_listening.wait(60)
        yield server.address
    finally:
        server.should_exit = True
        thread.join(60)


def test_from_an_actor_to_the_highlighted_sentence(page: Watched, address: str) -> None:
    view = page.page
    view.goto(f"{address}/")
    page.take_picture("explorer-overview")
    view.get_by_role("searchbox").fill("tohvri")
    view.keyboard.press("Enter")
    view.get_by_role("link", name="Maarika Tohvri").first.click()
    view.wait_for_url("**/actor?iri=*")
    page.take_picture("explorer-actor")
    view.locator(".claim-line .says a", has_text="playing for time").first.click()
    view.wait_for_url("**/claim?iri=*")
    evidence = view.locator("#evidence")
    assert "told reporters in Tallinn" in evidence.inner_text()
    content = evidence.locator(".m.content").first
    assert "Moscow is playing for time" in content.inner_text()
    colour = content.evaluate("element => getComputedStyle(element).backgroundColor")
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    page.take_picture("explorer-claim")
    view.get_by_role("link", name="in the document").click()
    view.wait_for_url("**/document?iri=*#a*")
    assert view.locator(".handle:target").is_visible()
    page.take_picture("explorer-document")


def test_marks_of_one_kind_are_hidden_by_a_click(page: Watched, address: str) -> None:
    view = page.page
    view.goto(f"{address}/documents")
    view.get_by_role("link", name="Talks on the Narva bridge").first.click()
    content = view.locator(".passage .m.content:not(.trigger, .actor, .recipient, .mention)").first
    before = content.evaluate("element => getComputedStyle(element).backgroundColor")
    view.get_by_label("claims", exact=True).uncheck()
    assert content.evaluate("element => getComputedStyle(element).backgroundColor") == "rgba(0, 0, 0, 0)" != before
    assert not view.locator(".passage .handle.claim").first.is_visible()


def test_the_stalling_query_runs_in_the_editor(page: Watched, address: str) -> None:
    if find_bundle("yasgui.js") is None:
        pytest.skip("the editor's script was not built (make web)")
    view = page.page
    view.goto(f"{address}/editor")
    view.locator(".yasqe_queryButton").first.click()
    view.locator(".yasr table").wait_for()
    assert "Maarika Tohvri" in view.locator(".yasr table").inner_text()
    page.take_picture("explorer-editor")


def test_a_named_query_is_asked_by_its_form(page: Watched, address: str) -> None:
    view = page.page
    view.goto(f"{address}/queries/who-claims")
    view.get_by_label("about").fill("Russia")
    view.get_by_label("frame").fill("stalling")
    view.get_by_role("button", name="Ask").click()
    table = view.locator("table.rows")
    assert "Maarika Tohvri" in table.inner_text()
    page.take_picture("explorer-query")
    with view.expect_download() as download:
        view.get_by_role("link", name="CSV").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("speaker,about,frame,content")


def test_the_network_is_drawn_and_has_a_table_beside_it(page: Watched, address: str) -> None:
    view = page.page
    view.goto(f"{address}/network")
    if find_bundle("explorer.js") is not None:
        view.wait_for_selector("[data-state=drawn]")
    else:
        assert view.locator(".network svg circle").count() > 2
    assert view.get_by_role("table").locator("tbody tr").count() > 2
    page.take_picture("explorer-network")


def test_a_person_gets_along_by_keyboard(page: Watched, address: str) -> None:
    view = page.page
    view.goto(f"{address}/claims")
    view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.textContent") == "Skip to content"
    outline = view.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in ("none", "")
    view.keyboard.press("Enter")
    view.keyboard.press("Tab")
    assert view.evaluate("document.querySelector('main').contains(document.activeElement)")
    stops = 0
    while view.evaluate("document.activeElement !== document.body") and stops < 40:
        assert view.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        view.keyboard.press("Tab")
        stops += 1
    assert stops > 12


@pytest.mark.parametrize("path", ["/", "/claims", "/events", "/timeline", "/queries/who-claims?run=yes", "/documents"])
def test_a_narrow_window_needs_no_scrolling_sideways(page: Watched, address: str, path: str) -> None:
    page.page.set_viewport_size({"width": 360, "height": 740})
    page.page.goto(address + path)
    assert page.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_page_is_printed_without_its_menu(page: Watched, address: str) -> None:
    page.page.goto(f"{address}/claims")
    page.page.emulate_media(media="print")
    assert not page.page.get_by_role("navigation").first.is_visible()
    assert not page.page.locator(".find").is_visible()
    assert page.page.locator("h1").is_visible()
