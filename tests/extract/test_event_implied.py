"""Recipients that a clause leaves out, and the sides that mentions stand on."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.event_implied import ImpliedRecipients
from kg.extract.event_refining import Found
from kg.extract.event_sides import SideBook, Sides
from kg.extract.token_table import TokenTable
from kg.model.event import Argument, Event, EventType
from kg.model.gazetteer import GazetteerEntry, GazetteerKind
from kg.model.mention import Mention, MentionKind, MentionType
from kg.model.span import Span

_VOCAB = spacy.blank("en").vocab
_TEXT = "Norland shelled Vostia . Vostian gunners fled . Norland sent ships . Sarn watched . They left Varna . All wept ."


def _entry(name: str, kind: GazetteerKind, actor: str, mention_type: MentionType = "State") -> GazetteerEntry:
    return GazetteerEntry(name=name, type=mention_type, kind=kind, actor=actor)


_BOOK = SideBook(
    [
        _entry("Norland", "name", "state/no"),
        _entry("Vostia", "name", "state/vo"),
        _entry("Vostian", "demonym", "state/vo"),
        _entry("Lemna", "city", "state/vo", "Place"),
        _entry("Twin", "name", "state/a"),
        _entry("Twin", "name", "state/b"),
    ]
)


class _Text:
    """A text of sentences, each ended by a full stop, with mentions and events by their words."""

    def __init__(self, text: str) -> None:
        words = text.split()
        starts: list[bool | int | None] = [at == 0 or words[at - 1] == "." for at in range(len(words))]
        self.table = TokenTable(Doc(_VOCAB, words=words, sent_starts=starts))
        self.mentions: list[Mention] = []

    def mention(self, words: str, kind: MentionKind = "name", mention_type: MentionType = "State", **more: str) -> str:
        begin = self.table.text.index(words)
        begin = self.table.text.index(words, max((m.spans[0].end for m in self.mentions if m.text == words), default=begin))
        name = f"m{len(self.mentions) + 1}"
        fields = {"by": "test", **more}
        span = Span(begin, begin + len(words))
        self.mentions.append(
            Mention.model_validate(
                {"id": name, "spans": (span,), "text": words, "name": words, "type": mention_type, "kind": kind, **fields}
            )
        )
        return name

    def event(self, kind: EventType, trigger: str, actor: str | None, recipient: str | None) -> Found:
        begin = self.table.text.index(trigger)
        span = Span(begin, begin + len(trigger))
        sides = [(Argument(mention=one, spans=self._spans(one)),) if one else () for one in (actor, recipient)]
        event = Event(
            id="e0", type=kind, trigger=(span,), sentence=span, actors=sides[0], recipients=sides[1], confidence=0.7, by="test"
        )  # fmt: skip
        return Found(self.table.find_tokens(*span)[0], event)

    def _spans(self, mention: str) -> tuple[Span, ...]:
        return next(m.spans for m in self.mentions if m.id == mention)

    def complete(self, *found: Found) -> list[tuple[str, ...]]:
        """Return the names of each event's recipients."""
        names = {m.id: m.name for m in self.mentions}
        events = ImpliedRecipients(self.table, Sides(_BOOK, self.mentions)).complete(found)
        return [tuple(names[a.mention] for a in event.recipients if a.mention) for event in events]


@pytest.fixture
def text() -> _Text:
    return _Text(_TEXT)


def test_who_sends_ships_sends_them_against_whom_he_has_shelled(text: _Text) -> None:
    norland, vostia, _, again = (text.mention(one) for one in ("Norland", "Vostia", "Vostian", "Norland"))
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("MOBILIZE", "sent", again, None)
    assert text.complete(shelled, sent) == [("Vostia",), ("Vostian",)]


def test_a_protest_without_a_named_recipient_stays_without_one(text: _Text) -> None:
    norland, vostia, _, again = (text.mention(one) for one in ("Norland", "Vostia", "Vostian", "Norland"))
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("PROTEST", "sent", again, None)
    assert text.complete(shelled, sent) == [("Vostia",), ()]


def test_a_side_named_in_one_sentence_only_is_not_implied(text: _Text) -> None:
    norland, vostia, again = (text.mention(one) for one in ("Norland", "Vostia", "Norland"))
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("MOBILIZE", "sent", again, None)
    assert text.complete(shelled, sent) == [("Vostia",), ()]


def test_nobody_is_implied_for_a_side_that_deals_with_nobody() -> None:
    text = _Text("Norland sent ships . It rained .")
    norland = text.mention("Norland")
    assert text.complete(text.event("MOBILIZE", "sent", norland, None)) == [()]


def test_a_named_recipient_stays(text: _Text) -> None:
    norland, vostia, _, again = (text.mention(one) for one in ("Norland", "Vostia", "Vostian", "Norland"))
    sarn = text.mention("Sarn")
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("AID", "sent", again, sarn)
    assert text.complete(shelled, sent)[1] == ("Sarn",)


def test_a_struck_place_belongs_to_the_implied_side(text: _Text) -> None:
    norland, vostia, _, again = (text.mention(one) for one in ("Norland", "Vostia", "Vostian", "Norland"))
    varna = text.mention("Varna", mention_type="Place")
    shelled, left = text.event("ASSAULT", "shelled", norland, vostia), text.event("ASSAULT", "left", again, varna)
    assert text.complete(shelled, left)[1] == ("Vostian",)


def test_a_visited_capital_is_its_state_where_the_text_names_that() -> None:
    text = _Text("Norland visited Lemna . Vostia cheered .")
    norland, lemna = text.mention("Norland"), text.mention("Lemna", mention_type="Place", by="gazetteer")
    text.mention("Vostia")
    assert text.complete(text.event("CONSULT", "visited", norland, lemna)) == [("Vostia",)]


def test_a_capital_stays_where_the_text_does_not_name_its_state() -> None:
    text = _Text("Norland visited Lemna .")
    norland, lemna = text.mention("Norland"), text.mention("Lemna", mention_type="Place", by="gazetteer")
    assert text.complete(text.event("CONSULT", "visited", norland, lemna)) == [("Lemna",)]


def test_a_name_and_its_adjective_are_one_side(text: _Text) -> None:
    vostia, vostian = text.mention("Vostia"), text.mention("Vostian", "demonym")
    sides = Sides(_BOOK, text.mentions)
    assert sides.find(vostia) == sides.find(vostian) == "state/vo"


def test_those_who_belong_to_a_state_are_on_its_side(text: _Text) -> None:
    vostian = text.mention("Vostian", "demonym")
    gunners = text.mention("gunners", "nominal", "Group", affiliation=vostian)
    assert Sides(_BOOK, text.mentions).find(gunners) == "state/vo"


def test_a_bare_noun_and_nobody_are_on_no_side(text: _Text) -> None:
    gunners = text.mention("gunners", "nominal", "Group")
    sides = Sides(_BOOK, text.mentions)
    assert sides.find(gunners) is None
    assert sides.find(None) is None


def test_a_name_of_several_actors_stands_for_none() -> None:
    assert _BOOK.find_actor("Twin") is None
    assert _BOOK.find_actor("Vostian") == "state/vo"
