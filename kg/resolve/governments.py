"""Governments, sides and forces of states: as actors they are the state itself."""

from __future__ import annotations

from kg.model.mention import Mention
from kg.resolve.guess import Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import fold_name
from kg.resolve.view import View

#: Who governs, negotiates or fights for a state is, as an actor, that state, as "Moscow" and "the Kremlin" are.
GOVERNMENTS = frozenset(
    {"government", "authorities", "administration", "side", "leadership", "delegation", "forces", "troops", "junta", "regime"}
)
_RULING = frozenset({"government", "authorities", "junta", "regime"})
_FORCES = frozenset({"forces", "troops"})
#: What may stand between whose and "forces" without making them anybody else's ("rebel forces").
_OWN_FORCES = frozenset(
    [
        "naval",
        "ground",
        "land",
        "air",
        "armed",
        "military",
        "regular",
        "government",
        "border",
        "special",
        "elite",
        "occupation",
        "airborne",
        "missile",
        "strategic",
        "nuclear",
        "federal",
        "interim",
        "transitional",
        "ruling",
        "new",
        "current",
        "own",
    ]
)
#: Bodies whose forces are their state's.
_STATE_SORTS = frozenset({"ministry", "military"})


class Governments:
    """The governments that one document has named so far."""

    def __init__(self, view: View, ledger: Ledger) -> None:
        """Start without governments."""
        self._view = view
        self._ledger = ledger
        self._governed: str | None = None

    def find_state(self, mention: Mention, bare: str, head: str, body: str | None) -> Guess | None:
        """Return the state whose government, side or forces these are; of no one's, that of the last government named."""
        words = fold_name(bare).split()
        if head not in GOVERNMENTS or not _OWN_FORCES.issuperset(words[:-1]):
            return None
        if body is None:
            is_same = len(words) == 1 and head in _RULING and self._view.is_definite(mention) and self._governed is not None
            return Guess(self._governed, "government", 0.6) if is_same else None
        record = self._ledger.records[body]
        is_states = record.registered is not None and record.registered.sort in _STATE_SORTS and head in _FORCES
        is_seat = record.type == "Place" and head in _RULING  # "the junta in Niamey"
        state = body if record.type == "State" else record.country if is_states or is_seat else None
        if state is None:
            return None
        if head in _RULING:
            self._governed = state
        return Guess(state, "government", 0.8)
