"""Feeds: each entry a document; entity bombs are refused before they are parsed."""

from __future__ import annotations

import time

import pytest

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read.markup import is_markup, to_plain

from .conftest import Desk

ENTRY = """<item><title>Harbour vote &amp;amp; ferries</title><link>https://post.example/world/harbour-vote</link>
<dc:creator>Ines Valdarra</dc:creator><pubDate>Tue, 03 Mar 2026 18:14:00 +0300</pubDate><guid>tag:7</guid>
<description><![CDATA[<p>The vote was <b>put off</b>.</p><p>The mayor said: &ldquo;No.&rdquo;</p>
<script>x()</script>]]></description></item>"""


def make(*entries: str, prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = "<title>Harbour Post</title><language>en-gb</language>"
    return f'{prolog}<rss version="2.0" {names}><channel>{head}{"".join(entries)}</channel></rss>'


def test_an_entry_of_rss_is_a_document(desk: Desk) -> None:
    document = desk.read("a.rss", make(ENTRY))
    assert document.text == "The vote was put off.\nThe mayor said: “No.”"
    assert (document.title, document.publisher, document.author) == ("Harbour vote & ferries", "Harbour Post", "Ines Valdarra")
    assert (document.published, document.language) == ("2026-03-03T18:14:00+03:00", "en")
    assert (document.location, document.path) == ("https://post.example/world/harbour-vote", "a.rss#1")
    assert document.zones == ()


def test_full_content_goes_before_the_summary(desk: Desk) -> None:
    entry = ENTRY.replace("</item>", "<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded></item>")
    assert desk.read("a.xml", make(entry)).text == "The whole text."


def test_an_entry_of_atom_is_a_document(desk: Desk) -> None:
    source = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title>
    <entry><title type="text">Vote &lt; ferries</title><id>urn:x:1</id><link href="https://post.example/a?b=1&amp;c=2"/>
    <author><name>Ines Valdarra</name></author><published>2026-03-03T18:14:00-05:00</published>
    <updated>2026-03-04T00:00:00Z</updated><category term="Opinion"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The vote was put off.</p></div></content></entry></feed>"""
    document = desk.read("a.atom", source)
    assert (document.text, document.title, document.author) == ("The vote was put off.", "Vote < ferries", "Ines Valdarra")
    assert (document.published, document.url) == ("2026-03-03T18:14:00-05:00", "https://post.example/a?b=1&c=2")
    assert document.is_opinion


def test_an_author_given_by_address_is_named(desk: Desk) -> None:
    entry = ENTRY.replace("<dc:creator>Ines Valdarra</dc:creator>", "<author>desk@post.example (Ines Valdarra)</author>")
    assert desk.read("a.rss", make(entry)).author == "Ines Valdarra"


def test_an_entry_without_text_costs_only_itself(desk: Desk) -> None:
    empty = "<item><title>Only a title</title><link>https://post.example/b</link></item>"
    found = desk.read_all(desk.write("a.rss", make(empty, ENTRY)))
    assert [type(item) for item in found] == [DocumentRefusedError, Document]
    assert "holds no text" in str(found[0])
    assert "'a.rss#1'" in str(found[0])


def test_an_entry_without_link_is_told_by_its_id(desk: Desk) -> None:
    entry = ENTRY.replace("<link>https://post.example/world/harbour-vote</link>", "")
    assert desk.read("a.rss", make(entry)).location == "a.rss#tag:7"


def test_the_declared_charset_of_the_file_is_followed(desk: Desk) -> None:
    source = make(ENTRY.replace("put off", "ajourné à Orléans"), prolog='<?xml version="1.0" encoding="iso-8859-1"?>')
    assert "ajourné à Orléans" in desk.read("a.rss", source.encode("latin-1")).text


@pytest.mark.parametrize("comment", ["", "<!-- <rss> -->\n", "<?x y?>\n"])
def test_an_entity_bomb_is_refused_at_once(desk: Desk, comment: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    prolog = f'<?xml version="1.0"?>\n{comment}<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>'
    start = time.process_time()
    error = desk.refuse("a.xml", make(ENTRY.replace("vote", "&e29;"), prolog=prolog))
    assert time.process_time() - start < 1
    assert "entities" in str(error)


def test_an_entity_of_a_file_is_refused(desk: Desk) -> None:
    prolog = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert "entities" in str(desk.refuse("a.xml", make(ENTRY.replace("put off", "&x;"), prolog=prolog)))


def test_a_document_type_without_entities_and_a_text_about_them_are_read(desk: Desk) -> None:
    prolog = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    )
    assert desk.read("a.xml", make(ENTRY, prolog=prolog)).title == "Harbour vote & ferries"
    assert "ENTITY" in desk.read("b.xml", make(ENTRY.replace("put off", "put off &lt;!ENTITY"))).text


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<note><to>x</to></note>", "not RSS or Atom"),
        ("no markup at all", "not RSS or Atom"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "no entries"),
        ("http://127.0.0.1:9/feed.xml", "not RSS or Atom"),
    ],
)
def test_what_is_no_feed_is_refused(desk: Desk, source: str, problem: str) -> None:
    assert problem in str(desk.refuse("a.xml", source))


def test_a_feed_that_breaks_off_gives_its_whole_entries(desk: Desk) -> None:
    source = make(ENTRY, ENTRY.replace("harbour-vote", "second")).partition("second")[0]
    documents = [item for item in desk.read_all(desk.write("a.rss", source)) if isinstance(item, Document)]
    assert documents[0].location == "https://post.example/world/harbour-vote"


def test_bidirectional_and_control_characters_of_an_entry_are_kept(desk: Desk) -> None:
    assert desk.read("a.rss", make(ENTRY.replace("put off", "put\u202e off\u200b"))).text.startswith(
        "The vote was put\u202e off\u200b."
    )


def test_markup_is_told_from_plain_text() -> None:
    assert is_markup("one<br/>two")
    assert is_markup("Smith &amp; Sons")
    assert not is_markup("a < b and c > d & e; x <3")


def test_blocks_become_lines_and_words_stay_as_they_are() -> None:
    markup = (
        "<head><title>x</title></head><div>One <i>two</i>\n three<br>four</div><ul><li>five<li>six&#8217;s</ul><style>s</style>"
    )
    assert to_plain(markup) == "One two three\nfour\nfive\nsix’s"


def test_a_script_that_is_never_closed_does_not_hide_the_text_before_it() -> None:
    assert to_plain("<p>Text.</p><script>var x = '<p>no</p>'") == "Text."


@pytest.mark.parametrize("piece", ["<!", "<a ", "<![", "</", "<!--", "<a b='", "&#", "<script>", "<p <", "<svg>", "&#9", "<?"])
def test_broken_markup_of_a_megabyte_is_read_in_linear_time(piece: str) -> None:
    start = time.process_time()
    assert to_plain("The text." + piece * (1_000_000 // len(piece))).startswith("The text.")
    assert time.process_time() - start < 10


def test_a_reference_to_no_character_does_no_harm() -> None:
    assert to_plain(f"a &#{'9' * 5000}; b &#xd800; c &#0; d") == "a \ufffd b \ufffd c \ufffd d"


def test_an_angle_bracket_that_opens_no_tag_stays() -> None:
    assert to_plain("1 < 2 and <3 and 5 > 4 <b title='a > b'>bold</b>") == "1 < 2 and <3 and 5 > 4 bold"
