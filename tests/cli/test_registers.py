"""`kg actors import|imports|export`, beside `kg actors` as it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from rdflib import Graph

from kg.resolve.registry import read_registry
from tests.cli.desk import run

_CSV = (
    "name,type,aliases,country,wikidata,posts\n"
    "Aud Fjellro,Person,A. Fjellro,Norway,Q990050,trade minister@state/no:2024-01-01..\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The path of a store that is not there, beside which an index may lie, and a register."""
    (tmp_path / "people.csv").write_text(_CSV, "utf-8")
    return tmp_path / "store"


def test_a_register_is_imported_listed_and_removed(desk: Path) -> None:
    answer = run("actors", "import", desk.parent / "people.csv", "-s", desk)
    assert (answer.exit_code, answer.stdout) == (0, "people.csv (csv): 1 actors, 1 posts, 0 refused\n")
    assert (desk.parent / "store-actors" / "imported.sqlite").is_file()
    header, row = run("actors", "imports", "-s", desk).rows
    assert header == ["source", "format", "actors", "posts", "refused", "dated", "sha256"]
    assert (row[:5], len(row[6])) == (["people.csv", "csv", "1", "1", "0"], 64)
    assert run("actors", "import", "--remove", "people.csv", "-s", desk).stdout == "removed people.csv\n"
    assert len(run("actors", "imports", "-s", desk).rows) == 1


def test_the_store_may_be_named_in_front_of_the_command(desk: Path) -> None:
    assert run("actors", "-s", desk, "import", desk.parent / "people.csv").exit_code == 0
    assert len(run("actors", "-s", desk, "imports").rows) == 2


def test_a_bad_record_is_one_line_with_its_place_and_the_rest_is_imported(desk: Path) -> None:
    path = desk.parent / "people.csv"
    path.write_text(_CSV + "Nobody,Wizard,,,,\n", "utf-8")
    answer = run("actors", "import", path, "-s", desk)
    assert (answer.exit_code, answer.stderr.count("\n"), "line 3" in answer.stderr) == (5, 1, True)
    assert "1 actors" in answer.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "none.csv"),
        ("import", "--remove", "none.csv"),
        ("import", "x.csv", "--class", "Kings"),
        ("import", "x.csv", "--type", "elf"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_line(words: tuple[str, ...], desk: Path) -> None:
    answer = run("actors", *words, "-s", desk)
    assert (answer.exit_code, answer.stderr.count("\n"), desk.with_name("store-actors").exists()) == (2, 1, False)


def test_classes_of_wikidata_can_be_added_on_the_command_line(desk: Path) -> None:
    claims = {"P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q988108"}}}, "rank": "normal"}]}
    entity = {"type": "item", "id": "Q990004", "labels": {"en": {"value": "Rowing Club of Skoglie"}}, "claims": claims}
    path = desk.parent / "dump.json"
    path.write_text("[\n" + json.dumps(entity) + "\n]\n", "utf-8")
    assert "0 actors" in run("actors", "import", path, "-s", desk).stdout
    assert "1 actors" in run("actors", "import", path, "--class", "+Q988108=Group", "-s", desk).stdout


def test_the_actors_of_a_store_are_exported_as_csv_that_can_be_imported(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    answer = run("actors", "export", path, "-s", store)
    assert answer.exit_code == 0, answer
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["label"]: row for row in csv.DictReader(file)}
    assert rows["Norway"]["qid"] == "Q20"
    assert rows["Maarika Tohvri"]["posts"] == "foreign minister@state/ee:.."
    assert rows["Maarika Tohvri"]["country"] == "state/ee"
    again = run("actors", "import", path, "-s", tmp_path / "other")
    assert (again.exit_code, again.stdout.startswith(f"out.csv (csv): {len(rows)} actors")) == (0, True)


def test_the_actors_of_a_store_are_exported_as_follow_the_money(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.ftm.json"
    assert run("actors", "export", path, "-s", store).exit_code == 0
    entities = {entity["id"]: entity for entity in map(json.loads, path.read_text("utf-8").splitlines())}
    person = next(e for e in entities.values() if e.get("caption") == "Maarika Tohvri")
    occupancy = next(e for e in entities.values() if e["schema"] == "Occupancy" and e["properties"]["holder"] == [person["id"]])
    position = entities[occupancy["properties"]["post"][0]]
    assert (person["schema"], person["properties"]["country"]) == ("Person", ["ee"])
    assert (position["properties"]["name"], position["properties"]["country"]) == (["foreign minister of Estonia"], ["ee"])
    assert all(isinstance(values, list) for entity in entities.values() for values in entity["properties"].values())


@pytest.mark.parametrize(("ending", "syntax"), [("ttl", "turtle"), ("nt", "nt")])
def test_the_actors_of_a_store_are_exported_as_rdf(ending: str, syntax: str, store: Path, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    assert run("actors", "export", path, "-s", store).exit_code == 0
    labels = {str(label) for label in Graph().parse(path, format=syntax).objects() if not str(label).startswith("http")}
    assert {"Norway", "Maarika Tohvri"} <= labels


def test_an_export_in_an_unknown_format_is_refused(store: Path, tmp_path: Path) -> None:
    answer = run("actors", "export", tmp_path / "out.doc", "-s", store)
    assert (answer.exit_code, answer.stderr.count("\n"), "ftm.json" in answer.stderr) == (2, 1, True)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_an_actor_that_was_exported_and_imported_has_its_names_country_and_posts(name: str, store: Path, tmp_path: Path) -> None:
    assert run("actors", "export", tmp_path / name, "-s", store).exit_code == 0
    assert run("actors", "import", tmp_path / name, "-s", tmp_path / "other").exit_code == 0
    registry = read_registry("https://sayso.example/", imported=tmp_path / "other-actors" / "imported.sqlite")
    (actor,) = registry.lookup("Maarika Tohvri")
    assert (actor.label, actor.type, actor.country) == ("Maarika Tohvri", "Person", "state/ee")
    assert [(post.title, post.organisation) for post in actor.posts] == [("foreign minister", "state/ee")]


def test_a_build_names_the_imported_actor_with_its_qid_and_state(desk: Path) -> None:
    assert run("actors", "import", desk.parent / "people.csv", "-s", desk).exit_code == 0
    text = desk.parent / "trade.txt"
    text.write_text(
        "OSLO, 3 March 2026\n\nNorwegian Trade Minister Aud Fjellro said on Tuesday that the talks were useful.\n", "utf-8"
    )
    assert run("build", text, "--profile", "fast", "-s", desk).exit_code == 0
    answer = run("actor", "Aud Fjellro", "-s", desk)
    assert "person/q990050" in answer.stdout
    assert "http://www.wikidata.org/entity/Q990050" in answer.stdout
    assert run("actor", "Q990050", "-s", desk).stdout == answer.stdout
