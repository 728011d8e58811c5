"""Surnames: where a text gives a full name, its last name alone is the same person's."""

from __future__ import annotations

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable


def _ends_in_body(table: TokenTable, candidate: Candidate, lexicon: MentionLexicon) -> bool:
    bodies = (lexicon.public_bodies, lexicon.other_bodies)
    return any(phrases.match_ending(table.lowers, candidate.end, candidate.start) is not None for phrases in bodies)


def spread_surnames(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Where a full name stands in the text, its bare last name is the person too, whatever the recogniser calls it.

    The other way round, what ends in a name that also stands alone is a full name: no organisation is cut to its last word.
    """
    bare = {table.words[c.start] for c in board if c.kind == "name" and c.length == 1 and c.by in {"ner", "possessed-name"}}
    bare |= {table.words[c.start] for c in board if c.type == "Person" and c.kind == "name" and c.length == 1}
    surnames: set[str] = set()
    hyphenated: set[str] = set()
    for candidate in board:
        is_open = candidate.by == "ner" and candidate.type in {"Organisation", "Place"} and candidate.kind == "name"
        is_shortened = (
            candidate.length in {2, 3} and table.words[candidate.end - 1] in bare and not table.words[candidate.end - 1].isupper()
        )
        if is_open and is_shortened and not _ends_in_body(table, candidate, lexicon):
            candidate.type, candidate.by, candidate.confidence = "Person", "surname", 0.8
        if candidate.type == "Person" and candidate.kind == "name" and candidate.length > 1:
            surnames.add(table.words[candidate.end - 1])
            hyphenated.add(_read_surname(table, candidate))
    for candidate in board:
        is_body = candidate.by == "ner" and candidate.type in {"Organisation", "Place"} and candidate.length > 1
        if is_body and table.quote(candidate.start, candidate.end) in hyphenated:
            candidate.type, candidate.by, candidate.confidence = "Person", "surname", 0.85
    for at in range(len(table)):
        if table.words[at] not in surnames or not table.is_capitalised(at) or len(table.words[at]) < 3:
            continue
        holder = board.outer[at]
        if holder is None and table.tags[at] in {"NNP", "NNPS", "NN", "JJ"} and not _is_in_capitalised_run(table, board, at):
            board.place(make_candidate(table, (at, at + 1), ("Person", "name"), "surname", 0.85))
        elif holder is not None and holder.length == 1 and holder.type != "Person" and holder.by == "ner":
            holder.type, holder.kind, holder.by, holder.confidence = "Person", "name", "surname", 0.85


def _read_surname(table: TokenTable, candidate: Candidate) -> str:
    """Return the last name with the parts that hyphens join to it ("Balmes-Lu")."""
    start = candidate.end - 1
    while start - 2 >= candidate.start and table.words[start - 1] == "-" and table.begins[start - 1] == table.ends[start - 2]:
        start -= 2
    return table.quote(start, candidate.end)


def _is_in_capitalised_run(table: TokenTable, board: Board, at: int) -> bool:
    """Tell whether unknown capitalised words go on behind: "Harmon" in "Harmon Street" is no person."""
    return at + 1 < len(table) and table.is_proper(at + 1) and board.outer[at + 1] is None and table.heads[at] == at + 1
