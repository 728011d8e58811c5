"""The explorer over small stores: five invented newsrooms in one graph, and three texts that are really read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html
import pytest

from kg.serve.explorer.links import make_link
from kg.store.terms import OxStore, RdfFormat
from tests.cli.desk import one_model, run, write_texts
from tests.serve.conftest import Client

__all__ = ["ACTOR", "DOCUMENT", "PATHS", "Page", "one_model"]

GRAPHS = Path(__file__).parents[2] / "queries" / "graphs"
ACTOR = "https://sayso.example/actor/"
DOCUMENT = "https://sayso.example/document/"

#: One address of every kind of page of the desk.
PATHS = (
    "/",
    "/search?q=Putin",
    "/search?q=who%20claims%20that%20Putin%20is%20stalling",
    "/actors",
    make_link("/actor", iri=f"{ACTOR}putin"),
    make_link("/actor", iri=f"{ACTOR}anna"),
    "/claims",
    "/claims?frame=stalling&about=Putin",
    make_link("/claim", iri=f"{DOCUMENT}wire#a1"),
    make_link("/claim", iri=f"{DOCUMENT}alpha#a1"),
    "/events",
    make_link("/event", iri=f"{DOCUMENT}wire#e1"),
    "/frames",
    "/frame?name=stalling",
    "/theses",
    "/documents",
    make_link("/document", iri=f"{DOCUMENT}wire"),
    "/timeline",
    "/timeline?actor=Putin",
    "/network",
    "/network?view=does-to",
    "/queries",
    "/queries/who-claims",
    "/queries/who-claims?run=yes&about=Putin",
    "/editor",
)


class Page(NamedTuple):
    """An answer, and its HTML as a tree."""

    answer: httpx.Response
    tree: lxml.html.HtmlElement

    @property
    def text(self) -> str:
        """All text of the page, white space as it stands."""
        return str(self.tree.text_content())

    def select(self, path: str) -> list[lxml.html.HtmlElement]:
        """Return the elements that an XPath finds."""
        return list(self.tree.xpath(path))

    def list_links(self) -> list[str]:
        """Return the addresses on this server that the page links to, without fragments, each once."""
        found = (urljoin("http://127.0.0.1/", str(href)) for href in self.tree.xpath("//a/@href"))
        own = (urlsplit(url) for url in found if urlsplit(url).hostname == "127.0.0.1")
        return list(dict.fromkeys(parts.path + (f"?{parts.query}" if parts.query else "") for parts in own))


class Explorer(Client):
    """Opens pages."""

    def open(self, address: str, status: int = 200) -> Page:
        """Return a page, which must be answered with this status."""
        answer = self.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[:2000]}"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return Page(answer, lxml.html.document_fromstring(answer.text))


@pytest.fixture(scope="session")
def desk_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the graphs that the named queries are tested on."""
    path = tmp_path_factory.mktemp("explored") / "store"
    store = OxStore(str(path))
    for name in ("newsroom", "press", "stances", "occurrences", "desk"):
        store.load((GRAPHS / f"{name}.trig").read_bytes(), format=RdfFormat.TRIG)
    store.flush()
    return path


@pytest.fixture(scope="session")
def desk(desk_path: Path) -> Iterator[Explorer]:
    with Explorer(desk_path) as explorer:
        yield explorer


@pytest.fixture(scope="session")
def built_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was built from three texts."""
    folder = tmp_path_factory.mktemp("built")
    answer = run("build", write_texts(folder / "texts"), "-s", folder / "store")
    assert answer.exit_code == 0, answer.stderr
    return folder / "store"


@pytest.fixture(scope="session")
def built(built_path: Path) -> Iterator[Explorer]:
    with Explorer(built_path) as explorer:
        yield explorer
