import json
from pathlib import Path

import pytest

from tests.scores import prefilter
from tests.scores.prefilter import begins_in, find_documents, find_paragraph_ranges, find_sentences, find_skipped

TEXT = "Stir it well. Then wait.\n\nThe cook in Ostia said it burns. It is done.\n"


def test_sentences_are_the_parts_of_paragraphs() -> None:
    assert [TEXT[begin:end] for begin, end in find_sentences(TEXT)] == [
        "Stir it well. ",
        "Then wait.",
        "The cook in Ostia said it burns. ",
        "It is done.",
    ]


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        (find_documents, []),
        (find_paragraph_ranges, ["Stir it well. Then wait."]),
        (find_sentences, ["Stir it well. ", "Then wait.", "It is done."]),
    ],
)
def test_the_smaller_the_unit_the_more_is_skipped(find, expected: list[str]) -> None:
    assert [TEXT[begin:end] for begin, end in find_skipped(TEXT, find(TEXT))] == expected


def test_what_begins_in_a_skipped_range_is_lost() -> None:
    skipped = [(0, 10), (20, 30)]
    contents = [[(9, 25)], [(10, 12)], [(29, 31), (40, 50)], []]
    assert [begins_in({"content": content}, skipped) for content in contents] == [True, False, True, False]


def test_the_program_scores_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "one.txt").write_text("Mayor Edda Strand said that the boat would wait.\n", "utf-8")
    (tmp_path / "text" / "two.txt").write_text("Stir it well.\n", "utf-8")
    spans = "T1\tSource 0 17\tMayor Edda Strand\nT2\tCue 18 22\tsaid\nT3\tContent 23 47\tthat the boat would wait\n"
    (tmp_path / "attributions" / "one_a.ann").write_text(f"{spans}E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n", "utf-8")
    # A reference that the filter loses: nobody is named in the text.
    (tmp_path / "attributions" / "two_a.ann").write_text("T1\tContent 0 7\tStir it\nE1\tAttribution:T1 Content:T1\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["prefilter", "--data", str(tmp_path), "--profile", "fast"])
    assert prefilter.main() == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["items"] == 2
    assert figures["documents"]["lost"] == 50.0
    assert figures["documents"]["skipped"] == pytest.approx(100 * 14 / 63, abs=0.01)
    assert figures["documents"]["f1_loss"] == 0.0
