"""The turns of an interview: whose words a line is, by the label in front of it ("Q:", "A:", "RT:")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.view import View

_LABEL = re.compile(r"^[ \t]*(Q|A|Question|Answer|[A-Z]{2,3})[:.][ \t]+(?=\S)", re.MULTILINE)
_ASKING = frozenset({"Q", "Question"})
_ANSWERING = frozenset({"A", "Answer"})
#: Fewer labelled lines are no interview.
_FEWEST = 3


class Turns:
    """Who asks and who answers in a document; without turns in a document that is no interview."""

    def __init__(self, view: View) -> None:
        """Find the labelled lines and the two parties."""
        self._view = view
        found = [(m.start(1), m[1]) for m in _LABEL.finditer(view.document.text)]
        labels = {label for _, label in found}
        is_interview = len(found) >= _FEWEST and len(labels) > 1
        self._begins = [begin for begin, _ in found] if is_interview else []
        self._labels = [label for _, label in found]
        self._persons = [m for m in view.extraction.mentions if m.type == "Person" and m.kind == "name" and " " in m.name]
        self._asking, self._answering = self._find_parties() if is_interview else (None, None)
        self._bearers = {label: self._find_bearer(label) for label in sorted(labels)} if is_interview else {}

    def _find_parties(self) -> tuple[str | None, str | None]:
        """Return the mentions of who asks (the author) and who answers: the first other person named in full."""
        author = next((m for m in self._view.extraction.mentions if m.kind == "author"), None)
        others = [m for m in self._persons if author is None or m.name.casefold() != author.name.casefold()]
        opening = [m for m in others if self._view.begins[m.id] < self._begins[0]] or others
        subjects = [m for m in opening if m.is_subject] or opening
        return None if author is None else author.id, subjects[0].id if subjects else None

    def _find_bearer(self, label: str) -> str | None:
        """Return the mention of the person whom a label stands for: by its role, else by initials."""
        if label in _ASKING | _ANSWERING:
            return self._asking if label in _ASKING else self._answering
        authors = [m for m in self._view.extraction.mentions if m.kind == "author"]
        named = (m for m in (*self._persons, *authors) if "".join(w[0] for w in re.split(r"[\s-]+", m.name) if w) == label)
        return next((m.id for m in named), None)

    def find_speaker(self, mention: Mention) -> str | None:
        """Return the mention of who says the line; what follows without a label goes on from it. None before all turns."""
        place = bisect_right(self._begins, self._view.begins[mention.id])
        return self._bearers[self._labels[place - 1]] if place else None

    def find_parties(self, mention: Mention, link_of: Callable[[str], str | None]) -> set[str]:
        """Return the actors of those who talk in the labelled paragraph of a mention; empty outside of all."""
        place = bisect_right(self._begins, self._view.begins[mention.id])
        if not place or "\n" in self._view.document.text[self._begins[place - 1] : self._view.begins[mention.id]].strip():
            return set()
        linked = (link_of(party) for party in sorted({p for p in self._bearers.values() if p is not None}))
        return {actor for actor in linked if actor is not None}
