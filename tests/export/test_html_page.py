import base64
import hashlib
import io
import json
from html.parser import HTMLParser

import pytest

import kg.export.page
from kg.analyse.relations import Filters, Node
from kg.export.page import write_page
from kg.export.page_content import PageContent, read_page
from kg.export.page_table import mark_sentence
from kg.export.statements import Document, Link, Record, Statement, read_record, to_spans
from kg.model.span import Span

SCRIPT = "'use strict'; document.body.dataset.ran = 'yes' && 1 < 2;\n"
STYLE = "body > p { margin: 0 }\n"


class Page(HTMLParser):
    """What a browser without scripts would see: tags with attributes, and the text of each table row."""

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


def leave_out_scripts(monkeypatch):
    monkeypatch.setattr(kg.export.page, "find_bundle", lambda _name: None)


@pytest.fixture
def without_scripts(monkeypatch):
    leave_out_scripts(monkeypatch)


@pytest.fixture
def with_scripts(monkeypatch, tmp_path):
    (tmp_path / "page.js").write_text(SCRIPT, "utf-8")
    (tmp_path / "page.css").write_text(STYLE, "utf-8")
    monkeypatch.setattr(kg.export.page, "find_bundle", lambda name: tmp_path / name)


def write(content):
    stream = io.StringIO()
    write_page(content, stream)
    return stream.getvalue()


def to_content(record, **parts):
    empty = {"roles": (), "nodes": {}, "relations": {}, "actor_looks": {}, "frame_looks": {}, "left_out": ()}
    return PageContent(record, **{**empty, **parts})


def make_content(text, url="https://quay.example/"):
    statement = Statement("x:c", "Claim", text, text, Span(0, len(text)), (("content", (Span(0, 5),)),), "", 0.5, "x:d", ())
    document = Document("x:d", text, text, text, "", text, url)
    record = Record(
        {"x:c": statement}, (Link("x:c", "says", "x:a"),), {"x:a": Node("x:a", text, "Person")}, {"x:d": document}, ()
    )
    return to_content(record)


@pytest.fixture
def page(reader, monkeypatch):
    leave_out_scripts(monkeypatch)
    return Page(write(read_page(reader, Filters())))


def find_policy(page):
    return next(a["content"] for a in page.list_attributes("meta") if a.get("http-equiv") == "Content-Security-Policy")


def name_digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_claim_event_and_post_has_a_row_in_the_group_of_its_document(page):
    titles = [attributes["title"] for attributes in page.list_attributes("tr") if "title" in attributes]
    one, two = "https://sayso.example/document/one", "https://sayso.example/document/two"
    claims = [one, "#a1", "#a2", "#a3", two, "#a1", "#a2", "#a3"]
    assert titles == [*claims, one, "#e1", "#e2", "#e3", two, "#e1", "#e2", one, "#r1"]


def test_a_row_tells_who_what_about_whom_in_which_sentence_and_when(page):
    assert [cell.strip() for cell in page.rows[2]] == [
        "Anna Noor",
        "Ostia; Bram Veld",
        "stalling; threat",
        "Anna Noor said Ostia is stalling and that Bram Veld is a threat.",
        "2025-03-01",
        "rule:verb-complement, confidence 0.9",
    ]


def test_a_group_tells_title_publisher_and_date_of_its_document_and_links_to_it(page):
    assert [cell.strip() for cell in page.rows[1]] == ["Talks resume, The Quay, 2025-03-01T08:00:00+02:00"]
    assert page.list_attributes("a")[0] == {"href": "https://quay.example/one", "rel": "noopener noreferrer"}


def test_a_post_has_a_row_with_person_title_and_organisation(page):
    assert ["Anna Noor", "secretary", "Harbour League"] in [[cell.strip() for cell in row[:3]] for row in page.rows]


@pytest.mark.usefixtures("without_scripts")
def test_a_frame_that_the_content_denies_is_marked_and_negated_words_alone_mark_none(press_path, load):
    page = Page(write(read_page(load(press_path.read_bytes()), Filters())))
    denials = [row[2] for row in page.rows if len(row) > 3 and row[3].strip() == "Anna Noor said Ostia is not stalling."]
    assert denials == ["stalling (denied)"]
    negated = press_path.read_bytes().replace(b"polarity:affirmed ;", b"polarity:negated ;")
    page = Page(write(read_page(load(negated), Filters())))
    assert page.rows[2][2].strip() == "stalling; threat"


def test_who_did_not_say_it_is_not_shown_as_who_said_it(page):
    assert "Clara Silent (did not say so)" in [row[0] for row in page.rows]


def test_a_negated_event_says_so(page):
    assert "ASSAULT, negated" in [row[1] for row in page.rows if len(row) > 1]


