"""The sides that mentions stand on."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.event_sides import SideBook, Sides
from kg.extract.token_table import TokenTable
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
    """A text of sentences, each ended by a full stop, with mentions by their words."""

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


@pytest.fixture
def text() -> _Text:
    return _Text(_TEXT)


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
