"""Which city of the world a place of a document is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.model.annotation import Extraction
from kg.model.document import Document
from kg.model.mention import Mention, MentionType
from kg.model.span import Span
from kg.resolve.cities import City, CityTable, open_cities
from kg.resolve.names import fold_name
from kg.resolve.places import choose_city
from kg.resolve.registry import read_registry
from kg.resolve.resolver import Resolver
from kg.resources import find_resource

_BASE = "https://sayso.example/"
_REGISTRY = read_registry(_BASE)
_PARIS, _PARIS_IN_TEXAS = 2988507, 4717560
_TRIPOLI, _TRIPOLI_IN_LEBANON = 2210247, 266826


def _write(path: Path, *rows: str) -> CityTable:
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return CityTable(path)


def _locate(text: str, types: Mapping[str, MentionType]) -> dict[str, tuple[str, int | None, str | None]]:
    """Return label, GeoNames id and end of the state's IRI of the actor that each name of the text means."""
    mentions = tuple(
        Mention(
            id=f"m{at}",
            spans=(Span(text.index(name), text.index(name) + len(name)),),
            text=name,
            name=name,
            type=kind,
            kind="name",
            by="test",
        )
        for at, (name, kind) in enumerate(sorted(types.items(), key=lambda item: text.index(item[0])), 1)
    )
    document = Document(id=f"{_BASE}document/x", path="x", location="x", sha256="0", text=text)
    resolution = Resolver(_REGISTRY, _BASE).resolve(document, Extraction(mentions=mentions))
    actors = {actor.iri: actor for actor in resolution.actors}
    return {
        mention.name: (actor.label, actor.geonames, actor.country and actor.country.rsplit("/", 1)[-1])
        for mention, link in zip(mentions, resolution.links, strict=True)
        for actor in (actors[link.actor or ""],)
    }


def test_a_city_is_found_by_any_of_its_names_however_it_is_written() -> None:
    table = open_cities()
    assert {city.geonames for name in ("Kharkiv", "KHARKOV", "kharkiv's") for city in table.find_cities(name)} == {706483}


def test_a_further_name_of_a_city_is_marked() -> None:
    assert [city.is_further for city in open_cities().find_cities("Kharkov")] == [True]


@pytest.mark.parametrize("name", ["", "!", "Nowhereville-on-Sea", "kharki", "kharkivv", "zzzzz", "\u0000"])
def test_what_no_city_is_called_has_none(name: str) -> None:
    assert open_cities().find_cities(name) == ()


def test_every_row_of_the_table_is_sorted_folded_and_found_again() -> None:
    lines = find_resource("ontology/places/cities.tsv").read_text("utf-8").splitlines()
    keys = [line.partition("\t")[0] for line in lines]
    assert keys == sorted(keys, key=str.encode)
    table = open_cities()
    for line in [lines[0], lines[-1], *lines[::997]]:
        key, label, geonames, *_ = line.split("\t")
        assert fold_name(key) == key
        assert (label, int(geonames)) in {(city.name, city.geonames) for city in table.find_cities(key)}


def test_first_and_last_row_of_a_short_table_are_found(tmp_path: Path) -> None:
    table = _write(tmp_path / "c.tsv", "aa\tAa\t1\tDE\t\t7\t", "aa\tAa\t2\tFR\t\t8\t", "ab\tAb\t3\tDE\t\t9\t1")
    assert [city.geonames for city in table.find_cities("aa")] == [1, 2]
    assert table.find_cities("Ab") == (City(3, "Ab", "DE", "", 9, is_further=True),)
    assert table.find_cities("a") == ()


def test_a_missing_an_empty_and_a_broken_table_are_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match="no table of cities"):
        CityTable(tmp_path / "none.tsv")
    with pytest.raises(ResourceInvalidError, match="no table of cities"):
        _write(tmp_path / "empty.tsv")
    with pytest.raises(ResourceInvalidError, match="7 columns"):
        _write(tmp_path / "broken.tsv", "aa\tAa\t1").find_cities("aa")


def _city(geonames: int, country: str, population: int, *, is_further: bool = False) -> City:
    return City(geonames, "X", country, "", population, is_further)


@pytest.mark.parametrize(
    ("cities", "states", "chosen"),
    [
        ([], set(), None),
        ([_city(1, "UA", 60_000)], set(), 1),
        ([_city(1, "UA", 20_000)], set(), None),
        ([_city(1, "UA", 20_000)], {"UA"}, 1),
        ([_city(1, "RO", 250_000, is_further=True)], set(), None),
        ([_city(1, "RO", 250_000, is_further=True)], {"RO"}, 1),
        ([_city(1, "UA", 2_900_000, is_further=True)], set(), 1),
        ([_city(1, "FR", 2_000_000), _city(2, "US", 25_000)], set(), 1),
        ([_city(1, "FR", 2_000_000), _city(2, "US", 25_000)], {"US"}, 1),
        ([_city(1, "LY", 1_300_000), _city(2, "LB", 230_000)], set(), None),
        ([_city(1, "LY", 1_300_000), _city(2, "LB", 230_000)], {"LB"}, 2),
        ([_city(1, "LY", 1_300_000), _city(2, "LB", 230_000)], {"LB", "LY"}, 1),
        ([_city(1, "US", 170_000), _city(2, "US", 155_000)], {"US"}, None),
        ([_city(1, "RU", 196_000, is_further=True), _city(2, "UA", 60_000)], {"UA"}, 2),
    ],
)
def test_a_city_is_chosen_by_people_and_by_the_states_named(cities: list[City], states: set[str], chosen: int | None) -> None:
    found = choose_city(cities, states)
    assert (found and found.geonames) == chosen


def test_a_place_has_its_city_and_its_state() -> None:
    assert _locate("They met in Kharkiv.", {"Kharkiv": "Place"})["Kharkiv"] == ("Kharkiv", 706483, "ua")


def test_a_city_that_the_registry_knows_as_a_seat_of_power_is_located_too() -> None:
    assert _locate("They met in Helsinki.", {"Helsinki": "Place"})["Helsinki"] == ("Helsinki", 658225, "fi")


def test_a_name_of_several_cities_without_a_state_in_the_text_stays_open() -> None:
    assert _locate("They met in Springfield.", {"Springfield": "Place"})["Springfield"] == ("Springfield", None, None)


def test_the_smaller_city_of_a_name_has_an_actor_of_its_own() -> None:
    found = _locate("They met in Tripoli, Lebanon.", {"Tripoli": "Place", "Lebanon": "State"})["Tripoli"]
    assert found == ("Tripoli, Lebanon", _TRIPOLI_IN_LEBANON, "lb")
    assert _locate("They met in Tripoli, Libya.", {"Tripoli": "Place", "Libya": "State"})["Tripoli"] == (
        "Tripoli",
        _TRIPOLI,
        "ly",
    )


def test_a_world_city_is_not_a_town_of_its_name_in_a_state_that_the_text_names() -> None:
    found = _locate(
        "They met in Paris, and Canada and Japan were angry.", {"Paris": "Place", "Canada": "State", "Japan": "State"}
    )
    assert found["Paris"] == ("Paris", _PARIS, "fr")


def test_only_places_are_located() -> None:
    found = _locate("Paris Berlin spoke to Warsaw Holdings.", {"Paris Berlin": "Person", "Warsaw Holdings": "Organisation"})
    assert {geonames for _, geonames, _ in found.values()} == {None}
