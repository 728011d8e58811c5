"""The registry: its files are sound, and it is looked up by every way of writing a name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.resolve.names import fold_name
from kg.resolve.registry import Registry, read_registry
from kg.resources import find_resource

BASE = "https://sayso.example/"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(BASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be spoilt."""
    return Path(shutil.copytree(find_resource("ontology/actors"), tmp_path / "actors"))


def test_all_states_have_a_wikidata_id_and_an_iso_code(registry: Registry) -> None:
    states = [actor for actor in registry.actors.values() if actor.type == "State"]
    assert len(states) > 200
    for state in states:
        assert state.wikidata is not None
        assert re.fullmatch(r"Q\d+", state.wikidata), state.slug
        assert state.iso2 is not None
        assert re.fullmatch(r"[A-Z]{2}", state.iso2), state.slug


def test_states_bear_the_codes_of_event_data_sets(registry: Registry) -> None:
    codes = {slug: (a.iso3, a.cow, a.cameo) for slug, a in registry.actors.items() if a.type == "State"}
    assert codes["state/ru"] == ("RUS", "365", "RUS")
    assert codes["state/xk"][1:] == ("347", "KSV")
    assert codes["state/gl"] == ("GRL", None, None)
    for iso3, cow, cameo in codes.values():
        assert iso3 is None or re.fullmatch(r"[A-Z]{3}", iso3)
        assert cow is None or re.fullmatch(r"\d{1,3}", cow)
        assert cameo is None or re.fullmatch(r"[A-Z]{3}", cameo)
    numbers = [cow for _, cow, _ in codes.values() if cow is not None]
    assert len(numbers) == len(set(numbers)) > 190


def test_no_wikidata_id_belongs_to_two_actors(registry: Registry) -> None:
    ids = [actor.wikidata for actor in registry.actors.values() if actor.wikidata is not None]
    assert all(re.fullmatch(r"Q[1-9]\d*", qid) for qid in ids)
    assert sorted(ids) == sorted(set(ids))


def test_a_wikidata_id_stands_only_where_a_data_file_confirms_it(registry: Registry) -> None:
    for actor in registry.actors.values():
        if actor.wikidata is not None:
            assert actor.source != "curated", actor.slug


def test_there_are_150_international_and_regional_organisations(registry: Registry) -> None:
    organisations = [actor for actor in registry.actors.values() if actor.type == "Organisation"]
    assert sum(actor.scope in {"international", "regional"} for actor in organisations) >= 150
    assert sum(actor.scope == "non-state" for actor in organisations) >= 50
    assert len(organisations) >= 350
    assert all(actor.sort for actor in organisations)


def test_400_persons_who_are_no_legislators_have_dated_posts(registry: Registry) -> None:
    persons = [a for a in registry.actors.values() if a.type == "Person" and a.source != "congress-legislators"]
    assert sum(any(post.begin or post.end for post in a.posts) for a in persons) >= 400


def test_every_member_of_the_american_congress_has_a_dated_seat(registry: Registry) -> None:
    for chamber, bar in (("org/us-senate", 90), ("org/us-house", 400)):
        seated = [a for a in registry.actors.values() if any(p.organisation == chamber and p.begin for p in a.posts)]
        assert len(seated) >= bar


@pytest.mark.parametrize("name", ["Adam Smith", "Al Green", "John Kennedy", "Mike Thompson"])
def test_a_name_that_others_are_better_known_by_means_no_legislator(name: str, registry: Registry) -> None:
    assert registry.lookup(name) == ()


def test_no_legislator_is_meant_by_the_surname_alone(registry: Registry) -> None:
    assert not [a.slug for a in registry.actors.values() if a.source == "congress-legislators" and a.surnames]


def test_every_date_of_a_post_is_a_day_a_month_or_a_year(registry: Registry) -> None:
    for actor in registry.actors.values():
        for date in (d for post in actor.posts for d in (post.begin, post.end) if d is not None):
            assert re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date), (actor.slug, date)


def test_no_full_name_belongs_to_two_persons(registry: Registry) -> None:
    for actor in registry.actors.values():
        if actor.type == "Person":
            for name in (actor.label, *actor.aliases):
                persons = [found.slug for found in registry.lookup(name) if found.type == "Person"]
                assert persons == [actor.slug], name


