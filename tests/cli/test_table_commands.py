"""`kg build` with tables of coded events, and `kg export --layout`."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.desk import run
from tests.read.event_tables.samples import make_gdelt, to_lines


def test_a_table_is_built_with_its_bad_rows_named_and_goes_out_again(tmp_path: Path) -> None:
    table = tmp_path / "20240102.export.CSV"
    table.write_text(to_lines(make_gdelt(), make_gdelt(event="---")), "utf-8")
    answer = run("build", table, "--store", tmp_path / "store")
    assert answer.exit_code == 5
    assert f"{str(table)!r} line 2: is no coded event" in answer.stderr
    assert "1 added" in answer.stdout
    out = tmp_path / "again.csv"
    assert run("export", out, "--layout", "gdelt", "--store", tmp_path / "store").exit_code == 0
    cells = out.read_text("utf-8").rstrip("\n").split("\t")
    given = make_gdelt()
    assert [cells[place] for place in (0, 1, 5, 7, 12, 15, 26, 28, 29, 30, 33, 50, 57)] == [
        given[place] for place in (0, 1, 5, 7, 12, 15, 26, 28, 29, 30, 33, 50, 57)
    ]


def test_a_coded_event_is_explained_by_its_row(tmp_path: Path) -> None:
    table = tmp_path / "20240102.export.CSV"
    table.write_text(to_lines(make_gdelt(), make_gdelt(id="700000002", event="190")), "utf-8")
    assert run("build", table, "--store", tmp_path / "store").exit_code == 0
    assert run("export", tmp_path / "events.csv", "--store", tmp_path / "store").exit_code == 0
    with (tmp_path / "events.csv").open(newline="", encoding="utf-8") as stream:
        iri = next(row["Event IRI"] for row in csv.DictReader(stream) if row["Event ID"] == "700000002")
    answer = run("explain", iri, "-s", tmp_path / "store")
    assert answer.exit_code == 0
    told = [" ".join(line.split()) for line in answer.stdout.splitlines()]
    for line in (
        "EventCode 190",
        "CAMEO 190 conventional force",
        "actor Norway",
        f"in {table} line 2 (gdelt-1.0)",
        "report https://harbour.example/visit",
    ):
        assert line in told


def test_events_csv_holds_events_and_other_csv_files_a_network(store: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "events.csv", "--store", store).exit_code == 0
    assert run("export", tmp_path / "net.csv", "--store", store).exit_code == 0
    first = [(tmp_path / name).read_text("utf-8").splitlines()[0] for name in ("events.csv", "net.csv")]
    assert first[0].startswith('"Event ID","Event Date","Event Type"')
    assert first[1].startswith("source,target,kind")


def test_a_view_makes_a_network_of_any_csv_file(store: Path, tmp_path: Path) -> None:
    answer = run("export", tmp_path / "events.csv", "--view", "events", "--store", store)
    assert f"wrote {tmp_path / 'events-nodes.csv'}" in answer.stdout


def test_a_layout_has_no_views(store: Path, tmp_path: Path) -> None:
    answer = run("export", tmp_path / "events.csv", "--view", "events", "--layout", "gdelt", "--store", store)
    assert (answer.exit_code, "has no views" in answer.stderr) == (2, True)


def test_positions_go_to_standard_output(store: Path) -> None:
    answer = run("export", "-", "--layout", "dna", "--store", store)
    lines = answer.stdout.splitlines()
    assert lines[0] == '"id","date","person","organization","concept","agreement","text","document","title","claim"'
    assert any('"Maarika Tohvri"' in line and '"stalling",1,' in line for line in lines[1:])
