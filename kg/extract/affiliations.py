"""Affiliations that no title tells: lists under one title, "Finland's X", "X of Finland"."""

from __future__ import annotations

from kg.extract.mention_candidates import Board, Candidate
from kg.extract.token_table import TokenTable


def is_listed(table: TokenTable, board: Board, first: Candidate, second: Candidate) -> bool:
    """Tell whether two persons stand in one list, so that a plural title before the first is for both."""
    for at in range(first.end, second.start):
        holder = board.outer[at]
        if table.lowers[at] not in {",", "and", "&", "of", "the", "or"} and (
            holder is None or holder.type not in {"State", "Place"}
        ):
            return False
    return first.end < second.start


def find_plain_affiliation(table: TokenTable, board: Board, person: Candidate) -> Candidate | None:
    """Return the state or organisation of "[Finland]'s X" or "X of [Finland]"; None without one."""
    if person.start > 1 and table.is_possessive(person.start - 1):
        owner = board.outer[person.start - 2]
        if owner is not None and owner.type in {"State", "Organisation"} and owner.end == person.start - 1:
            return owner
    if person.end + 1 < len(table) and table.lowers[person.end] == "of":
        at = person.end + 1 + (table.lowers[person.end + 1] == "the" and person.end + 2 < len(table))
        owner = board.outer[at]
        if owner is not None and owner.start == at and owner.type in {"State", "Organisation"} and owner.kind == "name":
            return owner
    return None
