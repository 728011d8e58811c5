"""The trained coder of event types: features, scores, its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ResourceInvalidError
from kg.extract.learned.event_types import (
    TypeClassifier,
    TypeModel,
    describe_pair,
    load_type_classifier,
    read_type_model,
    write_type_model,
)
from kg.extract.token_table import TokenTable
from training.events.types import train_types

_VOCAB = spacy.blank("en").vocab


def _describe(text: str, actor: int, recipient: int) -> list[int]:
    words = text.split()
    kinds = ["PROPN" if word[0].isupper() else "VERB" for word in words]
    table = TokenTable(Doc(_VOCAB, words=words, lemmas=[word.lower() for word in words], pos=kinds))
    return describe_pair(table, range(len(words)), {actor}, {recipient})


def test_other_names_in_a_sentence_make_no_difference() -> None:
    assert _describe("Norland shelled Vostia near Varna", 0, 2) == _describe("Norland shelled Vostia near Lemna", 0, 2)


def test_who_acts_and_who_is_acted_on_are_told_apart() -> None:
    assert _describe("Norland shelled Vostia", 0, 2) != _describe("Norland shelled Vostia", 2, 0)


def test_a_sentence_without_parties_still_has_features() -> None:
    table = TokenTable(Doc(_VOCAB, words=["talks", "failed"], lemmas=["talk", "fail"], pos=["NOUN", "VERB"]))
    assert describe_pair(table, range(2), (), ())


def test_training_learns_which_words_tell_which_root() -> None:
    attack = [
        _describe(f"{one} shelled {two}", 0, 2) for one, two in (("Norland", "Vostia"), ("Sarn", "Tovia"), ("Oria", "Belm"))
    ]
    praise = [
        _describe(f"{one} praised {two}", 0, 2) for one, two in (("Norland", "Vostia"), ("Sarn", "Tovia"), ("Oria", "Belm"))
    ]
    classifier = TypeClassifier(train_types(attack + praise, ["ASSAULT"] * 3 + ["SUPPORT"] * 3, "test"))
    assert classifier.choose(_describe("Kesh shelled Luma", 0, 2), None) == "ASSAULT"
    assert classifier.choose(_describe("Kesh praised Luma", 0, 2), None) == "SUPPORT"


def test_probabilities_of_a_sentence_sum_to_one() -> None:
    scores = load_type_classifier().score(_describe("Norland shelled Vostia", 0, 2))
    assert np.exp(list(scores.values())).sum() == pytest.approx(1)


def test_the_root_of_the_rules_has_a_lead_but_not_the_last_word() -> None:
    model = TypeModel("test", ("AID", "ASSAULT"), 1.5, np.array([0.0, 1.0]), {7: np.array([0.0, 9.0])})
    assert TypeClassifier(model).choose([], "AID") == "AID"
    assert TypeClassifier(model).choose([7], "AID") == "ASSAULT"
    assert TypeClassifier(model).choose([], None) == "ASSAULT"


def test_a_model_is_read_as_it_was_written() -> None:
    model = TypeModel("test", ("AID", "ASSAULT"), 1.5, np.array([0.5, -0.5]), {7: np.array([0.25, -1.0]), 3: np.zeros(2)})
    text = write_type_model(model)
    again = read_type_model(text)
    assert again.weights[7].tolist() == pytest.approx([0.25, -1.0])
    assert set(again.weights) == {7}
    assert write_type_model(again) == text


@pytest.mark.parametrize(
    "text", ["", "{}", '{"version": "x", "labels": ["AID"], "rule_weight": 1, "bias": [1], "weights": {"3": [1, 2]}}']
)
def test_a_file_that_is_no_model_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "types.json").write_text(text)
    with pytest.raises(ResourceInvalidError, match=r"types\.json"):
        load_type_classifier(tmp_path)


def test_a_missing_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"types\.json"):
        load_type_classifier(tmp_path)
