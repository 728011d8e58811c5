"""A newsroom for tests of the command line: three short texts, and `kg` in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from kg.annotate.pipeline import Annotator
from kg.cli.main import app
from kg.store.embedded import open_reader
from kg.store.validate import validate_store

__all__ = ["TEXTS", "Answer", "every_store_is_valid", "one_model", "run", "run_alone", "write_texts"]


@pytest.fixture(scope="session", autouse=True)
def one_model() -> Iterator[None]:
    """Load the language model once for all builds in this process; it keeps nothing of a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.build.text_reading.Annotator", cache(Annotator))
        yield


TEXTS = {
    "talks.txt": """Talks on the Narva bridge end without result

By Leelo Randmaa
TALLINN, 3 March 2026

Estonian Foreign Minister Maarika Tohvri said on Tuesday that Russia was stalling the talks.
"Moscow is playing for time," Tohvri told reporters in Tallinn.
Russia rejected the accusation. Kremlin spokesman Gleb Ostrovin said Russia wanted peace.
Tohvri met Finnish President Aino Hallakorpi in Helsinki on Monday.
""",
    "aid.txt": """Norway sends generators

By Sindre Vollan
OSLO, 5 March 2026

Norway pledged 200 million euros in aid to Ukraine on Thursday.
Norwegian Prime Minister Ragnhild Tveitdal said that Norway would deliver the generators in April.
According to the Red Cross, Russia attacked a power plant near Kharkiv on Wednesday.
""",
    "strait.txt": """Ships turn back in the strait

By Mei-Lin Ostrander
TAIPEI, 7 March 2026

Japan accused China of violating its waters.
Chinese foreign ministry spokeswoman Hua Qingzhao denied that China had violated any agreement.
"We will not escalate," Hua said.
""",
}


class Answer(NamedTuple):
    """What a command ended with."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def rows(self) -> list[list[str]]:
        """The lines of stdout, each split at its tabs."""
        return [line.split("\t") for line in self.stdout.splitlines()]


def run(*words: str | Path, stdin: str | bytes | None = None) -> Answer:
    """Run `kg` in this process; what it does not foresee is raised."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=False)
    return Answer(result.exit_code, result.stdout, result.stderr)


def run_alone(
    *words: str | Path | bytes, stdin: bytes | None = None, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `kg` as a person does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *words],
        input=stdin if stdin is not None else b"",
        capture_output=True,
        check=False,
        timeout=120,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    )


def write_texts(folder: Path) -> Path:
    """Write the three texts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def every_store_is_valid(tmp_path: Path) -> Iterator[None]:
    """Validate each store that the test leaves behind, by the shapes that the project ships."""
    yield
    for note in sorted(tmp_path.rglob("CURRENT")):
        with open_reader(note.parent) as reader:
            assert validate_store(reader).findings == ()
