"""Persons whom a label names: "MARIA ELLING: ...", "Reporter: ... Fenn: ...", which the recogniser often misses."""

from __future__ import annotations

from kg.extract.label_lexicon import read_label_lexicon
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.token_table import TokenTable
from kg.extract.turns import ends_in_stop, is_dialogue
from kg.model.label import Label

_LONGEST_NAME = 4
_CONFIDENCE = 0.75


def find_labelled_persons(table: TokenTable, board: Board) -> None:
    """Put the names of labels on the board that nothing on it explains.

    In a dialogue any label is a speaker's that is no role. Elsewhere it takes two words or more, and whole sentences
    behind the colon; one that ends a person's full name in the text; or one beside labels of persons ("Castell: ...").
    """
    document = table.document
    labels = [label for label in table.labels if not _is_furniture(table, label)]
    if document is None or not labels:
        return
    lexicon = read_label_lexicon()
    roles = lexicon.asking | lexicon.answering
    in_dialogue = is_dialogue(table.text, labels, roles)
    full = [c for c in board if c.type == "Person" and c.kind == "name" and c.length > 1]
    surnames = {table.lowers[c.end - 1] for c in full}
    initials = {"".join(word[0] for word in table.quote(c.start, c.end).split()).lower() for c in full}
    has_persons = any(_names_person(table, board, label) for label in labels)
    for label in labels:
        start, end = table.find_tokens(label.begin, label.end)
        end = next((i for i in range(start, end) if table.words[i] in {",", "("}), end)
        words = table.lowers[start:end]
        if not 0 < len(words) <= _LONGEST_NAME or not set(words).isdisjoint(lexicon.matters | roles):
            continue
        if not all(table.words[i][:1].isupper() and _is_open(board.outer[i], start, end) for i in range(start, end)):
            continue
        is_whole = len(words) > 1 and ends_in_stop(table.text[label.body : label.stop])
        is_known = len(words) == 1 and words[0] in surnames
        is_beside = len(words) == 1 and has_persons and table.is_proper(start) and not table.words[start].isupper()
        is_beside = is_beside and ends_in_stop(table.text[label.body : label.stop])
        if (in_dialogue and words[0] not in initials) or is_whole or is_known or is_beside:
            board.place(make_candidate(table, (start, end), ("Person", "name"), "label", _CONFIDENCE))


def _names_person(table: TokenTable, board: Board, label: Label) -> bool:
    """Tell whether a label is the name of a person, by what the board holds so far."""
    start, end = table.find_tokens(label.begin, label.end)
    holder = board.outer[start] if start < end else None
    return holder is not None and holder.type == "Person" and holder.start == start and holder.end == end


def _is_furniture(table: TokenTable, label: Label) -> bool:
    zones = table.document.zones if table.document is not None else ()
    return any(zone.kind != "title" and zone.span.begin <= label.begin < zone.span.end for zone in zones)


def _is_open(holder: Candidate | None, start: int, end: int) -> bool:
    """Tell whether a token of a label belongs to nothing, or to a piece of the label that the recogniser guessed."""
    return holder is None or (holder.by == "ner" and holder.type != "Person" and start <= holder.start and holder.end <= end)
