"""One event in many reports, from texts to rows: in any order, incrementally, and after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import occurrences, telling
from kg.store.difference import find_differences
from tests.build.asking import ask, build, write
from tests.cli.desk import run

WIRE = """Diplomats must leave

harbour-post.example
3 June 2026

HELSINKI (Reuters) - Finland expelled four Russian diplomats on Tuesday after a cable under the gulf had been cut for the third
time in a year. The foreign ministry summoned the ambassador in the morning and gave the four until Sunday to leave the country.
"""
COPY = WIRE.replace("harbour-post.example", "coast-mail.example").replace("HELSINKI (Reuters) - ", "").replace("3 June", "4 June")
OWN = """Moscow promises an answer

inland-daily.example
4 June 2026

Finland expelled four Russian diplomats on Tuesday. Windows stayed dark at the embassy in the park.
"""
DENIED = """No word of a second step

island-times.example
4 June 2026

Finland did not expel Russian diplomats on Wednesday.
"""
TEXTS = {"wire.txt": WIRE, "copy.txt": COPY, "own.txt": OWN, "denied.txt": DENIED}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write(tmp_path / "texts", TEXTS)


def find_expulsions(store: Path) -> list[tuple[str, ...]]:
    rows = ask(store, "events-reported", "actor=Finland", "recipient=Russia")
    columns = ("reports", "documents", "publishers", "polarity", "earliest", "latest")
    return [tuple(row[column] for column in columns) for row in rows]


def test_reports_of_one_event_are_one_row_and_copies_one_voice(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    assert find_expulsions(store) == [
        ("3", "3", "2", "affirmed", "2026-06-02", "2026-06-02"),
        ("1", "1", "1", "negated", "2026-06-03", "2026-06-03"),
    ]
    (copy,) = ask(store, "wire-copies")
    assert (copy["original"].rpartition("/")[2][:4], copy["copy"].rpartition("/")[2][:4]) == ("wire", "copy")
    assert run("validate", "-s", store).exit_code == 0


def test_the_order_of_runs_does_not_matter(tmp_path: Path, texts: Path) -> None:
    together = build(tmp_path / "together", texts)
    one_by_one = build(tmp_path / "one", *(texts / name for name in ("copy.txt", "denied.txt", "own.txt", "wire.txt")))
    assert list(find_differences(together, one_by_one)) == []


def test_what_a_removed_document_told_is_gone(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    assert run("remove", texts / "wire.txt", "-s", store).exit_code == 0
    assert ask(store, "wire-copies") == []
    assert list(find_differences(store, build(tmp_path / "clean", *(texts / n for n in TEXTS if n != "wire.txt")))) == []


def test_a_changed_document_changes_what_it_tells(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    (texts / "own.txt").write_text(OWN.replace("on Tuesday", "on Saturday"), "utf-8")
    build(store, texts)
    assert [row[0] for row in find_expulsions(store)] == ["2", "1", "1"]
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


@pytest.mark.parametrize("step", ["compare_fresh", "occurrence_quads"])
def test_a_run_that_is_killed_is_finished_by_the_next(
    tmp_path: Path, texts: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = build(tmp_path / "store", texts / "own.txt")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(occurrences, step, fail)
        run("build", texts, "-s", store)
    build(store, texts)
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_new_way_of_comparing_is_applied_to_what_is_there(tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = build(tmp_path / "store", texts)
    with monkeypatch.context() as patch:
        patch.setattr(telling, "digest_method", lambda *_, **__: "another")
        patch.setattr("kg.resolve.across_events.compare._PRIOR", -100.0)
        build(store, texts)
    assert [row[0] for row in find_expulsions(store)] == ["1", "1", "1", "1"]
    build(store, texts)
    assert [row[0] for row in find_expulsions(store)] == ["3", "1"]
