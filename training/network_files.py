"""A torch module as the int8 ONNX file that the project runs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

_OPSET = 20


def write_network(module: nn.Module, examples: Mapping[str, Tensor], outputs: Sequence[str], path: Path) -> None:
    """Write a module with weights of int8, which scales what it computes as it runs.

    Args:
        module: set to evaluation.
        examples: its inputs by name, in order, each of one text: shape (1, length, ...); any length up to 512 will do later.
        outputs: their names.
        path: of the file.
    """
    length = torch.export.Dim("length", max=512)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        torch.onnx.export(
            module,
            tuple(examples.values()),
            plain,
            input_names=list(examples),
            output_names=list(outputs),
            dynamic_shapes=tuple({1: length} for _ in examples),
            opset_version=_OPSET,
            dynamo=True,
            external_data=False,
        )
        onnx.checker.check_model(str(plain))
        onnx.save(without_notes(onnx.load(plain)), plain)
        # Seven bits a weight: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def without_notes(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network without the notes of where in the code each part comes from: they hold paths of the machine.

    The graph must have no graphs within it.
    """
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    return model
