"""Who bears a title in one document, nearest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.resolve.persons import Person

_COMPLEMENT = re.compile(r"\s(?:to|of|for|at|in|with)\s")
#: Whoever may be called "the leader".
_TOP_POSTS = frozenset(
    {"president", "prime minister", "chancellor", "leader", "supreme leader", "king", "secretary-general", "director-general"}
)
#: "the minister" is one of the last ministers named, not one a hundred names back.
_FARTHEST = 60


class TitleIndex:
    """Persons by canonical title and by its endings: "minister" finds a "foreign minister", "president" no "vice president"."""

    def __init__(self, persons: Iterable[Person]) -> None:
        """Index every mention of every person; the persons must not change afterwards."""
        self._places: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._persons: dict[str, Person] = {}
        for person in persons:
            self._persons[person.iri] = person
            for key in {key for title in person.titles for key in _to_keys(title)}:
                self._places[key].extend((begin, person.iri) for begin, _ in person.places)
        for places in self._places.values():
            places.sort()

    def find_before(self, title: str, begin: int) -> Iterator[Person]:
        """Yield the bearers in front of a character, nearest first, one for each of the last sixty mentions."""
        places = self._places.get(title, [])
        end = bisect_left(places, (begin, ""))
        for _, iri in reversed(places[max(0, end - _FARTHEST) : end]):
            yield self._persons[iri]

    def find_after(self, title: str, begin: int) -> Iterator[Person]:
        """Yield the bearers behind a character, nearest first, one for each of the next sixty mentions."""
        places = self._places.get(title, [])
        end = bisect_left(places, (begin, ""))
        for _, iri in places[end : end + _FARTHEST]:
            yield self._persons[iri]


def _to_keys(title: str) -> Iterator[str]:
    """Yield what may stand for a canonical title: "ambassador" for "Norway's ambassador to Chad"."""
    yield title
    if title in _TOP_POSTS:
        yield "leader"
    if not title.startswith(("vice ", "deputy ")):
        words = title.split()
        yield from (" ".join(words[begin:]) for begin in range(1, len(words)))
        office = _COMPLEMENT.split(title, maxsplit=1)[0].split()
        yield from (" ".join(office[begin:]) for begin in range(len(office)) if len(office) < len(words))
