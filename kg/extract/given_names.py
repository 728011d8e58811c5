"""Persons by their given names: "Irena Dolny", "Florian Stade", whatever the recogniser makes of them."""

from __future__ import annotations

import csv
from functools import cache

from kg.errors import ResourceInvalidError
from kg.extract.mention_candidates import Board, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable
from kg.resources import find_resource

_FILE = "ontology/actors/given_names.csv"
#: "Ada", a middle name or initial, a surname.
_MOST_WORDS = 3
_FEWEST_LETTERS = 2


@cache
def read_given_names() -> frozenset[str]:
    """Return the given names as texts write them.

    Raises:
        ResourceInvalidError: the file is missing, is not UTF-8, or has no column `name`.
    """
    try:
        with find_resource(_FILE).open(encoding="utf-8", newline="") as file:
            return frozenset(row["name"] for row in csv.DictReader(file))
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceInvalidError(_FILE, f"cannot be read ({error})") from error


def find_given_names(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put a given name with the surname behind it on the board.

    What the recogniser found gives way where it is no person and lies within the name ("Florian" as a people); names that
    the gazetteer or the form of an organisation tells stay, and so do longer ones of the recogniser.
    """
    given = read_given_names()
    for start in range(len(table)):
        if table.words[start] not in given:
            continue
        end = _read_name(table, start)
        if end - start < 2 or not _gives_way(table, board, lexicon, start, end):
            continue
        board.place(make_candidate(table, (start, end), ("Person", "name"), "given-name", 0.8))


def _read_name(table: TokenTable, start: int) -> int:
    """Return the end of the capitalised words of one sentence that a name can be made of, from its given name on."""
    end = start + 1
    while end < len(table) and end - start < _MOST_WORDS and table.sentences[end] == table.sentences[start]:
        word = table.words[end]
        is_initial = len(word.rstrip(".")) == 1 and word.isupper()
        is_name = len(word) >= _FEWEST_LETTERS and word[0].isupper() and not word.isupper() and table.tags[end] in {"NNP", "NNPS"}
        if not (is_name or is_initial):
            break
        end += 1
    return end if len(table.words[end - 1].rstrip(".")) > 1 else start


def _gives_way(table: TokenTable, board: Board, lexicon: MentionLexicon, start: int, end: int) -> bool:
    """Tell whether the tokens are free, or hold only what the recogniser takes for something but a person."""
    before = board.outer[start - 1] if start else None
    if before is not None and before is board.outer[start]:
        return False
    if table.is_proper(start - 1) and start and not table.is_sentence_start(start) and table.words[start - 1].isalpha():
        return False
    behind = board.outer[end] if end < len(table) else None
    if behind is not None and behind is board.outer[end - 1]:
        return False
    held = [candidate for candidate in board.outer[start:end] if candidate is not None]
    if any(candidate.type == "Person" or candidate.by != "ner" for candidate in held):
        return False
    bodies = (lexicon.public_bodies, lexicon.other_bodies)
    return not any(phrases.match_ending(table.lowers, end, start) is not None for phrases in bodies)
