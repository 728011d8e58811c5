"""Answers from the newsroom: filters first, then posts, then meaning; agreement and contradiction; events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from kg.errors import ActorAmbiguousError
from kg.query.ask import answer_question
from kg.query.ask_frames import FrameFinder, read_frame_texts
from kg.query.ask_names import StoreNames
from kg.query.ask_parse import parse_question
from kg.query.ask_question import Question
from kg.query.guard import check_is_allowed
from kg.query.search import Searcher
from kg.query.search_index import build_index, read_contents
from kg.store.terms import OxStore
from tests.query.test_search import refuse

TODAY = date(2025, 4, 1)


def ask(store: OxStore, text: str, limit: int = 20) -> tuple[Question, tuple[dict[str, Any], ...], int]:
    question = parse_question(text, StoreNames(store), FrameFinder(read_frame_texts(store)), TODAY)
    answers = answer_question(store, Searcher(store, build_index(read_contents(store), {}), refuse), question, limit)
    for query in answers.queries:
        check_is_allowed(query)
    assert all(set(answers.columns) <= set(record) for record in answers.records)
    return question, answers.records, answers.total


def list_claims(records: Iterable[dict[str, Any]], match: str = "filter") -> set[str]:
    return {record["claim"].rpartition("/")[2] for record in records if record["match"] == match}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who claims stalling by Russia", {"analysis#a4", "wire#a5"}),
        ("who says that Putin is stalling", {"wire#a1", "wire#a2", "analysis#a4", "analysis#a6", "evening#a8"}),
        ("who denies that Putin is stalling", {"wire#a3", "analysis#a3", "analysis#a5", "evening#a1"}),
        ("who denies that Putin is stalling since 10 March 2025", {"evening#a1"}),
        ("what has Ilmar Kask promised", {"evening#a3"}),
        ("what did Oleg Darin demand", {"evening#a2"}),
        ("when did Oleg Darin say that Putin is not stalling", {"wire#a3", "analysis#a3"}),
    ],
)
def test_what_passes_the_filters_comes_first_and_is_complete(newsroom: OxStore, text: str, expected: set[str]) -> None:
    question, records, _ = ask(newsroom, text)
    assert list_claims(records) - {"blog#a1"} == expected, question.describe()
    matches = [record["match"] for record in records]
    assert matches == sorted(matches, key=["filter", "post", "meaning"].index)


def test_a_name_of_several_is_refused_with_all_of_them(newsroom: OxStore) -> None:
    with pytest.raises(ActorAmbiguousError, match=r"Ilmar Kask.*Jane Kask"):
        ask(newsroom, "what has Kask promised")


def test_no_claim_is_given_twice(newsroom: OxStore) -> None:
    _, records, _ = ask(newsroom, "who says that Putin is stalling")
    claims = [record["claim"] for record in records]
    assert len(claims) == len(set(claims))


def test_the_limit_holds_and_the_number_of_all_is_told(newsroom: OxStore) -> None:
    _, all_of_them, total = ask(newsroom, "who says that Putin is stalling")
    _, records, same = ask(newsroom, "who says that Putin is stalling", limit=2)
    assert records == all_of_them[:2]
    assert total == same >= 5


def test_other_words_find_what_is_alike(newsroom: OxStore) -> None:
    _, records, total = ask(newsroom, "who says that shells for Ukraine will come")
    assert total == 0
    assert "evening#a3" in list_claims(records, "meaning")


def test_who_agrees_takes_the_same_side_and_who_contradicts_the_other(newsroom: OxStore) -> None:
    _, agreeing, _ = ask(newsroom, "who agrees with European diplomats on Putin")
    _, contradicting, _ = ask(newsroom, "who contradicts European diplomats on Putin")
    assert {"wire#a1", "evening#a8"} <= list_claims(agreeing)
    assert {"wire#a3", "evening#a1"} <= list_claims(contradicting)
    assert not list_claims(agreeing) & list_claims(contradicting)
    assert {record["compared_with"] for record in agreeing} == {"that Putin is dragging the talks out"}


def test_nobody_agrees_with_or_contradicts_himself(newsroom: OxStore) -> None:
    for verb in ("agrees with", "contradicts"):
        _, records, _ = ask(newsroom, f"who {verb} Oleg Darin")
        assert records
        assert "Oleg Darin" not in {record["speaker"] for record in records}


def test_two_may_be_compared_with_each_other_alone(newsroom: OxStore) -> None:
    _, records, _ = ask(newsroom, "where do Oleg Darin and Ilmar Kask disagree")
    assert {record["speaker"] for record in records} == {"Ilmar Kask"}


def test_events_are_answered_by_events_in_the_direction_that_is_asked(newsroom: OxStore) -> None:
    _, records, _ = ask(newsroom, "who threatened Ilmar Kask")
    _, reverse, _ = ask(newsroom, "whom did Ilmar Kask threaten")
    assert all(record["recipient"] == "Ilmar Kask" for record in records if "event" in record)
    assert not [record for record in reverse if "event" in record]


def test_a_meeting_is_found_from_either_side(newsroom: OxStore) -> None:
    _, records, _ = ask(newsroom, "who met Ilmar Kask")
    _, others, _ = ask(newsroom, "whom did Ilmar Kask meet")
    assert {record["event"] for record in records} == {record["event"] for record in others} != set()
    assert {record["type"] for record in records} == {"CONSULT"}


def test_contradictions_on_a_matter_and_changed_positions_are_rows_of_their_queries(newsroom: OxStore) -> None:
    _, contradictions, _ = ask(newsroom, "contradictions about Putin")
    assert {record["about"] for record in contradictions} == {"Vladimir Putin"}
    _, changes, _ = ask(newsroom, "has Ilmar Kask changed his mind about Putin")
    assert {(record["speaker"], record["frame"]) for record in changes} == {("Ilmar Kask", "stalling")}


def test_a_question_that_asks_for_nothing_has_no_answer(newsroom: OxStore) -> None:
    assert ask(newsroom, "?")[1] == ()


def test_an_empty_store_answers_nothing() -> None:
    assert ask(OxStore(), "who claims that it rains")[1] == ()
