"""The trained labeller: word pieces and features of a window in, scores of roles and links out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.embedding.network import load_network
from kg.errors import ResourceInvalidError
from kg.extract.learned.features import COLUMNS, TokenFeatures

_WEIGHTS, _TOKENIZER, _PARAMETERS = "labeller.onnx", "tokenizer.json", "parameters.json"
_ARRAYS = ("transitions", "starts", "distance", "rank", "same_rule", "calibration")
_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"
#: A word of more pieces (an address, a hash) is cut: its beginning says enough.
_MOST_PIECES = 6
#: Typewriter quotation marks, which the encoder has hardly seen, are read as the curly ones.
_CURLY_MARKS = {"``": "“", "''": "”"}

Scores = NDArray[np.float32]


class Parameters(NamedTuple):
    """What the network's scores are combined with; all learned with it.

    Attributes:
        version: names the training run.
        values: for each feature column of the pipeline its values, in order of their codes.
        transitions: scores of label pairs (from, to), shape (7, 7).
        starts: scores of a window's first label, shape (7,).
        distance: scores of a cue's distance from a token, for sources and contents, shape (2, 21).
        rank: scores of a cue's place among the window's cues as seen from the token, shape (2, 8).
        same_rule: score of a token and cue that the rules join, for sources and contents, shape (2,).
        no_source: score of a cue's choice to have no source.
        calibration: weights of the logistic function that turns certainties into a confidence, the constant last.
    """

    version: str
    values: Mapping[str, tuple[str, ...]]
    transitions: Scores
    starts: Scores
    distance: Scores
    rank: Scores
    same_rule: Scores
    no_source: float
    calibration: Scores


class WindowScores(NamedTuple):
    """The network's output for one window.

    Attributes:
        tokens: indexes of the window's tokens in the doc.
        labels: scores of the labels none, B- and I- of source, cue, content, shape (tokens, 7).
        cues: vectors of the tokens as cues, shape (tokens, width).
        sources, contents: vectors of the tokens as part of a source or content, likewise.
    """

    tokens: Sequence[int]
    labels: Scores
    cues: Scores
    sources: Scores
    contents: Scores


class RoleLabeller:
    """A network of the files `labeller.onnx`, `tokenizer.json` and `parameters.json` in one folder.

    Raises:
        ResourceInvalidError: a file is missing or not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self._network = load_network(folder / _WEIGHTS)
        for name in (_TOKENIZER, _PARAMETERS):
            if not (folder / name).is_file():
                raise ResourceInvalidError(str(folder / name), "is missing from this installation; install sayso again")
        self.parameters = read_parameters(folder / _PARAMETERS)
        self._tokenizer = load_tokenizer(folder / _TOKENIZER)
        self._begin, self._end = (find_piece(self._tokenizer, name) for name in (_BEGIN, _END))
        self._pieces: dict[str, list[int]] = {}

    def split_words(self, doc: Doc) -> list[list[int]]:
        """Return the word pieces of each token of a doc, at least one; none of white space."""
        return [[] if token.is_space else self._split(token.text) for token in doc]

    def _split(self, word: str) -> list[int]:
        found = self._pieces.get(word)
        if found is None:
            found = split_word(self._tokenizer, word)
            self._pieces[word] = found
        return found

    def score_windows(
        self, windows: Sequence[Sequence[int]], pieces: Sequence[Sequence[int]], features: TokenFeatures
    ) -> Iterator[WindowScores]:
        """Yield the scores of each window, in order.

        Args:
            windows: token indexes.
            pieces: the word pieces of each token of the text.
            features: the features of the text's tokens.
        """
        for window in windows:
            yield self._run(window, pieces, features)

    def _run(self, window: Sequence[int], pieces: Sequence[Sequence[int]], features: TokenFeatures) -> WindowScores:
        """Return the scores of one window: alone it needs no padding, and its numbers are scaled by its own range."""
        row, owners, firsts = [self._begin], [], []
        for token in window:
            firsts.append(len(row))
            row.extend(pieces[token])
            owners.extend([token] * len(pieces[token]))
        row.append(self._end)
        columns = np.zeros((1, len(row), len(COLUMNS)), np.int64)
        columns[0, 1:-1] = features.columns[owners]
        found = self._network.run(None, {"ids": np.asarray([row], np.int64), "features": columns})
        labels, cues, keys = (values[0, firsts] for values in found)
        half = keys.shape[-1] // 2
        return WindowScores(window, labels, cues, keys[:, :half], keys[:, half:])


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a `tokenizer.json` so that it gives a word's pieces and no padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def find_piece(tokenizer: Tokenizer, name: str) -> int:
    """Return the number of a word piece.

    Raises:
        ResourceInvalidError: the tokenizer does not have it.
    """
    found: int | None = tokenizer.token_to_id(name)
    if found is None:
        raise ResourceInvalidError(_TOKENIZER, f"lacks the word piece {name}")
    return found


def split_word(tokenizer: Tokenizer, word: str) -> list[int]:
    """Return the word pieces of a word, at least one and not more than the labeller reads of it."""
    word = _CURLY_MARKS.get(word, word)
    return tokenizer.encode(word, add_special_tokens=False).ids[:_MOST_PIECES] or [find_piece(tokenizer, _UNKNOWN)]


def read_parameters(path: Path) -> Parameters:
    """Read the parameters of a labeller.

    Raises:
        ResourceInvalidError: the file is not JSON, or lacks a part.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        values = {name: tuple(data["values"][name]) for name in COLUMNS[:3]}
        arrays = {name: np.asarray(data[name], np.float32) for name in _ARRAYS}
        return Parameters(version=data["version"], values=values, no_source=float(data["no_source"]), **arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not the parameters of a labeller ({error})") from error
