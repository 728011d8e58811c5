"""The trained tagger of parties and what refines events by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ResourceInvalidError
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_phrases import PhraseReader
from kg.extract.event_refining import Found
from kg.extract.learned.event_refiner import LearnedEventRefiner
from kg.extract.learned.event_tagger import (
    LABELS,
    PartyTagger,
    Tagged,
    TaggerModel,
    find_best_path,
    load_party_tagger,
    read_labels,
    read_tagger_model,
    write_tagger_model,
)
from kg.extract.learned.event_tagger_features import TaggerFeatures
from kg.extract.learned.event_types import TypeClassifier, TypeModel
from kg.extract.token_table import TokenTable
from kg.model.event import Argument, Event
from kg.model.mention import Mention
from kg.model.span import Span
from tests.scores.cameo_ner import Marked, Sentence, TaggedExample, join_tokens, to_labels
from training.events.parties import train_parties

_VOCAB = spacy.blank("en").vocab
_SIZE = len(LABELS)


def _table() -> TokenTable:
    doc = Doc(
        _VOCAB,
        words=["Norland", "lobbied", "over", "Vostia", "."],
        lemmas=["norland", "lobby", "over", "vostia", "."],
        tags=["NNP", "VBD", "IN", "NNP", "."],
        pos=["PROPN", "VERB", "ADP", "PROPN", "PUNCT"],
        heads=[1, 1, 1, 2, 1],
        deps=["nsubj", "ROOT", "prep", "pobj", "punct"],
        sent_starts=[True, False, False, False, False],
    )
    return TokenTable(doc)


def _mention(table: TokenTable, token: int) -> Mention:
    span = Span(table.begins[token], table.ends[token])
    return Mention(
        id=f"m{token}", spans=(span,), text=table.words[token], name=table.words[token], type="State", kind="name", by="test"
    )


def _event(table: TokenTable, *, with_recipient: bool = False) -> Event:
    def argue(token: int) -> Argument:
        return Argument(mention=f"m{token}", spans=(Span(table.begins[token], table.ends[token]),))

    return Event(
        id="e0",
        type="REQUEST",
        cameo="100",
        trigger=(Span(table.begins[1], table.ends[1]),),
        sentence=Span(0, len(table.text)),
        actors=(argue(0),),
        recipients=(argue(3),) if with_recipient else (),
        confidence=0.75,
        by="rule:event-verb",
    )


class _FixedTagger(PartyTagger):
    def __init__(self, *tagged: Tagged) -> None:
        super().__init__(TaggerModel("test", np.zeros((_SIZE, _SIZE)), np.zeros(_SIZE), {}))
        self._tagged = list(tagged)

    def tag(self, rows: object, first: int = 0) -> list[Tagged]:  # noqa: ARG002 - what it is shown makes no difference
        return self._tagged


def _refine(event: Event, *tagged: Tagged, sure_of_aid: float = 0.0) -> Event:
    table = _table()
    mentions = [_mention(table, 0), _mention(table, 3)]
    classifier = TypeClassifier(TypeModel("test", ("AID", "REQUEST"), 1.5, np.array([sure_of_aid, 0.0]), {}))
    phrases = PhraseReader(table, MentionIndex(table, mentions))
    refiner = LearnedEventRefiner(classifier, _FixedTagger(*tagged))
    return refiner.refine(table, mentions, phrases, [Found(1, event)])[0].event


def test_a_party_goes_on_only_where_it_has_begun() -> None:
    scores = np.zeros((3, _SIZE))
    scores[:, LABELS.index("I-actor")] = 5.0
    path = find_best_path(scores, np.zeros((_SIZE, _SIZE)), np.zeros(_SIZE))
    assert [LABELS[at] for at in path] == ["B-actor", "I-actor", "I-actor"]


def test_neighbouring_parties_are_told_apart() -> None:
    labels = [LABELS.index(one) for one in ("B-actor", "I-actor", "B-recipient", "none", "B-recipient")]
    assert read_labels(labels, 10) == [Tagged("actor", 10, 12), Tagged("recipient", 12, 13), Tagged("recipient", 14, 15)]


def test_a_sentence_without_tokens_has_no_parties() -> None:
    assert load_party_tagger().tag([]) == []


def test_every_token_of_a_sentence_is_described() -> None:
    table = _table()
    features = TaggerFeatures(table, [_mention(table, 0)], [_event(table)])
    assert len(features.describe(0, len(table))) == len(table)
    assert features.describe(0, len(table))[0] != features.describe(0, len(table))[3]


def test_what_the_rules_found_is_part_of_the_description() -> None:
    table = _table()
    mentions = [_mention(table, 0)]
    assert TaggerFeatures(table, mentions, [_event(table)]).describe(0, 5) != TaggerFeatures(table, mentions, []).describe(0, 5)


def test_training_learns_who_acts_and_who_is_acted_on() -> None:
    example = TaggedExample(Sentence("", (), frozenset(), ()), (), [[1, 9], [2], [3, 9]], [1, 0, 3], frozenset())
    tagger = PartyTagger(train_parties([example, example], "test"))
    assert tagger.tag([[1, 9], [2], [3, 9]]) == [Tagged("actor", 0, 1), Tagged("recipient", 2, 3)]


def test_marked_tokens_are_labels_of_the_tokens_of_the_parse() -> None:
    text, offsets = join_tokens(["Norland-born", "men", "fled"])
    tokens = [Span(0, 7), Span(7, 8), Span(8, 12), Span(13, 16), Span(17, 21)]
    sentence = Sentence(text, offsets, frozenset({Marked("S", 0, 2)}), ("Norland-born", "men", "fled"))
    assert [LABELS[at] for at in to_labels(sentence, tokens)] == ["B-actor", "I-actor", "I-actor", "I-actor", "none"]


def test_a_tagged_recipient_is_added_where_the_rules_found_none() -> None:
    event = _refine(_event(_table()), Tagged("recipient", 3, 4))
    assert [argument.mention for argument in event.recipients] == ["m3"]


def test_who_acts_is_never_added_as_recipient() -> None:
    assert _refine(_event(_table()), Tagged("recipient", 0, 1)).recipients == ()


def test_a_recipient_of_the_rules_stays() -> None:
    event = _event(_table(), with_recipient=True)
    assert _refine(event, Tagged("recipient", 0, 1)) == event


def test_the_classifier_corrects_a_type_only_where_it_is_very_sure() -> None:
    event = _event(_table(), with_recipient=True)
    assert _refine(event, sure_of_aid=2.0) == event
    corrected = _refine(event, sure_of_aid=9.0)
    assert (corrected.type, corrected.cameo, corrected.by) == ("AID", None, "model:test")


def test_what_is_denied_keeps_its_type() -> None:
    event = _event(_table(), with_recipient=True).model_copy(update={"polarity": "negated"})
    assert _refine(event, sure_of_aid=9.0) == event


def test_a_tagger_is_read_as_it_was_written() -> None:
    starts = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    model = TaggerModel("test", np.eye(_SIZE), starts, {7: np.array([0.5] * _SIZE), 3: np.zeros(_SIZE)})
    again = read_tagger_model(write_tagger_model(model))
    assert again.starts.tolist() == pytest.approx(model.starts.tolist())
    assert set(again.weights) == {7}


@pytest.mark.parametrize("text", ["", "{}", '{"version": "x", "transitions": [[1]], "starts": [1], "weights": {}}'])
def test_a_file_that_is_no_tagger_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "parties.json").write_text(text)
    with pytest.raises(ResourceInvalidError, match=r"parties\.json"):
        load_party_tagger(tmp_path)


def test_the_shipped_tagger_finds_who_acts_in_a_plain_sentence() -> None:
    table = _table()
    rows = TaggerFeatures(table, [_mention(table, 0), _mention(table, 3)], [_event(table)]).describe(0, len(table))
    assert Tagged("actor", 0, 1) in load_party_tagger().tag(rows)
