"""Organisations by the form of their names: "Ministry of Defence", "Ukrainian Foreign Ministry", "Kyiv city council"."""

from __future__ import annotations

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable

_INSIDE_LINKS = frozenset({"of", "and", "for", "&", "on", "the", "-", "in"})
_LONGEST_TAIL = 8


def find_organisations(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put names that a body's word ends or begins on the board; states and demonyms in them stay as inner names."""
    for at in range(len(table)):
        if table.words[at][0].isupper():
            _find_capitalised(table, board, lexicon, at)
        else:
            _find_small(table, board, lexicon, at)


def _find_capitalised(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> None:
    public = lexicon.public_bodies.match_ending(table.lowers, at + 1)
    found = public or lexicon.other_bodies.match_ending(table.lowers, at + 1)
    if found is None or not table.is_proper(at) or _is_portfolio(table, lexicon, at):
        return
    holder = board.outer[at]
    if holder is not None and (holder.by == "gazetteer" or holder.type == "Person"):
        return
    start = _read_left(table, board, found[0])
    end = at + 1
    tail = _read_tail(table, board, lexicon, end) if public is not None or start == found[0] else end
    if tail == end and start == found[0]:
        return
    first = board.outer[start]
    if (
        first is not None
        and first.end <= found[0]
        and first.type == "Organisation"
        and first.by == "gazetteer"
        and public is None
    ):
        return
    if holder is not None and (holder.start < start or holder.end > tail):
        start, tail = min(start, holder.start), max(tail, holder.end)
    made = make_candidate(table, (start, tail), ("Organisation", "name"), "organisation-form", 0.85)
    inners = _find_inners(board, start, tail)
    board.place(made)
    for inner in inners:
        board.nest(inner)
    made.affiliation = inners[0] if inners else _find_owner(table, board, tail, public is not None)
    if made.affiliation is None and start > 1 and table.is_possessive(start - 1):
        made.affiliation = _as_owner(board.outer[start - 2])


def _is_portfolio(table: TokenTable, lexicon: MentionLexicon, at: int) -> bool:
    """Tell whether the word belongs to an office behind it ("[Energy] Minister", "[Treasury] Secretary")."""
    is_office = table.is_capitalised(at + 1) and lexicon.heads.match_starting(table.plains, at + 1) is not None
    return is_office and table.plains[at] in lexicon.modifiers


def _find_inners(board: Board, start: int, end: int) -> list[Candidate]:
    """Return the states, places and demonyms within the new name, in order."""
    found: list[Candidate] = []
    for at in range(start, end):
        holder = board.innermost(at)
        is_part = holder is not None and start <= holder.start and holder.end <= end and holder.length < end - start
        if holder is not None and is_part and holder not in found and holder.type in {"State", "Place"}:
            found.append(holder)
    return found


def _find_owner(table: TokenTable, board: Board, end: int, is_public: bool) -> Candidate | None:
    """Return the state behind "of" ("Ministry of Defence of [Ukraine]"), of a public body also behind "in"; it stays outside."""
    at = end + 1
    if at >= len(table) or table.lowers[end] not in ({"of", "in"} if is_public else {"of"}):
        return None
    return _as_owner(board.outer[at + 1] if table.lowers[at] == "the" and at + 1 < len(table) else board.outer[at])


def _as_owner(candidate: Candidate | None) -> Candidate | None:
    return candidate if candidate is not None and candidate.type in {"State", "Place", "Organisation"} else None


def _read_left(table: TokenTable, board: Board, start: int) -> int:
    """Return where the name starts: capitalised words, joined by "and", "of", "&"; a demonym or state belongs to it."""
    at = start
    while at > 0 and table.sentences[at - 1] == table.sentences[start]:
        holder = board.outer[at - 1]
        if holder is not None:
            if holder.type == "Person" or holder.end != at:
                break
            at = holder.start
            if holder.by == "gazetteer":
                break
        elif (
            table.is_proper(at - 1)
            or (table.is_capitalised(at - 1) and table.tags[at - 1] in {"JJ", "NN"} and not table.is_sentence_start(at - 1))
            or (at > 1 and table.lowers[at - 1] in {"&", "-", "and"} and at < start + 1 and _joins(table, board, at))
        ):
            at -= 1
        else:
            break
    while at < start and table.lowers[at] in {"the", "and", "&", "-", "a"}:
        at += 1
    return at


def _joins(table: TokenTable, board: Board, at: int) -> bool:
    """Tell whether "and" before token `at` stands inside one name ("Trade [and] Industry Ministry")."""
    return table.words[at - 1] in {"&", "-"} and table.is_capitalised(at - 2) and board.outer[at - 2] is None


def _read_tail(table: TokenTable, board: Board, lexicon: MentionLexicon, end: int) -> int:
    """Return where "of Foreign Affairs", "for the Study of War" behind a body's word ends; `end` without one."""
    if end >= len(table) or table.lowers[end] not in lexicon.body_links:
        return end
    at = end
    last = end
    while at < len(table) and at - end < _LONGEST_TAIL and table.sentences[at] == table.sentences[end - 1]:
        holder = board.outer[at]
        if holder is not None and (holder.by == "gazetteer" or holder.type in {"Person", "State"}):
            break
        if table.is_capitalised(at):
            last = at + 1
        elif table.lowers[at] not in _INSIDE_LINKS or (table.lowers[at] == "in" and last == end):
            break
        at += 1
    return last


def _find_small(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> None:
    found = lexicon.small_bodies.match_ending(table.lowers, at + 1)
    if found is None or found[0] == 0 or board.outer[at] is not None:
        return
    place = board.outer[found[0] - 1]
    if (
        place is None
        or place.kind != "name"
        or place.type not in {"Place", "State", "Person", "Organisation"}
        or place.end != found[0]
    ):
        return
    if place.type == "Person" and place.length > 1:
        return
    inner = (
        place
        if place.type in {"Place", "State"}
        else make_candidate(table, (place.start, place.end), ("Place", "name"), "organisation-form", 0.7)
    )
    made = make_candidate(table, (place.start, at + 1), ("Organisation", "name"), "organisation-form", 0.8)
    made.affiliation = inner
    board.place(made)
    board.nest(inner)
