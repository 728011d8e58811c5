"""Parts of speech by rules that are tried once on each kind of token."""

from __future__ import annotations

import importlib
from functools import cache

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from kg.annotate.attributes import QuickAttributeRuler
from kg.annotate.pipeline import load_pipeline
from kg.settings import Settings

_TEXTS = (
    "The envoy isn't going to say what she'd been told; it's their own fault.",
    "Gonna be late, y'all? Let's go, c'mon!  They ain't there.\n\nNuthin' doin', he said.",
    "There are those who have had enough, and there's nobody that does more.",
    "I gotta tell you: it hurts me, and you too. What we got is ours, what he gets is his.",
    "\n \t\nÇa va? 42% of WHAT — “THAT IS MINE”, she did reply.",
)


@cache
def _load() -> tuple[Language, Language]:
    """Return the pipeline as it is shipped to people, and as the package has it."""
    return load_pipeline(Settings().model), importlib.import_module(Settings().model).load()


def _make_rulers(*rules: dict[str, object]) -> tuple[QuickAttributeRuler, AttributeRuler]:
    nlp = English()
    rulers = QuickAttributeRuler(nlp.vocab), AttributeRuler(nlp.vocab)
    for ruler in rulers:
        ruler.add_patterns(rules)  # type: ignore[arg-type]
    return rulers


def _make_doc(ruler: AttributeRuler, words: list[str], tags: list[str]) -> Doc:
    heads = [0] * len(words)
    return Doc(ruler.vocab, words=words, tags=tags, heads=heads, deps=["ROOT", *["dep"] * (len(words) - 1)])


@pytest.mark.parametrize("text", _TEXTS)
def test_the_shipped_rules_give_the_same_tags_parts_of_speech_and_lemmas(text: str) -> None:
    quick, plain = (nlp(text) for nlp in _load())
    assert [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in quick] == [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in plain
    ]


def test_the_shipped_rules_are_all_there() -> None:
    quick, plain = (nlp.get_pipe("attribute_ruler") for nlp in _load())
    assert isinstance(quick, QuickAttributeRuler)
    assert quick.patterns == plain.patterns  # type: ignore[attr-defined]


def test_matches_are_those_of_the_component_that_tries_every_rule_everywhere() -> None:
    nlp = _load()[0]
    quick = nlp.get_pipe("attribute_ruler")
    assert isinstance(quick, QuickAttributeRuler)
    for text in _TEXTS * 2:
        doc = nlp(text)
        assert quick.match(doc) == AttributeRuler.match(quick, doc)  # type: ignore[no-untyped-call]


def test_of_two_rules_the_later_one_counts() -> None:
    for ruler in _make_rulers(
        {"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}},
        {"patterns": [[{"LOWER": "harbour"}, {"LOWER": "master"}]], "attrs": {"POS": "PROPN"}, "index": 1},
        {"patterns": [[{"LOWER": "harbour"}]], "attrs": {"POS": "ADJ"}},
    ):
        doc = ruler(_make_doc(ruler, ["Harbour", "master"], ["NN", "NN"]))
        assert [token.pos_ for token in doc] == ["ADJ", "PROPN"]


def test_a_rule_on_the_case_of_a_word_is_tried_on_every_token() -> None:
    for ruler in _make_rulers({"patterns": [[{"ORTH": "May"}]], "attrs": {"POS": "PROPN"}}):
        doc = ruler(_make_doc(ruler, ["may", "May"], ["MD", "MD"]))
        assert [token.pos_ for token in doc] == ["", "PROPN"]


def test_rules_that_are_added_later_count_for_words_seen_before() -> None:
    quick, _ = _make_rulers({"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}})
    quick(_make_doc(quick, ["ferry"], ["NN"]))
    quick.add([[{"LOWER": "ferry"}]], {"POS": "VERB"})
    assert quick(_make_doc(quick, ["ferry"], ["NN"]))[0].pos_ == "VERB"


def test_more_kinds_than_are_remembered_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.annotate.attributes._MOST_KINDS", 2)
    quick, _ = _make_rulers({"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}})
    doc = quick(_make_doc(quick, ["one", "two", "three", "one"], ["NN", "XX", "NN", "NN"]))
    assert [token.pos_ for token in doc] == ["NOUN", "", "NOUN", "NOUN"]
