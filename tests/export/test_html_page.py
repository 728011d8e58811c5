import base64
import hashlib
import io
from html.parser import HTMLParser

import pytest

from kg.analyse.relations import Filters, Node
from kg.export.page import mark_sentence, write_page
from kg.export.statements import Document, Link, Record, Statement, read_record, to_spans
from kg.model.span import Span


class Page(HTMLParser):
    """What a browser would see: tags with attributes, and the text of each table row."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.rows = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def list_attributes(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def write(record):
    stream = io.StringIO()
    write_page(record, stream)
    return stream.getvalue()


@pytest.fixture
def page(reader):
    return Page(write(read_record(reader, Filters())))


def make_record(text, url="https://quay.example/"):
    statement = Statement("x:c", "Claim", text, text, Span(0, len(text)), (("content", (Span(0, 5),)),), "", 0.5, "x:d", ())
    document = Document("x:d", text, text, text, "", text, url)
    return Record({"x:c": statement}, (Link("x:c", "says", "x:a"),), {"x:a": Node("x:a", text, "Person")}, {"x:d": document}, ())


def test_every_claim_and_event_has_a_row(page):
    titles = [attributes.get("title") for attributes in page.list_attributes("tr") if attributes.get("title")]
    one, two = ("https://sayso.example/document/one#", "https://sayso.example/document/two#")
    claims = [one + "a1", one + "a2", one + "a3", two + "a1", two + "a2", two + "a3"]
    assert titles == [*claims, one + "e1", one + "e2", one + "e3", two + "e1", two + "e2"]


def test_a_row_tells_who_what_about_whom_in_which_sentence_when_and_where(page):
    assert [cell.strip() for cell in page.rows[1]] == [
        "Anna Noor",
        "Ostia; Bram Veld",
        "stalling; threat",
        "Anna Noor said Ostia is stalling and that Bram Veld is a threat.",
        "2025-03-01",
        "Talks resume, The Quay",
        "rule:verb-complement, confidence 0.9",
    ]


def test_a_frame_that_the_content_denies_is_marked_and_negated_words_alone_mark_none(press_path, load):
    page = Page(write(read_record(load(press_path.read_bytes()), Filters())))
    assert [row[2] for row in page.rows if row[3].strip() == "Anna Noor said Ostia is not stalling."] == ["stalling (denied)"]
    negated = press_path.read_bytes().replace(b"polarity:affirmed ;", b"polarity:negated ;")
    page = Page(write(read_record(load(negated), Filters())))
    assert page.rows[1][2].strip() == "stalling; threat"


def test_who_did_not_say_it_is_not_shown_as_who_said_it(page):
    assert "Clara Silent (did not say so)" in [row[0] for row in page.rows]


def test_a_negated_event_says_so(page):
    assert "ASSAULT, negated" in [row[1] for row in page.rows]


def test_there_is_no_script_no_handler_and_nothing_from_elsewhere(page):
    assert not [tag for tag, _ in page.tags if tag in {"script", "iframe", "img", "link", "object", "embed", "form", "base"}]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in {"src", "style"}]


def test_the_content_policy_allows_this_style_alone(page, reader):
    policy = next(a["content"] for a in page.list_attributes("meta") if a.get("http-equiv") == "Content-Security-Policy")
    style = write(read_record(reader, Filters())).partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_text_is_shown_as_text(hostile_text):
    text = write(make_record(hostile_text))
    found = Page(text)
    assert "script" not in [tag for tag, _ in found.tags]
    assert "<script>alert(1)</script>" in found.rows[1][3]
    assert "\x00" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "file:///etc/passwd"])
def test_only_web_addresses_become_links(url):
    assert Page(write(make_record("said", url))).list_attributes("a") == []


def test_a_web_address_becomes_a_link():
    (link,) = Page(write(make_record("said"))).list_attributes("a")
    assert link == {"href": "https://quay.example/", "rel": "noopener noreferrer"}


def test_an_empty_record_is_a_page_with_two_empty_tables():
    found = Page(write(Record({}, (), {}, {}, ())))
    assert [row[0].strip() for row in found.rows] == ["Speaker", "Actor"]


def test_the_marks_of_a_sentence_are_its_parts(reader):
    record = read_record(reader, Filters())
    assert mark_sentence(record.statements["https://sayso.example/document/one#a3"]) == (
        ("", "Noor said that "),
        ("source", "Veld"),
        ("", " "),
        ("cue", "had denied"),
        ("", " "),
        ("content", "that Ostia was stalling"),
        ("", "."),
    )


def make_statement(quote, begin, **parts):
    spans = tuple((name, to_spans(literal)) for name, literal in parts.items())
    return Statement("x:c", "Claim", "", quote, Span(begin, begin + len(quote)), spans, "", 1.0, "x:d", ())


def test_a_discontinuous_content_is_marked_in_parts_around_its_cue():
    statement = make_statement("Go, he said, now.", 10, content="10-12,23-26", cue="17-21", source="14-16")
    assert [part for part in mark_sentence(statement) if part[0]] == [
        ("content", "Go"),
        ("source", "he"),
        ("cue", "said"),
        ("content", "now"),
    ]


def test_a_cue_within_a_content_is_shown_as_a_cue():
    statement = make_statement("abc", 0, content="0-3", cue="1-2")
    assert mark_sentence(statement) == (("content", "a"), ("cue", "b"), ("content", "c"))


def test_a_span_beyond_the_sentence_is_cut_at_its_ends():
    assert mark_sentence(make_statement("abc", 5, content="0-6,7-99")) == (("content", "a"), ("", "b"), ("content", "c"))


def test_an_empty_sentence_has_no_parts():
    assert mark_sentence(make_statement("", 0, content="0-1")) == ()
