from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.api.store import Store
from tests.api.graphs import NEWSROOM, VALUES, write_store
from tests.cli.desk import one_model, run

__all__ = ["newsroom", "one_model", "store"]

_PAGE = Path(__file__).parents[2] / "docs" / "notebook.md"


@pytest.fixture(scope="session")
def page() -> str:
    """The page of the documentation that the tests run."""
    return _PAGE.read_text("utf-8")


@pytest.fixture(scope="session")
def newsroom(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page's two articles and the store that was built from them; tests only read it."""
    folder = tmp_path_factory.mktemp("newsroom")
    articles = folder / "articles.jsonl"
    articles.write_text(page.partition("```json\n")[2].partition("```")[0], "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        answer = run("build", "articles.jsonl")
    assert answer.exit_code == 0, answer
    return folder


@pytest.fixture
def store(newsroom: Path) -> Iterator[Store]:
    with kg.open(newsroom / "kg-store") as opened:
        yield opened


@pytest.fixture(scope="session")
def plain_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("plain") / "store", NEWSROOM.read_bytes() + VALUES.encode())


@pytest.fixture
def plain(plain_path: Path) -> Iterator[Store]:
    """A store of the newsroom's graph and of values of all kinds."""
    with kg.open(plain_path) as opened:
        yield opened
