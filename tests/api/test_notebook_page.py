"""`docs/notebook.md`, run from top to bottom in a folder with the store that it tells of."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest


def test_every_example_of_the_page_gives_what_it_says(page: str, newsroom: Path, tmp_path: Path, monkeypatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    (tmp_path / "kg-store").symlink_to(newsroom / "kg-store")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    told: list[str] = []
    runner.run(parser.get_doctest("\n".join(blocks), {}, "docs/notebook.md", None, None), out=told.append)
    assert told == []
    assert runner.summarize(verbose=False).attempted > 30
