"""Labels of tokens and spans of labels are each other's inverse, and are counted by role."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from tests.scores.cofenet import TokenSpan, count_spans, find_spans, read_instances, to_labels

#: Holm 0-4, said 5-9, roads 10-15, “ 16-17, close 18-23, . 24-25
TOKENS = ("Holm", "said", "roads", "“", "close", ".")


def attribute(**changes: Any) -> dict[str, Any]:
    return {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 23]], "parent": None} | changes


def test_each_token_of_a_span_has_its_role() -> None:
    labels = ["B-source", "B-cue", "B-content", "I-content", "I-content", "O"]
    assert to_labels(TOKENS, [attribute()]) == labels


def test_a_token_that_is_covered_in_part_is_covered() -> None:
    assert to_labels(TOKENS, [attribute(content=[[12, 20]])])[2:] == ["B-content", "I-content", "I-content", "O"]


def test_the_blank_between_tokens_belongs_to_neither() -> None:
    assert to_labels(TOKENS, [attribute(source=[], cue=[], content=[[9, 10]])]) == ["O"] * 6


def test_a_nested_attribution_labels_nothing() -> None:
    assert to_labels(TOKENS, [attribute(parent="a9")]) == ["O"] * 6


def test_the_first_of_two_attributions_keeps_its_tokens() -> None:
    later = attribute(source=[[5, 9]], cue=[[10, 15]], content=[[16, 25]])
    labels = to_labels(TOKENS, [attribute(content=[[10, 15]]), later])
    assert labels == ["B-source", "B-cue", "B-content", "B-content", "I-content", "I-content"]


def test_a_content_in_two_pieces_is_two_spans_even_where_they_touch() -> None:
    labels = to_labels(TOKENS, [attribute(content=[[10, 17], [18, 23]])])
    assert labels[2:] == ["B-content", "I-content", "B-content", "O"]


def test_what_an_earlier_span_cuts_in_two_is_two_spans() -> None:
    labels = to_labels(TOKENS, [attribute(source=[[10, 15]], cue=[], content=[[0, 25]])])
    assert labels == ["B-content", "I-content", "B-source", "B-content", "I-content", "I-content"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["O", "O"], set()),
        (["B-cue", "I-cue", "O"], {TokenSpan("cue", 0, 2)}),
        (["B-cue", "B-cue"], {TokenSpan("cue", 0, 1), TokenSpan("cue", 1, 2)}),
        (["B-source", "I-content"], {TokenSpan("source", 0, 1)}),
        (["O", "I-cue", "I-cue"], set()),
        (["B-cue", "O", "I-cue"], {TokenSpan("cue", 0, 1)}),
        ([], set()),
    ],
)
def test_a_span_is_one_b_and_the_is_of_its_role(labels: list[str], expected: set[TokenSpan]) -> None:
    assert find_spans(labels) == expected


def test_spans_are_counted_by_role_and_within_their_own_text() -> None:
    cue, content = TokenSpan("cue", 1, 2), TokenSpan("content", 2, 5)
    pairs = [
        (frozenset({cue, content}), frozenset({cue, TokenSpan("content", 2, 4)})),
        (frozenset[TokenSpan](), frozenset({cue})),
    ]
    figures = count_spans(pairs)
    assert figures["cue"] == {"precision": 50.0, "recall": 100.0, "f1": 66.7}
    assert figures["content"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert figures["source"]["f1"] == 0.0


def test_two_texts_of_one_article_have_different_ids(tmp_path: Path) -> None:
    line = json.dumps({"tokens": ["Holm"], "labels": ["O"], "id": "town"}) + "\n"
    (tmp_path / "x.txt").write_text(line * 2, "utf-8")
    assert [instance.id for instance in read_instances(tmp_path / "x.txt")] == ["town#1", "town#2"]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "x", "tokens": ["a"]}', '{"id": "x", "tokens": ["a"], "labels": []}'])
def test_a_line_of_another_kind_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.txt").write_text(line, "utf-8")
    with pytest.raises(KgError, match="line 1"):
        list(read_instances(tmp_path / "x.txt"))