def test_every_row_names_its_source() -> None:
    for path in sorted(find_resource("ontology/actors").glob("*.csv")):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        assert header.endswith("source"), path.name
        assert all(not line.endswith(",") for line in lines), path.name


def test_no_surname_that_stands_for_one_person_belongs_to_two(registry: Registry) -> None:
    surnames = [s for a in registry.actors.values() for s in {fold_name(s) for s in a.surnames}]
    assert sorted(surnames) == sorted(set(surnames))


def test_no_post_ends_before_it_begins(registry: Registry) -> None:
    for actor in registry.actors.values():
        for post in actor.posts:
            assert post.begin is None or post.end is None or post.begin <= post.end, (actor.slug, post)


def test_at_most_one_person_holds_a_states_highest_posts_on_a_day(registry: Registry) -> None:
    states = [actor.slug for actor in registry.actors.values() if actor.type == "State"]
    for day in ("2014-06-15", "2016-10-03", "2019-03-12", "2022-06-01", "2024-01-15", "2025-11-03", "2026-01-16"):
        for state in states:
            for title in ("president", "prime minister", "foreign minister", "defence minister", "chancellor"):
                holders = [actor.slug for actor in registry.find_holders(title, state, day)]
                assert len(holders) <= 1 or (state, title) == ("state/gb", "chancellor"), (day, state, title, holders)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Russia", "state/ru"),
        ("the Russian Federation", "state/ru"),
        ("U.S.", "state/us"),
        ("Cote d'Ivoire", "state/ci"),
        ("Côte d’Ivoire", "state/ci"),
        ("TÜRKIYE", "state/tr"),
        ("NATO", "org/nato"),
        ("North Atlantic Treaty Organisation", "org/nato"),
        ("European Commission", "org/european-commission"),
        ("Houthi", "org/houthis"),
        ("Recep Tayyip Erdogan", "person/recep-tayyip-erdogan"),
        ("Alyaksandr Lukashenka", "person/alexander-lukashenko"),
        ("Hemedti", "person/mohamed-hamdan-dagalo"),
        ("Asean", "org/asean"),
        ("International Labor Organization", "org/ilo"),
        ("Muammar Gadhafi", "person/muammar-gaddafi"),
        ("Robert Menendez Jr.", "person/robert-menendez-jr"),
        ("Robert Menendez", "person/bob-menendez"),
    ],
)
def test_a_name_in_any_usual_spelling_finds_its_actor(name: str, slug: str, registry: Registry) -> None:
    assert [actor.slug for actor in registry.lookup(name)] == [slug]


@pytest.mark.parametrize("name", ["us", "eu", "Us", "", "Nowhere", "it"])
def test_a_word_that_is_no_name_finds_nothing(name: str, registry: Registry) -> None:
    assert registry.lookup(name) == ()


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Dutch", ["state/nl"]),
        ("Finns", ["state/fi"]),
        ("Frenchwoman", ["state/fr"]),
        ("North Korean", ["state/kp"]),
        ("Congolese", ["state/cd", "state/cg"]),
        ("Martian", []),
    ],
)
def test_a_demonym_finds_every_state_that_bears_it(name: str, slugs: list[str], registry: Registry) -> None:
    assert [actor.slug for actor in registry.lookup_demonym(name)] == slugs


def test_a_post_is_held_from_its_first_day_until_before_its_last(registry: Registry) -> None:
    days = {
        "2025-05-05": "olaf-scholz",
        "2025-05-06": "friedrich-merz",
        "2021-12-07": "angela-merkel",
        "2021-12-08": "olaf-scholz",
    }
    for day, name in days.items():
        assert [actor.slug for actor in registry.find_holders("chancellor", "state/de", day)] == [f"person/{name}"]


