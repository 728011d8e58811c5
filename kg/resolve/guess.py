"""What a rule says of one mention."""

from __future__ import annotations

from typing import NamedTuple


class Guess(NamedTuple):
    """The actor that a rule gives a mention; `actor` is None where the rule knows that it cannot be told."""

    actor: str | None
    by: str
    confidence: float


#: The name fits several actors, and nothing tells them apart.
AMBIGUOUS = Guess(None, "ambiguous", 0.0)
#: Nothing in the document or the registry fits.
UNRESOLVED = Guess(None, "unresolved", 0.0)
