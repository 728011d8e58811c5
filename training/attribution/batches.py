"""Examples cut into windows and windows put into batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from kg.extract.learned.features import COLUMNS
from kg.extract.learned.windows import LONGEST_WINDOW, cut_windows
from training.attribution.corpus import Example, Reading
from training.attribution.network import Links

_BEGIN, _END = 101, 102
_B_SOURCE, _B_CUE, _CONTENT_LABELS = 1, 3, (5, 6)
#: Sentences of this share are windows by themselves, so that the labeller also reads text without context.
_SINGLE_SHARE = 0.1
#: The corpus's reference is preferred to other annotators' readings of an article this often.
_REFERENCE_SHARE = 0.3
#: Windows of this share do not show what the rules found, so that the labeller does not lean on them alone.
_BLIND_SHARE = 0.1
_RULE_COLUMNS = [COLUMNS.index(name) for name in ("rule", "nested_rule")]
_POOL_SIZE = 256
_SHORTEST_FIRST = 20


class Window(NamedTuple):
    """A stretch of an article that the network reads at once; `labels` and `attributions` as in `Reading`, by place.

    `sources` has the first token of each attribution's source by the attribution's number.
    """

    example: Example
    tokens: list[int]
    labels: list[int]
    attributions: list[int]
    sources: dict[int, int]
    is_blind: bool

    @property
    def size(self) -> int:
        """Its word pieces."""
        return sum(len(self.example.pieces[token]) for token in self.tokens)


class Batch(NamedTuple):
    """Tensors of several windows: pieces (batch, pieces), words (batch, words); `firsts` are places of first pieces."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    firsts: Tensor
    words: Tensor
    labels: Tensor
    links: list[Links]


def cut_example(example: Example, chance: random.Random) -> Iterator[Window]:
    """Yield the windows of an article, cut at other places each time, in one annotator's reading."""
    is_reference = len(example.readings) == 1 or chance.random() < _REFERENCE_SHARE
    reading = example.readings[0] if is_reference else chance.choice(example.readings)
    lengths = [len(pieces) for pieces in example.pieces]
    alone, together = [], []
    for sentence in example.sentences:
        (alone if chance.random() < _SINGLE_SHARE else together).append(sentence)
    windows = [window for sentence in alone for window in cut_windows([sentence], lengths)]
    windows += cut_windows(together, lengths, first=chance.randint(_SHORTEST_FIRST, LONGEST_WINDOW))
    for tokens in windows:
        yield make_window(example, tokens, reading, is_blind=chance.random() < _BLIND_SHARE)


def make_window(example: Example, tokens: list[int], reading: Reading, *, is_blind: bool = False) -> Window:
    """Return a window whose spans all begin with a B- label, also where it cuts them."""
    labels, attributions = [], []
    for token in tokens:
        label, attribution = int(reading.labels[token]), int(reading.attributions[token])
        if label and label % 2 == 0:
            is_inside = bool(labels) and (labels[-1] + 1) // 2 == label // 2 and attributions[-1] == attribution
            label -= not is_inside
        labels.append(label)
        attributions.append(attribution)
    return Window(example, tokens, labels, attributions, reading.sources, is_blind)


def make_batches(examples: Sequence[Example], most_pieces: int, chance: random.Random) -> list[list[Window]]:
    """Return one epoch: all windows of all articles in batches of about `most_pieces`, alike in length, in random order."""
    windows = [window for example in examples for window in cut_example(example, chance)]
    chance.shuffle(windows)
    batches = []
    for begin in range(0, len(windows), _POOL_SIZE):
        current: list[Window] = []
        for window in sorted(windows[begin : begin + _POOL_SIZE], key=lambda item: item.size):
            if current and (window.size + 2) * (len(current) + 1) > most_pieces:
                batches.append(current)
                current = []
            current.append(window)
        batches.append(current)
    chance.shuffle(batches)
    return batches


def to_batch(windows: Sequence[Window]) -> Batch:
    """Return the tensors of the windows."""
    count, width, most = len(windows), max(w.size for w in windows) + 2, max(len(w.tokens) for w in windows)
    ids = torch.zeros(count, width, dtype=torch.long)
    features = torch.zeros(count, width, len(COLUMNS), dtype=torch.long)
    mask = torch.zeros(count, width, dtype=torch.bool)
    firsts, labels = torch.zeros(count, most, dtype=torch.long), torch.zeros(count, most, dtype=torch.long)
    words = torch.zeros(count, most, dtype=torch.bool)
    links = []
    for row, window in enumerate(windows):
        pieces, owners, starts = [_BEGIN], [], []
        for token in window.tokens:
            starts.append(len(pieces))
            pieces.extend(window.example.pieces[token])
            owners.extend([token] * len(window.example.pieces[token]))
        pieces.append(_END)
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = True
        features[row, 1 : len(pieces) - 1] = torch.from_numpy(window.example.features.columns[owners])
        if window.is_blind:
            features[row, :, _RULE_COLUMNS] = 0
        size = len(window.tokens)
        firsts[row, :size] = torch.tensor(starts)
        words[row, :size] = True
        labels[row, :size] = torch.tensor(window.labels)
        links.extend(_find_links(row, window))
    return Batch(ids, features, mask, firsts, words, labels, links)


def _find_links(row: int, window: Window) -> Iterator[Links]:
    """Yield the linking tasks of a window: the source of each cue, and the cue of each token of a content."""
    cues: dict[int, int] = {}
    for place, (label, attribution) in enumerate(zip(window.labels, window.attributions, strict=True)):
        if label == _B_CUE:
            cues.setdefault(attribution, place)
    if not cues:
        return
    heads = sorted(cues.values())
    rule = torch.from_numpy(window.example.features.rule[window.tokens])

    def make(kind: int, places: list[int], targets: list[int]) -> Links:
        tokens, chosen = torch.tensor(places), torch.tensor(heads)
        is_joined = (rule[tokens][:, None] == rule[chosen][None]) & (rule[tokens][:, None] >= 0) & (not window.is_blind)
        return Links(row, kind, chosen, tokens, torch.tensor(targets), is_joined)

    starts = [place for place, label in enumerate(window.labels) if label == _B_SOURCE]
    if starts:
        place_of = {window.tokens[place]: number for number, place in enumerate(starts)}
        by_head = {head: attribution for attribution, head in cues.items()}
        yield make(0, starts, [place_of.get(window.sources.get(by_head[head], -1), len(starts)) for head in heads])
    parts = [
        (place, heads.index(cues[attribution]))
        for place, (label, attribution) in enumerate(zip(window.labels, window.attributions, strict=True))
        if label in _CONTENT_LABELS and attribution in cues
    ]
    if len(heads) > 1 and parts:
        yield make(1, *(list(values) for values in zip(*parts, strict=True)))
