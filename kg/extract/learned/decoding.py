"""From scores to attributions: the best label sequence, its certainty, and which source and content belong to a cue.

The labels of a window are decoded as a linear-chain conditional random field (Lafferty et al. 2001) whose transitions
were trained with the network; a label I- follows only its own role. The posterior of each label comes from the forward
and backward sums. Contents then choose their cue and cues their source by the product of learned vectors, as heads are
chosen in biaffine parsing (Dozat and Manning 2017), shifted by learned scores of distance, rank and agreement with the
rules. Several cues may have one source ("she said, adding that ...").
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.assignment import assign_contents
from kg.extract.learned.labeller import Parameters, Scores, WindowScores

_SOURCE, _CUE, _CONTENT = range(3)
_FORBIDDEN = -1e4
_LEAST_DOUBT = 1e-3
#: Chances below this are as good as none.
_LEAST_LINK = 1e-4
#: In log-odds, what it is worth that a cue has any content: one without attributes nothing.
_FIRST_CONTENT = 4.0
#: Distances up to this stand for themselves, farther ones in steps of half a power of two, up to `_LAST_BUCKET`.
_NEAR, _LAST_BUCKET = 3, 10
_NEAREST_RANK, _LAST_RANK = 4, 7


class Certainty(NamedTuple):
    """Probabilities of the parts of an attribution, in [0, 1]; of a missing source: that the cue has none."""

    cue: float
    content: float
    source: float
    link: float


class LabelledAttribution(NamedTuple):
    """An attribution as the labeller sees it: sorted token indexes of the doc, and how certain it is of them."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    certainty: Certainty


class _LabelledSpan(NamedTuple):
    role: int
    begin: int
    end: int


def decode_window(
    scores: WindowScores, parameters: Parameters, rule: NDArray[np.int64]
) -> tuple[list[LabelledAttribution], NDArray[np.float64]]:
    """Return the attributions of a window in order of their cues, and each of its tokens' chance to be part of a cue.

    A cue without a content makes no attribution.

    Args:
        scores: the labeller's output for the window.
        parameters: those that were trained with the labeller.
        rule: for each token of the doc the number of the rules' attribution that it is part of, else -1.
    """
    transitions, starts = constrain(parameters)
    labels = find_best_labels(scores.labels, transitions, starts)
    posterior = compute_posterior(scores.labels, transitions, starts)
    return list(_link_spans(scores, parameters, rule, labels, posterior)), posterior[:, 3] + posterior[:, 4]


def _link_spans(
    scores: WindowScores,
    parameters: Parameters,
    rule: NDArray[np.int64],
    labels: Sequence[int],
    posterior: NDArray[np.float64],
) -> Iterator[LabelledAttribution]:
    spans = list(_find_spans(labels))
    cues = [span for span in spans if span.role == _CUE]
    if not cues:
        return
    numbers = rule[np.asarray(scores.tokens)]
    heads = [cue.begin for cue in cues]
    contents, sources = ([span for span in spans if span.role == role] for role in (_CONTENT, _SOURCE))
    shifts = _find_shifts(heads, parameters, numbers)
    content_chances = [_to_chances(_weigh_cues(span, heads, scores, shifts[1])) for span in contents]
    source_logits = [_weigh_cues(span, heads, scores, shifts[0])[0] for span in sources]
    own = posterior[np.arange(len(labels)), labels]
    logs = [np.log(np.maximum(chances, _LEAST_LINK)).tolist() for chances in content_chances]
    content_of = assign_contents(logs, _FIRST_CONTENT)
    for at, cue in enumerate(cues):
        parts = [number for number, chosen in enumerate(content_of) if chosen == at]
        if not parts:
            continue
        source, chance = _choose_source(source_logits, at, parameters.no_source)
        held = [contents[number] for number in parts]
        yield LabelledAttribution(
            source=() if source is None else _to_tokens([sources[source]], scores.tokens),
            cue=_to_tokens([cue], scores.tokens),
            content=_to_tokens(held, scores.tokens),
            certainty=Certainty(
                cue=_measure_certainty([cue], own),
                content=_measure_certainty(held, own),
                source=1.0 if source is None else _measure_certainty([sources[source]], own),
                link=min([chance, *(float(content_chances[number][at]) for number in parts)]),
            ),
        )


def _choose_source(logits: Sequence[Scores], cue: int, no_source: float) -> tuple[int | None, float]:
    """Return the number of the source that a cue chooses, None for none, and the chance of that; cues may share one."""
    chances = _softmax(np.asarray([*(float(row[cue]) for row in logits), no_source]))
    best = int(np.argmax(chances))
    return (best if best < len(logits) else None), float(chances[best])


def compute_confidence(certainty: Certainty, calibration: Scores, *, has_source: bool) -> float:
    """Return the calibrated probability that an attribution is right as a whole, in (0, 1).

    Args:
        certainty: of its parts.
        calibration: weights of what `to_log_odds` returns.
        has_source: whether a source was found.
    """
    values = to_log_odds(certainty, has_source=has_source)
    score = sum(float(weight) * value for weight, value in zip(calibration, values, strict=True))
    return 1 / (1 + math.exp(-score))


def to_log_odds(certainty: Certainty, *, has_source: bool) -> list[float]:
    """Return the log-odds of the parts' certainties, kept finite, then 1 for a missing source else 0, then the constant 1."""
    chances = (min(max(value, _LEAST_DOUBT), 1 - _LEAST_DOUBT) for value in certainty)
    return [*(math.log(chance / (1 - chance)) for chance in chances), float(not has_source), 1.0]


