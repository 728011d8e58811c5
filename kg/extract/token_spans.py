"""From sets of token indexes to spans of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

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
    spans = []
    for run in find_runs(doc, tokens, keeps_stops=keeps_stops, is_exact=is_exact):
        last = doc[run[-1]]
        spans.append(Span(doc[run[0]].idx, last.idx + len(last)))
    return tuple(spans)


def find_runs(doc: Doc, tokens: Iterable[int], *, keeps_stops: bool = False, is_exact: bool = False) -> Iterator[list[int]]:
    """Yield the runs of neighbouring tokens that `to_spans` makes spans of, each trimmed, in order."""
    run: list[int] = []
    for index in [*sorted(set(tokens)), -1]:
        if run and (index == -1 or any(not doc[i].is_space for i in range(run[-1] + 1, index))):
            trimmed = run if is_exact else _trim(doc, run, keeps_stops=keeps_stops)
            if trimmed:
                yield trimmed
            run = []
        if index >= 0 and not doc[index].is_space:
            run.append(index)


def _trim(doc: Doc, run: list[int], *, keeps_stops: bool) -> list[int]:
    begin, end = 0, len(run)
    while begin < end and (doc[run[begin]].text in _TRIMMED or doc[run[begin]].text in _STOPS):
        begin += 1
    # A full stop belongs to the content only inside its closing mark.
    stray = _TRIMMED if keeps_stops or _is_marked(doc, run[begin:end]) else _TRIMMED | _STOPS
    while begin < end and (doc[run[end - 1]].text in stray or (end - begin > 1 and doc[run[end - 1]].lower_ in _LINKS)):
        end -= 1
    trimmed = run[begin:end]
    return trimmed if any(not doc[i].is_punct for i in trimmed) else []


def _is_marked(doc: Doc, run: list[int]) -> bool:
    """Tell whether the run opens with a quotation mark that nothing in it closes."""
    marks = [doc[i].text for i in run if doc[i].text in _MARKS]
    return len(marks) % 2 == 1 and doc[run[0]].text in _MARKS
