"""The labeller as a torch module: the MiniLM encoder with token features, label scores, and vectors that link.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019). Each feature of a token has a vector that
is added to the embedding of its word pieces, zero at the start, so that training sets out from the encoder as it is;
each also shifts the label scores directly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

LABELS = 7
WIDTH, LAYERS = 384, 6
_HEADS, _INNER, _POSITIONS = 12, 1536, 512
_LINK_WIDTH = 64
_DISTANCES, _RANKS, _NEAREST_RANK = 21, 8, 4
_DROPPED = 0.1


class Links(NamedTuple):
    """Parts and cues of one window of a batch.

    Attributes:
        row: of the window in its batch.
        kind: 0 where each cue chooses the first token of its source, or none; 1 where each content's token chooses its cue.
        heads: places of the window's cues, sorted.
        tokens: places of the parts.
        targets: of each cue which of the tokens, or their number for none; of each token which of the heads.
        is_joined: whether the rules join the token and the head, shape (tokens, heads).
    """

    row: int
    kind: int
    heads: Tensor
    tokens: Tensor
    targets: Tensor
    is_joined: Tensor


class ChannelDropout(nn.Module):
    """Drops whole channels of a sequence: as good a regulariser here as dropping single values, at a fraction of the time."""

    def forward(self, values: Tensor) -> Tensor:
        """Return values of shape (batch, length, channels), scaled where training."""
        if not self.training:
            return values
        kept = torch.rand(values.shape[0], 1, values.shape[2]) > _DROPPED
        return values * (kept.to(values.dtype) / (1 - _DROPPED))


class Layer(nn.Module):
    """One transformer layer of BERT's kind, normalised behind each part."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.project = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, _INNER)
        self.narrow = nn.Linear(_INNER, WIDTH)
        self.narrowed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = ChannelDropout()

    def forward(self, values: Tensor, bias: Tensor | None = None) -> Tensor:
        """Return values of shape (batch, length, width); `bias` (batch, 1, 1, length) hides padding where there is any."""
        batch, length, width = values.shape
        parts = self.attend(values).view(batch, length, 3, _HEADS, width // _HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        scores = query @ (key.transpose(2, 3) * (width // _HEADS) ** -0.5)
        weights = torch.softmax(scores if bias is None else scores + bias.to(query.dtype), -1)
        mixed = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, width)
        values = self.attended(values + self.drop(self.project(mixed)))
        return self.narrowed(values + self.drop(self.narrow(functional.gelu(self.widen(values)))))


class Network(nn.Module):
    """Label scores and linking vectors of word pieces.

    Args:
        sizes: number of values of each token feature.
        vocabulary: number of word pieces.
    """

    def __init__(self, sizes: Sequence[int], vocabulary: int = 30522) -> None:
        super().__init__()
        # The word embeddings are not trained: the corpus has too few of the words, and steps take a tenth less time.
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad = False
        self.positions = nn.Parameter(torch.zeros(_POSITIONS, WIDTH))
        self.embedded = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = ChannelDropout()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.features = nn.ModuleList(nn.Embedding(size, WIDTH) for size in sizes)
        self.label = nn.Linear(WIDTH, LABELS)
        self.shifts = nn.ModuleList(nn.Embedding(size, LABELS) for size in sizes)
        self.cue = nn.Linear(WIDTH, _LINK_WIDTH)
        self.keys = nn.Linear(WIDTH, 2 * _LINK_WIDTH)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.starts = nn.Parameter(torch.zeros(LABELS))
        self.distance = nn.Parameter(torch.zeros(2, _DISTANCES))
        self.rank = nn.Parameter(torch.zeros(2, _RANKS))
        self.same_rule = nn.Parameter(torch.zeros(2))
        self.no_source = nn.Parameter(torch.zeros(1))
        for table in (*self.features, *self.shifts):
            nn.init.zeros_(table.weight)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return vectors (batch, length, width) of word pieces (batch, length), features (batch, length, columns).

        Where the windows of a batch differ in length `mask` (batch, length) is false for padding.
        """
        values = self.words(ids) + self.positions[: ids.shape[1]]
        for column, table in enumerate(self.features):
            values = values + table(features[..., column])
        values = self.drop(self.embedded(values))
        bias = None
        if mask is not None:
            bias = torch.zeros(mask.shape, dtype=values.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            values = layer(values, bias)
        return values

    def score(self, encoded: Tensor, features: Tensor) -> Tensor:
        """Return label scores (batch, length, LABELS)."""
        scores: Tensor = self.label(encoded)
        for column, table in enumerate(self.shifts):
            scores = scores + table(features[..., column])
        return scores

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return label scores, vectors as a cue, and vectors as part of a source and of a content side by side."""
        encoded = self.encode(ids, features)
        return self.score(encoded, features), self.cue(encoded), self.keys(encoded)

    def link(self, cues: Tensor, keys: Tensor, links: Links) -> Tensor:
        """Return the scores of what is chosen from: (tokens, heads) for contents, (heads, tokens + 1) for sources.

        Args:
            cues: vectors of the window's tokens as cues.
            keys: their vectors as parts of sources and contents.
            links: the tokens and heads.
        """
        tokens, kind, heads = links.tokens, links.kind, links.heads
        chosen = keys[tokens].view(len(tokens), 2, _LINK_WIDTH)[:, kind]
        scores = chosen @ cues[heads].T / math.sqrt(_LINK_WIDTH)
        rank = torch.arange(len(heads))[None] - torch.searchsorted(heads, tokens)[:, None]
        scores = scores + self.rank[kind, (rank + _NEAREST_RANK).clamp(0, _RANKS - 1)]
        scores = scores + self.distance[kind, to_bucket(heads[None] - tokens[:, None])]
        scores = scores + self.same_rule[kind] * links.is_joined
        return scores if kind else torch.cat([scores.T, self.no_source.expand(len(heads), 1)], 1)


