"""The figures of given QIDs, on items written for them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import KgError
from tests.scores.linking import Given, Item, LinkLabel, compute_figures, count, judge, read_items

LABELS = (LinkLabel(0, 5, "Q114"), LinkLabel(10, 23, "Q12345"), LinkLabel(30, 33, "Q114", is_coref=True))


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (Given(0, 5, "Q114"), "right"),
        (Given(0, 9, "Q114"), "right"),
        (Given(0, 5, "Q30"), "wrong"),
        (Given(10, 15, "Q114"), "nested"),
        (Given(10, 23, "Q114"), "wrong"),
        (Given(40, 45, "Q114"), "unlabelled"),
    ],
)
def test_a_given_qid_is_judged_by_the_labels_that_its_mention_overlaps(given: Given, verdict: str) -> None:
    assert judge(given, LABELS) == verdict


def test_recall_counts_known_labels_by_whether_they_are_names_and_leaves_optional_ones_out() -> None:
    labels = (*LABELS, LinkLabel(50, 55, "Q114", is_optional=True), LinkLabel(60, 64, "<NIL>"))
    item = Item("x", " " * 80, None, (0, 80), labels)
    counts = count(item, [Given(0, 5, "Q114"), Given(31, 33, "Q114", is_pronoun=True)], frozenset({"Q114"}))
    assert counts == Counter(right=2, named_labels=1, named_found=1, coref_labels=1, coref_found=1, any_labels=3, any_found=2)


def test_mentions_outside_the_evaluated_span_are_not_counted() -> None:
    item = Item("x", " " * 80, None, (0, 30), LABELS[:1])
    assert count(item, [Given(28, 33, "Q30")], frozenset())["unlabelled"] == 0


def test_the_main_precision_leaves_nested_ones_out_and_counts_unlabelled_ones_as_wrong() -> None:
    figures = compute_figures(Counter(right=6, wrong=1, nested=2, unlabelled=1, named_labels=4, named_found=3))
    assert (figures["precision"], figures["precision_strict"], figures["precision_lenient"]) == (75.0, 60.0, 85.7)
    assert (figures["recall"], figures["recall_coref"]) == (75.0, None)


def test_items_are_read_with_the_date_of_their_title_and_the_labels_within_the_span(tmp_path: Path) -> None:
    label = {"id": 0, "span": [0, 5], "entity_id": "Q114", "coref": True}
    row = {
        "id": 7,
        "title": "20180306 - Rain in Nairobi",
        "text": "Kenya and Kenya.",
        "evaluation_span": [0, 9],
        "labels": [label, {"id": 1, "span": [10, 15], "entity_id": "Q114"}],
    }
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    assert list(read_items(path)) == [
        Item("own:7", "Kenya and Kenya.", "2018-03-06", (0, 9), (LinkLabel(0, 5, "Q114", is_coref=True),))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        '{"id": 1, "text": "a", "labels": []}',
        '{"id": 1, "text": "a", "evaluation_span": [0, 1], "labels": [{"span": [0, 9], "entity_id": "Q1"}]}',
    ],
)
def test_a_line_that_is_no_labelled_text_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(KgError, match="line 1"):
        list(read_items(path))
