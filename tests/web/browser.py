"""A browser for tests: Debian's Chromium, which talks to nobody but the page under test.

A test module of another folder takes the fixtures by `from tests.web.browser import browser, page  # noqa: F401`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
#: The GPU's work is done by SwiftShader; Chromium asks its own services nothing.
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
WITH_WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
WITHOUT_WEBGL = ("--disable-gpu", "--disable-3d-apis")

#: A test waits for what it asked for, however busy the machine is.
_PATIENCE_SECONDS = 120
_drivers: list[Any] = []
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Watched:
    """A page of the browser, with what went wrong in it and what it asked for.

    Attributes:
        page: Playwright's page.
        complaints: texts of console errors and warnings, of uncaught exceptions and of breaches of a content policy.
        requests: URLs that the page asked for, in order; those of `data:` and `blob:` are none.
    """

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note_request)

    @property
    def strangers(self) -> list[str]:
        """The requests that left the machine: neither a file nor loopback."""
        return [url for url in self.requests if urlsplit(url).scheme != "file" and urlsplit(url).hostname not in _LOOPBACK]

    def take_picture(self, name: str) -> Path:
        """Keep a screenshot as `build/screenshots/NAME.png`."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=str(path))
        return path

    def _note_console(self, message: Any) -> None:
        # SwiftShader tells of its own slowness; that is not the page's doing.
        if message.type in {"error", "warning"} and "GPU stall due to ReadPixels" not in message.text:
            self.complaints.append(message.text)

    def _note_request(self, request: Any) -> None:
        if urlsplit(request.url).scheme not in {"data", "blob"}:
            self.requests.append(request.url)


def wait_until(page: Any, expression: str, argument: Any = None) -> None:
    """Wait until the page's `expression`, or what a function makes of `argument`, is true.

    Playwright's own `wait_for_function` runs text as a script within the page, which a strict content policy forbids.

    Raises:
        TimeoutError: it is not within two minutes.
    """
    end = time.monotonic() + _PATIENCE_SECONDS
    while not page.evaluate(expression, argument):
        if time.monotonic() > end:
            raise TimeoutError(f"{expression}: not so after {_PATIENCE_SECONDS} s")
        page.wait_for_timeout(50)


@contextmanager
def start_browser(*flags: str) -> Iterator[Any]:
    """Yield Playwright's browser, started with `FLAGS` and `flags`; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    with ExitStack() as started:
        # There is one driver at a time: a second browser beside the first is the same driver's.
        driver = _drivers[-1] if _drivers else started.enter_context(playwright.sync_playwright())
        _drivers.append(driver)
        started.callback(_drivers.pop)
        browser = driver.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        started.callback(browser.close)
        yield browser


@contextmanager
def open_page(browser: Any, **options: Any) -> Iterator[Watched]:
    """Yield an empty page of its own profile, 1280 by 800 pixels unless `options` (of Playwright's context) say otherwise."""
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "timezone_id": "UTC"} | options
    )
    context.set_default_timeout(_PATIENCE_SECONDS * 1_000)
    context.set_default_navigation_timeout(_PATIENCE_SECONDS * 1_000)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser that can draw with WebGL."""
    with start_browser(*WITH_WEBGL) as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Iterator[Watched]:
    """A page; the test fails where it complained or asked anyone beyond this machine."""
    with open_page(browser) as watched:
        yield watched
    assert watched.complaints == []
    assert watched.strangers == []
