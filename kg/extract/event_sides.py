"""On whose side a mention stands: "Tehran", "Iranian forces" and "Iran" are one side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Mention

_STANDING_KINDS = frozenset({"name", "acronym", "demonym", "people", "metonym", "city"})
_NAMING = frozenset({"name", "demonym"})
#: "The forces of the ministry of Norland": more owners than this are a sign of a circle.
_LONGEST_CHAIN = 3


class SideBook:
    """What the actor registry's names stand for.

    Args:
        gazetteer: names that the registry knows. Names of several actors stand for none.
    """

    def __init__(self, gazetteer: Iterable[GazetteerEntry] = ()) -> None:
        self._actors: dict[str, str] = {}
        several: set[str] = set()
        for entry in gazetteer:
            if entry.kind not in _STANDING_KINDS:
                continue
            if self._actors.setdefault(entry.name, entry.actor) != entry.actor:
                several.add(entry.name)
        for name in several:
            del self._actors[name]

    def find_actor(self, name: str) -> str | None:
        """Return the registry's actor that a name, adjective or capital stands for, None where it knows none or several."""
        return self._actors.get(name)


class Sides:
    """The sides of one text's mentions.

    Args:
        book: what names stand for.
        mentions: of the text, in its order.

    Attributes:
        mentions: by id.
        named: those that name a side themselves: states, bodies, capitals, but no persons.
    """

    def __init__(self, book: SideBook, mentions: Sequence[Mention]) -> None:
        self._book = book
        self.mentions = {mention.id: mention for mention in mentions}
        self._sides = {mention.id: self._find(mention) for mention in mentions}
        self.named = [mention for mention in mentions if mention.spans and self._is_standing(mention)]

    def find(self, mention: str | None) -> str | None:
        """Return the side of a mention: its state's, else its own; None for a pronoun, a bare noun, a mere place."""
        return None if mention is None else self._sides[mention]

    def get(self, mention: str | None) -> Mention | None:
        """Return the mention of an id, None for None."""
        return None if mention is None else self.mentions[mention]

    def _find(self, mention: Mention) -> str | None:
        owner: Mention | None = mention
        for _ in range(_LONGEST_CHAIN):
            if owner is None:
                break
            if owner.type == "State":
                return self._book.find_actor(owner.name) or owner.name
            found = self._book.find_actor(owner.name)
            if found is not None and (owner.type != "Place" or owner.by == "gazetteer"):
                return found
            owner = self.mentions.get(owner.affiliation or "")
        return mention.name if mention.kind in _NAMING and mention.type != "Place" else None

    def _is_standing(self, mention: Mention) -> bool:
        """Tell whether a mention names a side itself, rather than someone who belongs to it."""
        if mention.kind not in _NAMING or mention.type == "Person" or self._sides[mention.id] is None:
            return False
        return mention.type in {"State", "Group", "Organisation"} or mention.by == "gazetteer"
