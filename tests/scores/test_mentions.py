"""The figures of mentions, and the gold that they are counted against."""

from __future__ import annotations

from typing import get_args

import pytest

from kg.model.document import Document
from kg.model.mention import MentionType
from kg.read.files import find_files
from kg.read.inputs import read_file
from tests.cases.expected import ROOT, read_cases, read_mentions
from tests.scores.mentions import Text, compute_figures, list_found

CASES = read_cases()


def _read_text(name: str) -> str:
    case = CASES[name]["document"]
    documents = [
        document
        for file in find_files([str(ROOT / case["path"])])
        for document in read_file(file, "https://sayso.example/")
        if isinstance(document, Document)
    ]
    text: str = documents[case.get("record", 1) - 1].text
    return text


@pytest.mark.parametrize("name", CASES)
def test_the_gold_mentions_of_a_text_are_in_it_each_once_and_of_a_known_type(name: str) -> None:
    mentions = read_mentions(name, _read_text(name))
    assert len(mentions) > 30
    assert len({(begin, end) for begin, end, _ in mentions}) == len(mentions)
    assert {kind for _, _, kind in mentions} <= set(get_args(MentionType))


@pytest.mark.parametrize("name", CASES)
def test_gold_mentions_nest_but_never_cross(name: str) -> None:
    mentions = sorted(read_mentions(name, _read_text(name)), key=lambda m: (m[0], -m[1]))
    open_ends: list[int] = []
    for begin, end, _ in mentions:
        while open_ends and open_ends[-1] <= begin:
            open_ends.pop()
        assert not open_ends or end <= open_ends[-1]
        open_ends.append(end)


def test_a_wrong_type_is_wrong_for_one_type_and_missing_for_the_other_but_right_as_a_span() -> None:
    gold = frozenset({(0, 5, "Place"), (9, 12, "Person")})
    figures = compute_figures([Text("a", "", gold, frozenset({(0, 5, "Person"), (9, 12, "Person")}))])
    assert figures["all"]["f1"] == 50.0
    assert figures["spans"]["f1"] == 100.0
    assert (figures["Person"]["precision"], figures["Person"]["recall"]) == (50.0, 100.0)
    assert figures["Place"]["recall"] == 0.0


def test_the_first_half_of_the_texts_is_the_one_that_is_read() -> None:
    right = frozenset({(0, 1, "Place")})
    texts = [Text("a", "", right, right), Text("b", "", right, right), Text("c", "", right, frozenset())]
    figures = compute_figures(texts)
    assert (figures["read"]["f1"], figures["unread"]["f1"]) == (100.0, 0.0)


def test_pronouns_and_mentions_without_spans_are_left_out() -> None:
    mentions = [
        {"spans": [[0, 3]], "type": "Person", "pronoun": True},
        {"spans": [], "type": "Person", "pronoun": False},
        {"spans": [[4, 9]], "type": "State", "pronoun": False},
    ]
    assert list_found({"mentions": mentions}) == frozenset({(4, 9, "State")})