@pytest.mark.parametrize(
    ("title", "organisation", "day", "slug"),
    [
        ("prime minister", "state/it", "2015-05-01", "person/matteo-renzi"),
        ("Prime Minister", "state/it", "2024-05-01", "person/giorgia-meloni"),
        ("president", "state/fr", "2013-09-01", "person/francois-hollande"),
        ("Secretary of State", "state/us", "2014-03-05", "person/john-kerry"),
        ("defense secretary", "state/us", "2018-03-05", "person/jim-mattis"),
        ("high representative", "org/eu", "2016-02-02", "person/federica-mogherini"),
        ("secretary general", "org/un", "2015-02-02", "person/ban-ki-moon"),
        ("chief", "org/iaea", "2017-02-02", "person/yukiya-amano"),
        ("president", "state/kr", "2019-02-02", "person/moon-jae-in"),
    ],
)
def test_a_post_of_the_past_is_held_by_who_held_it_then(
    title: str, organisation: str, day: str, slug: str, registry: Registry
) -> None:
    assert [actor.slug for actor in registry.find_holders(title, organisation, day)] == [slug]


def test_a_head_is_found_by_any_word_for_one(registry: Registry) -> None:
    for title in ("chief", "boss", "head", "secretary general", "Secretary-General"):
        assert [actor.slug for actor in registry.find_holders(title, "org/nato", "2025-11-03")] == ["person/mark-rutte"]


def test_titles_in_front_of_a_name_are_taken_off_and_a_bare_title_stays(registry: Registry) -> None:
    assert registry.strip_title("Vice President Ada Reyes") == ("Ada Reyes", "Vice President")
    assert registry.strip_title("Lt. Gen. Sir Bo Quist") == ("Bo Quist", "Lt. Gen. Sir")
    assert registry.strip_title("President") == ("President", "")


def test_the_gazetteer_says_what_a_mention_of_the_words_is(registry: Registry) -> None:
    found = {(entry.name, entry.kind): entry for entry in registry.gazetteer()}
    assert found["Kremlin", "metonym"].type == "Organisation"
    assert found["Moscow", "city"].type == "Place"
    assert found["Moscow", "city"].actor == "state/ru"
    assert found["EU", "acronym"].type == "Organisation"
    assert found["Finnish", "demonym"].type == "State"
    assert found["Zelensky", "surname"].actor == "person/volodymyr-zelensky"
    assert found["Jordan", "name"].is_ambiguous
    assert not found["Norway", "name"].is_ambiguous


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("states.csv", "slug,", "sluk,", "no column 'slug'"),
        ("organisations.csv", "org/nato,", "org/nato,,", "cells"),
        ("organisations.csv", "org/nato,", "org/eu,", "'org/eu' stands there twice"),
        ("persons.csv", "secretary-general@org/nato:", "secretary-general@org/nado:", "'org/nado'"),
        ("persons.csv", "@state/ru:2012-05-07..", "@state/ru", "title@organisation:begin..end"),
        ("persons.csv", ",female,", ",lady,", "'lady' is no gender"),
        ("organisations.csv", ",regional,", ",local,", "'local' is no scope"),
        ("legislators.csv", "@state/us:", "@state/usa:", "'state/usa'"),
        (
            "metonyms.csv",
            "Kremlin,Organisation,metonym,state/ru,,0.95",
            "Kremlin,Organisation,metonym,state/ru,,sure",
            "no confidence",
        ),
        ("metonyms.csv", "Kremlin,Organisation", "Kremlin,Palace", "'Palace'"),
    ],
)
def test_a_malformed_file_is_refused_with_what_is_wrong(file: str, old: str, new: str, problem: str, folder: Path) -> None:
    spoil(folder / file, old, new)
    with pytest.raises(ResourceInvalidError, match=re.escape(problem)) as raised:
        read_registry(BASE, folder)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_refused_by_name(folder: Path) -> None:
    (folder / "titles.csv").unlink()
    with pytest.raises(ResourceInvalidError, match=r"titles\.csv"):
        read_registry(BASE, folder)


def test_the_order_of_rows_does_not_matter(folder: Path) -> None:
    before = read_registry(BASE, folder)
    for path in sorted(folder.glob("*.csv")):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(lines), ""]), encoding="utf-8")
    after = read_registry(BASE, folder)
    assert after.gazetteer() == before.gazetteer()
    assert list(after.actors) == list(before.actors)
