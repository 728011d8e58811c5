"""The line that a person sees while a build runs."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build.progress import Progress
from kg.cli.progress import ProgressLine, write_duration
from tests.cli.desk import run_alone, write_texts
from tests.faults.wire import ROOT


class Clock:
    """Gives the seconds that it was set to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def make(done: int, *, total: int | None = 10_000, refused: int = 0, path: str = "a.txt") -> Progress:
    return Progress("converting", done, done, refused, total, path)


def test_the_line_has_the_count_the_rate_and_the_time_left() -> None:
    clock = Clock()
    line = ProgressLine(clock)
    clock.now = 10.0
    assert line.write(make(40, refused=3)) == "40 of 10,000 documents, 4.0 a second, 42 min left, 3 refused; a.txt"


def test_without_a_total_there_is_a_rate_and_no_time_left() -> None:
    clock = Clock()
    line = ProgressLine(clock)
    clock.now = 10.0
    assert line.write(make(1_200, total=None)) == "1,200 documents, 120.0 a second; a.txt"


def test_documents_that_were_skipped_at_once_do_not_count_in_the_rate_for_long() -> None:
    clock = Clock()
    line = ProgressLine(clock)
    line.write(make(9_000))
    for second in range(1, 201):
        clock.now = float(second)
        shown = line.write(make(9_000 + second))
    assert shown == "9,200 of 10,000 documents, 1.0 a second, 13 min left; a.txt"


def test_in_the_first_second_no_rate_is_told() -> None:
    assert ProgressLine(Clock()).write(make(5)) == "5 of 10,000 documents; a.txt"


def test_the_last_stage_says_that_all_is_stored() -> None:
    progress = Progress("settling", 7, 7, 1, 7, "a.txt")
    assert ProgressLine(Clock()).write(progress) == "7 documents stored, 1 refused; settling who and what is the same"


def test_a_name_with_control_characters_is_shown_without_them() -> None:
    assert "\x1b" not in ProgressLine(Clock()).write(make(1, path="a\x1b[2J.txt"))


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min"), (3_599, "60 min"), (12_000, "3 h 20 min")]
)
def test_durations_are_told_in_their_largest_unit(seconds: float, words: str) -> None:
    assert write_duration(seconds) == words


@pytest.mark.slow
def test_a_terminal_sees_progress_and_a_pipe_does_not(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts")
    piped = run_alone("build", texts, "-s", tmp_path / "piped", "--profile", "fast")
    assert (piped.returncode, piped.stderr) == (0, b"")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", str(texts), "-s", str(tmp_path / "shown"), "--profile", "fast"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as child:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:  # how Linux tells that the other end is closed
            pass
    os.close(ours)
    assert child.returncode == 0
    assert b"3 documents stored; settling" in shown
