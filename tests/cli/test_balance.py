"""`kg balance`: who stands with whom, and the claims that show it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.desk import run


def test_camps_are_listed_with_their_members(store: Path) -> None:
    answer = run("balance", "-s", store)
    assert answer.exit_code == 0
    assert answer.rows[0] == ["part", "camp", "actor", "type", "iri"]
    camps = {row[2]: row[:2] for row in answer.rows[1:]}
    assert camps["Japan"][0] == camps["China"][0]
    assert camps["Japan"][1] != camps["China"][1]


def test_the_balance_is_told_beside_the_camps(store: Path) -> None:
    assert run("balance", "-s", store).stderr.startswith("ties: ")


def test_each_edge_has_the_claims_that_show_it(store: Path) -> None:
    rows = run("balance", "--edges", "-s", store).rows
    edge = next(dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[:2] == ["Japan", "China"])
    assert (edge["supportive"], edge["critical"], edge["fits"]) == ("0", "1", "yes")
    assert float(edge["weight"]) < 0
    explained = run("explain", edge["evidence"], "-s", store)
    assert "<Japan> {accused} [China of violating its waters]" in explained.stdout


def test_stances_of_another_time_are_left_out(store: Path) -> None:
    assert run("balance", "--since", "2027-01-01", "-s", store).rows == [["part", "camp", "actor", "type", "iri"]]


def test_stances_are_a_projection_and_a_view_like_others(store: Path, tmp_path: Path) -> None:
    ranked = run("centrality", "in-degree", "-P", "stances", "-s", store).rows
    assert "China" in {row[0] for row in ranked[1:]}
    path = tmp_path / "stances.gexf"
    assert run("export", path, "--view", "stances", "-s", store).exit_code == 0
    assert 'value="critical"' in path.read_text("utf-8")


def test_stances_are_asked_for_by_name(store: Path) -> None:
    rows = run("query", "stances", "-p", "towards=China", "-f", "csv", "-s", store).stdout.splitlines()
    found = {tuple(row.split(",")[:3]) for row in rows[1:]}
    assert {("Japan", "critical", "China"), ("Hua Qingzhao", "supportive", "China")} <= found


def test_annotations_have_the_stances(texts: Path) -> None:
    found = json.loads(run("annotate", texts / "strait.txt").stdout)
    stance = next(item for item in found["stances"] if item["value"] == "critical")
    assert set(stance) == {"id", "attribution", "target", "actor", "value", "confidence", "by"}
    assert stance["actor"] == next(m["actor"] for m in found["mentions"] if m["label"] == "China")
