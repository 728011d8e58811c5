"""How a content's main verb is put, on parses made by hand."""

from __future__ import annotations

import pytest

from kg.extract.modality import find_main_verb, is_past, read_modality, read_polarity
from tests.extract.parses import parse_rows

_WOULD = """Holm Holm NNP PROPN 2 nsubj
would would MD AUX 2 aux
leave leave VB VERB 2 ROOT"""
_WOULD_HAVE = """Holm Holm NNP PROPN 3 nsubj
would would MD AUX 3 aux
have have VB AUX 3 aux
left leave VBN VERB 3 ROOT"""
_WITHOUT = """Holm Holm NNP PROPN 2 nsubj
would would MD AUX 2 aux
leave leave VB VERB 2 ROOT
without without IN ADP 2 prep
pay pay NN NOUN 3 pobj"""
_LIKELY = """Holm Holm NNP PROPN 1 nsubj
is be VBZ AUX 1 ROOT
likely likely JJ ADJ 1 acomp
to to TO PART 4 aux
leave leave VB VERB 2 xcomp"""
_DUE = """Rent rent NN NOUN 1 nsubj
is be VBZ AUX 1 ROOT
due due JJ ADJ 1 acomp"""
_SUBJUNCTIVE = """that that IN SCONJ 3 mark
Holm Holm NNP PROPN 3 nsubjpass
be be VB AUX 3 auxpass
freed free VBN VERB 3 ROOT"""
_EVEN_IF = """Holm Holm NNP PROPN 2 nsubj
will will MD AUX 2 aux
leave leave VB VERB 2 ROOT
even even RB ADV 6 advmod
if if IN SCONJ 6 mark
snow snow NN NOUN 6 nsubj
falls fall VBZ VERB 2 advcl"""
_MUST_HAVE = """Holm Holm NNP PROPN 3 nsubj
must must MD AUX 3 aux
have have VB AUX 3 aux
left leave VBN VERB 3 ROOT"""


@pytest.mark.parametrize(
    ("rows", "verb", "in_past", "in_present"),
    [
        (_WOULD, 2, "future", "conditional"),
        (_WOULD_HAVE, 3, "conditional", "conditional"),
        (_WITHOUT, 2, "conditional", "conditional"),
    ],
    ids=["would", "would have", "would without"],
)
def test_would_is_future_where_it_was_said_in_the_past(rows: str, verb: int, in_past: str, in_present: str) -> None:
    word = parse_rows(rows)[verb]
    assert (read_modality(word, is_backshifted=True), read_modality(word)) == (in_past, in_present)


@pytest.mark.parametrize(
    ("rows", "verb", "modality"),
    [
        (_LIKELY, 1, "possible"),
        (_DUE, 1, "asserted"),
        (_SUBJUNCTIVE, 3, "necessary"),
        (_EVEN_IF, 2, "future"),
        (_MUST_HAVE, 3, "asserted"),
    ],
    ids=["likely to", "rent is due", "that he be freed", "even if", "must have left"],
)
def test_predicates_and_moods_count_as_modality(rows: str, verb: int, modality: str) -> None:
    assert read_modality(parse_rows(rows)[verb]) == modality


@pytest.mark.parametrize(
    ("rows", "token", "past"),
    [
        ("Holm Holm NNP PROPN 1 nsubj\nsaid say VBD VERB 1 ROOT", 1, True),
        ("Holm Holm NNP PROPN 1 nsubj\nsays say VBZ VERB 1 ROOT", 1, False),
        ("Holm Holm NNP PROPN 2 nsubj\nhas have VBZ AUX 2 aux\nsaid say VBN VERB 2 ROOT", 2, True),
        ("Holm Holm NNP PROPN 2 nsubj\nwill will MD AUX 2 aux\nsay say VB VERB 2 ROOT", 2, False),
        ("Holm Holm NNP PROPN 1 nsubj\nvoiced voice VBD VERB 1 ROOT\nfears fear NNS NOUN 1 dobj", 2, True),
        ("Fears fear NNS NOUN 0 ROOT", 0, False),
    ],
    ids=["said", "says", "has said", "will say", "voiced fears", "no verb"],
)
def test_the_tense_of_a_cue_is_that_of_its_finite_verb(rows: str, token: int, past: bool) -> None:
    assert is_past(parse_rows(rows)[token]) is past


def test_a_word_with_a_modal_of_its_own_is_the_main_verb_whatever_its_tag() -> None:
    doc = parse_rows("Will will MD AUX 1 aux\nreopen reopen NN NOUN 1 ROOT")
    assert find_main_verb(doc, frozenset({0, 1})) == doc[1]


@pytest.mark.parametrize(("dep", "polarity"), [("nsubj", "negated"), ("dobj", "affirmed")])
def test_nothing_denies_as_a_subject_and_tells_as_an_object(dep: str, polarity: str) -> None:
    assert read_polarity(parse_rows(f"Nothing nothing NN PRON 1 {dep}\nhelped help VBD VERB 1 ROOT")[1]) == polarity
