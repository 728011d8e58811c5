"""Which actors a question names: the longest names first, as the store's labels and its texts have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from kg.errors import ActorAmbiguousError
from kg.query.binding import bind_terms
from kg.query.lookup import fold_name, to_iri
from kg.query.reader import Reader, read_rows, to_text
from kg.query.search_words import STOPWORDS
from kg.store.terms import OxLiteral

_MOST_WORDS = 7
_WORD = re.compile(r"[\w.'’&\-]*\w\.?")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_IRI_IN_QUESTION = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+>")
_LOCAL = "#actor-"
_PLACE = "Place"

_LABELS = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor ?label ?type ?name
WHERE {
  VALUES ?type { kg:Person kg:State kg:Organisation kg:Group kg:Place }
  GRAPH ?graph {
    ?actor a ?type ; skos:prefLabel ?label .
    OPTIONAL { ?actor skos:altLabel ?name }
  }
}
"""
_USED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT ?actor (COUNT(DISTINCT ?mention) AS ?count)
WHERE {
  VALUES (?name_param) { (UNDEF) }
  GRAPH ?document { ?mention kg:name ?name_param ; kg:refersTo ?actor }
}
GROUP BY ?actor
"""


class Party(NamedTuple):
    """An actor that a question names: its label and IRI."""

    label: str
    iri: str


class NameSource(Protocol):
    """What the names of a question are looked up in."""

    def find(self, name: str) -> Party | None:
        """Return the actor of this name; None where it is no name.

        Raises:
            ActorAmbiguousError: several actors have it.
        """
        ...


class ActorName(NamedTuple):
    """A label or alias of an actor and the actor's type."""

    name: str
    party: Party
    type: str
    is_label: bool


class NameTable:
    """Names by their folded form. Names without a capital letter ("ministers") are descriptions, and left out.

    Args:
        names: labels and aliases.
    """

    def __init__(self, names: Iterable[ActorName]) -> None:
        self._names: dict[str, list[ActorName]] = {}
        self._last: dict[str, set[Party]] = {}
        for item in names:
            if item.name.islower() or not any(character.isupper() for character in item.name):
                continue
            self._names.setdefault(fold_name(item.name), []).append(item)
            last = item.name.rpartition(" ")[2]
            if item.type == "Person" and item.is_label and last != item.name and last[0].isupper():
                self._last.setdefault(fold_name(last), set()).add(item.party)

    def find(self, name: str) -> Party | None:
        """See `NameSource`: an actor across documents goes before one of a document, a label before an alias, a place last.

        A name that is also a common word ("us", "who") counts only as it is written ("US", "WHO"). The last word of a
        person's label is tried last.
        """
        folded = fold_name(name)
        found = self._names.get(folded, ())
        if folded in STOPWORDS or len(folded) < 3:
            found = [item for item in found if item.name == name]
        if found:
            best = min(_rank(item) for item in found)
            return _choose(name, {item.party for item in found if _rank(item) == best})
        people = self._last.get(folded, set())
        return _choose(name, people) if people and name[0].isupper() else None

    def is_place(self, party: Party) -> bool:
        """Whether an actor is known as a place alone."""
        return self._types.get(party, set()) == {_PLACE}

    @cached_property
    def _types(self) -> Mapping[Party, set[str]]:
        types: dict[Party, set[str]] = {}
        for items in self._names.values():
            for item in items:
                types.setdefault(item.party, set()).add(item.type)
        return types


class StoreNames:
    """The names of a store. What is not a label or alias, or only a place's, is looked up as texts use it.

    So that "Moscow" is the state that texts mean by it, if they mean one more often than the city.
    """

    def __init__(self, reader: Reader) -> None:
        """Read the actors' names."""
        self._reader = reader
        self._labels: dict[str, str] = {}
        names = []
        for actor, label, kind, alias in read_rows(reader, _LABELS):
            party = Party(to_text(label), to_text(actor))
            self._labels[party.iri] = party.label
            for name, is_label in ((party.label, True), (to_text(alias), False)):
                names.append(ActorName(name, party, to_text(kind).rpartition("#")[2], is_label))
        self._table = NameTable(dict.fromkeys(names))

    def find(self, name: str) -> Party | None:
        """See `NameSource`."""
        iri = to_iri(name) if name.startswith("<") else None
        if iri is not None:
            return Party(self._labels.get(iri.value, iri.value), iri.value)
        found = self._table.find(name)
        if found is not None and not self._table.is_place(found):
            return found
        if not any(character.isupper() for character in name):
            return found
        used: Counter[str] = Counter()
        for actor, count in read_rows(self._reader, bind_terms(_USED, ["name"], {"name": OxLiteral(name)})):
            used[to_text(actor)] = int(to_text(count)) if actor is not None else 0
        if found is not None:
            used[found.iri] += 0
        candidates = [iri for iri in used if iri in self._labels]
        if not candidates:
            return found
        best = min(candidates, key=lambda iri: (-used[iri], iri))
        return Party(self._labels[best], best)


class NamedText(NamedTuple):
    """A question in which names are replaced by marks: `⟦0⟧` is the first of `parties`.

    Attributes:
        names: the names as they are written.
    """

    text: str
    parties: tuple[Party, ...]
    names: tuple[str, ...]


def mark_names(text: str, source: NameSource, titles: Iterable[str]) -> NamedText:
    """Return the text with its names marked, longest first from left to right, titles and possessives left out of them.

    Raises:
        ActorAmbiguousError: a name means several actors equally well.
    """
    parties: list[Party] = []
    names: list[str] = []
    marked, end = "", 0
    for begin, stop, name, party in _find_names(text, source):
        marked += f"{text[end:begin]}⟦{len(parties)}⟧"
        parties.append(party)
        names.append(name)
        end = stop
    marked += text[end:]
    if before := "|".join(re.escape(title) for title in titles):
        marked = re.sub(rf"(?i)\b(?:the\s+)?(?:(?:{before})\s+)+(?=⟦)", "", marked)
    return NamedText(re.sub(r"(?i)\bthe\s+(?=⟦)", "", marked), tuple(parties), tuple(names))


def _find_names(text: str, source: NameSource) -> Iterator[tuple[int, int, str, Party]]:
    """Yield (begin, end, name, actor) of names from left to right; the possessive stays in the text."""
    words = [*_IRI_IN_QUESTION.finditer(text)]
    words += [word for word in _WORD.finditer(text) if not any(iri.start() <= word.start() < iri.end() for iri in words)]
    words.sort(key=lambda word: word.start())
    position = 0
    while position < len(words):
        for length in range(min(_MOST_WORDS, len(words) - position), 0, -1):
            begin, end = words[position].start(), words[position + length - 1].end()
            found = next(
                ((stop, party) for stop in _list_ends(text, begin, end) if (party := source.find(text[begin:stop]))), None
            )
            if found is not None:
                yield begin, found[0], text[begin : found[0]], found[1]
                position += length - 1
                break
        position += 1


def _list_ends(text: str, begin: int, end: int) -> Iterator[int]:
    """Yield where a name may end: with its last word, or before a possessive or full stop."""
    yield end
    for pattern in (_POSSESSIVE, re.compile(r"\.\Z")):
        match = pattern.search(text[begin:end])
        if match is not None:
            yield begin + match.start()


def _rank(item: ActorName) -> tuple[bool, bool, bool]:
    return (_LOCAL in item.party.iri, not item.is_label, item.type == _PLACE)


def _choose(name: str, found: set[Party]) -> Party:
    if len({party.iri for party in found}) > 1:
        raise ActorAmbiguousError(name, tuple(sorted(found)))
    return min(found)
