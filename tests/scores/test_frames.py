"""The labelled sentences of frames are what they are said to be, and their score counts what it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.errors import InputMissingError
from kg.rdf.ontology import read_frames
from tests.scores.frames import compute_figures
from training.frames.labelled import NONE, Labelled, read_labelled

_HELD_OUT = Path(__file__).parents[1] / "cases" / "frames"


def label(frame: str, kind: str, number: int = 1) -> Labelled:
    return Labelled(f"x/{frame}/{number}", "plain", frame, kind, "Oslo", "Oslo stalls", f"g{number}")  # type: ignore[arg-type]


def test_there_are_six_hundred_sentences_and_more_balanced_in_every_frame() -> None:
    items = [item for item in read_labelled() if item.frame != NONE]
    assert len(items) >= 600
    claimed, all_of = Counter(item.frame for item in items if item.is_claimed), Counter(item.frame for item in items)
    assert set(all_of) == {frame.notation for frame in read_frames()}
    assert all(all_of[frame] >= 12 and 0.35 <= claimed[frame] / all_of[frame] <= 0.65 for frame in all_of)


def test_over_half_of_the_negatives_are_hard() -> None:
    negatives = [item for item in read_labelled() if not item.is_claimed]
    hard = [item for item in negatives if item.kind != "near"]
    assert len(hard) > len(negatives) / 2


def test_no_sentence_is_labelled_twice_for_a_frame_nor_held_out_and_learned() -> None:
    items = [*read_labelled(), *read_labelled(_HELD_OUT)]
    counts = Counter((item.frame, item.text, item.target) for item in items)
    assert [key for key, count in counts.items() if count > 1] == []


def test_sentences_of_a_group_stand_in_one_fold() -> None:
    by_group: dict[str, set[int]] = {}
    for item in read_labelled():
        by_group.setdefault(item.group, set()).add(item.find_fold(10))
    assert all(len(folds) == 1 for folds in by_group.values())


def test_the_figure_is_the_mean_of_the_frames_f1() -> None:
    items = [label("a", "yes"), label("a", "near"), label("b", "yes"), label("b", "yes", 2)]
    assert compute_figures(items, [True, True, True, False]) == {"macro_f1": 66.7, "precision": 66.7, "recall": 66.7}


def test_sentences_of_no_frame_are_no_part_of_the_figure() -> None:
    assert compute_figures([label("a", "yes"), label(NONE, "near")], [True, True])["precision"] == 100.0


def test_a_line_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('[a]\nitems = [["maybe", "Oslo", "Oslo stalls"]]\n')
    with pytest.raises(ValueError, match="is not kind, target, text"):
        read_labelled(tmp_path)


def test_a_folder_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError):
        read_labelled(tmp_path)
