"""Stores built from files, and their answers as rows, for tests of what is found over documents."""

import csv
import io
from pathlib import Path

from tests.cli.desk import run


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def build(store: Path, *inputs: Path) -> Path:
    for path in inputs:
        assert run("build", path, "-s", store).exit_code == 0
    return store


def ask(store: Path, name: str, *parameters: str) -> list[dict[str, str]]:
    arguments = [part for parameter in parameters for part in ("-p", parameter)]
    answer = run("query", name, *arguments, "-f", "csv", "-s", store)
    assert answer.exit_code == 0
    return list(csv.DictReader(io.StringIO(answer.stdout)))
