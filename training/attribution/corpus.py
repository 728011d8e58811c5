"""PolNeAR as training examples: what the labeller is shown of each token, and the label it should give.

A folder holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (Brat standoff). Each token has one role in at most
one attribution; where several people annotated an article, each reading is kept.
"""

from __future__ import annotations

import glob
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.pipeline import Annotator
from kg.errors import DocumentRefusedError
from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.learned.features import TokenFeatures, describe_tokens
from kg.extract.learned.labeller import load_tokenizer, split_word
from kg.extract.learned.refiner import list_sentences, read_candidates
from kg.extract.mentions import MentionFinder
from kg.extract.quoted import find_quoted_tokens
from kg.read.files import find_files
from kg.read.inputs import read_file
from kg.resolve.registry import read_registry
from kg.settings import Settings
from tests.scores.polnear import Ranges, read_reference

_ROLES = ("source", "cue", "content")
_DOUBLE_MARKS = frozenset('“”"')


class Reading(NamedTuple):
    """One annotator's reading of an article, by tokens.

    Attributes:
        labels: 0 none, 1 B-source, 2 I-source, 3 B-cue, 4 I-cue, 5 B-content, 6 I-content.
        attributions: number of the token's attribution, -1 for none. Several attributions may have one source, whose
            tokens have the number of the last.
        sources: the first token of each attribution's source, by number; those without a source are left out.
    """

    labels: NDArray[np.int64]
    attributions: NDArray[np.int64]
    sources: dict[int, int]


class Example(NamedTuple):
    """An article.

    Attributes:
        name: of its file, without the ending.
        sentences: see `kg.extract.learned.refiner.list_sentences`.
        pieces: word pieces of each token, none of white space.
        features: see `kg.extract.learned.features`.
        readings: in order of the annotators' names; the first is the corpus's reference.
    """

    name: str
    sentences: list[list[int]]
    pieces: list[list[int]]
    features: TokenFeatures
    readings: list[Reading]


def read_examples(
    folder: Path, values: Mapping[str, Sequence[str]], tokenizer: Path, jobs: int = 2
) -> tuple[list[Example], list[Example]]:
    """Return the articles of a folder in order of their names, and their paragraphs, each read without its neighbours.

    Every second paragraph is laid out as tokens parted by blanks, with quotation marks as in the Penn Treebank.

    Args:
        folder: with `text/` and `attributions/`.
        values: of the feature columns that come from the spaCy pipeline.
        tokenizer: the encoder's `tokenizer.json`.
        jobs: processes.
    """
    paths = sorted((folder / "text").glob("*.txt"))
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(values, tokenizer)) as pool:
        articles = list(pool.map(_read_article, paths, chunksize=8))
    return [article for article, _ in articles], [part for _, parts in articles for part in parts]


class _Reader:
    def __init__(self, values: Mapping[str, Sequence[str]], tokenizer: Path) -> None:
        settings = Settings()
        self._annotator = Annotator(settings.model)
        self._mentions = MentionFinder(read_registry(settings.base).gazetteer())
        self._rules = RuleAttributionFinder(read_cue_lexicon())
        self._values = values
        self._tokenizer = load_tokenizer(tokenizer)
        self._base = settings.base

    def read(self, path: Path) -> tuple[Example, list[Example]]:
        (file,) = find_files([str(path)])
        (document,) = read_file(file, self._base)
        if isinstance(document, DocumentRefusedError):
            raise document
        if not path.read_text("utf-8").startswith(document.text):
            raise ValueError(f"{path}: its text was changed on reading, so that offsets in it do not hold")
        doc = self._annotator.annotate(document)
        folder = path.parents[1] / "attributions"
        readings = [read_reference(file) for file in sorted(folder.glob(f"{glob.escape(path.stem)}_*.ann"))]
        paragraphs = []
        for number, (begin, end) in enumerate(doc._.paragraphs):
            part = _space_out(doc, begin, end) if number % 2 else _Part.of(doc.text, begin, end)
            alone = document.model_copy(update={"text": part.text, "zones": ()})
            paragraphs.append(self._describe(path.stem, self._annotator.annotate(alone), [part.move(readings[0])]))
        return self._describe(path.stem, doc, readings), paragraphs

    def _describe(self, name: str, doc: Doc, readings: Sequence[Sequence[Mapping[str, Ranges]]]) -> Example:
        quotations = find_quoted_tokens(doc)
        candidates = self._rules.find_candidates(doc, self._mentions.find_mentions(doc), quotations)
        return Example(
            name=name,
            sentences=list_sentences(doc),
            pieces=[[] if t.is_space else split_word(self._tokenizer, t.text) for t in doc],
            features=describe_tokens(doc, quotations, read_candidates(doc, candidates), self._values),
            readings=[align(doc, reading) for reading in readings],
        )


