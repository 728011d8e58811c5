"""The trained stance classifier: a text with a target in it in, how likely each stance is out.

It reads the states that the sentence encoder has of a text between its layers, where words still stand for themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.embedding.encoder import SentenceEncoder, load_encoder
from kg.errors import ResourceInvalidError
from kg.extract.learned.stance_head import Target, read_heads, score_targets
from kg.extract.stances import UNTOLD, Judgement, Pair, RuleStanceJudge
from kg.model.mention import Mention
from kg.model.stance import STANCE_VALUES
from kg.resources import find_resource

_HEADS, _PARAMETERS = "heads.npz", "parameters.json"
_FOLDER = "models/stance"

#: Characters on either side of a target that are read where the whole text is too long.
_REACH = 200

Scores = NDArray[np.float64]


class TargetText(NamedTuple):
    """A text and the characters of the target in it, half-open."""

    text: str
    begin: int
    end: int


class StanceParameters(NamedTuple):
    """What the networks' scores are read with.

    Attributes:
        version: names the training run.
        temperature: what scores are divided by, so that they are the logarithms of how likely each stance is.
        least: how likely a stance other than neutral must be to be given.
    """

    version: str
    temperature: float
    least: float


class StanceClassifier:
    """Networks of the files `heads.npz` and `parameters.json` in one folder, over an encoder's states.

    Raises:
        ResourceInvalidError: a file is missing or not what it should be.
    """

    def __init__(self, folder: Path, encoder: SentenceEncoder) -> None:
        for path in (folder / _HEADS, folder / _PARAMETERS):
            if not path.is_file():
                raise ResourceInvalidError(str(path), "is missing from this installation; install sayso again")
        self.parameters = read_parameters(folder / _PARAMETERS)
        self._networks = read_heads(folder / _HEADS)
        self._encoder = encoder

    def score(self, texts: Sequence[TargetText]) -> Scores:
        """Return how likely each stance is, shape (texts, 3) in order of `STANCE_VALUES`; rows add up to 1.

        A target without a word piece among those that the encoder reads is neutral for certain.
        """
        found = np.tile(np.asarray([0.0, 1.0, 0.0]), (len(texts), 1))
        read = {at: target for at, text in enumerate(texts) if (target := read_target(self._encoder, text)) is not None}
        if read:
            scores = np.mean([score_targets(network, list(read.values())) for network in self._networks], 0)
            found[list(read)] = to_likelihoods(scores, self.parameters.temperature)
        return found


def read_target(encoder: SentenceEncoder, text: TargetText) -> Target | None:
    """Return what the networks read of a text; None where no word piece holds the target.

    Of a text in which the target lies behind what the encoder reads, the words round the target are read.
    """
    for words, begin, end in (text, _cut_text(text)):
        encoded = encoder.read(words)
        touched = [at for at, (left, right) in enumerate(encoded.offsets) if left < end and begin < right]
        if touched:
            return Target(encoded.states, touched[0], touched[-1] + 1)
    return None


def _cut_text(text: TargetText) -> TargetText:
    first = text.text.find(" ", max(0, text.begin - _REACH), text.begin) + 1
    first = first or max(0, text.begin - _REACH)
    return TargetText(text.text[first : text.end + _REACH], text.begin - first, text.end - first)


def to_likelihoods(scores: NDArray[np.float32], temperature: float) -> Scores:
    """Return the likelihoods of scores, shape (texts, stances)."""
    scaled = scores.astype(np.float64) / temperature
    raised = np.exp(scaled - scaled.max(1, keepdims=True))
    likelihoods: Scores = raised / raised.sum(1, keepdims=True)
    return likelihoods


class LearnedStanceJudge:
    """The rules where they tell a stance, else the classifier (profile `best`).

    The classifier judges those whom the text names: it was trained on names, and to read a content costs as much as ten words
    of parsing.
    """

    def __init__(self, classifier: StanceClassifier) -> None:
        self._classifier = classifier
        self._rules = RuleStanceJudge()

    def judge(self, doc: Doc, pairs: Sequence[Pair]) -> list[Judgement]:
        """See `kg.extract.stances.StanceJudge`."""
        decided = [self._rules.decide(doc, pair) for pair in pairs]
        decided = [
            judgement or (None if _is_named(pair.target) else UNTOLD) for pair, judgement in zip(pairs, decided, strict=True)
        ]
        judged = self._judge([pair for pair, judgement in zip(pairs, decided, strict=True) if judgement is None])
        return [judgement or next(judged) for judgement in decided]

    def _judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """Yield the likeliest stance of each pair; for want of certainty neutral, as surely as the likeliest one is wrong.

        Who denies a content that is critical of somebody supports them, and the other way round.
        """
        parameters = self._classifier.parameters
        by = f"model:{parameters.version}"
        scores = self._classifier.score([TargetText(pair.text, pair.begin, pair.end) for pair in pairs])
        for pair, shown in zip(pairs, scores, strict=True):
            row = shown[::-1] if pair.attribution.cue_type == "denial" else shown
            best = int(row.argmax())
            if best != 1 and row[best] < parameters.least:
                yield Judgement("neutral", round(1 - float(row[best]), 4), by)
            else:
                yield Judgement(STANCE_VALUES[best], round(float(row[best]), 4), by)


def _is_named(target: Mention) -> bool:
    return target.kind not in {"pronoun", "demonym"} and target.type != "Place"


def load_stance_classifier(folder: Path | None = None) -> StanceClassifier:
    """Load the classifier of a folder, by default the one that is shipped; raises as `StanceClassifier`."""
    return StanceClassifier(folder or find_resource(_FOLDER), load_encoder())


def load_stance_judge(folder: Path | None = None) -> LearnedStanceJudge:
    """Load what the profile `best` judges stances with; raises as `StanceClassifier`."""
    return LearnedStanceJudge(load_stance_classifier(folder))


def read_parameters(path: Path) -> StanceParameters:
    """Read the parameters of a classifier.

    Raises:
        ResourceInvalidError: the file is not JSON, or lacks a part.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return StanceParameters(str(data["version"]), float(data["temperature"]), float(data["least"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not the parameters of a stance classifier ({error})") from error
