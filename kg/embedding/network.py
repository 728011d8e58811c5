"""Trained networks, run on the CPU in one thread, so that results do not depend on the machine's load."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from kg.errors import ResourceInvalidError


def load_network(path: Path) -> onnxruntime.InferenceSession:
    """Load an ONNX file.

    Raises:
        ResourceInvalidError: it is missing or is no network.
    """
    if not path.is_file():
        raise ResourceInvalidError(str(path), "is missing from this installation; install sayso again")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's errors have no class in common
        raise ResourceInvalidError(str(path), "is no network that can be read; install sayso again") from error
