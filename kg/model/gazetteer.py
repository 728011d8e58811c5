"""An entry of the gazetteer: words that the actor registry knows, as mention extraction needs them."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.model.mention import MentionType

#: name: a name or alias ("European Union", "Mark Rutte"). acronym: a short name in capitals ("EU", "US"), to be matched
#: as written only. surname: a registered person's last name ("Rutte"). demonym: an adjective ("Russian"). people: a noun
#: for its people ("Russians", "Frenchman"). metonym: a building or authority that stands for a state ("Kremlin").
#: city: a capital or seat, a Place by itself, which may stand for its state ("Moscow").
GazetteerKind = Literal["name", "acronym", "surname", "demonym", "people", "metonym", "city"]


class GazetteerEntry(Frozen):
    """One way to write one actor.

    Attributes:
        name: the words as a text writes them, without article; compare case-sensitively.
        type: the type of a mention of these words: for a metonym or city not that of its actor.
        actor: slug of the actor in the registry ("state/ru"); several entries may share a name.
        is_ambiguous: whether the bare words often mean something else ("Jordan", "Chad", "Washington"), so that
            the entry should only support what the context says.
    """

    name: str
    type: MentionType
    kind: GazetteerKind
    actor: str
    is_ambiguous: bool = False
