"""A store whose names and texts try to be something else: markup, formulas, escape sequences, other directions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore, RdfFormat

#: One for each way out of text; every one is a name, a title, a content, a quote.
TEXTS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"'><img src=x onerror=alert(1)>",
    "entity": "&lt;b&gt; &amp; &#x27; ]]> --> <!-- </title></style></script><!--",
    "formula": '=HYPERLINK("http://evil.example";"click")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "override": "\u202egnp.exe\u202c \u2067rtl\u2069 \u200f\u061c",
    "escape": "bell \x07 \x1b[31mred\x1b]0;title\x07 \x9b31m \x00 \x0b \x7f",
    "nonsense": "\ufffe \uffff \U0001f600 王毅 محمد שלום é",
    "template": "{{7*7}} {% raw %} ${7*7} %s %n {0} $\\frac{1}{$ `id`",
    "lines": "one\r\ntwo\rthree\nfour\u2028five\x85six",
    "sparql": '"} ; DROP ALL # ?x <urn:x> \\u0022 \\',
    "long": "x" * 100_000,
    "blank": " ",
}
DOCUMENT = "https://sayso.example/document/"
#: What an IRI may hold, it may hold.
ACTOR = "https://sayso.example/actor/o'neil&co(=1+1)/"
_KG = "https://sayso.example/ontology#"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_ORG = "http://www.w3.org/ns/org#"
_SCHEME = "https://sayso.example/scheme/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SCHEMES = Path(__file__).parents[1] / "queries" / "graphs" / "newsroom.trig"
_ACTORS = "https://sayso.example/graph/actors"


def write_hostile_store(folder: Path) -> Path:
    """Write the store into a new folder; its schemes are those of the newsroom."""
    schemes = OxStore()
    schemes.load(path=str(_SCHEMES), format=RdfFormat.TRIG)
    store = OxStore(str(folder))
    store.extend(quad for quad in schemes if quad.graph_name.value == "https://sayso.example/graph/ontology")
    store.extend(quad for number in range(len(TEXTS)) for quad in _find_quads(number))
    store.flush()
    return folder


def write_plain_store(folder: Path) -> Path:
    """Write the same store with harmless texts, to be compared with."""
    store = OxStore(str(folder))
    hostile = {text: f"Text {name}" for name, text in TEXTS.items()}
    source = OxStore.read_only(str(write_hostile_store(folder.with_name(f"{folder.name}-hostile"))))
    for quad in source:
        value = quad.object
        if isinstance(value, OxLiteral) and value.value in hostile:
            value = OxLiteral(hostile[value.value])
        store.add(OxQuad(quad.subject, quad.predicate, value, quad.graph_name))
    store.flush()
    return folder


def _find_quads(number: int) -> Iterator[OxQuad]:
    text = list(TEXTS.values())[number]
    document = f"{DOCUMENT}{number}"
    actor, other = f"{ACTOR}{number}", f"{ACTOR}{(number + 1) % len(TEXTS)}"
    day = OxLiteral(f"2026-0{1 + number % 9}-15", datatype=NamedNode(f"{_XSD}date"))
    place = {f"{_NIF}beginIndex": _count(0), f"{_NIF}endIndex": _count(len(text)), f"{_NIF}anchorOf": OxLiteral(text)}
    found = {
        **place,
        f"{_KG}published": day,
        f"{_KG}confidence": OxLiteral("0.9", datatype=NamedNode(f"{_XSD}decimal")),
        f"{_KG}extractedBy": OxLiteral(text),
        "http://www.w3.org/ns/prov#wasDerivedFrom": NamedNode(document),
    }
    yield from _describe(
        document,
        document,
        "Document",
        {
            f"{_DCTERMS}title": OxLiteral(text),
            f"{_DCTERMS}publisher": OxLiteral(text),
            f"{_DCTERMS}creator": OxLiteral(text),
            f"{_KG}path": OxLiteral(text),
            f"{_KG}sha256": OxLiteral(f"{number:064x}"),
            f"{_KG}extractorVersion": OxLiteral("1"),
            f"{_KG}published": day,
            "https://schema.org/url": OxLiteral("javascript:alert(1)", datatype=NamedNode(f"{_XSD}anyURI")),
        },
    )
    yield from _describe(
        document,
        f"{document}#a1",
        "Claim",
        {
            **found,
            f"{_KG}speaker": NamedNode(actor),
            f"{_KG}about": NamedNode(other),
            f"{_KG}frame": NamedNode(f"{_SCHEME}frame/stalling"),
            f"{_KG}frameTarget": NamedNode(other),
            f"{_KG}content": OxLiteral(text),
            f"{_KG}cue": OxLiteral(text),
            f"{_KG}sourceText": OxLiteral(text),
            f"{_KG}speech": NamedNode(f"{_SCHEME}speech/direct"),
            f"{_KG}cueType": NamedNode(f"{_SCHEME}cue-type/statement"),
            f"{_KG}polarity": NamedNode(f"{_SCHEME}polarity/affirmed"),
            f"{_KG}modality": NamedNode(f"{_SCHEME}modality/asserted"),
            f"{_KG}contentSpans": OxLiteral(f"0-{len(text)}"),
        },
    )
    yield from _describe(
        document,
        f"{document}#e1",
        "Event",
        {
            **found,
            f"{_KG}eventType": NamedNode(f"{_SCHEME}plover/AID"),
            f"{_KG}trigger": OxLiteral(text),
            f"{_KG}mode": OxLiteral(text),
            f"{_KG}actor": NamedNode(actor),
            f"{_KG}recipient": NamedNode(other),
            f"{_KG}actorText": OxLiteral(text),
            f"{_KG}polarity": NamedNode(f"{_SCHEME}polarity/affirmed"),
            f"{_KG}modality": NamedNode(f"{_SCHEME}modality/actual"),
            f"{_KG}triggerSpans": OxLiteral(f"0-{len(text)}"),
        },
    )
    yield from _describe(
        document,
        f"{document}#r1",
        "Role",
        {**found, f"{_ORG}member": NamedNode(actor), f"{_ORG}organization": NamedNode(other), f"{_KG}postTitle": OxLiteral(text)},
    )
    yield from _describe(
        _ACTORS, actor, "Person", {f"{_SKOS}prefLabel": OxLiteral(text), f"{_SKOS}altLabel": OxLiteral(f"{text}!")}
    )


def _describe(graph: str, node: str, kind: str, facts: dict[str, NamedNode | OxLiteral]) -> Iterator[OxQuad]:
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    for name, value in {rdf_type: NamedNode(f"{_KG}{kind}"), **facts}.items():
        yield OxQuad(NamedNode(node), NamedNode(name), value, NamedNode(graph))


def _count(number: int) -> OxLiteral:
    return OxLiteral(str(number), datatype=NamedNode(f"{_XSD}nonNegativeInteger"))
