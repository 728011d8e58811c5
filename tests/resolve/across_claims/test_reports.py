"""What a document tells of its claims, on attributions made by hand."""

from __future__ import annotations

import pytest

from kg.model.actor import Actor
from kg.model.annotation import Annotation, Extraction, Link, Resolution
from kg.model.attribution import Attribution, CueType, Modality
from kg.model.cluster import ClaimReport, Mood
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.resolve.across_claims.reports import find_mood, make_claim_reports, rename_claim_report

TEXT = "Berg said that Kell had said that Norland would lose the war."
BERG, KELL = "https://x.example/berg", "https://x.example/kell"


def span(words: str) -> tuple[Span, ...]:
    begin = TEXT.index(words)
    return (Span(begin, begin + len(words)),)


def attribute(identifier: str, source: str, cue: str, content: str, parent: str | None = None, **told: object) -> Attribution:
    values = {
        "speech": "indirect",
        "confidence": 1.0,
        "by": "rule:x",
        "sentences": (Span(0, len(TEXT)),),
        "parent": parent,
        **told,
    }
    mention = {"Berg": "m1", "Kell": "m2"}[source]
    return Attribution(
        id=identifier, source=span(source), cue=span(cue), content=span(content), source_mention=mention, **values  # type: ignore[arg-type]
    )  # fmt: skip


OUTER = attribute("a1", "Berg", "said", "that Kell had said that Norland would lose the war")
INNER = attribute("a2", "Kell", "had said", "that Norland would lose the war", "a1", modality="future")


def read(*attributions: Attribution) -> dict[str, ClaimReport]:
    names = {"m1": "Berg", "m2": "Kell"}
    mentions = tuple(
        Mention(id=key, spans=span(name), type="Person", kind="name", text=name, name=name, by="rule:x")
        for key, name in names.items()
    )
    links = (Link(mention="m1", actor=BERG, confidence=1, by="new"), Link(mention="m2", actor=KELL, confidence=1, by="new"))
    actors = tuple(Actor(iri=iri, type="Person", label=iri) for iri in (BERG, KELL))
    document = Document(id="d", path="d", location="d", sha256="0", published="2026-05-01", language="en", text=TEXT)
    annotation = Annotation(
        document=document,
        extraction=Extraction(mentions=mentions, attributions=attributions),
        resolution=Resolution(links=links, actors=actors),
    )
    known = {KELL: "https://x.example/one"}
    return {report.claim: rename_claim_report(report, known, "") for report in make_claim_reports(annotation, ())}


def test_who_reports_what_somebody_says_takes_no_side_and_relays_it() -> None:
    claims = read(OUTER, INNER)
    assert not claims["d#a1"].wording.is_held
    assert claims["d#a2"].wording.is_held
    assert claims["d#a2"].relays == (BERG,)
    assert claims["d#a1"].relays == ()


def test_speakers_have_the_name_that_other_documents_know_them_by() -> None:
    assert [party.actor for party in read(INNER)["d#a2"].speakers] == ["https://x.example/one"]


def test_what_was_not_said_is_no_claim_but_disbelief_is() -> None:
    unsaid = INNER.model_copy(update={"negated_cue": True})
    assert read(unsaid) == {}
    disbelieved = unsaid.model_copy(update={"cue_type": "belief"})
    assert read(disbelieved)["d#a2"].wording.turned


def test_a_content_of_a_word_or_two_about_nobody_known_holds_no_position() -> None:
    short = INNER.model_copy(update={"content": span("the war")})
    assert not read(short)["d#a2"].wording.is_held


@pytest.mark.parametrize(
    ("cue_type", "modality", "mood"),
    [
        ("statement", "asserted", "is"),
        ("statement", "possible", "is"),
        ("statement", "future", "will"),
        ("promise", "asserted", "will"),
        ("demand", "asserted", "ought"),
        ("statement", "necessary", "ought"),
        ("statement", "conditional", "if"),
        ("question", "future", "ask"),
    ],
)
def test_the_mood_is_the_cue_s_where_that_decides_else_the_words(cue_type: CueType, modality: Modality, mood: Mood) -> None:
    assert find_mood(INNER.model_copy(update={"cue_type": cue_type, "modality": modality})) == mood
