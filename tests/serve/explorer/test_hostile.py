"""Names and texts that are markup, break lines, run from right to left or never end: they show as text on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.serve.explorer.links import make_link
from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore
from tests.serve.explorer.conftest import ACTOR, DOCUMENT, Explorer, Page

KG = "https://sayso.example/ontology#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SCRIPT = "<script>alert('x')</script>"
ATTRIBUTE = '" onmouseover="alert(1)" x=\''
EVIL = f"{SCRIPT} {ATTRIBUTE} &lt;b&gt; {{{{ 7 * 7 }}}} \u202eterces\u2066 ]]> --> \x07"
#: What a page shows of it: a bell is no character of HTML.
SHOWN = EVIL.replace("\x07", "\ufffd")
LONG = "Wort" * 25_000
DOC = f"{DOCUMENT}evil"
WHO = f"{ACTOR}person/evil"
OTHER = f"{ACTOR}person/other"


def quads() -> Iterator[OxQuad]:
    """Yield a document whose every text is hostile, with a claim, one within it, an event, a post and a mention."""

    def say(graph: str, subject: str, **values: str | tuple[str, ...]) -> Iterator[OxQuad]:
        names = {"type": TYPE, "title": "http://purl.org/dc/terms/title", "publisher": "http://purl.org/dc/terms/publisher"}
        names |= {"creator": "http://purl.org/dc/terms/creator", "url": "https://schema.org/url", "label": f"{SKOS}prefLabel"}
        names |= {"alias": f"{SKOS}altLabel", "begin": f"{NIF}beginIndex", "end": f"{NIF}endIndex", "sentence": f"{NIF}anchorOf"}
        names |= {"member": "http://www.w3.org/ns/org#member", "where": "http://www.w3.org/ns/org#organization"}
        names |= {"same": "http://www.w3.org/2002/07/owl#sameAs", "derived": "http://www.w3.org/ns/prov#wasDerivedFrom"}
        for name, several in values.items():
            for value in several if isinstance(several, tuple) else (several,):
                is_node = value.startswith("https://sayso.example/")
                term = NamedNode(value) if is_node else OxLiteral(value)
                yield OxQuad(NamedNode(subject), NamedNode(names.get(name, KG + name)), term, NamedNode(graph))

    actors = "https://sayso.example/graph/actors"
    # Labels of one store are unique in the long run; these differ by a letter.
    yield from say(actors, WHO, type=f"{KG}Person", label=EVIL, alias=(SCRIPT, LONG))
    yield OxQuad(
        NamedNode(WHO), NamedNode("http://www.w3.org/2002/07/owl#sameAs"), NamedNode("javascript:alert(1)"), NamedNode(actors)
    )
    yield from say(actors, OTHER, type=f"{KG}State", label=LONG)
    head = {"title": EVIL, "publisher": EVIL, "creator": EVIL, "url": "javascript:alert(2)", "path": EVIL, "sha256": "00"}
    yield from say(DOC, DOC, type=f"{KG}Document", published="2026-03-04", extractorVersion="1", **head)
    evidence = {
        "begin": "0",
        "sentence": EVIL,
        "derived": DOC,
        "confidence": "0.5",
        "extractedBy": EVIL,
        "published": "2026-03-04",
    }
    evidence["end"] = str(len(EVIL))
    kinds = {
        "speech": "https://sayso.example/scheme/speech/direct",
        "cueType": "https://sayso.example/scheme/cue-type/statement",
        "polarity": "https://sayso.example/scheme/polarity/affirmed",
        "modality": "https://sayso.example/scheme/modality/asserted",
    }
    claim = {"type": f"{KG}Claim", "content": EVIL, "cue": EVIL, "sourceText": EVIL, "contentSpans": "3-20", "cueSpans": "0-3"}
    yield from say(DOC, f"{DOC}#a1", speaker=WHO, about=(WHO, OTHER), **claim, **kinds, **evidence)
    long_claim = {**claim, "content": LONG, "contentSpans": "9-15", "withinClaim": f"{DOC}#a1"}
    yield from say(DOC, f"{DOC}#a2", speaker=OTHER, about=WHO, **long_claim, **kinds, **evidence)
    event = {"type": f"{KG}Event", "eventType": "https://sayso.example/scheme/plover/AID", "trigger": EVIL, "triggerSpans": "1-2"}
    event |= {"mode": EVIL, "context": EVIL, "actorText": EVIL, "recipientText": LONG, "reportedIn": f"{DOC}#a1"}
    yield from say(DOC, f"{DOC}#e1", actor=WHO, recipient=OTHER, **event, **evidence)
    yield from say(DOC, f"{DOC}#r1", type=f"{KG}Role", member=WHO, where=OTHER, postTitle=EVIL, **evidence)
    mention = {"type": f"{KG}Mention", "refersTo": WHO, "begin": "5", "end": "12", "sentence": EVIL[5:12], "name": EVIL}
    yield from say(DOC, f"{DOC}#m1", mentionKind="name", **mention)
    thesis = "https://sayso.example/thesis/evil"
    claims = "https://sayso.example/graph/claims"
    counts = {"claimCount": "2", "documentCount": "1", "publisherCount": "1", "cohesion": "0.5", "reason": EVIL}
    yield from say(claims, thesis, type=f"{KG}Thesis", exemplar=f"{DOC}#a1", about=WHO, **counts)
    yield from say(claims, f"{DOC}#a1", affirms=thesis)
    yield from say(claims, f"{DOC}#a2", denies=thesis)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    path: Path = tmp_path_factory.mktemp("evil") / "store"
    store = OxStore(str(path))
    store.extend(quads())
    store.flush()
    with Explorer(path) as explorer:
        yield explorer


PAGES = (
    "/",
    "/actors",
    make_link("/actor", iri=WHO),
    make_link("/actor", iri=OTHER),
    "/claims",
    make_link("/claims", speaker=WHO),
    make_link("/claim", iri=f"{DOC}#a1"),
    make_link("/claim", iri=f"{DOC}#a2"),
    "/events",
    make_link("/event", iri=f"{DOC}#e1"),
    "/theses",
    "/documents",
    make_link("/document", iri=DOC),
    make_link("/timeline", actor=WHO),
    "/network",
    "/queries/claims-about?about=" + WHO.replace(":", "%3A").replace("/", "%2F"),
    make_link("/search", q=EVIL),
    make_link("/search", q="<script>"),
    make_link("/editor", query=f"</textarea>{EVIL}"),
)


def is_harmless(page: Page) -> bool:
    scripts = page.select("//script")
    assert all(script.get("src", "").startswith("/static/") and not script.text for script in scripts)
    assert page.select("//@*[starts-with(name(), 'on')]") == []
    for href in page.select("//@href | //@src | //@action"):
        assert href.startswith(("/", "#", "http://", "https://")), href
    return True


@pytest.mark.parametrize("path", PAGES)
def test_hostile_texts_are_no_markup_on_any_page(evil: Explorer, path: str) -> None:
    page = evil.open(path)
    assert is_harmless(page)
    assert "49" not in page.select("//h1")[0].text_content()  # templates of texts are not run
    assert SCRIPT in page.text


@pytest.mark.parametrize(
    "path", [make_link("/actor", iri=WHO), make_link("/claim", iri=f"{DOC}#a1"), make_link("/document", iri=DOC)]
)
def test_a_hostile_name_is_shown_whole(evil: Explorer, path: str) -> None:
    assert SHOWN in evil.open(path).text


@pytest.mark.parametrize("path", [make_link("/actor", iri=WHO), "/claims", "/documents", make_link("/claim", iri=f"{DOC}#a1")])
def test_what_runs_from_right_to_left_keeps_to_itself(evil: Explorer, path: str) -> None:
    for element in evil.open(path).select("//main//*[contains(text(), '\u202e')]"):
        assert element.tag in ("bdi", "code", "title", "h1") or element.xpath("ancestor::bdi") or element.get("dir") == "auto", (
            element.tag
        )


def test_a_word_of_a_hundred_thousand_letters_is_cut_in_lists(evil: Explorer) -> None:
    for path in ("/", "/claims", "/actors", "/events", "/network", "/theses"):
        assert "Wort" * 200 not in evil.open(path).text, path


def test_what_is_no_address_of_the_web_is_text(evil: Explorer) -> None:
    page = evil.open(make_link("/actor", iri=WHO))
    assert "alert(1)" in page.text
    assert not [href for href in page.select("//@href") if "javascript" in href]


@pytest.mark.parametrize("value", [EVIL, SCRIPT, "\x00", "\u202e", "𝕏" * 3000, "%00%ff"])
def test_hostile_parameters_are_shown_as_text(evil: Explorer, value: str) -> None:
    for path, name in (
        ("/search", "q"),
        ("/actors", "q"),
        ("/documents", "q"),
        ("/claims", "speaker"),
        ("/actor", "iri"),
        ("/frame", "name"),
    ):
        answer = evil.get(path, params={name: value})
        assert answer.status_code in (200, 400, 404)
        assert SCRIPT not in answer.text


def test_programs_get_hostile_texts_as_they_are(evil: Explorer) -> None:
    claim = evil.get("/api/claim", params={"iri": f"{DOC}#a1"}).json()
    assert claim["claim"]["content"] == EVIL
    assert evil.get("/api/actor", params={"iri": WHO}).json()["actor"]["label"] == EVIL
