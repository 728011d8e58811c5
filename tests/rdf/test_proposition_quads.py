"""Propositions in the graph: what they say, who is meant, and that a claim is not told twice."""

from __future__ import annotations

import pytest

from kg.model.annotation import Annotation, Extraction, Link, Resolution
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.proposition import Proposition
from kg.model.span import Span
from kg.rdf import namespaces as ns
from kg.rdf.evidence import GraphWriter
from kg.rdf.propositions import find_proposition_quads
from kg.rdf.terms import Iri, Literal, Quad

_TEXT = "Ann Holm said Oslo refuses to pay Rask in May."
_OSLO, _RASK = "https://sayso.example/actor/state/xo", "https://sayso.example/actor/person/rask"


def _span(words: str) -> tuple[Span, ...]:
    return (Span(_TEXT.index(words), _TEXT.index(words) + len(words)),)


def _mention(number: int, words: str) -> Mention:
    return Mention(id=f"m{number}", spans=_span(words), text=words, name=words, type="Person", kind="name", by="test")


_SAID = Proposition(
    id="p1",
    subject=_span("Ann Holm"),
    relation=_span("said"),
    object=_span("Oslo refuses to pay Rask"),
    restates="a1",
    confidence=0.9,
)
_PAY = Proposition(
    id="p2",
    subject=_span("Oslo"),
    relation=_span("refuses to pay"),
    object=_span("Rask"),
    arguments=(_span("in May"),),
    lemma="pay",
    subject_mention="m1",
    object_mention="m2",
    negated=True,
    inside="a1",
    confidence=0.7,
)
_CLAIM = Attribution(
    id="a1",
    source=_span("Ann Holm"),
    cue=_span("said"),
    content=_span("Oslo refuses to pay Rask in May"),
    sentences=_span(_TEXT),
    speech="indirect",
    confidence=1.0,
    by="test",
)


def _find(*propositions: Proposition) -> list[Quad]:
    document = Document(
        id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=_TEXT, published="2026-05-03"
    )
    links = tuple(
        Link(mention=one, actor=actor, confidence=1.0, by="test") for one, actor in (("m1", _OSLO), ("m2", _RASK), ("m3", None))
    )
    extraction = Extraction(
        mentions=(_mention(1, "Oslo"), _mention(2, "Rask"), _mention(3, "Ann Holm")),
        attributions=(_CLAIM,),
        propositions=propositions,
    )
    annotation = Annotation(document=document, extraction=extraction, resolution=Resolution(links=links))
    return list(find_proposition_quads(annotation, GraphWriter(annotation)))


def _read(quads: list[Quad], predicate: Iri) -> list[str]:
    return [quad.object.value for quad in quads if quad.predicate == predicate and isinstance(quad.object, (Iri, Literal))]


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (ns.SUBJECT_TEXT, "Oslo"),
        (ns.RELATION_TEXT, "refuses to pay"),
        (ns.OBJECT_TEXT, "Rask"),
        (ns.ARGUMENT_TEXT, "in May"),
        (ns.RELATION_LEMMA, "pay"),
        (ns.SUBJECT_ACTOR, _OSLO),
        (ns.OBJECT_ACTOR, _RASK),
        (ns.POLARITY, ns.name_concept("polarity", "negated").value),
        (ns.WITHIN_CLAIM, "https://sayso.example/document/x#a1"),
        (ns.ANCHOR_OF, "Oslo refuses to pay Rask in May"),
    ],
)
def test_a_proposition_has_its_words_its_actors_and_its_claim(predicate: Iri, value: str) -> None:
    assert _read(_find(_PAY), predicate) == [value]


def test_what_only_restates_a_claim_is_not_in_the_graph() -> None:
    assert _find(_SAID) == []


def test_an_unresolved_mention_is_no_actor() -> None:
    assert _read(_find(_PAY.model_copy(update={"subject_mention": "m3"})), ns.SUBJECT_ACTOR) == []


def test_a_relation_without_words_has_its_lemma_alone() -> None:
    quads = _find(_PAY.model_copy(update={"relation": (), "lemma": "be mayor"}))
    assert (_read(quads, ns.RELATION_TEXT), _read(quads, ns.RELATION_LEMMA)) == ([], ["be mayor"])
