"""The stance classifier reads a target in its text, and what a cue does to the target decides before it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.embedding.encoder import load_encoder
from kg.errors import ResourceInvalidError
from kg.extract.learned.stance import (
    StanceClassifier,
    TargetText,
    load_stance_classifier,
    read_parameters,
    read_target,
    to_likelihoods,
)
from kg.extract.learned.stance_head import code_distances, read_heads, write_heads
from training.stance.fit import Plan, Sample, fit


@pytest.fixture(scope="module")
def classifier() -> StanceClassifier:
    return load_stance_classifier()


def mark(text: str) -> TargetText:
    """Return a text whose target stands in brackets."""
    begin, end = text.index("["), text.index("]") - 1
    return TargetText(text.replace("[", "").replace("]", ""), begin, end)


def test_likelihoods_add_up_to_one(classifier: StanceClassifier) -> None:
    found = classifier.score([mark("that [Varonia] had broken the truce"), mark("[Varonia] is on the coast")])
    assert found.shape == (2, 3)
    assert found.sum(1) == pytest.approx([1.0, 1.0])


def test_no_texts_have_no_likelihoods(classifier: StanceClassifier) -> None:
    assert classifier.score([]).shape == (0, 3)


def test_two_targets_of_one_text_are_told_apart(classifier: StanceClassifier) -> None:
    """By tendency: the encoder is not shown the target, so that the whole text's tone weighs in."""
    praised, blamed = classifier.score(
        [
            mark("Berg praised [Orlik] for her courage and called Torvik a liar"),
            mark("Berg praised Orlik for her courage and called [Torvik] a liar"),
        ]
    )
    assert blamed[0] > praised[0]
    assert praised[2] > blamed[2]


def test_a_target_depends_on_nothing_read_beside_it(classifier: StanceClassifier) -> None:
    text, other = mark("that [Varonia] had lied"), mark("a much longer sentence in which [Belmar] is praised for its calm")
    assert classifier.score([other, text])[1] == pytest.approx(classifier.score([text])[0], abs=1e-5)


def test_a_target_of_white_space_is_neutral(classifier: StanceClassifier) -> None:
    assert classifier.score([TargetText("Varonia  lied", 7, 8)]).tolist() == [[0.0, 1.0, 0.0]]


def test_a_target_far_behind_in_a_long_text_is_read_with_the_words_round_it() -> None:
    text = TargetText("one two three four " * 60 + "that Varonia had lied " + "and so on " * 60, 1145, 1152)
    assert text.text[text.begin : text.end] == "Varonia"
    read = read_target(load_encoder(), text)
    assert read is not None
    assert 0 < read.first < read.end < len(read.states)


@pytest.mark.parametrize(
    ("pieces", "first", "end", "codes"),
    [
        (1, 0, 1, [0]),
        (6, 2, 4, [2, 1, 0, 0, 11, 12]),
        (3, 2, 3, [2, 1, 0]),
    ],
)
def test_distances_are_counted_from_the_targets_edges(pieces: int, first: int, end: int, codes: list[int]) -> None:
    assert code_distances(pieces, first, end).tolist() == codes


def test_far_pieces_share_the_last_codes() -> None:
    codes = code_distances(400, 200, 201)
    assert (codes[0], codes[-1], codes.max()) == (10, 20, 20)
    assert np.all(np.diff(codes[201:]) >= 0)


def test_networks_are_read_as_they_were_written(tmp_path: Path) -> None:
    states = np.random.default_rng(5).normal(size=(6, 7, 8)).astype(np.float32)
    samples = [Sample(one, at, at + 1, at % 3) for at, one in enumerate(states)]
    networks = [fit(samples, Plan(heads=2, size=3, hidden=4, epochs=1, batch=4, seed=seed)) for seed in (1, 2)]
    write_heads(tmp_path / "heads.npz", networks)
    found = read_heads(tmp_path / "heads.npz")
    assert len(found) == 2
    assert all(
        np.allclose(a, b, atol=1e-3) for one, two in zip(networks, found, strict=True) for a, b in zip(one, two, strict=True)
    )


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_broken_file_of_networks_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "heads.npz"
    path.write_bytes(content)
    with pytest.raises(ResourceInvalidError, match=r"heads\.npz"):
        read_heads(path)


def test_a_file_that_holds_half_a_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heads.npz"
    np.savez(path, **{"0_ask": np.zeros(3)})
    with pytest.raises(ResourceInvalidError, match="no whole network"):
        read_heads(path)


@pytest.mark.parametrize("content", ["", "[]", json.dumps({"version": "x"})])
def test_broken_parameters_are_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ResourceInvalidError, match=r"parameters\.json"):
        read_parameters(path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match="install sayso again"):
        StanceClassifier(tmp_path, load_encoder())


def test_a_higher_temperature_is_less_sure() -> None:
    scores = np.asarray([[2.0, 0.0, -1.0]], np.float32)
    assert to_likelihoods(scores, 2.0)[0, 0] < to_likelihoods(scores, 1.0)[0, 0]