def test_without_the_built_scripts_there_is_no_script_and_nothing_from_elsewhere(page):
    assert not [tag for tag, _ in page.tags if tag in {"script", "iframe", "img", "link", "object", "embed", "form", "base"}]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in {"src", "style"}]


@pytest.mark.usefixtures("without_scripts")
def test_without_the_built_scripts_the_policy_allows_the_style_of_the_tables_alone(page, reader):
    style = write(read_page(reader, Filters())).partition("<style>")[2].partition("</style>")[0]
    assert find_policy(page) == f"default-src 'none'; style-src {name_digest(style)}; base-uri 'none'; form-action 'none'"


@pytest.mark.usefixtures("with_scripts")
def test_with_the_built_scripts_the_policy_names_this_script_and_these_styles(reader):
    text = write(read_page(reader, Filters()))
    tables = text.partition("<noscript><style>")[2].partition("</style>")[0]
    assert find_policy(Page(text)) == (
        f"default-src 'none'; style-src {name_digest(STYLE)} {name_digest(tables)}; script-src {name_digest(SCRIPT)}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert f"<script>{SCRIPT}</script>" in text
    assert f"<style>{STYLE}</style>" in text


@pytest.mark.usefixtures("with_scripts")
def test_the_tables_are_there_for_a_browser_without_scripts(reader, monkeypatch):
    content = read_page(reader, Filters())
    rows = Page(write(content).partition("<body>")[2].partition("<noscript>")[2].partition("</noscript>")[0]).rows
    leave_out_scripts(monkeypatch)
    assert [[cell.strip() for cell in row] for row in rows] == [
        [cell.strip() for cell in row] for row in Page(write(content)).rows
    ]


@pytest.mark.usefixtures("with_scripts")
def test_the_data_are_json_that_is_read_back_whole(reader):
    text = write(read_page(reader, Filters()))
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert "Noor said that Veld had denied that Ostia was stalling." in data["sentences"]


@pytest.mark.usefixtures("with_scripts")
def test_hostile_text_ends_no_element_and_begins_none(hostile_text):
    hostile = f"{hostile_text}</noscript></script><!--<script>\u2028\u2029"
    text = write(make_content(hostile))
    found = Page(text)
    assert [tag for tag, _ in found.tags].count("script") == 2
    assert text.count("<!--") == 0
    assert text.count("</noscript>") == 2
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert data["sentences"] == [
        hostile.replace("\x00", "�").replace("\x0b", "�").replace("\x1f", "�").replace("\uffff", "�").replace("\ud800", "�")
    ]
    assert not {"\u2028", "\u2029"} & set(text.partition('id="data">')[2].partition("</script>")[0])


@pytest.mark.usefixtures("without_scripts")
def test_hostile_text_is_shown_as_text(hostile_text):
    text = write(make_content(hostile_text))
    found = Page(text)
    assert "script" not in [tag for tag, _ in found.tags]
    assert "<script>alert(1)</script>" in found.rows[2][3]
    assert "\x00" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "file:///etc/passwd"])
@pytest.mark.usefixtures("with_scripts")
def test_only_web_addresses_become_links(url):
    text = write(make_content("said", url))
    assert Page(text).list_attributes("a") == []
    assert json.loads(text.partition('id="data">')[2].partition("</script>")[0])["documents"][0][4] == ""


@pytest.mark.usefixtures("without_scripts")
def test_a_web_address_becomes_a_link():
    (link,) = Page(write(make_content("said"))).list_attributes("a")
    assert link == {"href": "https://quay.example/", "rel": "noopener noreferrer"}


@pytest.mark.usefixtures("without_scripts")
def test_an_empty_record_is_a_page_with_empty_tables():
    found = Page(write(to_content(Record({}, (), {}, {}, ()))))
    assert [row[0].strip() for row in found.rows] == ["Speaker", "Actor", "Person"]


@pytest.mark.usefixtures("with_scripts")
def test_the_page_says_whether_it_has_a_graph(monkeypatch):
    content = to_content(Record({}, (), {}, {}, ()))
    assert write_page(content, io.StringIO())
    leave_out_scripts(monkeypatch)
    assert not write_page(content, io.StringIO())


@pytest.mark.usefixtures("with_scripts")
def test_the_page_is_the_same_whatever_the_order_of_the_store(reader, backwards):
    assert write(read_page(reader, Filters())) == write(read_page(backwards, Filters()))


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


def test_spans_outside_the_sentence_mark_nothing():
    assert mark_sentence(make_statement("abc", 5, content="0-4", cue="9-12")) == (("", "abc"),)


def test_an_empty_sentence_has_no_parts():
    assert mark_sentence(make_statement("", 0, content="0-1")) == ()
