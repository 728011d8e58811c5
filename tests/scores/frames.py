"""Frames on labelled sentences: `python -m tests.scores.frames --data training/frames/sentences --cross-validate`.

Each sentence is read as what an envoy says. It counts as found where the frame is affirmed, neither asked nor supposed, of
the actor that the label names; where the words do not show of whom, of all that it speaks of. Figures are means over
frames of F1 of the positive class, with precision and recall over all sentences: of wordings alone, of meaning alone, and
of both, which the profile `best` ships (`fast` has wordings alone). `alarms` is the share of sentences without any frame
that are given one.

With `--cross-validate` every sentence is read by a model that has seen none of its group; the two thresholds come from
probabilities of the other folds. Wordings are written, not trained: of sentences that were read while they were written
they tell too well. `tests/cases/frames` was written after them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.pipeline import Annotator
from kg.embedding.encoder import load_encoder
from kg.embedding.packing import ENCODER_VERSION
from kg.extract.frames import FrameFinder, FrameScorer
from kg.extract.learned.frames import FrameClassifier, FrameModel, load_frame_classifier
from kg.extract.mentions import MentionFinder
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.rdf.ontology import read_frames
from kg.resolve.registry import read_registry
from kg.settings import Settings
from tests.scores.reporting import Prediction, parse_arguments, report
from training.frames.labelled import NONE, Labelled, read_labelled
from training.frames.train import FOLDS, find_related, fit_folds, fit_joining, make_data, predict_unseen

_TELLING, _ASKING = "The envoy said that ", "It is unclear "


class Sample(NamedTuple):
    """A labelled sentence, annotated."""

    item: Labelled
    doc: Doc
    mentions: tuple[Mention, ...]
    attribution: Attribution


def annotate(items: Sequence[Labelled]) -> Iterator[Sample]:
    """Yield each sentence as the content of a statement."""
    settings = Settings()
    annotator, finder = Annotator(settings.model), MentionFinder(tuple(read_registry(settings.base).gazetteer()))
    for item in items:
        opening = _ASKING if item.text.startswith("whether ") else _TELLING
        text = f"{opening}{item.text}."
        location = "https://sayso.example/score/text"
        doc = annotator.annotate(Document(id=location, path="text", location=location, sha256="0", language="en", text=text))
        mentions = finder.find_mentions(doc)
        attribution = Attribution(
            id="a1",
            source=(),
            cue=(),
            content=(Span(len(opening), len(text) - 1),),
            sentences=(Span(0, len(text)),),
            about=tuple(mention.id for mention in mentions if mention.spans and mention.spans[0].begin >= len(opening)),
            speech="indirect",
            confidence=1.0,
            by="score",
        )
        yield Sample(item, doc, mentions, attribution)


def is_found(sample: Sample, finder: FrameFinder, vector: NDArray[np.float32] | None) -> bool:
    """Tell whether the finder reads the labelled frame of the labelled target; of a sentence of no frame, any frame at all."""
    find_vector = None if vector is None else lambda _attribution: vector
    (found,) = finder.assign_frames(sample.doc, (sample.attribution,), sample.mentions, find_vector)
    if sample.item.frame == NONE:
        return bool(found.framings)
    mentions = {mention.id: mention for mention in sample.mentions}
    wanted = sample.item.target.lower()
    for framing in found.framings:
        if framing.frame == sample.item.frame and not framing.denied:
            targets = [mentions[target] for target in framing.targets if mentions[target].kind != "pronoun"]
            return not targets or any(_is_named(mention.text.lower(), wanted) for mention in targets)
    return False


def _is_named(mention: str, wanted: str) -> bool:
    return mention in wanted or wanted in mention


def compute_figures(items: Sequence[Labelled], found: Sequence[bool]) -> dict[str, float]:
    """Return `macro_f1`, `precision` and `recall` in percent; sentences of no frame are left out."""
    by_frame: dict[str, list[tuple[bool, bool]]] = {}
    for item, is_one in zip(items, found, strict=True):
        if item.frame != NONE:
            by_frame.setdefault(item.frame, []).append((item.is_claimed, is_one))
    pairs = [pair for of_frame in by_frame.values() for pair in of_frame]
    right = sum(gold and one for gold, one in pairs)
    scores = [
        2 * sum(gold and one for gold, one in of_frame) / max(1, sum(gold + one for gold, one in of_frame))
        for of_frame in by_frame.values()
    ]
    return {
        "macro_f1": round(100 * sum(scores) / max(1, len(scores)), 1),
        "precision": round(100 * right / max(1, sum(one for _, one in pairs)), 1),
        "recall": round(100 * right / max(1, sum(gold for gold, _ in pairs)), 1),
    }


def cross_validate(items: Sequence[Labelled], encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> dict[int, FrameScorer]:
    """Return, of each fold, a reader that was made of the others."""
    frames = read_frames()
    data, related = make_data(items, frames, encode), find_related(frames)
    by_fold = fit_folds(data)
    unseen = predict_unseen(data, by_fold)
    scorers: dict[int, FrameScorer] = {}
    for fold, weights in by_fold.items():
        others = data.folds != fold
        joining = fit_joining(data.choose(others), unseen[others], related)
        scorers[fold] = FrameClassifier(FrameModel(f"fold-{fold}", ENCODER_VERSION, data.frames, weights, joining))
    return scorers


def main() -> int:
    """Score the sentences; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    items, frames, encoder = read_labelled(arguments.data), read_frames(), load_encoder()
    scorers: dict[int, FrameScorer] = (
        cross_validate(items, encoder.encode)
        if arguments.cross_validate
        else dict.fromkeys(range(FOLDS), load_frame_classifier())
    )
    samples = list(annotate(items))
    vectors = encoder.encode([item.text for item in items])
    wordless = [frame.model_copy(update={"patterns": (), "exclusions": ()}) for frame in frames]
    worded = FrameFinder(frames)
    both = {fold: FrameFinder(frames, scorer, is_sparing=True) for fold, scorer in scorers.items()}
    meaning = {fold: FrameFinder(wordless, scorer) for fold, scorer in scorers.items()}
    found: dict[str, list[bool]] = {"wordings": [], "meaning": [], "both": []}
    for sample, vector in zip(samples, vectors, strict=True):
        fold = sample.item.find_fold(FOLDS)
        found["wordings"].append(is_found(sample, worded, None))
        found["meaning"].append(is_found(sample, meaning[fold], vector))
        found["both"].append(is_found(sample, both[fold], vector))
    figures: dict[str, Any] = {name: compute_figures(items, values) for name, values in found.items()}
    for part in sorted({item.part for item in items} - {NONE}):
        chosen = [at for at, item in enumerate(items) if item.part == part]
        for name in ("wordings", "both"):
            figures[f"{part}_{name}"] = compute_figures([items[at] for at in chosen], [found[name][at] for at in chosen])
    without = [at for at, item in enumerate(items) if item.frame == NONE]
    if without:
        figures["alarms"] = {
            name: round(100 * sum(values[at] for at in without) / len(without), 1) for name, values in found.items()
        }
    if arguments.verbose:
        for item, is_one in zip(items, found["both"], strict=True):
            if is_one != item.is_claimed:
                sys.stdout.write(f"{'false' if is_one else 'missed'}: {item.frame}: {item.kind}: [{item.target}] {item.text}\n")
    predictions = [Prediction(item.id, item.is_claimed, is_one) for item, is_one in zip(items, found["both"], strict=True)]
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
