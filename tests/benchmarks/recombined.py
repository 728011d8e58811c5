"""Any number of annotated articles without reading them: sections of the sample texts, annotated once, put together anew.

Persons, states, days, numbers and most words within a section are exchanged, the spans moved along, so that persons, wordings
and events grow with the articles as they do in news: names are drawn by rank with a long tail (twice the articles, about 1.7
times the persons), words by Zipf's law, a hundred articles a day are published, one in twelve is an agency's text that another
paper printed before. Article `n` is the same whatever their number. What is made is an extraction: resolution, graph, profiles
and all steps over documents are done by the code that does them in a build.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from kg.build.toolchain import Toolchain
from kg.embedding.packing import DIMENSIONS, pack_vectors, unpack_vectors
from kg.model.annotation import Extraction
from kg.model.document import Document
from kg.model.span import Span, quote_spans
from kg.model.vector import Vector
from kg.read.files import find_files
from kg.read.inputs import read_file

ADDRESS = "https://recombined.example/"
ARTICLES_A_DAY = 100
_FIRST_DAY = dt.date(2020, 1, 1)
_SECTIONS = 3
_WORDS_A_SECTION = 130
_PUBLISHERS = 80
_COPIED, _COPIED_BACK = 12, 150
_EXCHANGED = 0.85
_VOCABULARY = 20_000
#: Exponent of the tail of names: of ever more articles, the persons grow with this power.
_TAIL = 0.75
#: Ranks that are about equally likely.
_HEAD = 40
_GLUE = "\n\n"
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_STATES = (
    ("Russia", "Russian"), ("Ukraine", "Ukrainian"), ("China", "Chinese"), ("Iran", "Iranian"), ("Israel", "Israeli"),
    ("Japan", "Japanese"), ("Turkey", "Turkish"), ("India", "Indian"), ("Sudan", "Sudanese"), ("Egypt", "Egyptian"),
    ("Norway", "Norwegian"), ("Poland", "Polish"), ("Germany", "German"), ("Canada", "Canadian"), ("Mali", "Malian"),
    ("Qatar", "Qatari"), ("Vietnam", "Vietnamese"), ("Kenya", "Kenyan"), ("Estonia", "Estonian"), ("Latvia", "Latvian"),
    ("Hungary", "Hungarian"), ("Serbia", "Serbian"), ("Ethiopia", "Ethiopian"), ("Eritrea", "Eritrean"), ("Chile", "Chilean"),
    ("Peru", "Peruvian"), ("Ghana", "Ghanaian"), ("Nigeria", "Nigerian"), ("Indonesia", "Indonesian"), ("Malaysia", "Malaysian"),
)  # fmt: skip
_STATE_WORDS = {word: number for number, words in enumerate(_STATES) for word in words}
_LETTERS = "bdfgklmnprstvz"


class Template(NamedTuple):
    """A section of a sample text.

    Attributes:
        extraction: as JSON.
        vectors: of its attributions, unit vectors by their ids.
        tokens: (begin, end) of the words that may be exchanged.
        persons: the words of persons' names, as they are written: full names and bare ones.
        sentences: how many there are.
    """

    text: str
    published: dt.date
    extraction: dict[str, list[dict[str, Any]]]
    vectors: dict[str, np.ndarray]
    tokens: tuple[tuple[int, int], ...]
    persons: tuple[tuple[str, ...], ...]
    kept: frozenset[str]
    sentences: int


class Recombiner:
    """Makes articles of templates.

    Args:
        templates: see `read_templates`.
    """

    def __init__(self, templates: Iterable[Template]) -> None:
        self._templates = tuple(templates)
        words = sorted({t.text[begin:end] for t in self._templates for begin, end in t.tokens if t.text[begin:end].islower()})
        chance = random.Random(3)  # noqa: S311 - the same words each time
        chance.shuffle(words)
        self._words = [*words, *(_make_word(chance, 2).lower() for _ in range(_VOCABULARY - len(words)))]
        self._noise = np.random.default_rng(3).normal(size=(4096, DIMENSIONS)).astype(np.float32)
        self._noise /= np.linalg.norm(self._noise, axis=1, keepdims=True)

    def make_record(self, number: int) -> dict[str, str]:
        """Return the record of an article: title, publisher, day, address, text."""
        text = self._make(_find_original(number))[0]
        return {
            "title": f"Recombined {number}",
            "publisher": f"Paper {_draw(random.Random(number * 11 + 1), 1.0, _PUBLISHERS)}",  # noqa: S311 - the same each time
            "published": _date(number).isoformat(),
            "url": f"{ADDRESS}{number}",
            "text": text,
        }

    def make_extraction(self, number: int) -> Extraction:
        """Return what would be found in an article, with vectors."""
        return self._make(_find_original(number))[1]

    @lru_cache(maxsize=256)  # noqa: B019 - there is one, for a whole run
    def _make(self, number: int) -> tuple[str, Extraction]:
        chance = random.Random(number * 11)  # noqa: S311 - the same each time
        parts = [_Part(chance.choice(self._templates), chance, self._words, number) for _ in range(_SECTIONS)]
        found: dict[str, list[dict[str, Any]]] = {}
        counts: dict[str, int] = {}
        vectors: list[Vector] = []
        begin = sentence = 0
        for part in parts:
            names = part.rename(counts)
            for kind, items in part.template.extraction.items():
                found.setdefault(kind, []).extend(part.move(kind, item, names, begin, sentence) for item in items)
            vectors += self._make_vectors(part, names)
            begin += len(part.text) + len(_GLUE)
            sentence += part.template.sentences
        text = _GLUE.join(part.text for part in parts)
        for kind in ("mentions", "posts"):
            for item in found[kind]:
                item["text"] = quote_spans(text, item["spans"])
        return text, Extraction.model_validate({**found, "vectors": vectors})

    def _make_vectors(self, part: _Part, names: Mapping[str, str]) -> Iterator[Vector]:
        """Yield the vectors of a section's attributions: those of other words are others, equal ones equal."""
        for item in part.template.extraction["attributions"]:
            vector = part.template.vectors.get(item["id"])
            if vector is None:
                continue
            content = quote_spans(part.text, tuple(part.move_span(span, 0) for span in item["content"]))
            if content != quote_spans(part.template.text, item["content"]):
                code = zlib.crc32(content.encode())
                vector = vector + 0.6 * (self._noise[code % 4096] + self._noise[(code >> 12) % 4096])
            yield Vector(attribution=names[item["id"]], values=pack_vectors(vector[None])[0])


