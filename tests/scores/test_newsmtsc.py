"""The score of stances reads the corpus's layout, keeps what belongs together in one fold, and counts F1 by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scores.newsmtsc import count_figures, main
from training.stance.corpus import FOLDS, read_newsmtsc, read_own

_SENTENCES = (
    ("allsides_17_4_1_Ola Berg_0_8", "Ola Berg bravely saved the talks.", (("Ola Berg", 6.0), ("talks", 4.0))),
    ("allsides_18_4_2_Belmar_0_6", "Belmar lied to its friends again.", (("Belmar", 2.0),)),
    ("polusa_v1_900_-1_3_Ida Falk_0_8", "Ida Falk arrived on Monday.", (("Ida Falk", 4.0),)),
    ("polusa_v1_901_-1_3_Belmar_0_6", "Belmar  lied to its friends again.", (("Belmar", 2.0),)),
)


def write_corpus(path: Path) -> Path:
    rows = []
    for gid, sentence, targets in _SENTENCES:
        marked = []
        for at, (name, polarity) in enumerate(targets):
            begin = sentence.index(name)
            place = {"from": begin, "to": begin + len(name), "mention": name}
            marked.append({"Input.gid": f"{gid} {at}", **place, "polarity": polarity})
        rows.append(json.dumps({"primary_gid": gid, "sentence_normalized": sentence, "targets": marked}))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_every_target_is_an_example(tmp_path: Path) -> None:
    found = read_newsmtsc(write_corpus(tmp_path / "train.jsonl"))
    assert [(one.text[one.begin : one.end], one.label) for one in found] == [
        ("Ola Berg", 2),
        ("talks", 1),
        ("Belmar", 0),
        ("Ida Falk", 1),
        ("Belmar", 0),
    ]


def test_one_story_and_one_sentence_are_in_one_fold(tmp_path: Path) -> None:
    """The first two are of one story, the last has the words of the second."""
    folds = [one.fold for one in read_newsmtsc(write_corpus(tmp_path / "train.jsonl"))]
    assert all(0 <= fold < FOLDS for fold in folds)
    assert folds[0] == folds[1] == folds[2] == folds[4]


def test_folds_do_not_depend_on_the_order_of_the_lines(tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "train.jsonl")
    folds = {one.id: one.fold for one in read_newsmtsc(path)}
    path.write_text("\n".join(reversed(path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    assert {one.id: one.fold for one in read_newsmtsc(path)} == folds


def test_a_target_beside_its_offsets_is_refused(tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "train.jsonl")
    path.write_text(path.read_text("utf-8").replace('"from": 0', '"from": 1'), "utf-8")
    with pytest.raises(ValueError, match="is not at 1-"):
        read_newsmtsc(path)


def test_our_own_examples_are_of_every_stance_and_in_no_fold() -> None:
    found = read_own(Path("training/stance/examples.toml"))
    assert len(found) >= 120
    assert {one.label for one in found} == {0, 1, 2}
    assert {one.fold for one in found} == {-1}
    assert not any(mark in one.text[one.begin : one.end] for one in found for mark in "[]")


def test_figures_are_those_of_a_count_by_hand() -> None:
    """Critical: 2 of 3 found, 1 wrong: 2/3. Neutral: 1 of 2, 1 wrong: 1/2. Supportive: 1 of 1, 0 wrong: 1."""
    figures = count_figures([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2])
    assert figures == {
        "items": 6, "critical": 66.67, "neutral": 50.0, "supportive": 100.0, "macro_f1": 72.22, "accuracy": 66.67,
    }  # fmt: skip


def test_nothing_to_score_is_no_error() -> None:
    assert count_figures([], [])["macro_f1"] == 0


def test_the_program_prints_figures_and_writes_predictions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_corpus(tmp_path / "train.jsonl")
    assert main(["--data", str(path), "--predictions", str(tmp_path / "out.jsonl")]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["items"] == 5
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["gold"] for row in rows] == ["supportive", "neutral", "critical", "neutral", "critical"]
    assert all(set(row) == {"id", "gold", "predicted"} for row in rows)


def test_the_rules_are_scored_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(write_corpus(tmp_path / "train.jsonl")), "--profile", "fast"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["critical"] == 100.0


def test_what_is_no_corpus_ends_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n", "utf-8")
    assert main(["--data", str(tmp_path / "x.jsonl")]) == 2
    assert "not a file of NewsMTSC" in capsys.readouterr().err
