"""The shipped labeller: its files are whole, its scores do not depend on neighbours, and it keeps to itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ResourceInvalidError
from kg.extract.learned.features import COLUMNS, TokenFeatures
from kg.extract.learned.labeller import RoleLabeller, WindowScores, read_parameters
from kg.resources import find_resource

_FOLDER = find_resource("models/attribution")
_MOST_BYTES = 30_000_000


@pytest.fixture(scope="module")
def labeller() -> RoleLabeller:
    return RoleLabeller(_FOLDER)


def _score(labeller: RoleLabeller, windows: list[list[str]]) -> list[WindowScores]:
    words = [word for window in windows for word in window]
    pieces = [labeller._split(word) for word in words]
    numbers = iter(range(len(words)))
    indexes = [[next(numbers) for _ in window] for window in windows]
    features = TokenFeatures(np.zeros((len(words), len(COLUMNS)), np.int64), np.full(len(words), -1, np.int64))
    return list(labeller.score_windows(indexes, pieces, features))


def test_the_weights_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in _FOLDER.iterdir()) < _MOST_BYTES


def test_a_window_has_scores_for_each_of_its_words(labeller: RoleLabeller) -> None:
    (scores,) = _score(labeller, [["The", "minister", "said", "internationalisation", "helps", "."]])
    assert scores.labels.shape == (6, 7)
    assert len(scores.cues) == len(scores.sources) == len(scores.contents) == 6


def test_windows_come_back_in_their_order_whatever_their_length(labeller: RoleLabeller) -> None:
    windows = [["a"] * length for length in (9, 2, 5, 1, 7, 3, 8, 4, 6, 10)]
    assert [len(scores.labels) for scores in _score(labeller, windows)] == [len(window) for window in windows]


def test_a_text_read_twice_has_the_same_scores(labeller: RoleLabeller) -> None:
    window = ["Nobody", "in", "the", "port", "believed", "the", "mayor", "."]
    first, second = _score(labeller, [window])[0], _score(labeller, [window])[0]
    assert np.array_equal(first.labels, second.labels)


def test_a_very_long_word_is_cut_to_a_few_pieces(labeller: RoleLabeller) -> None:
    assert 1 <= len(labeller._split("https://example.org/" + "x1" * 300)) <= 6


def test_a_word_of_unknown_signs_still_has_a_piece(labeller: RoleLabeller) -> None:
    assert len(labeller._split("\u200b")) == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"labeller\.onnx"):
        RoleLabeller(tmp_path)


def test_parameters_that_lack_a_part_are_refused(tmp_path: Path) -> None:
    broken = json.loads((_FOLDER / "parameters.json").read_text("utf-8"))
    del broken["transitions"]
    path = tmp_path / "parameters.json"
    path.write_text(json.dumps(broken), "utf-8")
    with pytest.raises(ResourceInvalidError, match="transitions"):
        read_parameters(path)


@pytest.mark.slow
def test_loading_the_runtime_leaves_nothing_behind_in_the_home_folder(tmp_path: Path) -> None:
    code = "import sys, pathlib; from kg.extract.learned.labeller import RoleLabeller; RoleLabeller(pathlib.Path(sys.argv[1]))"
    folder = tmp_path / "model"
    shutil.copytree(_FOLDER, folder)
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "home" / "cache")}
    (tmp_path / "home").mkdir()
    subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=True, cwd=Path(__file__).parents[3])
    assert list((tmp_path / "home").rglob("*")) == []