def constrain(parameters: Parameters) -> tuple[Scores, Scores]:
    """Return transitions and starts with those forbidden that no sequence of spans has."""
    transitions, starts = parameters.transitions.copy(), parameters.starts.copy()
    for inside in (2, 4, 6):
        for label in range(len(starts)):
            if label not in {inside, inside - 1}:
                transitions[label, inside] = _FORBIDDEN
        starts[inside] = _FORBIDDEN
    return transitions, starts


def find_best_labels(labels: Scores, transitions: Scores, starts: Scores) -> list[int]:
    """Return the label sequence of the highest score (Viterbi); `labels` has shape (tokens, 7), one token at least."""
    best = starts + labels[0]
    steps: list[Scores] = []
    for row in labels[1:]:
        steps.append(best[:, None] + transitions)
        best = np.maximum.reduce(steps[-1]) + row
    found = [int(best.argmax())]
    if len(labels) > 1:
        for step in reversed(np.stack(steps).argmax(1).tolist()):
            found.append(step[found[-1]])
    return found[::-1]


def compute_posterior(labels: Scores, transitions: Scores, starts: Scores) -> NDArray[np.float64]:
    """Return the probability of each label of each token given the whole window, shape (tokens, 7)."""
    # Sums of exponentials in probability space, scaled at each step (Rabiner 1989): far fewer operations than logarithms.
    emission = np.exp((labels - labels.max(1, keepdims=True)).astype(np.float64))
    step = np.exp(transitions.astype(np.float64))
    current = np.exp(starts.astype(np.float64)) * emission[0]
    current /= np.add.reduce(current)
    forward = [current]
    for row in emission[1:]:
        current = current @ step
        current *= row
        current /= np.add.reduce(current)
        forward.append(current)
    current = np.ones(len(starts))
    backward = [current]
    for row in emission[:0:-1]:
        current = step @ (row * current)
        current /= np.add.reduce(current)
        backward.append(current)
    both = np.stack(forward) * np.stack(backward[::-1])
    posterior: NDArray[np.float64] = both / both.sum(1, keepdims=True)
    return posterior


def _find_spans(labels: Sequence[int]) -> Iterator[_LabelledSpan]:
    bounds = [at for at, label in enumerate(labels) if label % 2 or (label == 0 and at and labels[at - 1])]
    for begin, end in pairwise([*bounds, len(labels)]):
        if labels[begin]:
            yield _LabelledSpan((labels[begin] - 1) // 2, begin, end)


def _find_shifts(
    heads: Sequence[int], parameters: Parameters, numbers: NDArray[np.int64]
) -> tuple[tuple[Scores, ...], tuple[Scores, ...]]:
    """Return by how much distance, rank and the rules shift the scores of cues, for sources and for contents.

    Each part has the shape (tokens of the window, cues).
    """
    cues, tokens = np.asarray(heads), np.arange(len(numbers))
    distance = _bucket(cues[None] - tokens[:, None])
    rank = np.clip(np.arange(len(cues))[None] - np.searchsorted(cues, tokens)[:, None] + _NEAREST_RANK, 0, _LAST_RANK)
    is_joined = (numbers[:, None] == numbers[cues][None]) & (numbers[:, None] >= 0)
    sources, contents = (
        (parameters.distance[kind, distance], parameters.rank[kind, rank], parameters.same_rule[kind] * is_joined)
        for kind in (0, 1)
    )
    return sources, contents


def _weigh_cues(span: _LabelledSpan, heads: Sequence[int], scores: WindowScores, shifts: Sequence[Scores]) -> Scores:
    """Return the scores of each cue to be that of each of the span's tokens, shape (tokens, cues)."""
    keys = (scores.sources if span.role == _SOURCE else scores.contents)[span.begin : span.end]
    logits: Scores = keys @ scores.cues[heads].T / math.sqrt(keys.shape[1])
    for shift in shifts:
        logits = logits + shift[span.begin : span.end]
    return logits


def _to_chances(logits: Scores) -> Scores:
    """Return the probability of each cue to be a span's, from the mean of its tokens' log-probabilities."""
    logits = logits - logits.max(1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(1, keepdims=True))
    return _softmax(logits.mean(0))


def _softmax(logits: NDArray[Any]) -> Scores:
    powers = np.exp(logits - logits.max())
    chances: Scores = powers / powers.sum()
    return chances


def _bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return codes 0..20 of signed distances in tokens."""
    size = np.abs(distance)
    far = np.minimum((np.log2(np.maximum(size, 1)) * 2).astype(np.int64), _LAST_BUCKET)
    code = np.minimum(np.where(size <= _NEAR, size, far), _LAST_BUCKET)
    signed: NDArray[np.int64] = np.where(distance < 0, _LAST_BUCKET - code, _LAST_BUCKET + code)
    return signed


def _to_tokens(spans: Sequence[_LabelledSpan], tokens: Sequence[int]) -> tuple[int, ...]:
    return tuple(tokens[at] for span in spans for at in range(span.begin, span.end))


def _measure_certainty(spans: Sequence[_LabelledSpan], own: NDArray[np.float64]) -> float:
    """Return the geometric mean of the posteriors of the spans' own labels; `own` has that of each token of the window."""
    chances = np.concatenate([own[span.begin : span.end] for span in spans])
    return float(np.exp(np.log(np.maximum(chances, 1e-9)).mean()))
