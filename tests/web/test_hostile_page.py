"""Names and texts that were written to break a page show as what they are: text."""

import pytest

from kg.analyse.relations import Node, Relation
from kg.export.layout import Look
from kg.export.page_content import PageContent
from kg.export.statements import Document, Link, Record, Statement
from kg.model.span import Span
from tests.web.browser import wait_until
from tests.web.conftest import write_content

HOSTILE = [
    "<script>document.title = 'run'</script>",
    "</script><script>document.title = 'run'</script>",
    "</noscript><img src=x onerror=\"document.title = 'run'\">",
    "<!--<script>",
    "\"'>& ${document.title = 'run'} {{7*7}} \\u003c",
    "\u202egnp.exe\u202c and \u2066back\u2069 \u2028 \u2029",
    "שלום 😀 naïve",
    "=HYPERLINK(1)",
    "__proto__",
    "constructor",
]
LONG = "w" * 100_000


def make_content(texts):
    """Each text is the name of an actor, who says it of the next one, in a document of that title."""
    nodes = {f"x:{number}": Node(f"x:{number}", text, "Person" if number % 2 else text) for number, text in enumerate(texts)}
    statements, links, relations, documents = {}, [], [], {}
    for number, text in enumerate(texts):
        iri, document = f"x:d{number}#a1", f"x:d{number}"
        other = f"x:{(number + 1) % len(texts)}"
        facts = (("frame", f"frame {text.replace('; ', ' ')}"), ("rule", text))
        statements[iri] = Statement(
            iri,
            "Claim",
            text,
            text,
            Span(0, len(text)),
            (("content", (Span(1, len(text)),)),),
            "2031-01-02",
            0.5,
            document,
            facts,
        )
        documents[document] = Document(document, text, text, text, text, text, f"https://quay.example/?{number}")
        links += [Link(iri, "says", f"x:{number}"), Link(iri, "about", other)]
        relations.append(Relation(f"x:{number}", other, "speaks-of", iri, 0.5, "2031-01-02"))
    looks = {iri: Look(100.0 * (place % 4), 100.0 * (place // 4), 20.0, (0, 114, 178)) for place, iri in enumerate(nodes)}
    record = Record(statements, tuple(sorted(links)), nodes, documents, ())
    families = {"speaks-of": tuple(sorted(relations)), "events": (), "roles": (), "stances": (), "discourse": ()}
    return PageContent(record, (), nodes, families, looks, {}, ())


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory):
    return write_content(make_content([*HOSTILE, LONG]), tmp_path_factory.mktemp("hostile") / "hostile.html")


@pytest.fixture
def hostile(page, hostile_page):
    page.page.goto(hostile_page)
    page.page.wait_for_selector("html[data-state=drawn]")
    return page.page


def test_no_text_runs_or_becomes_an_element(hostile):
    hostile.click("text=List")
    assert hostile.title() == "Who says what about whom"
    assert hostile.locator("script").count() == 2
    assert hostile.locator("img, iframe, object").count() == 0


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_names_sentences_and_titles_are_shown_to_the_letter(hostile, number):
    hostile.evaluate(
        "number => document.querySelector('.graph').picture.sigma.emit('clickNode', { node: String(number) })", number
    )
    assert hostile.text_content(".panel h2") == HOSTILE[number]
    sentences = hostile.locator(".panel blockquote").all_text_contents()
    assert HOSTILE[number] in sentences
    card = hostile.locator(".card").first
    assert card.locator(".source-name bdi").first.text_content() in [*HOSTILE, LONG]


def test_a_search_for_markup_finds_it(hostile):
    hostile.fill("#search", "<script>document")
    wait_until(hostile, "document.querySelector('[data-count=statement] b').textContent < 5")
    assert hostile.locator("#found bdi").all_text_contents() == HOSTILE[:2]


def test_text_that_runs_to_the_left_stays_within_its_cell(hostile):
    hostile.click("text=List")
    directions = hostile.eval_on_selector_all(
        "table.list blockquote", "quotes => quotes.map((quote) => getComputedStyle(quote).unicodeBidi)"
    )
    assert set(directions) <= {"plaintext", "isolate"}
    assert hostile.locator("table.list bdi").count() > len(HOSTILE)


@pytest.mark.parametrize("mode", ["Graph", "List"])
def test_a_word_of_a_hundred_thousand_letters_breaks_no_line_out_of_the_page(page, hostile, mode):
    hostile.click(f".switch >> text={mode}")
    last = str(len(HOSTILE))
    hostile.evaluate("node => document.querySelector('.graph').picture.sigma.emit('clickNode', { node })", last)
    assert hostile.evaluate("document.scrollingElement.scrollWidth") <= 1280
    assert hostile.evaluate("document.querySelector('.panel').scrollWidth <= document.querySelector('.panel').clientWidth")
    page.take_picture(f"page-hostile-{mode.lower()}")


def test_a_spreadsheet_runs_no_formula_of_the_list(hostile):
    with hostile.expect_download() as saving:
        hostile.click("text=Save list (CSV)")
    text = saving.value.path().read_bytes().decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    assert ",=HYPERLINK(1)," not in text
