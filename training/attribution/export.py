"""A trained network as the files that the project ships: int8 ONNX, tokenizer, parameters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.extract.learned.features import COLUMNS
from training.attribution.network import Network
from training.network_files import write_network

#: The confidence of a labeller that was not calibrated: the mean log-odds of its certainties.
_UNCALIBRATED = [0.25, 0.25, 0.25, 0.25, 0.0, 0.0]
_DIGITS = 5


def export(network: Network, folder: Path, tokenizer: Path, values: Mapping[str, Sequence[str]], version: str) -> None:
    """Write `labeller.onnx`, `tokenizer.json` and `parameters.json` into a folder, which is made where it is missing."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    examples = {"ids": torch.ones(1, 16, dtype=torch.long), "features": torch.zeros(1, 16, len(COLUMNS), dtype=torch.long)}
    write_network(network, examples, ["labels", "cues", "keys"], folder / "labeller.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    parameters: dict[str, Any] = {"version": version, "values": {name: list(values[name]) for name in COLUMNS[:3]}}
    for name in ("transitions", "starts", "distance", "rank", "same_rule"):
        parameters[name] = _to_list(getattr(network, name))
    parameters["no_source"] = round(network.no_source.item(), _DIGITS)
    parameters["calibration"] = _UNCALIBRATED
    (folder / "parameters.json").write_text(json.dumps(parameters, indent=1) + "\n", "utf-8")


def _to_list(values: Tensor) -> Any:
    return [_to_list(row) for row in values] if values.dim() else round(values.item(), _DIGITS)
