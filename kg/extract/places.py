"""Places that the recogniser takes for people or organisations: "in Kherson", "near Natanz"."""

from __future__ import annotations

from kg.extract.mention_candidates import Board, Candidate
from kg.extract.token_table import TokenTable

_LOCATIVES = frozenset({"in", "near", "outside", "inside", "across", "around", "throughout", "into", "toward", "towards"})
_SETTLEMENTS = frozenset({"city", "town", "village", "port", "province", "region", "district", "island", "suburb", "capital"})


def find_places(table: TokenTable, board: Board) -> None:
    """Make places of single unknown names that stand behind a locative preposition, and of the same name elsewhere.

    Names of the gazetteer, acronyms, and names that are part of a full person's name are left as they are.
    """
    surnames = {table.words[c.end - 1] for c in board if c.type == "Person" and c.length > 1}
    open_names = [c for c in board if _is_open(table, c) and table.words[c.start] not in surnames]
    found = {table.words[c.start] for c in open_names if c.start > 0 and table.lowers[c.start - 1] in _LOCATIVES}
    found |= {table.words[c.start] for c in open_names if _is_settlement(table, c.start)}
    for candidate in open_names:
        if table.words[candidate.start] in found:
            candidate.type, candidate.by, candidate.confidence = "Place", "locative", 0.7


def _is_settlement(table: TokenTable, at: int) -> bool:
    """Tell whether "the city of" stands in front."""
    return at > 1 and table.lowers[at - 1] == "of" and table.lowers[at - 2] in _SETTLEMENTS


def _is_open(table: TokenTable, candidate: Candidate) -> bool:
    is_unsure = candidate.by == "ner" and candidate.type in {"Person", "Organisation"} and candidate.length == 1
    return is_unsure and not table.words[candidate.start].isupper()
