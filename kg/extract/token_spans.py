"""From sets of token indexes to spans of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extract.token_table import TokenTable, read_table
from kg.model.span import Span, Spans

_TRIMMED = frozenset(",;:–—-…")
#: Conjunctions that led to words which belong elsewhere.
_LINKS = frozenset({"and", "but", "or"})
_STOPS = frozenset(".!?")
_MARKS = frozenset("\"“”‘’'«»")


def to_spans(doc: Doc, tokens: Iterable[int], *, keeps_stops: bool = False, is_exact: bool = False) -> Spans:
    """Return the characters of the tokens, neighbours joined; white space and stray commas at the ends are left out.

    A run of nothing but punctuation is left out too. Stops at the end stay where `keeps_stops` says so, and everything
    but white space where `is_exact` does.
    """
    table = read_table(doc)
    runs = find_runs(doc, tokens, keeps_stops=keeps_stops, is_exact=is_exact)
    return tuple(Span(table.begins[run[0]], table.ends[run[-1]]) for run in runs)


def find_runs(doc: Doc, tokens: Iterable[int], *, keeps_stops: bool = False, is_exact: bool = False) -> Iterator[list[int]]:
    """Yield the runs of neighbouring tokens that `to_spans` makes spans of, each trimmed, in order."""
    table = read_table(doc)
    spaces = table.are_spaces
    run: list[int] = []
    for index in [*sorted(set(tokens)), -1]:
        if run and (index == -1 or (index > run[-1] + 1 and not all(spaces[run[-1] + 1 : index]))):
            trimmed = run if is_exact else _trim(table, run, keeps_stops=keeps_stops)
            if trimmed:
                yield trimmed
            run = []
        if index >= 0 and not spaces[index]:
            run.append(index)


def _trim(table: TokenTable, run: list[int], *, keeps_stops: bool) -> list[int]:
    words, begin, end = table.words, 0, len(run)
    while begin < end and (words[run[begin]] in _TRIMMED or words[run[begin]] in _STOPS):
        begin += 1
    # A full stop belongs to the content only inside its closing mark.
    stray = _TRIMMED if keeps_stops or _is_marked(table, run[begin:end]) else _TRIMMED | _STOPS
    while begin < end and (words[run[end - 1]] in stray or (end - begin > 1 and table.lowers[run[end - 1]] in _LINKS)):
        end -= 1
    trimmed = run[begin:end]
    return [] if all(table.are_marks[i] for i in trimmed) else trimmed


def _is_marked(table: TokenTable, run: list[int]) -> bool:
    """Tell whether the run opens with a quotation mark that nothing in it closes."""
    return bool(run) and table.words[run[0]] in _MARKS and sum(table.words[i] in _MARKS for i in run) % 2 == 1
