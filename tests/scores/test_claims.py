"""How comparing claims is scored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.errors import InputMissingError
from tests.scores.claims import LABELS, read_pairs, score_labels

CASES = Path(__file__).parents[1] / "cases" / "claims"


def test_a_side_that_is_wrong_costs_contradictions_but_no_thesis() -> None:
    figures = score_labels([("opposite", "same"), ("opposite", "opposite")])
    assert figures["thesis"]["f1"] == 100
    assert figures["contradictions"] == {"precision": 100.0, "recall": 50.0, "f1": 66.7}
    assert figures["sides"] == figures["labels"] == 50


def test_two_things_taken_for_one_cost_precision() -> None:
    figures = score_labels([("different", "same"), ("same", "same")])
    assert figures["thesis"] == {"precision": 50.0, "recall": 100.0, "f1": 66.7}
    assert figures["sides"] == 100


def test_a_pair_that_is_not_found_costs_recall() -> None:
    assert score_labels([("same", "different"), ("same", "same")])["thesis"]["recall"] == 50


def test_the_cases_hold_all_labels_in_both_files_and_no_text_pair_twice() -> None:
    pairs = read_pairs(CASES)
    assert len(pairs) >= 120
    assert len({(pair.left, pair.right) for pair in pairs}) == len(pairs)
    assert Counter(pair.group for pair in pairs if pair.label == "different")["unseen"] >= 20
    assert {(pair.group, pair.label) for pair in pairs} == {(group, label) for group in ("seen", "unseen") for label in LABELS}


def test_no_case_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        read_pairs(tmp_path)
