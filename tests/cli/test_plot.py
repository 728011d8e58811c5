from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import run, run_alone

pytest.importorskip("matplotlib")


@pytest.mark.parametrize("kind", ["speakers", "network"])
def test_a_plot_is_written_and_named(store: Path, tmp_path: Path, kind: str) -> None:
    answer = run("plot", kind, tmp_path / "x.png", "-s", store)
    assert (answer.exit_code, answer.stdout) == (0, f"wrote {tmp_path / 'x.png'}\n")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_filters_are_names_notations_and_days(store: Path, tmp_path: Path) -> None:
    answer = run(
        "plot",
        "speakers",
        tmp_path / "x.svg",
        "-s",
        store,
        "--about",
        "Russia",
        "--frame",
        "STALLING",
        "--speaker",
        "Maarika Tohvri",
    )
    assert answer.exit_code == 0, answer
    text = (tmp_path / "x.svg").read_text("utf-8")
    assert "about Russia, by Maarika Tohvri, frame stalling" in text
    assert "Gleb Ostrovin" not in text


def test_standard_output_holds_the_picture_alone(store: Path) -> None:
    answer = run_alone("plot", "speakers", "-", "-f", "svg", "-s", str(store))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(b"<?xml")
    assert answer.stdout.rstrip().endswith(b"</svg>")


def test_nothing_to_draw_ends_with_1_and_leaves_no_file(store: Path, tmp_path: Path) -> None:
    answer = run("plot", "network", tmp_path / "x.png", "-s", store, "--confidence", "1")
    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1)
    assert answer.stderr.startswith("kg: nothing ties two nodes together here")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("pie", "x.png"), 2, "there are frames-over-time, speakers, timeline, network"),
        (("speakers", "x.gif"), 2, "there are png, svg"),
        (("speakers", "x.png", "--about", "Atlantis"), 1, "no such actor"),
        (("speakers", "x.png", "--since", "March"), 2, "write YYYY-MM-DD"),
    ],
)
def test_what_has_no_sense_is_one_line(store: Path, words: tuple[str, ...], code: int, told: str) -> None:
    answer = run("plot", *words, "-s", store)
    assert (answer.exit_code, answer.stderr.count("\n")) == (code, 1)
    assert told in answer.stderr
