"""Finding the registry's names in a text: one trie over words, built once, read along the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract.token_table import TokenTable
from kg.model.gazetteer import GazetteerEntry

_PIECE = re.compile(r"[^\W_]+|[^\w\s]")
#: A name of at least this many letters is also found in capitals, as headlines have it.
_CAPITALS_FROM = 4


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    entries: tuple[GazetteerEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """Words of the text that the gazetteer holds.

    Attributes:
        start, end: tokens that the characters touch, half-open.
        begin, stop: the characters.
        entries: all entries that are written so, in the order of the gazetteer's sorted names.
        first: the longest name that begins a name of several words ("Israeli" of "Israeli military"); None without one.
    """

    start: int
    end: int
    begin: int
    stop: int
    entries: tuple[GazetteerEntry, ...]
    first: GazetteerMatch | None = None


def fold(text: str) -> str:
    """Return the text without combining marks, with straight apostrophes and plain hyphens; case is kept."""
    if text.isascii():
        return text
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.replace("’", "'").replace("‘", "'").replace("‑", "-").replace("‐", "-")


class GazetteerIndex:
    """Names by their words; the order of the entries given does not matter.

    Works on characters, not on tokens, so that a name in glued text is found all the same.
    """

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        self._roots: dict[str, _Node] = {}
        #: Names by their first piece that no text has asked for yet; most never are.
        self._waiting: dict[str, list[tuple[str, GazetteerEntry]]] = {}
        unique = {(e.name, e.type, e.kind, e.actor, e.is_ambiguous): e for e in entries}
        for key in sorted(unique):
            entry = unique[key]
            self._add(entry.name, entry)
            capitals = entry.name.upper()
            if entry.kind != "acronym" and capitals != entry.name and sum(map(str.isalpha, entry.name)) >= _CAPITALS_FROM:
                self._add(capitals, entry)

    def _add(self, name: str, entry: GazetteerEntry) -> None:
        folded = fold(name)
        first = _PIECE.search(folded)
        if first is not None:
            self._waiting.setdefault(first.group(), []).append((folded, entry))

    def _find_root(self, piece: str) -> _Node | None:
        """Return the node of the names that begin with a piece; None without any."""
        if piece not in self._waiting:
            return self._roots.get(piece)
        root = _Node()
        for folded, entry in self._waiting[piece]:
            node = root
            for following in _PIECE.findall(folded)[1:]:
                node = node.following.setdefault(following, _Node())
            node.entries = (*node.entries, entry)
        self._roots[piece] = root
        self._waiting.pop(piece, None)
        return root

    def find_matches(self, table: TokenTable) -> Iterator[GazetteerMatch]:
        """Yield the longest match at each place, from left to right, without overlap."""
        pieces = [(fold(m.group()), m.start(), m.end()) for m in _PIECE.finditer(table.text)]
        at = 0
        while at < len(pieces):
            node = self._find_root(pieces[at][0])
            match: GazetteerMatch | None = None
            following = ahead = at + 1
            while node is not None:
                if node.entries:
                    match = _make_match(table, pieces[at][1], pieces[ahead - 1][2], node, match)
                    following = ahead
                node = node.following.get(pieces[ahead][0]) if ahead < len(pieces) else None
                ahead += 1
            if match is not None:
                yield match
            at = following


def _make_match(table: TokenTable, begin: int, stop: int, node: _Node, first: GazetteerMatch | None) -> GazetteerMatch:
    start, end = bisect_right(table.begins, begin) - 1, bisect_right(table.begins, stop - 1)
    return GazetteerMatch(start, end, begin, stop, node.entries, first)
