"""A trained network as the files that the project ships: int8 ONNX, tokenizer, parameters."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from kg.extract.learned.features import COLUMNS
from training.attribution.network import Network

#: The confidence of a labeller that was not calibrated: the mean log-odds of its certainties.
_UNCALIBRATED = [0.25, 0.25, 0.25, 0.25, 0.0, 0.0]
_DIGITS = 5
#: Of the files written; the runtime that is locked reads it.
OPSET = 20


def export(network: Network, folder: Path, tokenizer: Path, values: Mapping[str, Sequence[str]], version: str) -> None:
    """Write `labeller.onnx`, `tokenizer.json` and `parameters.json` into a folder, which is made where it is missing."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        _write_onnx(network, plain)
        quantize(plain, folder / "labeller.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    parameters: dict[str, Any] = {"version": version, "values": {name: list(values[name]) for name in COLUMNS[:3]}}
    for name in ("transitions", "starts", "distance", "rank", "same_rule"):
        parameters[name] = _to_list(getattr(network, name))
    parameters["no_source"] = round(network.no_source.item(), _DIGITS)
    parameters["calibration"] = _UNCALIBRATED
    (folder / "parameters.json").write_text(json.dumps(parameters, indent=1) + "\n", "utf-8")


def quantize(plain: Path, quantized: Path) -> None:
    """Write a network with weights of int8, which scales what it computes as it runs.

    Seven bits a weight: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
    """
    quantize_dynamic(
        plain,
        quantized,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def _write_onnx(network: Network, path: Path) -> None:
    ids = torch.ones(1, 16, dtype=torch.long)
    features = torch.zeros(1, 16, len(COLUMNS), dtype=torch.long)
    length = torch.export.Dim("length", max=512)
    shapes = {"ids": {1: length}, "features": {1: length}}
    torch.onnx.export(
        network,
        (ids, features),
        path,
        input_names=["ids", "features"],
        output_names=["labels", "cues", "keys"],
        dynamic_shapes=shapes,
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
    )
    onnx.checker.check_model(str(path))


def _to_list(values: Tensor) -> Any:
    return [_to_list(row) for row in values] if values.dim() else round(values.item(), _DIGITS)
