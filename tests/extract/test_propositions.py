"""Propositions on parses made by hand: what is relation, object and argument, what they mean and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.extract.control_lexicon import read_control_lexicon
from kg.extract.proposition_phrases import to_spans
from kg.extract.propositions import find_propositions
from kg.extract.token_table import TokenTable
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.proposition import Proposition
from kg.model.span import Span, Spans, quote_spans
from tests.extract.parses import parse_rows

_FUND = "Oslo Oslo NNP PROPN 1 nsubj|funds fund VBZ VERB 1 ROOT|roads road NNS NOUN 1 dobj"
_REPORTED = (
    "Holm Holm NNP PROPN 1 nsubj|said say VBD VERB 1 ROOT|Oslo Oslo NNP PROPN 5 nsubj|will will MD AUX 5 aux|"
    "not not RB PART 5 neg|fund fund VB VERB 1 ccomp|roads road NNS NOUN 5 dobj"
)
_PASSIVE = (
    "Holm Holm NNP PROPN 2 nsubjpass|was be VBD AUX 2 auxpass|seen see VBN VERB 2 ROOT|by by IN ADP 2 agent|"
    "Rask Rask NNP PROPN 3 pobj"
)
_CHAIN = (
    "Oslo Oslo NNP PROPN 1 nsubj|wants want VBZ VERB 1 ROOT|to to TO PART 3 aux|join join VB VERB 1 xcomp|"
    "NATO NATO NNP PROPN 3 dobj"
)
_APPOSITION = (
    "Holm Holm NNP PROPN 5 nsubj|,_ , , PUNCT 0 punct|the the DT DET 3 det|mayor mayor NN NOUN 0 appos|"
    ", , , PUNCT 0 punct|left leave VBD VERB 5 ROOT|Rome Rome NNP PROPN 5 dobj"
)
_TWO_BY_TWO = (
    "Holm Holm NNP PROPN 3 nsubj|and and CC CCONJ 0 cc|Rask Rask NNP PROPN 0 conj|saw see VBD VERB 3 ROOT|"
    "Rome Rome NNP PROPN 3 dobj|and and CC CCONJ 4 cc|Oslo Oslo NNP PROPN 4 conj"
)
_DIRECTED = (
    "Oslo Oslo NNP PROPN 1 nsubj|imposed impose VBD VERB 1 ROOT|sanctions sanction NNS NOUN 1 dobj|on on IN ADP 2 prep|"
    "Rome Rome NNP PROPN 3 pobj"
)
_ACCUSED = (
    "Holm Holm NNP PROPN 1 nsubj|accused accuse VBD VERB 1 ROOT|Oslo Oslo NNP PROPN 1 dobj|of of IN ADP 1 prep|"
    "hiding hide VBG VERB 3 pcomp|files file NNS NOUN 4 dobj"
)
_RELATIVE = (
    "the the DT DET 1 det|mayor mayor NN NOUN 5 nsubj|who who WP PRON 3 nsubj|lost lose VBD VERB 1 relcl|"
    "votes vote NNS NOUN 3 dobj|left leave VBD VERB 5 ROOT|town town NN NOUN 5 dobj"
)
_GAP = (
    "Holm Holm NNP PROPN 1 nsubj|saw see VBD VERB 1 ROOT|the the DT DET 3 det|deal deal NN NOUN 1 dobj|"
    "Oslo Oslo NNP PROPN 5 nsubj|signed sign VBD VERB 3 relcl"
)
_WHERE = (
    "Holm Holm NNP PROPN 1 nsubj|saw see VBD VERB 1 ROOT|towns town NNS NOUN 1 dobj|where where WRB SCONJ 5 advmod|"
    "Rask Rask NNP PROPN 5 nsubj|lived live VBD VERB 2 relcl"
)
_SHARED_OBJECT = (
    "Oslo Oslo NNP PROPN 1 nsubj|sells sell VBZ VERB 1 ROOT|or or CC CCONJ 1 cc|merges merge VBZ VERB 1 conj|"
    "banks bank NNS NOUN 3 dobj"
)
_BARE_VERB = "Holm Holm NNP PROPN 1 nsubj|slept sleep VBD VERB 1 ROOT"
_ADJECTIVE = (
    "Oslo Oslo NNP PROPN 1 nsubj|is be VBZ AUX 1 ROOT|responsible responsible JJ ADJ 1 acomp|for for IN ADP 2 prep|"
    "Rome Rome NNP PROPN 3 pobj"
)
_FRONTED = (
    "In in IN ADP 3 prep|May May NNP PROPN 0 pobj|Holm Holm NNP PROPN 3 nsubj|slept sleep VBD VERB 3 ROOT|"
    "in in IN ADP 3 prep|Rome Rome NNP PROPN 4 pobj"
)
_NEITHER = (
    "Oslo Oslo NNP PROPN 3 nsubj|did do VBD AUX 3 aux|not not RB PART 3 neg|confirm confirm VB VERB 3 ROOT|"
    "or or CC CCONJ 3 cc|deny deny VB VERB 3 conj|reports report NNS NOUN 5 dobj"
)


def _find(rows: str, mentions: tuple[Mention, ...] = (), held: tuple[Attribution, ...] = ()) -> tuple[Proposition, ...]:
    return find_propositions(parse_rows(rows.replace("|", "\n")), mentions, held)


def _quote(rows: str, one: Proposition) -> tuple[str, ...]:
    text = parse_rows(rows.replace("|", "\n")).text
    return tuple(quote_spans(text, spans) for spans in (one.subject, one.relation, one.object, *one.arguments))


def _mention(rows: str, words: str, number: int = 1) -> Mention:
    begin = parse_rows(rows.replace("|", "\n")).text.index(words)
    spans = (Span(begin, begin + len(words)),)
    return Mention(id=f"m{number}", spans=spans, text=words, name=words, type="Organisation", kind="name", by="test")


def _hold(rows: str, cue: str, content: str) -> Attribution:
    text = parse_rows(rows.replace("|", "\n")).text

    def find(words: str) -> Spans:
        return (Span(text.index(words), text.index(words) + len(words)),)

    return Attribution(
        id="a1",
        source=(),
        cue=find(cue),
        content=find(content),
        sentences=(Span(0, len(text)),),
        speech="indirect",
        confidence=1.0,
        by="test",
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (_FUND, ("Oslo", "funds", "roads")),
        (_CHAIN, ("Oslo", "wants to join", "NATO")),
        (_PASSIVE, ("Holm", "was seen by", "Rask")),
        (_DIRECTED, ("Oslo", "imposed", "sanctions on Rome")),
        (_ADJECTIVE, ("Oslo", "is responsible for", "Rome")),
        (_FRONTED, ("Holm", "slept in", "Rome", "In May")),
    ],
    ids=["transitive", "infinitive", "passive", "noun with its preposition", "adjective", "time in front"],
)
def test_a_clause_is_parted_into_subject_relation_object_and_arguments(rows: str, expected: tuple[str, ...]) -> None:
    assert [_quote(rows, one) for one in _find(rows)] == [expected]


def test_coordinated_subjects_and_objects_have_a_proposition_for_each_pair() -> None:
    found = {_quote(_TWO_BY_TWO, one) for one in _find(_TWO_BY_TWO)}
    assert found == {(who, "saw", what) for who in ("Holm", "Rask") for what in ("Rome", "Oslo")}


def test_an_apposition_is_a_proposition_whose_relation_has_no_words() -> None:
    (apposition,) = (one for one in _find(_APPOSITION) if not one.relation)
    assert (_quote(_APPOSITION, apposition), apposition.lemma) == (("Holm", "", "the mayor"), "be mayor")


def test_a_relative_pronoun_is_replaced_by_the_noun_that_it_stands_for() -> None:
    assert ("the mayor", "lost", "votes") in [_quote(_RELATIVE, one) for one in _find(_RELATIVE)]


def test_the_noun_of_a_relative_clause_without_pronoun_is_its_object() -> None:
    assert ("Oslo", "signed", "the deal") in [_quote(_GAP, one) for one in _find(_GAP)]


def test_the_noun_of_a_clause_that_tells_where_is_an_argument_and_no_object() -> None:
    assert [_quote(_WHERE, one) for one in _find(_WHERE)] == [("Holm", "saw", "towns"), ("Rask", "lived", "", "towns")]


def test_coordinated_verbs_share_the_object_of_the_last() -> None:
    found = [_quote(_SHARED_OBJECT, one) for one in _find(_SHARED_OBJECT)]
    assert found == [("Oslo", "sells", "banks"), ("Oslo", "merges", "banks")]


def test_a_verb_without_object_is_a_proposition_whose_object_has_no_words() -> None:
    (found,) = _find(_BARE_VERB)
    assert (_quote(_BARE_VERB, found), found.lemma) == (("Holm", "slept", ""), "sleep")


def test_a_text_without_words_has_no_propositions() -> None:
    assert _find(". . . PUNCT 0 ROOT") == ()


@pytest.mark.parametrize(
    ("rows", "lemma"),
    [(_FUND, "fund"), (_CHAIN, "join"), (_PASSIVE, "see"), (_ADJECTIVE, "be responsible for"), (_FRONTED, "sleep in")],
    ids=["transitive", "infinitive", "passive", "adjective", "preposition"],
)
def test_the_lemma_leaves_out_auxiliaries_and_control(rows: str, lemma: str) -> None:
    assert [one.lemma for one in _find(rows)] == [lemma]


def test_an_active_clause_is_done_by_its_subject_to_its_object() -> None:
    (found,) = _find(_CHAIN, (_mention(_CHAIN, "Oslo", 1), _mention(_CHAIN, "NATO", 2)))
    assert (found.subject_mention, found.object_mention) == ("m1", "m2")


def test_a_passive_clause_is_done_by_its_agent_to_its_subject() -> None:
    (found,) = _find(_PASSIVE, (_mention(_PASSIVE, "Holm", 1), _mention(_PASSIVE, "Rask", 2)))
    assert (found.subject_mention, found.object_mention) == ("m2", "m1")


def test_a_deed_that_a_noun_names_is_done_to_the_actor_behind_its_preposition() -> None:
    (found,) = _find(_DIRECTED, (_mention(_DIRECTED, "Oslo", 1), _mention(_DIRECTED, "Rome", 2)))
    assert (found.lemma, found.subject_mention, found.object_mention) == ("impose sanction on", "m1", "m2")


def test_whoever_is_accused_of_a_deed_is_its_subject() -> None:
    assert ("Oslo", "hiding", "files") in [_quote(_ACCUSED, one) for one in _find(_ACCUSED)]


def test_what_somebody_wants_is_in_the_future() -> None:
    assert [one.modality for one in _find(_CHAIN)] == ["future"]


def test_an_alternative_shares_the_negation_of_the_verb_before() -> None:
    assert [one.negated for one in _find(_NEITHER)] == [True, True]


def test_a_proposition_knows_the_attribution_whose_content_holds_it() -> None:
    found = _find(_REPORTED, (), (_hold(_REPORTED, "said", "Oslo will not fund roads"),))[-1]
    assert _quote(_REPORTED, found) == ("Oslo", "will not fund", "roads")
    assert (found.negated, found.modality, found.inside, found.restates) == (True, "future", "a1", None)


def test_the_proposition_of_a_cue_restates_its_attribution() -> None:
    found = _find(_REPORTED, (), (_hold(_REPORTED, "said", "Oslo will not fund roads"),))[0]
    assert (_quote(_REPORTED, found)[1], found.inside, found.restates) == ("said", None, "a1")


def test_the_proposition_of_a_cue_that_says_what_is_wanted_restates_nothing() -> None:
    (found,) = _find(_FUND, (), (_hold(_FUND, "funds", "roads"),))
    assert found.restates is None


def test_who_is_opposed_to_somebody_is_not_identified_with_them() -> None:
    rows = (
        "Holm Holm NNP PROPN 4 nsubj|,_ , , PUNCT 0 punct|not not RB PART 3 neg|Rask Rask NNP PROPN 0 appos|"
        "left leave VBD VERB 4 ROOT|Rome Rome NNP PROPN 4 dobj"
    )
    assert [_quote(rows, one) for one in _find(rows)] == [("Holm", "left", "Rome")]


def test_what_is_there_is_the_subject_also_at_the_begin_of_a_text() -> None:
    rows = "There there EX PRON 1 expl|is be VBZ VERB 1 ROOT|no no DT DET 3 det|truce truce NN NOUN 1 attr"
    (found,) = _find(rows)
    assert (_quote(rows, found), found.negated) == (("no truce", "is", ""), True)


def test_whoever_is_called_on_does_what_they_are_called_on_for() -> None:
    rows = (
        "Holm Holm NNP PROPN 1 nsubj|called call VBD VERB 1 ROOT|on on IN ADP 1 prep|Oslo Oslo NNP PROPN 2 pobj|"
        "to to TO PART 5 aux|leave leave VB VERB 1 xcomp|Rome Rome NNP PROPN 5 dobj"
    )
    found = _find(rows)
    assert [_quote(rows, one) for one in found] == [
        ("Holm", "called on", "Oslo", "to leave Rome"),
        ("Oslo", "to leave", "Rome"),
    ]
    assert [one.modality for one in found] == ["asserted", "necessary"]


def test_a_list_that_the_parser_takes_for_appositions_is_a_list() -> None:
    rows = (
        "They they PRP PRON 1 nsubj|hold hold VBP VERB 1 ROOT|ports port NNS NOUN 1 dobj|,_ , , PUNCT 2 punct|"
        "roads road NNS NOUN 2 appos|and and CC CCONJ 4 cc|towns town NNS NOUN 4 conj"
    )
    assert [_quote(rows, one) for one in _find(rows)] == [("They", "hold", what) for what in ("ports", "roads", "towns")]


def test_verbs_that_share_an_auxiliary_share_its_modality() -> None:
    rows = (
        "Oslo Oslo NNP PROPN 2 nsubj|will will MD AUX 2 aux|fund fund VB VERB 2 ROOT|roads road NNS NOUN 2 dobj|"
        "and and CC CCONJ 2 cc|mend mend VB VERB 2 conj|ports port NNS NOUN 5 dobj"
    )
    found = {one.lemma: (_quote(rows, one)[1], one.modality) for one in _find(rows)}
    assert found == {"fund": ("will fund", "future"), "mend": ("will … mend", "future")}


def test_a_proposition_outside_of_every_attribution_has_no_holder() -> None:
    assert [(one.inside, one.restates) for one in _find(_FUND)] == [(None, None)]


def test_marks_at_the_ends_of_a_phrase_and_gaps_in_it_are_left_out() -> None:
    rows = "so_ so RB ADV 2 advmod|, , , PUNCT 2 punct|go go VB VERB 2 ROOT|now_ now RB ADV 2 advmod|. . . PUNCT 2 punct"
    doc = parse_rows(rows.replace("|", "\n"))
    table = TokenTable(doc)
    assert [doc.text[b:e] for b, e in to_spans(table, {0, 1, 3, 4})] == ["so", "now"]
    assert to_spans(table, {1, 4}) == ()


def test_a_lexicon_of_control_with_an_unknown_modality_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "control.toml"
    path.write_text('[[group]]\nof = "subject"\nmodality = "sometime"\nverbs = ["want"]\n', "utf-8")
    with pytest.raises(ResourceInvalidError, match="sometime"):
        read_control_lexicon(path)
