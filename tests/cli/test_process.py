"""The command as a process: what a shell, a pipe and a terminal see."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.desk import run_alone

HEAVY = ("spacy", "rdflib", "networkx", "pyoxigraph", "pydantic", "starlette", "uvicorn", "trafilatura", "numpy", "rich")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"


def test_the_command_line_imports_nothing_heavy() -> None:
    code = f"import sys, kg.cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_help_and_version_need_no_store(tmp_path: Path) -> None:
    for words in (["--help"], ["build", "--help"], ["--version"]):
        answer = run_alone(*words, folder=tmp_path)
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert answer.stdout


def test_a_wrong_command_or_option_ends_with_2() -> None:
    assert run_alone("bild").returncode == 2
    assert run_alone("stats", "--colour").returncode == 2
    assert run_alone("build").returncode == 2


def test_commands_complete_in_the_shell() -> None:
    shown = run_alone("--show-completion", "bash")
    answer = run_alone(_KG_COMPLETE="complete_bash", COMP_WORDS="kg que", COMP_CWORD="1")
    assert (shown.returncode, b"complete" in shown.stdout) == (0, True)
    assert answer.stdout.split() == [b"query", b"queries"]


def test_an_error_is_one_line_and_debug_shows_its_traceback(tmp_path: Path) -> None:
    plain = run_alone("stats", "-s", tmp_path / "none")
    debug = run_alone("stats", "-s", tmp_path / "none", "--debug")
    assert (plain.returncode, plain.stderr.count(b"\n"), plain.stderr.startswith(b"kg: ")) == (2, 1, True)
    assert b"Traceback" in debug.stderr
    assert b"StoreMissingError" in debug.stderr


def test_a_reader_that_leaves_a_pipe_is_no_error(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "-", "-f", "nq", "-s", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert (child.wait(timeout=60), child.stderr.read()) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(store: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "kg", "actors", "-s", str(store)]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (answer.returncode, answer.stderr.count(b"\n")) == (2, 1)
    assert b"No space left" in answer.stderr


def test_an_interruption_ends_with_130_and_one_line(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", ENDLESS, "-s", str(store)]
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # What runs in the background of a script is started deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - one thread
    )
    with child:
        assert child.stderr is not None
        deadline = time.monotonic() + 30
        while not list((store / "snapshots").glob("*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)  # the query has begun
        os.killpg(child.pid, signal.SIGINT)
        assert child.wait(timeout=30) == 130
        assert child.stderr.read() == b"kg: interrupted; the same command finishes the work\n"
    assert list((store / "snapshots").iterdir()) == []


def test_a_name_that_is_no_text_is_refused_without_a_traceback(store: Path) -> None:
    answer = run_alone("actor", b"a\xff\x1b[2J", "-s", str(store))
    assert (answer.returncode, answer.stderr.count(b"\n")) == (1, 1)
    assert b"\x1b" not in answer.stderr


def test_a_pipe_gets_utf_8_whatever_the_locale(store: Path) -> None:
    query = "SELECT ('Žižek “x”' AS ?name) {}"
    answer = run_alone("query", query, "-f", "table", "-s", store, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert [line.rstrip() for line in answer.stdout.decode("utf-8").splitlines()] == ["name", "Žižek “x”"]


def run_on_terminal(*words: str, columns: int = 80) -> str:
    """Run `kg` with a terminal of this width as its standard output, and return what it shows."""
    main, side = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen([sys.executable, "-m", "kg", *words], stdin=subprocess.DEVNULL, stdout=side, env=environment) as child:
        os.close(side)
        shown = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:  # how Linux tells that the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(main)
    assert child.returncode == 0
    return shown.decode()


def test_a_terminal_gets_a_table_without_tabs(store: Path) -> None:
    shown = run_on_terminal("actors", "-n", "3", "-s", str(store))
    assert "\t" not in shown
    assert "mentions" in shown


def test_many_columns_on_a_narrow_terminal_are_blocks(store: Path) -> None:
    shown = run_on_terminal("query", "who-claims", "-s", str(store))
    assert all(len(line) < 140 for line in shown.splitlines())  # with the marks for bold
    assert "speaker_iri" not in shown
    assert "Maarika Tohvri" in shown


def test_markup_and_control_characters_are_harmless_on_a_terminal(store: Path) -> None:
    text = r"SELECT ('[red]x[/red]\u001B[2J\u202E<script>\u0007' AS ?name) {}"
    shown = run_on_terminal("query", text, "-s", str(store))
    assert "[red]x[/red]" in shown
    assert "<script>" in shown
    assert not {"\x07", "\u202e"} & set(shown)
    assert "\x1b[2J" not in shown


def test_a_table_that_is_asked_for_comes_through_a_pipe_too(store: Path) -> None:
    answer = run_alone("query", "who-claims", "-f", "table", "-s", store)
    assert answer.returncode == 0
    assert b"\t" not in answer.stdout
