"""Sentences with the propositions that a careful reader finds in them, against the shipped extractor."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.model.annotation import Extraction, check_spans
from kg.model.attribution import Modality
from kg.model.document import Document
from kg.model.proposition import Proposition
from kg.model.span import quote_spans
from kg.resolve.registry import read_registry
from kg.settings import Settings

_FOLDER = Path(__file__).parents[1] / "cases" / "propositions"
_CASES = [
    {"phenomenon": path.stem, **case}
    for path in sorted(_FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
_CASE_KEYS = {"phenomenon", "text", "propositions", "xfail"}
_DEFAULTS: dict[str, Any] = {"negated": False, "modality": "asserted"}
#: What a case states only where it is what the case is about: mentions and cues by their text.
_STATED = {"by", "to", "inside", "restates"}


@cache
def _tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


@cache
def _extract(text: str) -> tuple[Document, Extraction]:
    annotator, extractor = _tools()
    document = Document(id="https://sayso.example/document/case", path="case", location="case", sha256="0", text=text)
    return document, extractor.extract(annotator.annotate(document))


def _to_says(text: str, one: Proposition) -> str:
    return " | ".join(quote_spans(text, spans) for spans in (one.subject, one.relation, one.object, *one.arguments))


def _describe(text: str, extraction: Extraction, one: Proposition) -> dict[str, Any]:
    """Return a proposition in the words of the cases."""
    mentions = {mention.id: mention.text for mention in extraction.mentions}
    cues = {attribution.id: quote_spans(text, attribution.cue) for attribution in extraction.attributions}
    return {
        "says": _to_says(text, one),
        "lemma": one.lemma,
        "negated": one.negated,
        "modality": one.modality,
        "by": mentions.get(one.subject_mention or "", ""),
        "to": mentions.get(one.object_mention or "", ""),
        "inside": cues.get(one.inside or "", ""),
        "restates": cues.get(one.restates or "", ""),
    }


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['phenomenon']}: {case['text'][:60]}")
def test_a_sentence_says_what_a_reader_finds_in_it_and_nothing_else(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"], strict=True))
    document, extraction = _extract(case["text"])
    found = [_describe(document.text, extraction, one) for one in extraction.propositions]
    expected = [_DEFAULTS | one for one in case["propositions"]]
    assert sorted(one["says"] for one in found) == sorted(one["says"] for one in expected)
    by_words = {one["says"]: one for one in found}
    for one in expected:
        assert {key: by_words[one["says"]][key] for key in one} == one


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['phenomenon']}: {case['text'][:60]}")
def test_spans_hold_words_and_confidences_are_shares(case: dict[str, Any]) -> None:
    document, extraction = _extract(case["text"])
    check_spans(document, extraction)
    assert all(0 < one.confidence < 1 and one.subject and (one.relation or one.lemma) for one in extraction.propositions)


def test_propositions_are_numbered_in_order_of_text() -> None:
    for case in _CASES:
        _, extraction = _extract(case["text"])
        assert [one.id for one in extraction.propositions] == [f"p{n}" for n in range(1, len(extraction.propositions) + 1)]
        begins = [(one.relation or one.subject)[0] for one in extraction.propositions]
        assert begins == sorted(begins)


def test_the_cases_are_well_formed() -> None:
    texts = [case["text"] for case in _CASES]
    assert len(texts) >= 150
    assert len(texts) == len(set(texts))
    for case in _CASES:
        assert set(case) <= _CASE_KEYS, case["text"]
        for one in case["propositions"]:
            assert set(one) <= {"says", "lemma", *_DEFAULTS, *_STATED}, case["text"]
            assert one.get("modality", "asserted") in get_args(Modality), case["text"]
            parts = [part for phrase in one["says"].split(" | ") for part in phrase.split(" … ")]
            assert all(part.strip() in case["text"] for part in parts), case["text"]
