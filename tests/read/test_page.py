"""Web pages: the article's text, the page's metadata, and pages that are hostile or empty."""

from __future__ import annotations

import io
import logging
import socket
import time

import pytest

from kg.read import page

from .conftest import Desk

PARAGRAPHS = (
    "<p>The council of the island republic met on Tuesday and put off its vote on the new harbour until the spring.</p>"
    "<p>The mayor, Ines Valdarra, said that she had expected “nothing else” from it, and blamed the ferry companies.</p>"
    "<p>Ferry talks in Ostia failed last week after the mainland refused to lower its fees, officials said on Monday.</p>"
)


def make(head: str = "", body: str = "", attributes: str = ' lang="en-GB"') -> str:
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
    return (
        f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{navigation}<article><h1>Harbour vote put off</h1>"
        f"{PARAGRAPHS}{body}</article><footer>Imprint</footer></body></html>"
    )


def test_the_article_is_read_without_navigation_and_scripts(desk: Desk) -> None:
    document = desk.read("a.html", make(body="<script>var secret = 1;</script>"))
    assert "expected “nothing else” from it" in document.text
    assert "Ferry talks in Ostia" in document.text
    for absent in ("World", "secret", "<p>", "Imprint"):
        assert absent not in document.text


def test_meta_elements_give_the_metadata(desk: Desk) -> None:
    head = (
        "<title>Harbour vote put off | Post</title><meta property='og:title' content='Harbour vote put off'>"
        "<meta property='og:site_name' content='Harbour Post'><meta name='author' content='By Ines Valdarra'>"
        "<meta property='article:published_time' content='2026-03-03T18:14:00+03:00'>"
        "<link rel='canonical' href='https://post.example/world/harbour-vote.html'>"
    )
    document = desk.read("a.html", make(head))
    assert (document.title, document.publisher, document.author) == ("Harbour vote put off", "Harbour Post", "Ines Valdarra")
    assert (document.published, document.language) == ("2026-03-03T18:14:00+03:00", "en")
    assert document.location == document.url == "https://post.example/world/harbour-vote.html"
    assert not document.is_opinion


def test_linked_data_gives_the_metadata(desk: Desk) -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["OpinionNewsArticle"], '
        '"headline": "Harbour vote", "datePublished": "2026-03-03T18:14:00Z", "author": [{"name": "Ines Valdarra"}], '
        '"publisher": {"name": "Harbour Post"}, "inLanguage": "en"}]}</script>'
    )
    document = desk.read("a.html", make(head, attributes=""))
    assert (document.title, document.publisher, document.author) == ("Harbour vote", "Harbour Post", "Ines Valdarra")
    assert (document.published, document.is_opinion) == ("2026-03-03T18:14:00+00:00", True)


def test_broken_linked_data_costs_only_itself(desk: Desk) -> None:
    head = f'<script type="application/ld+json">{"[" * 50_000}</script><meta property="og:title" content="Harbour vote">'
    assert desk.read("a.html", make(head)).title == "Harbour vote"


def test_the_host_of_the_address_stands_in_for_a_publisher(desk: Desk) -> None:
    head = "<link rel='canonical' href='https://www.post.example/blogs/harbour'>"
    document = desk.read("a.html", make(head))
    assert (document.publisher, document.is_opinion) == ("post.example", True)


def test_a_page_without_a_date_has_none(desk: Desk) -> None:
    assert desk.read("a.html", make()).published is None


def test_a_declared_charset_is_followed(desk: Desk) -> None:
    source = make("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "<p>Мэр ушёл.</p>")
    assert "Мэр ушёл." in desk.read("a.html", source.replace("“", '"').replace("”", '"').encode("cp1251")).text


def test_a_page_may_begin_as_xml(desk: Desk) -> None:
    source = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + make(body="<p>Café, he said.</p>")
    assert "Café" in desk.read("a.xhtml", source.replace("“", '"').replace("”", '"').encode("latin-1")).text


def test_a_short_page_gives_all_its_visible_text(desk: Desk) -> None:
    assert desk.read("a.html", "<p>The mayor <b>left</b>.</p><p>It rained.</p>").text == "The mayor left.\nIt rained."


@pytest.mark.parametrize(
    "source",
    [
        "<html><head><script>" + "if (a < b) { c(); }\n" * 5000 + "</script></head><body></body></html>",
        "<html></html>",
        "<br>",
        "<p>&nbsp;</p>",
    ],
)
def test_a_page_of_script_or_nothing_holds_no_text(desk: Desk, source: str) -> None:
    assert "holds no text" in str(desk.refuse("a.html", source))


def test_a_page_full_of_script_still_gives_its_text(desk: Desk) -> None:
    body = "<script>" + "document.write('<p>junk</p>');\n" * 20_000 + "</script>"
    document = desk.read("a.html", make(body=body))
    assert "Ferry talks" in document.text
    assert "junk" not in document.text


def test_a_page_nested_by_the_hundred_thousand_is_read_quickly(desk: Desk) -> None:
    start = time.process_time()
    desk.read_all(desk.write("a.html", "<html><body>" + "<div>" * 150_000 + "<p>The mayor left.</p></body></html>"))
    assert time.process_time() - start < 20


def test_a_page_with_too_many_elements_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_ELEMENTS", 1000)
    assert "elements, the limit is 1,000" in str(desk.refuse("a.html", make(body="<b>x</b>" * 2000)))


def test_reading_a_page_opens_no_connection_and_prints_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    printed = io.StringIO()
    handler = logging.StreamHandler(printed)
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    root.addHandler(handler)
    try:
        desk.read(
            "a.html", make("<link rel='canonical' href='https://post.example/a'>", "<img src='https://post.example/i.png'>")
        )
        desk.read_all(desk.write("b.html", "<html></html>"))
    finally:
        root.removeHandler(handler)
    assert printed.getvalue() == ""
    assert capfd.readouterr() == ("", "")


def test_control_and_bidirectional_characters_do_no_harm(desk: Desk) -> None:
    assert "Then he went on." in desk.read("a.html", make(body="<p>He read left\u202eright\u200b\x07. Then he went on.</p>")).text
