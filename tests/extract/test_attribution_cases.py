"""Texts with the attributions that a careful reader finds in them, against the shipped extractor."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.extractor import RuleExtractor
from kg.extract.learned.refiner import load_refiner
from kg.model.annotation import Extraction, check_spans
from kg.model.attribution import Attribution, CueType, Modality, Polarity, Speech
from kg.model.document import Document
from kg.model.span import Spans
from kg.rdf.ontology import read_frames
from kg.resolve.registry import read_registry
from kg.settings import Settings

_FOLDER = Path(__file__).parents[1] / "cases" / "attributions"
_CASES = [
    {"phenomenon": path.stem, **case}
    for path in sorted(_FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
_DEFAULTS: dict[str, Any] = {
    "source": [],
    "cue": [],
    "cue_type": "statement",
    "negated_cue": False,
    "hedged": False,
    "polarity": "affirmed",
    "modality": "asserted",
    "frames": [],
    "denied_frames": [],
    "targets": [],
    "parent": "",
}
#: What a case states only where it is what the case is about: mentions by their text.
_STATED: dict[str, Any] = {"addressee": "", "speakers": []}
_CASE_KEYS = {"phenomenon", "text", "attribution", "is_opinion", "author", "xfail", "xfail_best", "xfail_fast"}
_PARTS = ("source", "cue", "content")
#: The frames that cases state; of the others `tests/cases/frames` tells.
_STATED_FRAMES = frozenset(
    {"stalling", "wants-peace", "escalation", "aid-pledge", "sanctions", "ceasefire-refusal", "territorial-demand", "violation",
     "threat", "denial"}
)  # fmt: skip
#: Share of the words of two contents that must be common to both for them to count as one.
_LEAST_CONTENT = 0.5


@cache
def _tools(profile: str) -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    gazetteer = read_registry(settings.base).gazetteer()
    lexicon = read_cue_lexicon()
    finder = RuleAttributionFinder(lexicon, load_refiner(lexicon) if profile == "best" else None)
    return Annotator(settings.model), RuleExtractor(gazetteer, read_frames(), finder)


def _document(case: dict[str, Any]) -> Document:
    return Document(
        id="https://sayso.example/document/x",
        path="x",
        location="x",
        sha256="0",
        text=case["text"],
        author=case.get("author"),
        is_opinion=case.get("is_opinion", False),
    )


def _quote(text: str, spans: Spans) -> list[str]:
    return [text[begin:end] for begin, end in spans]


def _show(text: str, found: Attribution, extraction: Extraction) -> dict[str, Any]:
    mentions = {mention.id: mention.text for mention in extraction.mentions}
    by_id = {attribution.id: attribution for attribution in extraction.attributions}
    found = found.model_copy(update={"framings": tuple(f for f in found.framings if f.frame in _STATED_FRAMES)})
    return {
        "source": _quote(text, found.source),
        "cue": _quote(text, found.cue),
        "content": _quote(text, found.content),
        "speech": found.speech,
        "cue_type": found.cue_type,
        "negated_cue": found.negated_cue,
        "hedged": found.is_hedged,
        "polarity": found.polarity,
        "modality": found.modality,
        "frames": list(found.frames),
        "denied_frames": list(found.denied_frames),
        "targets": [mentions[target] for target in found.frame_targets],
        "parent": " ".join(_quote(text, by_id[found.parent].cue)) if found.parent else "",
        "addressee": mentions[found.addressee] if found.addressee else "",
        "speakers": [mentions[m] for m in (found.source_mention, *found.other_source_mentions) if m],
    }


def _fill(expected: dict[str, Any]) -> dict[str, Any]:
    filled = {**_DEFAULTS, **expected}
    return filled | {part: [filled[part]] if isinstance(filled[part], str) else filled[part] for part in _PARTS}


def _to_parameters(number: int, case: dict[str, Any]) -> Iterator[Any]:
    for profile in ("best", "fast"):
        reason = case.get(f"xfail_{profile}") or case.get("xfail")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(case, profile, id=f"{profile} {case['phenomenon']} {number}: {case['text'][:40]!a}", marks=marks)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "profile"), [item for number, case in enumerate(_CASES, 1) for item in _to_parameters(number, case)]
)
def test_a_text_yields_its_attributions_and_no_others(case: dict[str, Any], profile: str) -> None:
    text = case["text"]
    annotator, extractor = _tools(profile)
    document = _document(case)
    extraction = extractor.extract(annotator.annotate(document))
    check_spans(document, extraction)
    found = [_show(text, attribution, extraction) for attribution in extraction.attributions]
    expected = case.get("attribution", ())
    for shown, stated in zip(found, expected, strict=False):
        for key in _STATED.keys() - stated.keys():
            del shown[key]
    wanted = [_fill(stated) for stated in expected]
    if profile == "best":
        # The labeller ends spans where its corpus does, with the comma of an apposition or the "by" of a passive.
        _take_over_alike_spans(found, wanted)
    assert found == wanted


def _take_over_alike_spans(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Where cues overlap, give what was found the expected words of each part of which it has half or more."""
    cues = {" ".join(shown["cue"]): " ".join(stated["cue"]) for shown, stated in zip(found, wanted, strict=False)}
    for shown, stated in zip(found, wanted, strict=False):
        for part in _PARTS:
            left, right = (Counter(re.findall(r"\w+", " ".join(item[part]))) for item in (shown, stated))
            least = _LEAST_CONTENT if part == "content" else 0
            if left.keys() & right.keys() and (left & right).total() > least * (left | right).total():
                shown[part] = stated[part]
        shown["parent"] = cues.get(shown["parent"], shown["parent"])


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['phenomenon']}: {case['text'][:40]!a}")
def test_a_case_is_well_formed(case: dict[str, Any]) -> None:
    assert set(case) <= _CASE_KEYS
    for expected in case.get("attribution", ()):
        assert set(expected) <= {*_DEFAULTS, *_STATED, "content", "speech"}
        filled = _fill(expected)
        assert filled["speech"] in get_args(Speech)
        assert filled["cue_type"] in get_args(CueType)
        assert filled["polarity"] in get_args(Polarity)
        assert filled["modality"] in get_args(Modality)
        assert set(filled["denied_frames"]) <= set(filled["frames"]) <= {frame.notation for frame in read_frames()}
        assert filled["content"]
        for part in _PARTS:
            missing = [words for words in filled[part] if words not in case["text"] or words != words.strip()]
            assert not missing, part


def test_there_are_at_least_120_cases_and_none_twice() -> None:
    assert len({(case["text"], case.get("is_opinion")) for case in _CASES}) == len(_CASES) >= 120


def test_every_cue_type_and_speech_is_expected_somewhere() -> None:
    expected = [_fill(attribution) for case in _CASES for attribution in case.get("attribution", ())]
    assert {attribution["cue_type"] for attribution in expected} == set(get_args(CueType))
    assert {attribution["speech"] for attribution in expected} == set(get_args(Speech))
    assert {attribution["modality"] for attribution in expected} == set(get_args(Modality))
