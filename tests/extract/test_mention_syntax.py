"""Role, preposition and clauses of a mention, on hand-built Docs."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.mention_syntax import find_clauses, find_preposition, read_role
from kg.extract.token_table import TokenTable

#: (word, part of speech, dependency, head)
_ROWS = [
    ("When", "SCONJ", "advmod", 2),
    ("she", "PRON", "nsubj", 2),
    ("came", "VERB", "advcl", 5),
    ("Reyes", "PROPN", "nsubj", 5),
    ("quietly", "ADV", "advmod", 5),
    ("told", "VERB", "ROOT", 5),
    ("Quist", "PROPN", "dobj", 5),
    ("and", "CCONJ", "cc", 6),
    ("Lind", "PROPN", "conj", 6),
    ("in", "ADP", "prep", 5),
    ("her", "PRON", "poss", 11),
    ("house", "NOUN", "pobj", 9),
    ("and", "CCONJ", "cc", 5),
    ("left", "VERB", "conj", 5),
    ("them", "PRON", "dobj", 13),
]


@pytest.fixture(scope="module")
def table() -> TokenTable:
    words, kinds, deps, heads = (list(column) for column in zip(*_ROWS, strict=True))
    return TokenTable(Doc(Vocab(), words=words, pos=kinds, deps=deps, heads=heads, tags=["X"] * len(words), lemmas=words))


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("she", "subject"),
        ("Quist", "object"),
        ("Lind", "object"),
        ("house", "oblique"),
        ("her", "possessive"),
        ("quietly", "unknown"),
    ],
)
def test_the_role_is_that_of_the_list_that_a_word_belongs_to(word: str, role: str, table: TokenTable) -> None:
    assert read_role(table, table.words.index(word)) == role


@pytest.mark.parametrize(("word", "preposition"), [("house", "in"), ("her", "in"), ("Quist", None)])
def test_the_preposition_is_that_of_the_phrase_or_of_what_is_possessed(
    word: str, preposition: str | None, table: TokenTable
) -> None:
    assert find_preposition(table, table.words.index(word)) == preposition


@pytest.mark.parametrize(
    ("word", "verbs"), [("she", ["came", "told"]), ("Reyes", ["told"]), ("Lind", ["told"]), ("them", ["told"])]
)
def test_a_verb_without_a_subject_of_its_own_is_in_the_clause_of_the_one_that_has_it(
    word: str, verbs: list[str], table: TokenTable
) -> None:
    assert find_clauses(table, table.words.index(word)) == tuple(table.begins[table.words.index(verb)] for verb in verbs)
