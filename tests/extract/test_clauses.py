"""Questions about a parse, its polarity and modality, on parses made by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.clauses import find_phrase, find_subject, find_verb_group, is_passive, resolve_relative
from kg.extract.modality import find_main_verb, read_modality, read_polarity, read_speech

_VOCAB = spacy.blank("en").vocab


def _parse(rows: str) -> Doc:
    """Make a Doc of one sentence: tokens parted by `|`, as "word lemma tag pos head dep", heads counted from 0."""
    tokens = [row.split() for row in rows.split("|")]
    return Doc(
        _VOCAB,
        words=[t[0] for t in tokens],
        lemmas=[t[1] for t in tokens],
        tags=[t[2] for t in tokens],
        pos=[t[3] for t in tokens],
        heads=[int(t[4]) for t in tokens],
        deps=[t[5] for t in tokens],
    )


def _words(doc: Doc, indexes: frozenset[int]) -> str:
    return " ".join(doc[i].text for i in sorted(indexes))


_SHARED = "Holm Holm NNP PROPN 1 nsubj|came come VBD VERB 1 ROOT|and and CC CCONJ 1 cc|spoke speak VBD VERB 1 conj"
_CONTROLLED = (
    "Holm Holm NNP PROPN 1 nsubj|asked ask VBD VERB 1 ROOT|Oslo Oslo NNP PROPN 1 dobj|"
    "to to TO PART 4 aux|wait wait VB VERB 1 xcomp"
)
_EXPLETIVE = (
    "It it PRP PRON 1 nsubj|is be VBZ AUX 1 ROOT|wrong wrong JJ ADJ 1 acomp|to to TO PART 4 aux|claim claim VB VERB 1 xcomp"
)
_BLAMED = (
    "Holm Holm NNP PROPN 1 nsubj|blamed blame VBD VERB 1 ROOT|Oslo Oslo NNP PROPN 1 dobj|"
    "for for IN ADP 1 prep|waiting wait VBG VERB 3 pcomp"
)
_RELATIVE = "officials official NNS NOUN 0 ROOT|who who WP PRON 2 nsubj|spoke speak VBD VERB 0 relcl"
_MARK = "” ” NNP PROPN 1 nsubj|said say VBD VERB 1 ROOT|Holm Holm NNP PROPN 1 nsubj"


@pytest.mark.parametrize(
    ("rows", "verb", "subject"),
    [
        (_SHARED, 3, "Holm"),
        (_CONTROLLED, 4, "Oslo"),
        (_EXPLETIVE, 4, None),
        (_EXPLETIVE, 1, "It"),
        (_BLAMED, 4, "Oslo"),
        (_RELATIVE, 2, "who"),
        ("Wait wait VB VERB 0 ROOT", 0, None),
    ],
    ids=["coordination", "object control", "expletive not passed on", "own expletive", "gerund", "relative", "imperative"],
)
def test_the_subject_of_a_verb_is_its_own_or_the_one_that_it_shares(rows: str, verb: int, subject: str | None) -> None:
    found = find_subject(_parse(rows)[verb])
    assert (found.text if found is not None else None) == subject


def test_a_quotation_mark_is_never_a_subject() -> None:
    doc = _parse(_MARK)
    found = find_subject(doc[1])
    assert found is not None
    assert found.text == "Holm"


def test_a_relative_pronoun_stands_for_the_noun_before_it() -> None:
    doc = _parse(_RELATIVE)
    assert resolve_relative(doc[1]).text == "officials"
    assert resolve_relative(doc[0]).text == "officials"


def test_a_noun_phrase_has_its_apposition_but_not_its_relative_clause() -> None:
    doc = _parse(
        "Holm Holm NNP PROPN 8 nsubj|, , , PUNCT 0 punct|the the DT DET 3 det|envoy envoy NN NOUN 0 appos|, , , PUNCT 0 punct|"
        "who who WP PRON 6 nsubj|left leave VBD VERB 0 relcl|, , , PUNCT 0 punct|spoke speak VBD VERB 8 ROOT"
    )
    assert _words(doc, find_phrase(doc[0])) == "Holm , the envoy"


def test_a_possessive_ending_is_no_part_of_the_phrase() -> None:
    doc = _parse("Holm Holm NNP PROPN 2 poss|'s 's POS PART 0 case|claim claim NN NOUN 2 ROOT")
    assert _words(doc, find_phrase(doc[0])) == "Holm"


def test_a_verb_group_has_auxiliaries_negation_and_the_adverb_beside_the_verb() -> None:
    doc = _parse(
        "Holm Holm NNP PROPN 4 nsubj|has have VBZ AUX 4 aux|not not RB PART 4 neg|often often RB ADV 4 advmod|"
        "spoken speak VBN VERB 4 ROOT|lately lately RB ADV 4 advmod|here here RB ADV 4 advmod"
    )
    assert _words(doc, find_verb_group(doc[4])) == "has not often spoken lately"


@pytest.mark.parametrize(
    ("rows", "verb", "expected"),
    [
        ("Oslo Oslo NNP PROPN 2 nsubjpass|was be VBD AUX 2 auxpass|asked ask VBN VERB 2 ROOT", 2, True),
        ("Asked ask VBN VERB 2 advcl|Holm Holm NNP PROPN 2 nsubj|left leave VBD VERB 2 ROOT", 0, True),
        (_SHARED, 1, False),
    ],
)
def test_a_passive_shows_by_its_auxiliary_or_as_a_bare_participle(rows: str, verb: int, expected: bool) -> None:
    assert is_passive(_parse(rows)[verb]) is expected


_NOT = "Holm Holm NNP PROPN 3 nsubj|did do VBD AUX 3 aux|not not RB PART 3 neg|leave leave VB VERB 3 ROOT"
_NOT_ONLY = (
    "Holm Holm NNP PROPN 4 nsubj|did do VBD AUX 4 aux|not not RB PART 4 neg|only only RB ADV 4 advmod|leave leave VB VERB 4 ROOT"
)
_NO_ONE = "No no DT DET 1 det|envoy envoy NN NOUN 2 nsubj|left leave VBD VERB 2 ROOT"
_NO_LONGER = (
    "It it PRP PRON 1 nsubj|is be VBZ AUX 1 ROOT|no no RB ADV 3 neg|longer long RBR ADV 1 advmod|safe safe JJ ADJ 1 acomp"
)


@pytest.mark.parametrize(
    ("rows", "verb", "polarity"),
    [
        (_NOT, 3, "negated"),
        (_NOT_ONLY, 4, "affirmed"),
        (_NO_ONE, 2, "negated"),
        (_NO_LONGER, 1, "negated"),
        (_SHARED, 1, "affirmed"),
    ],
    ids=["not", "not only", "no one", "no longer", "plain"],
)
def test_the_polarity_is_that_of_the_main_verb(rows: str, verb: int, polarity: str) -> None:
    assert read_polarity(_parse(rows)[verb]) == polarity


@pytest.mark.parametrize(
    ("modal", "modality"),
    [
        ("may", "possible"),
        ("could", "possible"),
        ("must", "necessary"),
        ("should", "necessary"),
        ("would", "conditional"),
        ("will", "future"),
        ("did", "asserted"),
    ],
)
def test_the_modality_is_that_of_the_modal_verb(modal: str, modality: str) -> None:
    doc = _parse(f"Holm Holm NNP PROPN 2 nsubj|{modal} {modal} MD AUX 2 aux|leave leave VB VERB 2 ROOT")
    assert read_modality(doc[2]) == modality


def test_an_if_clause_makes_its_main_verb_conditional() -> None:
    doc = _parse(
        "Holm Holm NNP PROPN 2 nsubj|will will MD AUX 2 aux|leave leave VB VERB 2 ROOT|if if IN SCONJ 5 mark|"
        "snow snow NN NOUN 5 nsubj|falls fall VBZ VERB 2 advcl"
    )
    assert read_modality(doc[2]) == "conditional"


def test_a_mere_noun_phrase_has_no_main_verb_and_is_asserted() -> None:
    doc = _parse("the the DT DET 1 det|plan plan NN NOUN 1 ROOT")
    assert find_main_verb(doc, frozenset({0, 1})) is None
    assert (read_polarity(None), read_modality(None)) == ("affirmed", "asserted")


@pytest.mark.parametrize(("quoted", "speech"), [(set(), "indirect"), ({0}, "mixed"), ({0, 1, 2, 3}, "direct")])
def test_speech_is_told_by_the_share_of_words_between_marks(quoted: set[int], speech: str) -> None:
    assert read_speech(_parse(_NOT), frozenset({0, 1, 2, 3}), frozenset(quoted)) == speech
