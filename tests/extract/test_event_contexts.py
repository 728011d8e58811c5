"""Contexts of events: the lexicon on hand-built tables, and the cases by score."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ResourceInvalidError
from kg.extract.event_contexts import ContextLexicon, join_contexts
from kg.extract.token_table import read_table
from kg.model.event import Context
from tests.scores.contexts import CASES, Case, Score, compare_contexts, make_finder, read_cases

LEXICON = """
[[context]]
name = "legal"
words = ["noun:court", "arrest warrant", "freedom of expression"]
modes = ["COERCE/arrest"]
[[context]]
name = "military"
words = ["army", "noun:arms", "war"]
[[context]]
name = "repression"
words = ["jail ... journalist"]
[[context]]
name = "gender"
words = ["women 's rights", "pro-choice"]
[[context]]
name = "diplomatic"
words = ["embassy", "war"]
between_states = ["CONSULT"]
[other]
words = ["tennis court", "war of words"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "contexts.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def lexicon(tmp_path: Path) -> ContextLexicon:
    return ContextLexicon.load(write(tmp_path, LEXICON))


def find(lexicon: ContextLexicon, text: str, kinds: str = "") -> set[str]:
    """Return the contexts of a text whose tokens stand apart by blanks; `kinds` are parts of speech, nouns by default."""
    words = text.split()
    doc = Doc(spacy.blank("en").vocab, words=words, pos=kinds.split() or ["NOUN"] * len(words), lemmas=words)
    return set(lexicon.find_contexts(read_table(doc), range(len(words))))


def test_a_word_tells_all_contexts_that_list_it(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "the war ended") == {"military", "diplomatic"}


def test_a_lemma_and_a_form_in_any_case_are_the_word(lexicon: ContextLexicon) -> None:
    doc = Doc(spacy.blank("en").vocab, words=["Armies", "ARMY"], pos=["NOUN", "PROPN"], lemmas=["army", "ARMY"])
    assert lexicon.find_contexts(read_table(doc), [0]) == lexicon.find_contexts(read_table(doc), [1]) == {"military"}


def test_the_longest_entry_at_a_word_counts_and_may_have_no_context(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "a war of words") == set()
    assert find(lexicon, "a tennis court") == set()
    assert find(lexicon, "a tennis court and a court") == {"legal"}


def test_a_noun_is_no_verb(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "they court voters", "PRON VERB NOUN") == set()
    assert find(lexicon, "the court met", "DET NOUN VERB") == {"legal"}


def test_room_between_words_is_three_words(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "they jail two brave young journalist") == {"repression"}
    assert find(lexicon, "they jail two very brave young journalist") == set()


def test_words_beside_those_that_leave_room_count_as_well(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "they jail an army journalist") == {"repression", "military"}


def test_an_entry_does_not_reach_beyond_the_tokens_that_are_asked_for(lexicon: ContextLexicon) -> None:
    doc = Doc(spacy.blank("en").vocab, words=["arrest", "warrant"], lemmas=["arrest", "warrant"])
    assert lexicon.find_contexts(read_table(doc), [0]) == frozenset()
    assert lexicon.find_contexts(read_table(doc), [0, 1]) == {"legal"}


def test_apostrophes_and_hyphens_are_read_as_the_tokeniser_cuts_them(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "Women ’s rights") == {"gender"}
    assert find(lexicon, "pro - choice march") == {"gender"}


def test_no_words_tell_no_context(lexicon: ContextLexicon) -> None:
    assert find(lexicon, "") == set()


def test_contexts_are_joined_sorted_and_once() -> None:
    assert join_contexts(("legal", "crime"), ("legal",), ()) == ("crime", "legal")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[context]]\n", "cannot be read|is not a lexicon"),
        ("x = ", "cannot be read"),
        (LEXICON.replace('"gender"', '"weather"'), "'weather' is no PLOVER context"),
        (LEXICON.replace("COERCE/arrest", "COERCE/visit"), "'COERCE/visit' is no PLOVER type and mode"),
        (LEXICON.replace('["CONSULT"]', '["TALK"]'), "'TALK' is no PLOVER type"),
        (LEXICON.replace('"tennis court"', '"embassy"'), "'embassy' is said to have a context and to have none"),
        (LEXICON.replace('"tennis court"', '" "'), "an entry is empty"),
    ],
)
def test_a_malformed_lexicon_is_refused_by_file_and_problem(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ResourceInvalidError, match=problem) as caught:
        ContextLexicon.load(path)
    assert str(path) in str(caught.value)


def test_the_shipped_lexicon_has_words_for_every_context() -> None:
    told = {name for rows in ContextLexicon.load().entries.values() for entry in rows for name in entry.contexts}
    assert told == set(get_args(Context))


@cache
def score(name: str) -> Score:
    return compare_contexts(read_cases(CASES / name), make_finder())[0]


def test_the_cases_cover_every_context_and_a_third_of_them_have_none() -> None:
    for name in ("sentences.toml", "later.toml"):
        cases = read_cases(CASES / name)
        assert len([case for case in cases if not case.contexts]) >= len(cases) / 4
    cases = [case for path in sorted(CASES.glob("*.toml")) for case in read_cases(path)]
    assert {name for case in cases for name in case.contexts} == set(get_args(Context))
    assert len([case for case in cases if not case.contexts]) * 3 >= len(cases) - 3


def test_contexts_are_found_in_the_sentences_that_the_words_were_chosen_with() -> None:
    assert score("sentences.toml").f1 >= 0.95
    assert score("sentences.toml").precision >= 0.95


def test_contexts_are_found_in_sentences_written_later() -> None:
    assert score("later.toml").f1 >= 0.88
    assert score("later.toml").precision >= 0.88


def test_a_sentence_without_an_event_counts_as_one_without_contexts() -> None:
    cases = [Case("a", frozenset({"legal"})), Case("b", frozenset())]
    found, errors = compare_contexts(cases, {"a": None, "b": frozenset({"crime"})}.__getitem__)
    assert found == Score(right=0, found=1, expected=1, eventless=1)
    assert errors == ["-legal (no event): a", "+crime: b"]
    assert (found.precision, found.recall, found.f1) == (0.0, 0.0, 0.0)