class _Part(NamedTuple):
    """A stretch of a text, perhaps laid out anew; `places` has the old and new bounds of each piece that was kept."""

    text: str
    places: list[tuple[int, int, int, int]]

    @classmethod
    def of(cls, text: str, begin: int, end: int) -> _Part:
        return cls(text[begin:end], [(begin, end, 0, end - begin)])

    def move(self, relations: Sequence[Mapping[str, Ranges]]) -> list[dict[str, Ranges]]:
        """Return the relations with the offsets of the part; what lies outside is left out."""
        return [
            {role: [moved for span in relation[role] for moved in self._move(*span)] for role in _ROLES} for relation in relations
        ]

    def _move(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        held = [place for place in self.places if place[0] < end and begin < place[1]]
        if held:
            first, last = held[0], held[-1]
            # A piece that was laid out anew is kept whole, its neighbours' bounds are no part of it.
            is_same = first[1] - first[0] == first[3] - first[2]
            start = first[2] + max(0, begin - first[0]) if is_same else first[2]
            stop = last[3] - max(0, last[1] - end) if last[1] - last[0] == last[3] - last[2] else last[3]
            yield start, stop


def _space_out(doc: Doc, begin: int, end: int) -> _Part:
    """Return a paragraph with a blank between all tokens and quotation marks as the Penn Treebank writes them."""
    words: list[str] = []
    places = []
    size = 0
    for token in doc.char_span(begin, end, alignment_mode="expand") or ():
        if token.is_space:
            continue
        opens = token.text == "“" or (token.text == '"' and not token.whitespace_)
        word = ("``" if opens else "''") if token.text in _DOUBLE_MARKS else token.text
        places.append((token.idx, token.idx + len(token), size, size + len(word)))
        words.append(word)
        size += len(word) + 1
    return _Part(" ".join(words), places)


_reader: _Reader | None = None


def _start(values: Mapping[str, Sequence[str]], tokenizer: Path) -> None:
    global _reader  # noqa: PLW0603 - one for each process
    _reader = _Reader(values, tokenizer)


def _read_article(path: Path) -> tuple[Example, list[Example]]:
    assert _reader is not None, "set by the initializer"
    return _reader.read(path)


def align(doc: Doc, relations: Sequence[Mapping[str, Ranges]]) -> Reading:
    """Return the reading of a doc's tokens; a token that a span overlaps belongs to it."""
    labels, attributions = np.zeros(len(doc), np.int64), np.full(len(doc), -1, np.int64)
    sources: dict[int, int] = {}
    begins = [token.idx for token in doc]
    for number, relation in enumerate(relations):
        for code, role in zip((1, 3, 5), _ROLES, strict=True):
            for begin, end in relation[role]:
                at = max(bisect_right(begins, begin) - 1, 0)
                words = (
                    [t.i for t in doc[at:] if t.idx < end and t.idx + len(t) > begin and not t.is_space] if end > begin else []
                )
                for place, word in enumerate(words):
                    labels[word], attributions[word] = code + (place > 0), number
                if words and role == "source":
                    sources.setdefault(number, words[0])
    return Reading(labels, attributions, sources)
