"""The scoring programs of events: reading, mapping and counting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import KgError
from tests.scores import cameo_ner, plover
from tests.scores.cameo_ner import Marked, find_marked, join_tokens
from tests.scores.plover import compare_roots, to_root


@pytest.mark.parametrize(
    ("event", "root"),
    [
        (("CONSULT", "040", "affirmed", "actual"), "CONSULT"),
        (("CONSULT", "040", "affirmed", "future"), "AGREE"),
        (("AID", "070", "negated", "actual"), "REJECT"),
        (("ASSAULT", "190", "affirmed", "future"), "THREATEN"),
        (("RETREAT", "084", "affirmed", "actual"), "YIELD"),
        (("SANCTION", "116", "affirmed", "actual"), "ACCUSE"),
    ],
)
def test_events_map_to_the_roots_of_the_data(event: tuple[str, str, str, str], root: str) -> None:
    assert to_root(*event) == root


def test_macro_f1_weighs_every_label_alike() -> None:
    assert compare_roots(["AID", "AID", "AID", "COERCE"], ["AID", "AID", "AID", "AID"]) == pytest.approx(42.86, abs=0.01)


def test_marked_ranges_leave_related_ones_out() -> None:
    assert find_marked(["B-S", "I-S", "O", "B-T", "B-R", "I-R"]) == {Marked("S", 0, 2), Marked("T", 3, 4)}


def test_tokens_are_joined_as_a_newspaper_prints_them() -> None:
    text, offsets = join_tokens(["Norland", "’", "s", "army", "(", "NLA", ")", "fell", "."])
    assert text == "Norland’s army (NLA) fell."
    assert [text[begin:end] for begin, end in offsets] == ["Norland", "’", "s", "army", "(", "NLA", ")", "fell", "."]


@pytest.mark.parametrize("program", [plover, cameo_ner])
def test_a_missing_path_ends_with_2_and_one_line(program: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--data", str(tmp_path / "none")]) == 2  # type: ignore[attr-defined]
    assert capsys.readouterr().err.count("\n") == 1


def test_a_line_without_a_tag_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("Norland B-S\nfell\n", encoding="utf-8")
    with pytest.raises(KgError, match="line 2"):
        cameo_ner.read_sentences(path)


def test_plover_scores_a_folder_and_writes_predictions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root\n"
    rows = "7\tVostia attacked Norway.\t\tVostia\tNorway\t4\tASSAULT\n8\tVostia freed Ola Berg.\t\tVostia\tOla Berg\t2\tRETREAT\n"
    (tmp_path / "PLV_test.tsv").write_text(columns + rows, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert plover.main(["--data", str(tmp_path), "--predictions", str(out)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["macro_f1"] == 100.0
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == ["7", "8"]


def test_cameo_ner_scores_a_file_by_exact_spans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dev.txt"
    path.write_text("Germany B-S\nattacked O\nNorway B-T\n. O\n\nFrance B-S\nsued O\nSouth B-T\nKorea O\n. O\n", encoding="utf-8")
    assert cameo_ner.main(["--data", str(path)]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["actor"]["f1"] == 100.0
    assert figures["target"]["f1"] == 50.0
