"""Trained networks as files: what is shipped, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.embedding.network import load_network
from kg.errors import ResourceInvalidError
from kg.resources import find_resource

_NETWORKS = sorted(find_resource("models").glob("*/*.onnx"))


def test_the_networks_of_attribution_and_of_the_encoder_are_found() -> None:
    assert {path.parent.name for path in _NETWORKS} == {"attribution", "encoder"}


@pytest.mark.parametrize("path", _NETWORKS, ids=lambda path: path.name)
def test_a_network_tells_nothing_of_the_machine_that_made_it(path: Path) -> None:
    assert re.findall(rb"[\w./-]*/[\w./-]+\.py\b", path.read_bytes()) == []


def test_a_missing_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"lower\.onnx.*missing"):
        load_network(tmp_path / "lower.onnx")


def test_a_network_that_is_cut_short_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lower.onnx"
    path.write_bytes(_NETWORKS[0].read_bytes()[:5000])
    with pytest.raises(ResourceInvalidError, match=r"lower\.onnx.*no network"):
        load_network(path)
