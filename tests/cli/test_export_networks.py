"""`kg export` of graph files: which view, which events, and what it tells on standard error."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pytest

from kg.export.network import VIEWS
from tests.cli.desk import run

_NOTE = re.compile(
    r"\d+ claims, events and roles are summed in \d+ edges|left out, .+: \d+|\d+ edges have no date: .+|\d+ control characters .+"
)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_written_and_what_it_leaves_out_is_told_on_standard_error(store: Path, tmp_path: Path, view: str) -> None:
    path = tmp_path / "x.gexf"
    answer = run("export", path, "--view", view, "-s", store)
    assert (answer.exit_code, answer.stdout) == (0, f"wrote {path}\n")
    assert all(_NOTE.fullmatch(line) for line in answer.stderr.splitlines())
    nx.read_gexf(path)


def test_every_view_is_named_by_the_help() -> None:
    words = set(re.findall(r"\w+", run("export", "--help").stdout))
    assert set(VIEWS) <= words


def test_events_that_did_not_happen_are_written_where_they_are_asked_for(store: Path, tmp_path: Path) -> None:
    paths = (tmp_path / "real.graphml", tmp_path / "all.graphml")
    told = run("export", paths[0], "--view", "events", "-s", store).stderr
    assert re.search(r"^left out, (future|hypothetical|negated) events: \d+$", told, re.MULTILINE)
    told = run("export", paths[1], "--view", "events", "--unreal", "-s", store).stderr
    assert not re.search(r"(future|hypothetical|negated) events", told)
    few, many = (sum(data["count"] for _, _, data in nx.read_graphml(path).edges(data=True)) for path in paths)
    assert few < many


def test_an_unknown_view_is_refused_and_writes_nothing(store: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "x.gexf", "--view", "everything", "-s", store).exit_code == 2
    assert list(tmp_path.iterdir()) == []
