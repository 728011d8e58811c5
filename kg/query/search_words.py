"""Word match: which texts hold the words of a question, the rare ones counting most (BM25)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Saturation of repeated words and weight of a text's length, as usual for BM25 (Robertson and Zaragoza 2009).
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.5
#: A name in a question tells more than another word as rare.
_NAME_WEIGHT = 1.5
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST_STEM = 3
#: Words that any text may hold; negations are not among them.
STOPWORDS = frozenset(
    _WORD.findall(
        "a an the this that these those of to in on at by for from with as into over about and or but if is are was were be been "
        "being am do does did done have has had having will would shall should can could may might must it its he him his she "
        "her hers they them their theirs we our ours you your yours i me my mine who whom whose which what when where how there "
        "here so than then too also very just any some all own same such more most other only say says said"
    )
)


class WordIndex(NamedTuple):
    """Texts by the words in them, by stem.

    Attributes:
        vocabulary: number of each stem.
        starts: shape (stems + 1,): where the postings of each stem begin.
        rows: number of a text, for each posting.
        weights: of the stem in that text, between 0 and 1.
        rarity: shape (stems,): inverse document frequency.
        size: number of texts.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Floats
    rarity: Floats
    size: int


def fold_text(text: str) -> str:
    """Return a text without case, diacritics, punctuation and repeated white space: equal for copies of one wording."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")))


def find_stems(text: str) -> list[str]:
    """Return the stems of a text's words in order, those of `STOPWORDS` left out; empty for a text without any."""
    return [_stem(word) for word in fold_text(text).split() if word not in STOPWORDS]


def find_name_stems(text: str) -> frozenset[str]:
    """Return the stems of words that begin with a capital letter, which in a question are names; its first word is none."""
    words = list(_WORD.finditer(text))
    return frozenset(stem for word in words[1:] if word.group()[0].isupper() for stem in find_stems(word.group()))


def index_words(texts: Sequence[str]) -> WordIndex:
    """Return the index of texts; their numbers are their positions. Stems are numbered in order of the alphabet."""
    counts = [Counter(find_stems(text)) for text in texts]
    vocabulary = {stem: number for number, stem in enumerate(sorted({stem for count in counts for stem in count}))}
    triples = [(vocabulary[stem], row, times) for row, count in enumerate(counts) for stem, times in count.items()]
    table = np.array(sorted(triples), dtype=np.int64).reshape(-1, 3)
    lengths = np.array([count.total() for count in counts], dtype=np.float64)
    relative = lengths / lengths.mean() if lengths.any() else lengths
    frequencies = np.bincount(table[:, 0], minlength=len(vocabulary))
    rarity = np.log1p((len(texts) - frequencies + 0.5) / (frequencies + 0.5))
    times = table[:, 2].astype(np.float64)
    weights = times / (times + _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * relative[table[:, 1]]))
    return WordIndex(
        vocabulary,
        np.concatenate(([0], np.cumsum(frequencies))).astype(np.int64),
        table[:, 1].astype(np.int32),
        (weights * (1 + _SATURATION)).clip(max=1.0).astype(np.float32),
        rarity.astype(np.float32),
        len(texts),
    )


def score_words(index: WordIndex, text: str) -> Floats:
    """Return how much of a text's words each indexed text holds, rare words and names counting most: (texts,), 0 to 1.

    A word that no text holds counts as the rarest: a text that has all the others is no full match. A text of nothing but
    stopwords scores 0 everywhere.
    """
    scores = np.zeros(index.size, np.float32)
    names = find_name_stems(text)
    unknown = float(np.log1p((index.size + 0.5) / 0.5))
    total = 0.0
    for stem in sorted(set(find_stems(text))):
        number = index.vocabulary.get(stem)
        weight = _NAME_WEIGHT if stem in names else 1.0
        weight *= unknown if number is None else float(index.rarity[number])
        total += weight
        if number is not None:
            part = slice(index.starts[number], index.starts[number + 1])
            scores[index.rows[part]] += np.float32(weight) * index.weights[part]
    return scores / np.float32(total) if total else scores


def _stem(word: str) -> str:
    """Return a word without the commonest endings of English inflection."""
    word = _POSSESSIVE.sub("", word)
    if word.endswith("ies") and len(word) > _SHORTEST_STEM + 2:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= _SHORTEST_STEM and _VOWEL.search(bare):
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare.removesuffix("e")
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word