class _Part:
    """A section in other words."""

    def __init__(self, template: Template, chance: random.Random, words: list[str], number: int) -> None:
        self.template = template
        self._shift = _date(number) - template.published
        self._exchange = _choose(template, chance, words)
        pieces: list[str] = []
        self._starts: list[int] = [0]
        self._offsets: list[int] = [0]
        end = length = 0
        for first, last in template.tokens:
            old = template.text[first:last]
            new = self._exchange(old)
            pieces += [template.text[end:first], new]
            length += first - end + len(new)
            end = last
            if len(new) != len(old):
                # A span that ends here ends with the new word; one that begins here begins there.
                self._starts.append(last)
                self._offsets.append(length - last)
        self.text = "".join((*pieces, template.text[end:]))

    def move_offset(self, offset: int) -> int:
        """Return where a place of the template is now."""
        return offset + self._offsets[bisect_right(self._starts, offset) - 1]

    def move_span(self, span: list[int], begin: int) -> Span:
        """Return where a span of the template is, where this section begins at `begin`."""
        return Span(begin + self.move_offset(span[0]), begin + self.move_offset(span[1]))

    def rename(self, counts: dict[str, int]) -> dict[str, str]:
        """Return new ids for old ones, after the numbers used so far, which are raised."""
        names: dict[str, str] = {}
        for items in self.template.extraction.values():
            for item in items:
                if "id" in item:
                    letter = item["id"][0]
                    counts[letter] = counts.get(letter, 0) + 1
                    names[item["id"]] = f"{letter}{counts[letter]}"
        return names

    def move(self, kind: str, item: Mapping[str, Any], names: Mapping[str, str], begin: int, sentence: int) -> dict[str, Any]:
        """Return an object of the template as it is in the article."""
        moved = {key: self._move_value(value, names, begin) for key, value in item.items()}
        if kind == "mentions":
            moved["sentence"] = item["sentence"] + sentence
            moved["clauses"] = [begin + self.move_offset(place) for place in item["clauses"]]
        for key in ("name", "title"):
            if item.get(key):
                moved[key] = _TOKEN.sub(lambda match: self._exchange(match[0]), item[key])
        for key in ("date", "date_end"):
            if item.get(key):
                moved[key] = _move_day(item[key], self._shift)
        return moved

    def _move_value(self, value: Any, names: Mapping[str, str], begin: int) -> Any:
        if isinstance(value, str):
            return names.get(value, value)
        if isinstance(value, dict):
            return {key: self._move_value(part, names, begin) for key, part in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and all(type(part) is int for part in value):
                return self.move_span(value, begin)
            return [self._move_value(part, names, begin) for part in value]
        return value


def _choose(template: Template, chance: random.Random, words: list[str]) -> Callable[[str], str]:
    """Return what puts other words in the place of those of a section: the same for the same word."""
    known: dict[str, str] = {}
    for name in template.persons:
        person = _name_person(_draw(chance, _TAIL))
        if len(name) > 1:
            known.setdefault(name[0], person[0])
        known.setdefault(name[-1], person[1])
    states = list(range(len(_STATES)))
    # The first ones are in the news more often.
    order = sorted(states, key=lambda place: (place + 1) * chance.expovariate(1.0))
    taken = dict(zip(chance.sample(states, len(states)), order, strict=True))
    for word, place in _STATE_WORDS.items():
        known[word] = _STATES[taken[place]][_STATES[place].index(word)]

    def exchange(word: str) -> str:
        if word not in known:
            known[word] = _exchange_word(word)
        return known[word]

    def _exchange_word(word: str) -> str:
        if word.isdigit():
            return str(chance.randint(2, 10 ** len(word))) if len(word) < 4 else word
        if not word.islower() or word in template.kept or chance.random() > _EXCHANGED:
            return word
        return words[_draw(chance, 1.0, len(words))]

    return exchange


def _draw(chance: random.Random, tail: float, most: int = 10**7) -> int:
    """Return a rank from 0: beyond the first ones, the n-th is about as likely as n to the power -(1 + tail)."""
    return min(int(_HEAD * ((1.0 - chance.random()) ** (-1 / tail) - 1)), most - 1)


def _name_person(rank: int) -> tuple[str, str]:
    """Return the first and last name of the person of a rank: two in five hundred share the last name."""
    chance = random.Random(rank * 13 + 5)  # noqa: S311 - the same each time
    return _make_word(chance, 1), _make_word(chance, 2)


def _make_word(chance: random.Random, least: int) -> str:
    syllables = (chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(chance.randint(least, 3)))
    return ("".join(syllables) + chance.choice(_LETTERS)).capitalize()


def _find_original(number: int) -> int:
    """Return the article whose text this one prints: itself, but for copies."""
    chance = random.Random(number * 11 + 2)  # noqa: S311 - the same each time
    while number > _COPIED_BACK and chance.randrange(_COPIED) == 0:
        number -= chance.randint(1, _COPIED_BACK)
    return number


def _date(number: int) -> dt.date:
    return _FIRST_DAY + dt.timedelta(days=number // ARTICLES_A_DAY)


def _move_day(day: str, shift: dt.timedelta) -> str:
    match = _DAY.fullmatch(day)
    if match is None:
        return day
    year, month, number = (int(part or 1) for part in match.groups())
    return (dt.date(year, month, number) + shift).isoformat()[: len(day)]


def read_templates(toolchain: Toolchain, base: str, inputs: Iterable[str] = ("sources",)) -> Iterator[Template]:
    """Yield the sections of the sample texts, each annotated as a text of its own.

    Args:
        toolchain: what annotates, of profile `best` where articles are to have vectors.
        base: of IRIs.
        inputs: files and folders, as `kg build` takes them.
    """
    for file in find_files(list(inputs)):
        for document in read_file(file, base):
            if isinstance(document, Document):
                for number, text in enumerate(_find_sections(document)):
                    section = document.model_copy(
                        update={"id": f"{document.id}-{number}", "text": text, "zones": (), "author": None, "is_opinion": False}
                    )
                    yield _to_template(section, toolchain)


def _find_sections(document: Document) -> Iterator[str]:
    """Yield the running text of a document in parts of some paragraphs."""
    part: list[str] = []
    for match in re.finditer(r"[^\n]+", document.text):
        is_zone = any(zone.span.begin < match.end() and match.start() < zone.span.end for zone in document.zones)
        if not is_zone and match[0].strip():
            part.append(match[0].strip())
        if sum(len(paragraph.split()) for paragraph in part) >= _WORDS_A_SECTION:
            yield _GLUE.join(part)
            part = []
    if sum(len(paragraph.split()) for paragraph in part) >= _WORDS_A_SECTION // 2:
        yield _GLUE.join(part)


def _to_template(document: Document, toolchain: Toolchain) -> Template:
    extraction = toolchain.annotate_in_full(document).extraction
    packed = extraction.vectors
    found = json.loads(extraction.model_dump_json(exclude={"vectors"}))
    text = document.text
    edges = _find_edges(found, {place for mention in extraction.mentions for place in mention.clauses})
    tokens = tuple(
        (match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if not any(match.start() < edge < match.end() for edge in edges)
    )
    vectors = unpack_vectors([vector.values for vector in packed])
    return Template(
        text=text,
        published=dt.date.fromisoformat((document.published or _FIRST_DAY.isoformat())[:10]),
        extraction=found,
        vectors={vector.attribution: row for vector, row in zip(packed, vectors, strict=True)},
        tokens=tokens,
        persons=tuple(_find_persons(extraction)),
        kept=_find_kept(extraction, text),
        sentences=1 + max((mention.sentence for mention in extraction.mentions), default=0),
    )


def _find_edges(value: Any, edges: set[int]) -> set[int]:
    """Return all places where something begins or ends."""
    if isinstance(value, dict):
        for part in value.values():
            _find_edges(part, edges)
    elif isinstance(value, list):
        if len(value) == 2 and all(type(part) is int for part in value):
            edges.update(value)
        else:
            for part in value:
                _find_edges(part, edges)
    return edges


def _find_persons(extraction: Extraction) -> list[tuple[str, ...]]:
    """Return the names of persons as words, full ones first, without those that are states too."""
    names = {tuple(_TOKEN.findall(m.name)) for m in extraction.mentions if m.type == "Person" and m.kind == "name"}
    return sorted((name for name in names if name and not set(name) & _STATE_WORDS.keys()), key=lambda name: (-len(name), name))


def _find_kept(extraction: Extraction, text: str) -> frozenset[str]:
    """Return the words that make cues, posts and descriptions of actors what they are, and short ones."""
    phrases = [text[begin:end] for found in extraction.attributions for begin, end in found.cue]
    phrases += [text[begin:end] for event in extraction.events for begin, end in event.trigger]
    phrases += [mention.title or "" for mention in extraction.mentions] + [post.title or "" for post in extraction.posts]
    phrases += [mention.name for mention in extraction.mentions if mention.kind != "pronoun"]
    short = {word for word in _TOKEN.findall(text) if len(word) < 4}
    return frozenset(short | {word for phrase in phrases for word in _TOKEN.findall(phrase)})
