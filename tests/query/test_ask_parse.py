"""Questions as filters: the cases of `tests/cases/questions/parsing.toml`, and what is said of what was not understood."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.query.ask_frames import FrameFinder, FrameText
from kg.query.ask_lexicon import inflect_verb, read_lexicon
from kg.query.ask_names import NameTable
from kg.query.ask_parse import parse_question
from kg.query.ask_question import Question
from tests.scores.questions import list_expected, list_filters, make_frames, make_names

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "questions" / "parsing.toml").read_text("utf-8"))
TODAY = date(2026, 11, 22)
#: Share of questions that must be right in every filter.
_ENOUGH = 0.93
FRAMES = FrameFinder(
    [FrameText("ferry-trouble", ("ferry trouble",), (), (r"\bferr\w+ (?:is|are) (?:\w+ )?late\b",), (r"\bvery late\b",))]
)


@pytest.fixture(scope="module")
def names() -> NameTable:
    return make_names(TABLE["actors"])


def parse(text: str, names: NameTable) -> Question:
    return parse_question(text, names, FRAMES, TODAY)


def test_nearly_all_questions_are_understood_in_every_filter(names: NameTable) -> None:
    frames, today = make_frames(), date.fromisoformat(TABLE["today"])
    wrong = [
        case["text"]
        for case in TABLE["question"]
        if list_expected(case) != list_filters(parse_question(case["text"], names, frames, today))
    ]
    assert len(wrong) <= (1 - _ENOUGH) * len(TABLE["question"]), wrong


def test_a_question_of_no_known_shape_is_searched_and_said_to_be_left(names: NameTable) -> None:
    question = parse("mushrooms and Putin perhaps", names)
    assert (question.left, question.clause) == ("mushrooms and Putin perhaps", "mushrooms and Putin perhaps")
    assert "left as words: mushrooms and Putin perhaps" in question.describe()


def test_who_is_asked_for_is_left_as_words(names: NameTable) -> None:
    assert (
        parse("which retired admirals and ministers said that the ferry is late", names).left == "retired admirals and ministers"
    )


def test_the_line_tells_all_filters(names: NameTable) -> None:
    line = parse("when did Lavrov say in May 2026 that the ferries are late", names).describe()
    assert line == (
        "understood: claims, by Sergey Lavrov, frame ferry-trouble (by pattern), affirmed, from 2026-05-01, to 2026-05-31, "
        "ranked by “the ferries are late”"
    )


def test_a_pattern_finds_a_frame_and_an_exclusion_keeps_it_from_a_clause(names: NameTable) -> None:
    assert parse("who says the ferry is rather late", names).frame == "ferry-trouble"
    assert FRAMES.find("the ferries are very late") is None


def test_of_several_questions_the_last_one_counts(names: NameTable) -> None:
    question = parse("Really? Who met Lavrov?", names)
    assert (question.kind, question.left) == ("events", "Really?")


def test_a_question_is_parsed_the_same_whatever_its_case_and_spaces(names: NameTable) -> None:
    assert list_filters(parse("Who  Met   LAVROV ?", names)) == list_filters(parse("who met Lavrov", names))


def test_an_empty_question_asks_for_nothing(names: NameTable) -> None:
    assert list_filters(parse(" ?", names)) == {("kind", "claims")}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("accuse", ("accuse", "accuses", "accused", "accused", "accusing")),
        ("deny", ("deny", "denies", "denied", "denied", "denying")),
        ("attack", ("attack", "attacks", "attacked", "attacked", "attacking")),
        ("meet with", ("meet with", "meets with", "met with", "met with", "meeting with")),
        ("praise", ("praise", "praises", "praised", "praised", "praising")),
    ],
)
def test_verbs_are_inflected(verb: str, forms: tuple[str, ...]) -> None:
    irregular = {"meet": ("meets", "met", "met", "meeting")}
    assert tuple(inflect_verb(verb, irregular).model_dump().values()) == forms


def test_every_verb_that_is_listed_is_known_in_all_forms() -> None:
    lexicon = read_lexicon()
    assert {forms.past for forms, _ in lexicon.speech} >= {"said", "denied", "called for", "thought"}
    assert {forms.participle for forms, _ in lexicon.events} >= {"met with", "sanctioned", "withdrawn from"}
