"""Pages as `kg export` writes them, and the browser that opens them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from kg.export.formats import run_export
from kg.export.page import write_page
from kg.export.page_content import PageContent
from kg.resources import find_bundle
from kg.store.reader import Reader
from tests.web.browser import browser, page  # noqa: F401 - fixtures

PRESS = Path(__file__).parents[1] / "queries" / "graphs" / "press.trig"


@pytest.fixture(scope="session")
def press_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page of the two reports of `press.trig`."""
    find_scripts()
    store = pyoxigraph.Store()
    store.load(PRESS.read_bytes(), format=pyoxigraph.RdfFormat.TRIG)
    path = tmp_path_factory.mktemp("press") / "press.html"
    run_export(Reader(Path("memory"), store), str(path))
    return path.as_uri()


def find_scripts() -> Path:
    """Return the folder of the built scripts; the test is skipped where there are none."""
    path = find_bundle("page.js")
    if path is None:
        pytest.skip("the scripts of the page are not built: `make web`")
    return path.parent


def write_content(content: PageContent, path: Path) -> str:
    """Write a page and return its address."""
    find_scripts()
    with path.open("w", encoding="utf-8", newline="") as stream:
        assert write_page(content, stream)
    return path.as_uri()
