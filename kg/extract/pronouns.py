"""Pronouns that stand for actors."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import SUBJECTS, TokenTable


def find_pronouns(table: TokenTable, board: Board, lexicon: MentionLexicon) -> Iterator[Candidate]:
    """Yield personal and possessive pronouns; "it" only as the subject of a verb that an actor can be the subject of."""
    for at in range(len(table)):
        reading = lexicon.pronouns.get(table.lowers[at])
        if reading is None or table.tags[at] not in {"PRP", "PRP$"} or board.outer[at] is not None:
            continue
        if table.words[at] == "US" or (table.lowers[at] in lexicon.empty_subjects and _is_empty(table, at, lexicon)):
            continue
        made = make_candidate(table, (at, at + 1), (reading.type, "pronoun"), "pronoun", 0.9)
        made.number, made.gender = reading.number, reading.gender
        yield made


def _is_empty(table: TokenTable, at: int, lexicon: MentionLexicon) -> bool:
    """Tell whether "it" is no subject, or the subject of "it is clear that", "it was reported that"."""
    head = table.heads[at]
    if table.deps[at] not in SUBJECTS or table.lemmas[head] in lexicon.empty_verbs:
        return True
    return table.deps[at] == "nsubjpass" and any(table.deps[i] in {"ccomp", "csubj", "xcomp"} for i in table.children[head])
