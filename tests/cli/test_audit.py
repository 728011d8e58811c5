from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

from kg.model.abstention import REASONS
from tests.cli.desk import TEXTS, run

TEXT = """Harbour stays shut

By Sindre Vollan
OSLO, 5 March 2026

Norwegian Prime Minister Ragnhild Tveitdal said that the harbour would reopen in April.
Tveitdal objected. The storm suggests that spring is late.
The “quiet” harbour slept.
"""
COLUMNS = ["document", "line", "begin", "end", "kind", "word", "reason", "why", "inside", "sentence"]


def write(folder: Path, text: str = TEXT) -> Path:
    path = folder / "harbour.txt"
    path.write_text(text, "utf-8")
    return path


def test_each_word_stands_at_its_offsets_and_on_its_line(tmp_path: Path) -> None:
    answer = run("audit", write(tmp_path), "-f", "json", "--profile", "fast")
    found = json.loads(answer.stdout)["abstentions"]
    assert (answer.exit_code, len(found) >= 3) == (0, True)
    for row in found:
        assert list(row) == COLUMNS
        assert TEXT[row["begin"] : row["end"]] == row["word"]
        assert row["word"] in TEXT.splitlines()[row["line"] - 1]
        assert row["word"] in row["sentence"]


def test_what_yielded_nothing_is_listed_with_its_reason_and_the_rest_is_not(tmp_path: Path) -> None:
    found = json.loads(run("audit", write(tmp_path), "-f", "json", "--profile", "fast").stdout)["abstentions"]
    reasons = {row["word"]: (row["kind"], row["reason"]) for row in found}
    assert reasons["objected"] == ("verb", "no-content")
    assert reasons["suggests"] == ("verb", "no-speaking-subject")
    assert reasons["“quiet”"] == ("quotation", "short-quotation")
    assert "said" not in reasons


def test_the_counts_are_those_of_the_rows_and_the_most_frequent_comes_first(tmp_path: Path) -> None:
    report = json.loads(run("audit", write(tmp_path, TEXT + "Tveitdal reads. Tveitdal knows.\n"), "-f", "json").stdout)
    listed = [row["reason"] for row in report["abstentions"]]
    assert report["counts"] == {reason: listed.count(reason) for reason in set(listed)}
    assert list(report["counts"].values()) == sorted(report["counts"].values(), reverse=True)


def test_a_pipe_gets_tab_separated_rows_and_the_counts_stay_off_it(tmp_path: Path) -> None:
    answer = run("audit", write(tmp_path))
    assert answer.rows[0] == COLUMNS
    assert {len(row) for row in answer.rows} == {len(COLUMNS)}
    assert f"1 no-content: {REASONS['no-content']}\n" in answer.stderr


def test_csv_holds_the_same_rows_as_json(tmp_path: Path) -> None:
    path = write(tmp_path)
    rows = list(csv.DictReader(StringIO(run("audit", path, "-f", "csv").stdout, newline="")))
    expected = json.loads(run("audit", path, "-f", "json").stdout)["abstentions"]
    assert rows == [{name: str(value) for name, value in row.items()} for row in expected]


def test_a_spreadsheet_runs_nothing_of_a_text(tmp_path: Path) -> None:
    path = write(tmp_path, "Sea news\n\n=HYPERLINK(x) objected to nobody. Tveitdal objected.\n")
    rows = list(csv.DictReader(StringIO(run("audit", path, "-f", "csv").stdout, newline="")))
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


def test_a_table_ends_with_what_each_reason_means(tmp_path: Path) -> None:
    shown = run("audit", write(tmp_path), "-f", "table").stdout
    assert "\t" not in shown
    assert shown.index("objected") < shown.rindex("short-quotation")


def test_a_text_without_reporting_words_yields_no_rows(tmp_path: Path) -> None:
    answer = run("audit", write(tmp_path, "Grass grows near the sea.\n"), "-f", "json")
    assert json.loads(answer.stdout) == {"abstentions": [], "counts": {}}
    assert answer.exit_code == 0


def test_standard_input_is_audited_and_its_furniture_is_named_as_such() -> None:
    note = "The views expressed here are her own."
    found = json.loads(run("audit", "-", "-f", "json", stdin=f"{TEXTS['aid.txt']}\n{note}\n").stdout)["abstentions"]
    assert [(row["word"], row["reason"]) for row in found if row["sentence"] == note] == [
        ("views", "furniture"),
        ("expressed", "furniture"),
    ]


def test_an_unknown_format_ends_with_2_and_one_line(tmp_path: Path) -> None:
    answer = run("audit", write(tmp_path), "-f", "xlsx")
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_an_input_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    answer = run("audit", tmp_path / "none.txt")
    assert (answer.exit_code, answer.stderr.count("\n"), "none.txt" in answer.stderr) == (2, 1, True)


def test_a_refused_document_is_named_and_the_others_are_audited(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "empty.txt").write_text("", "utf-8")
    answer = run("audit", tmp_path, "-f", "json")
    assert answer.exit_code == 5
    assert "empty.txt" in answer.stderr
    assert json.loads(answer.stdout)["abstentions"]


def test_two_runs_print_the_same(texts: Path) -> None:
    assert run("audit", texts, "-f", "csv").stdout == run("audit", texts, "-f", "csv").stdout != ""


def test_the_audit_makes_no_store(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path)
    monkeypatch.chdir(tmp_path)
    run("audit", path)
    assert list(tmp_path.iterdir()) == [path]
