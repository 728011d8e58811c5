"""Event rules on parses made by hand, so that another language model cannot break them silently."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.event_lexicon import EventLexicon
from kg.extract.events import EventFinder
from kg.model.attribution import Attribution
from kg.model.event import Event
from kg.model.mention import Mention, MentionType
from kg.model.span import Span, quote_spans

_VOCAB = spacy.blank("en").vocab
_FINDER = EventFinder(EventLexicon.load())


def _parse(rows: str) -> Doc:
    """Make a Doc of one sentence: a token a line, as "word lemma tag pos head dep", heads counted from 0."""
    tokens = [row.split() for row in rows.strip().splitlines()]
    return Doc(
        _VOCAB,
        words=[t[0] for t in tokens],
        lemmas=[t[1] for t in tokens],
        tags=[t[2] for t in tokens],
        pos=[t[3] for t in tokens],
        heads=[int(t[4]) for t in tokens],
        deps=[t[5] for t in tokens],
        sent_starts=[at == 0 for at in range(len(tokens))],
    )


def _mention(doc: Doc, number: int, name: str, kind: MentionType = "State") -> Mention:
    begin = doc.text.index(name)
    return Mention(
        id=f"m{number}", spans=(Span(begin, begin + len(name)),), text=name, name=name, type=kind, kind="name", by="test"
    )


def _find(doc: Doc, *names: str, attributions: tuple[Attribution, ...] = ()) -> tuple[Event, ...]:
    return _FINDER.find_events(doc, tuple(_mention(doc, at, name) for at, name in enumerate(names, 1)), attributions)


_ACTIVE = """
Vostia vostia NNP PROPN 1 nsubj
attacked attack VBD VERB 1 ROOT
Norland norland NNP PROPN 1 dobj
. . . PUNCT 1 punct
"""
_PASSIVE = """
Norland norland NNP PROPN 2 nsubjpass
was be VBD AUX 2 auxpass
attacked attack VBN VERB 2 ROOT
by by IN ADP 2 agent
Vostia vostia NNP PROPN 3 pobj
. . . PUNCT 2 punct
"""
_NEGATED = """
Vostia vostia NNP PROPN 3 nsubj
did do VBD AUX 3 aux
not not RB PART 3 neg
attack attack VB VERB 3 ROOT
Norland norland NNP PROPN 3 dobj
"""
_REFUSED = """
Vostia vostia NNP PROPN 1 nsubj
refused refuse VBD VERB 1 ROOT
to to TO PART 3 aux
meet meet VB VERB 1 xcomp
Norland norland NNP PROPN 3 dobj
"""
_RELATIVE = """
Vostia vostia NNP PROPN 5 nsubj
, , , PUNCT 0 punct
which which WDT PRON 3 nsubj
attacked attack VBD VERB 0 relcl
Norland norland NNP PROPN 3 dobj
collapsed collapse VBD VERB 5 ROOT
"""
_CARRIED = """
Vostia vostia NNP PROPN 1 nsubj
staged stage VBD VERB 1 ROOT
a a DT DET 4 det
drone drone NN NOUN 4 compound
attack attack NN NOUN 1 dobj
on on IN ADP 4 prep
Norland norland NNP PROPN 5 pobj
"""
_TALKS = """
Talks talk NNS NOUN 5 nsubj
between between IN ADP 0 prep
Vostia vostia NNP PROPN 1 pobj
and and CC CCONJ 2 cc
Norland norland NNP PROPN 2 conj
ended end VBD VERB 5 ROOT
"""
_WILL_NOT = """
Vostia vostia NNP PROPN 3 nsubj
will will MD AUX 3 aux
not not RB PART 3 neg
help help VB VERB 3 ROOT
Norland norland NNP PROPN 3 dobj
"""


def test_subject_acts_and_object_is_acted_on() -> None:
    (event,) = _find(_parse(_ACTIVE), "Vostia", "Norland")
    assert (event.id, event.type, event.actors[0].mention, event.recipients[0].mention) == ("e1", "ASSAULT", "m1", "m2")


def test_the_agent_of_a_passive_acts() -> None:
    (event,) = _find(_parse(_PASSIVE), "Norland", "Vostia")
    assert (event.actors[0].mention, event.recipients[0].mention) == ("m2", "m1")


def test_trigger_and_sentence_are_exact_characters() -> None:
    doc = _parse(_ACTIVE)
    (event,) = _find(doc, "Vostia")
    assert quote_spans(doc.text, event.trigger) == "attacked"
    assert quote_spans(doc.text, (event.sentence,)) == "Vostia attacked Norland ."


def test_an_argument_that_is_no_mention_keeps_its_words() -> None:
    doc = _parse(_ACTIVE)
    (event,) = _find(doc, "Vostia")
    assert event.recipients[0].mention is None
    assert quote_spans(doc.text, event.recipients[0].spans) == "Norland"


def test_an_event_without_any_mention_is_left_out() -> None:
    assert _find(_parse(_ACTIVE)) == ()


def test_not_negates() -> None:
    (event,) = _find(_parse(_NEGATED), "Vostia", "Norland")
    assert event.polarity == "negated"


def test_refusing_to_meet_is_one_rejection_and_no_meeting() -> None:
    doc = _parse(_REFUSED)
    (event,) = _find(doc, "Vostia", "Norland")
    assert (event.type, event.recipients[0].mention) == ("REJECT", "m2")
    assert quote_spans(doc.text, event.trigger) == "refused … meet"


def test_help_that_will_not_come_is_refused() -> None:
    (event,) = _find(_parse(_WILL_NOT), "Vostia", "Norland")
    assert (event.type, event.polarity, event.modality) == ("REJECT", "affirmed", "actual")


def test_the_antecedent_of_a_relative_clause_acts() -> None:
    (event,) = _find(_parse(_RELATIVE), "Vostia", "Norland")
    assert event.actors[0].mention == "m1"


def test_a_light_verb_carries_the_event_of_its_object() -> None:
    doc = _parse(_CARRIED)
    (event,) = _find(doc, "Vostia", "Norland")
    assert (event.type, event.mode, event.recipients[0].mention) == ("ASSAULT", "drone", "m2")


def test_the_parties_of_talks_are_actor_and_recipient() -> None:
    (event,) = _find(_parse(_TALKS), "Vostia", "Norland")
    assert (event.type, event.actors[0].mention, event.recipients[0].mention) == ("CONSULT", "m1", "m2")


def test_the_innermost_attribution_reports_the_event() -> None:
    doc = _parse(_ACTIVE)
    whole = (Span(0, len(doc.text)),)
    inner = (Span(0, 23),)
    attributions = tuple(
        Attribution(id=name, source=(), cue=(), content=content, sentences=whole, speech="indirect", confidence=1.0, by="test")
        for name, content in (("a1", whole), ("a2", inner))
    )
    (event,) = _find(doc, "Vostia", attributions=attributions)
    assert event.reported_in == "a2"


@pytest.mark.parametrize("rows", [_ACTIVE, _PASSIVE, _REFUSED, _TALKS, _CARRIED])
def test_the_order_of_mentions_changes_nothing(rows: str) -> None:
    doc = _parse(rows)
    mentions = (_mention(doc, 1, "Vostia"), _mention(doc, 2, "Norland"))
    assert _FINDER.find_events(doc, mentions, ()) == _FINDER.find_events(doc, mentions[::-1], ())
