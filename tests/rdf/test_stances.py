"""Stances as quads: one for a claim and an actor, with the words that show it."""

from __future__ import annotations

from kg.model.annotation import Annotation, Extraction, Link, Resolution
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.model.stance import Stance, StanceValue
from kg.rdf import namespaces as ns
from kg.rdf.annotation import to_quads
from kg.rdf.terms import Iri, Quad

_TEXT = "Orlik said Belmar lied and Belmar cheats."
_DOCUMENT = "https://sayso.example/document/one"
_ACTORS = "https://sayso.example/actor/"


def make_mention(identifier: str, begin: int, text: str) -> Mention:
    span = Span(begin, begin + len(text))
    return Mention(id=identifier, spans=(span,), text=text, name=text, type="State", kind="name", by="rule:test")


def make_annotation(*stances: tuple[str, StanceValue, float], speaker: str | None = "m1", **actors: str | None) -> Annotation:
    """Return one claim about two mentions of Belmar, with stances by (target, value, confidence)."""
    links = {"m1": "orlik", "m2": "belmar", "m3": "belmar", **actors}
    mentions = (make_mention("m1", 0, "Orlik"), make_mention("m2", 11, "Belmar"), make_mention("m3", 27, "Belmar"))
    attribution = Attribution(
        id="a1", source=(Span(0, 5),), cue=(Span(6, 10),), content=(Span(11, 40),), sentences=(Span(0, 41),),
        source_mention=speaker, about=("m2", "m3"), speech="indirect", confidence=0.9, by="rule:test",
    )  # fmt: skip
    found = tuple(
        Stance(id=f"s{at}", attribution="a1", target=target, value=value, confidence=confidence, by="rule:stance")
        for at, (target, value, confidence) in enumerate(stances, 1)
    )
    return Annotation(
        document=Document(id=_DOCUMENT, path="x", location="x", sha256="0", text=_TEXT, published="2031-05-02"),
        extraction=Extraction(mentions=mentions, attributions=(attribution,), stances=found),
        resolution=Resolution(
            links=tuple(
                Link(mention=mention, actor=_ACTORS + actor if actor else None, confidence=1.0, by="test")
                for mention, actor in links.items()
            )
        ),
    )


def list_stances(annotation: Annotation) -> list[Quad]:
    quads = to_quads(annotation, extractor_version="test")
    nodes = {quad.subject for quad in quads if quad.predicate == ns.TYPE and quad.object == ns.STANCE}
    return [quad for quad in quads if quad.subject in nodes]


def read_values(annotation: Annotation, predicate: Iri) -> list[str]:
    return [quad.object.value for quad in list_stances(annotation) if quad.predicate == predicate]


def test_a_stance_says_who_stands_how_to_whom_in_which_claim() -> None:
    annotation = make_annotation(("m2", "critical", 0.8))
    assert read_values(annotation, ns.HOLDER) == [_ACTORS + "orlik"]
    assert read_values(annotation, ns.TOWARDS) == [_ACTORS + "belmar"]
    assert read_values(annotation, ns.STANCE_VALUE) == ["https://sayso.example/scheme/stance/critical"]
    assert read_values(annotation, ns.WITHIN_CLAIM) == [_DOCUMENT + "#a1"]
    assert read_values(annotation, ns.CONFIDENCE) == ["0.8"]


def test_a_stance_has_its_sentence_as_evidence() -> None:
    annotation = make_annotation(("m2", "critical", 0.8))
    assert read_values(annotation, ns.ANCHOR_OF) == [_TEXT]


def test_two_mentions_of_one_actor_make_one_stance_the_surest_that_is_not_neutral() -> None:
    annotation = make_annotation(("m2", "neutral", 0.99), ("m3", "critical", 0.6))
    assert read_values(annotation, ns.STANCE_VALUE) == ["https://sayso.example/scheme/stance/critical"]
    annotation = make_annotation(("m2", "supportive", 0.7), ("m3", "critical", 0.6))
    assert read_values(annotation, ns.STANCE_VALUE) == ["https://sayso.example/scheme/stance/supportive"]


def test_of_two_equally_sure_ones_the_first_stands() -> None:
    annotation = make_annotation(("m2", "supportive", 0.7), ("m3", "critical", 0.7))
    assert read_values(annotation, ns.STANCE_VALUE) == ["https://sayso.example/scheme/stance/supportive"]


def test_a_neutral_stance_is_told_too() -> None:
    assert read_values(make_annotation(("m2", "neutral", 0.9)), ns.STANCE_VALUE) == [
        "https://sayso.example/scheme/stance/neutral"
    ]


def test_a_pronoun_that_turns_out_to_be_the_speaker_is_no_target() -> None:
    assert list_stances(make_annotation(("m2", "critical", 0.8), m2="orlik")) == []


def test_an_unknown_target_or_speaker_leaves_no_stance() -> None:
    assert list_stances(make_annotation(("m2", "critical", 0.8), m2=None)) == []
    assert list_stances(make_annotation(("m2", "critical", 0.8), speaker=None)) == []
