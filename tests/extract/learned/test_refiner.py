"""The labeller corrects what the rules found, and the rules add what it cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.extract.abstentions import Refusal
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.learned.features import TokenFeatures
from kg.extract.learned.labeller import Parameters, RoleLabeller, WindowScores
from kg.extract.learned.refiner import LearnedRefiner, read_candidates
from tests.extract.parses import parse_rows

_ROWS = """
Fenn Fenn NNP PROPN 1 nsubj
denied deny VBD VERB 1 ROOT
that that IN SCONJ 4 mark
Holm Holm NNP PROPN 4 nsubj
believes believe VBZ VERB 1 ccomp
ships ship NNS NOUN 6 nsubj
sink sink VBP VERB 4 ccomp
. . . PUNCT 1 punct
"""
_B = {"source": 1, "cue": 3, "content": 5}
_OUTER = Candidate(
    head=1,
    cue=frozenset({1}),
    source=frozenset({0}),
    content=frozenset({2, 3, 4, 5}),
    cue_type="denial",
    weight=0.9,
    by="verb-clause",
    lemma="deny",
    speaker=0,
)
_INNER = Candidate(
    head=4,
    cue=frozenset({4}),
    source=frozenset({3}),
    content=frozenset({5, 6}),
    cue_type="belief",
    weight=0.8,
    by="verb-clause",
    lemma="believe",
    speaker=3,
)


class _Labeller:
    """Is sure of the roles that it is given, token by token."""

    def __init__(self, roles: Sequence[str]) -> None:
        self._labels = []
        for at, role in enumerate(roles):
            is_inside = role != "none" and at > 0 and roles[at - 1] == role
            self._labels.append(0 if role == "none" else _B[role] + is_inside)
        self.parameters = Parameters(
            version="test-1",
            values={"part_of_speech": ("",), "dependency": ("",), "entity": ("",)},
            transitions=np.zeros((7, 7), np.float32),
            starts=np.zeros(7, np.float32),
            distance=np.zeros((2, 21), np.float32),
            rank=np.zeros((2, 8), np.float32),
            same_rule=np.zeros(2, np.float32),
            no_source=-1.0,
            calibration=np.ones(6, np.float32),
        )

    def split_words(self, doc: Doc) -> list[list[int]]:
        return [[1] for _ in doc]

    def score_windows(
        self, windows: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]], features: TokenFeatures
    ) -> Iterator[WindowScores]:
        del pieces, features
        for window in windows:
            rows = np.zeros((len(window), 7), np.float32)
            rows[np.arange(len(window)), [self._labels[token] for token in window]] = 9.0
            vectors = np.zeros((len(window), 4), np.float32)
            yield WindowScores(window, rows, vectors, vectors, vectors)


@pytest.fixture(scope="module")
def doc() -> Doc:
    return parse_rows(_ROWS)


def _refine(doc: Doc, roles: str, candidates: Sequence[Candidate], refusals: list[Refusal] | None = None) -> list[Candidate]:
    names = {"s": "source", "c": "cue", "t": "content", ".": "none"}
    labeller = cast("RoleLabeller", _Labeller([names[letter] for letter in roles]))
    heard = refusals if refusals is not None else []
    return LearnedRefiner(read_cue_lexicon(), labeller).refine(doc, (), candidates, heard.append)


def test_the_labeller_sets_the_spans_and_the_rule_says_what_the_cue_means(doc: Doc) -> None:
    (found,) = _refine(doc, "sctttttt", [_OUTER])
    assert found.content == frozenset(range(2, 8))
    assert (found.cue_type, found.lemma, found.speaker, found.model) == ("denial", "deny", 0, "test-1")


def test_another_source_brings_another_speaker(doc: Doc) -> None:
    (found,) = _refine(doc, ".ctsttt.", [_OUTER])
    assert (found.source, found.speaker) == (frozenset({3}), 3)


def test_what_a_rule_finds_in_a_content_stays_with_its_own_spans(doc: Doc) -> None:
    found = _refine(doc, "scttttt.", [_OUTER, _INNER])
    assert _INNER in found
    assert len(found) == 2


def test_a_rules_finding_that_the_labeller_sees_nothing_of_is_refused_with_its_chance(doc: Doc) -> None:
    refusals: list[Refusal] = []
    assert _refine(doc, "........", [_OUTER], refusals) == []
    (refusal,) = refusals
    assert (refusal.begin, refusal.reason, refusal.detail) == (1, "low-score", "the model gives it 0.00")


def test_a_layout_that_the_corpus_does_not_have_stands_by_itself(doc: Doc) -> None:
    label = replace(_OUTER, by="label")
    assert _refine(doc, "........", [label]) == [label]


def test_a_cue_within_what_the_labeller_calls_a_cue_is_not_found_twice(doc: Doc) -> None:
    refusals: list[Refusal] = []
    second = replace(_OUTER, head=2, cue=frozenset({2}), by="noun")
    found = _refine(doc, "scctttt.", [_OUTER, second], refusals)
    assert [candidate.head for candidate in found] == [1]
    assert [refusal.reason for refusal in refusals] == ["shared-words"]


def test_a_cue_that_only_the_labeller_finds_is_read_by_the_lexicon(doc: Doc) -> None:
    (found,) = _refine(doc, "scttttt.", [])
    assert (found.cue_type, found.lemma, found.by, found.speaker) == ("denial", "deny", "verb-clause", 0)
    assert not found.is_negated


def test_confidence_comes_from_the_calibration(doc: Doc) -> None:
    (found,) = _refine(doc, "scttttt.", [_OUTER])
    assert 0.9 < found.weight < 1.0


def test_readings_of_the_rules_are_in_order_of_text_and_know_what_is_nested(doc: Doc) -> None:
    readings = read_candidates(doc, [_INNER, _OUTER])
    assert [(reading.cue, reading.is_nested) for reading in readings] == [([1], False), ([4], True)]
