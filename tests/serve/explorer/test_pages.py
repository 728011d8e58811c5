"""Every page: sound HTML that a keyboard and a screen reader get along with, which loads and runs nothing that is not its own."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from kg.serve.explorer.rendering import MENU
from kg.serve.views import VIEWS
from kg.store.terms import OxStore
from tests.serve.explorer.conftest import PATHS, Explorer


def test_every_view_is_among_the_pages_that_are_looked_at() -> None:
    assert {view.path for view in VIEWS} <= {urlsplit(path).path for path in PATHS}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_its_landmarks_a_title_and_one_heading(desk: Explorer, path: str) -> None:
    page = desk.open(path)
    assert page.tree.get("lang") == "en"
    assert page.select("//title")[0].text.endswith("· Sayso")
    for landmark in ("//header[@class='top']", "//main[@id='content']", "//footer", "//form[@role='search']", "//h1"):
        assert len(page.select(landmark)) == 1, landmark
    assert [nav.get("aria-label") for nav in page.select("//header//nav")] == ["Sections"]
    first = page.select("//body//a")[0]
    assert (first.get("class"), first.get("href")) == ("skip", "#content")


@pytest.mark.parametrize("path", PATHS)
def test_everything_that_is_asked_for_has_a_label(desk: Explorer, path: str) -> None:
    page = desk.open(path)
    labelled = {label.get("for") for label in page.select("//label[@for]")}
    for field in page.select("//input[not(@type='hidden')] | //select | //textarea"):
        within = field.xpath("ancestor::label")
        assert within or field.get("id") in labelled, field.get("name")
    for link in page.select("//a[@href] | //button"):
        assert link.text_content().strip() or link.get("aria-label") or link.xpath(".//*[local-name()='title']"), link.get("href")


@pytest.mark.parametrize("path", PATHS)
def test_no_id_stands_twice_and_what_is_pointed_to_is_there(desk: Explorer, path: str) -> None:
    page = desk.open(path)
    ids = Counter(page.select("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    pointed = [
        name
        for attribute in ("aria-labelledby", "aria-describedby")
        for value in page.select(f"//@{attribute}")
        for name in value.split()
    ]
    assert [name for name in pointed if name not in ids] == []
    assert [href for href in page.select("//a/@href") if href.startswith("#") and href[1:] not in ids] == []


@pytest.mark.parametrize("path", PATHS)
def test_headings_do_not_skip_a_level(desk: Explorer, path: str) -> None:
    levels = [int(heading.tag[1]) for heading in desk.open(path).select("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_its_own_files_alone_and_holds_no_script_or_style(desk: Explorer, path: str) -> None:
    page = desk.open(path)
    loaded = page.select("//script/@src | //link/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert page.select("//style | //script[not(@src)] | //iframe | //object | //embed | //base") == []
    assert page.select("//@style | //@*[starts-with(name(), 'on')]") == []
    for address in loaded:
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_of_a_page_allows_nothing_from_elsewhere(desk: Explorer, path: str) -> None:
    headers = desk.open(path).answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    is_editor = path == "/editor"
    assert ("sha256-" in policy["style-src"]) is is_editor
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS)
def test_links_that_leave_the_server_tell_it_nothing(desk: Explorer, path: str) -> None:
    for link in desk.open(path).select("//a[@href]"):
        if urlsplit(link.get("href")).hostname:
            assert link.get("rel") == "noreferrer noopener"


def test_every_link_of_every_page_leads_to_a_page(desk: Explorer) -> None:
    links = {link: path for path in PATHS for link in desk.open(path).list_links()}
    kinds: Counter[tuple[str, ...]] = Counter()
    followed = 0
    for link, path in sorted(links.items()):
        parts = urlsplit(link)
        kind = (parts.path, *sorted(pair.partition("=")[0] for pair in parts.query.split("&")))
        kinds[kind] += 1
        if kinds[kind] <= 6:  # enough of each kind
            status = desk.get(link).status_code
            assert status == 200, f"{path} links to {link}: {status}"
            followed += 1
    assert followed > 150


def test_the_menu_shows_where_one_is(desk: Explorer) -> None:
    for _, address, text in MENU:
        current = desk.open(address).select("//nav//a[@aria-current='page']")
        assert [link.text for link in current] == [text]


def test_the_same_page_is_the_same_bytes(desk: Explorer) -> None:
    for path in PATHS:
        assert desk.get(path).content == desk.get(path).content


def test_a_page_that_the_browser_has_is_not_sent_again(desk: Explorer) -> None:
    first = desk.get("/claims")
    again = desk.get("/claims", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert desk.get("/claims", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_request_for_another_host_name_is_refused(desk: Explorer) -> None:
    for path in ("/", "/api/overview", "/static/explorer.css", "/sparql?query=ASK%20%7B%7D"):
        assert desk.get(path, headers={"Host": "attacker.example"}).status_code == 400


def test_an_empty_store_has_its_pages_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("empty") / "store"
    OxStore(str(path)).flush()
    with Explorer(path) as explorer:
        assert "This store is empty" in explorer.open("/").text
        for address in ("/actors", "/claims", "/events", "/frames", "/theses", "/documents", "/timeline", "/network"):
            explorer.open(address)
        assert explorer.open("/search?q=anybody").select("//p[@class='note']")
