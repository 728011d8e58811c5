from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import one_model, run, write_texts

__all__ = ["one_model", "store", "texts"]


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_texts(tmp_path_factory.mktemp("newsroom") / "texts")


@pytest.fixture(scope="session")
def store(texts: Path) -> Path:
    """A store built once from the texts; tests only read it."""
    path = texts.parent / "store"
    answer = run("build", texts, "--store", path)
    assert answer.exit_code == 0, answer
    return path