def to_bucket(distance: Tensor) -> Tensor:
    """Return codes 0..20 of signed distances; the same as in `kg.extract.learned.decoding`."""
    size = distance.abs()
    far = (torch.log2(size.clamp(min=1).float()) * 2).long().clamp(max=10)
    code = torch.where(size <= 3, size, far).clamp(max=10)
    return torch.where(distance < 0, 10 - code, 10 + code)


def measure_sequence_loss(scores: Tensor, labels: Tensor, mask: Tensor, transitions: Tensor, starts: Tensor) -> Tensor:
    """Return the negative log-likelihood of each label sequence of a batch as a conditional random field.

    Args:
        scores: (batch, tokens, LABELS).
        labels: (batch, tokens).
        mask: (batch, tokens), false for padding, which is at the end.
        transitions: (LABELS, LABELS), from and to.
        starts: (LABELS,).
    """
    gold = starts[labels[:, 0]] + scores[:, 0].gather(1, labels[:, :1])[:, 0]
    steps = scores.gather(2, labels[..., None])[..., 0][:, 1:] + transitions[labels[:, :-1], labels[:, 1:]]
    gold = gold + (steps * mask[:, 1:]).sum(1)
    total = starts + scores[:, 0]
    for at in range(1, scores.shape[1]):
        following = torch.logsumexp(total[:, :, None] + transitions, 1) + scores[:, at]
        total = torch.where(mask[:, at, None], following, total)
    return torch.logsumexp(total, 1) - gold


def load_encoder(network: Network, path: Path) -> None:
    """Fill the encoder's part of a network from a `model.safetensors` in BERT's naming."""
    weights: Mapping[str, Tensor] = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
    with torch.no_grad():
        types = weights["embeddings.token_type_embeddings.weight"][0]
        network.words.weight.copy_(weights["embeddings.word_embeddings.weight"] + types)
        network.positions.copy_(weights["embeddings.position_embeddings.weight"])
        for kind in ("weight", "bias"):
            getattr(network.embedded, kind).copy_(weights[f"embeddings.LayerNorm.{kind}"])
            for number, layer in enumerate(network.layers):
                prefix = f"encoder.layer.{number}."
                parts = [weights[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.attend, kind).copy_(torch.cat(parts))
                for module, name in (
                    (layer.project, "attention.output.dense"),
                    (layer.attended, "attention.output.LayerNorm"),
                    (layer.widen, "intermediate.dense"),
                    (layer.narrow, "output.dense"),
                    (layer.narrowed, "output.LayerNorm"),
                ):
                    getattr(module, kind).copy_(weights[f"{prefix}{name}.{kind}"])
