"""Each format, read from a small file as its makers write it."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path

import pytest

from kg.errors import InputMissingError, ParameterInvalidError, RegisterInvalidError
from kg.resolve.registers.entries import ReadingOptions
from kg.resolve.registers.files import find_register_format
from kg.resolve.registers.references import References
from tests.resolve.registers.importing import (
    dump,
    entity,
    import_file,
    item,
    person_of_norway,
    position_of_norway,
    read_with,
    statement,
    write,
)


def test_a_dump_gives_a_politician_with_names_country_and_dated_post(tmp_path: Path, index: Path, references: References) -> None:
    path = write(tmp_path / "dump.json", dump(person_of_norway(), position_of_norway()))
    register, refused = import_file(index, path, references)
    (actor,) = read_with(index).lookup("Ragnvald Skoglie-Test")
    (post,) = actor.posts
    assert (register.format, register.actors, register.posts, refused) == ("wikidata", 1, 1, [])
    assert (actor.slug, actor.wikidata, actor.gender, actor.country) == ("person/q990001", "Q990001", "male", "state/no")
    assert (post.title, post.organisation, post.begin, post.end) == (
        "minister of tidal affairs",
        "state/no",
        "2024-02-01",
        "2025-03",
    )


def test_a_dump_is_dated_by_its_latest_entity(tmp_path: Path, index: Path, references: References) -> None:
    register, _ = import_file(index, write(tmp_path / "dump.json", dump(person_of_norway())), references)
    assert register.dated == "2025-06-01"


def test_entities_of_other_classes_are_left_out_of_a_dump(tmp_path: Path, index: Path, references: References) -> None:
    mountain = entity("Q990002", "Mount Skoglie", P31=[statement(item("Q8502"))])
    cook = entity("Q990003", "Tordis Havnemo", P31=[statement(item("Q5"))], P106=[statement(item("Q156839"))])
    register, _ = import_file(index, write(tmp_path / "d.json", dump(mountain, cook, person_of_norway())), references)
    assert register.actors == 1


def test_classes_can_be_named(tmp_path: Path, index: Path, references: References) -> None:
    club = entity("Q990004", "Skoglie Rowing Club", P31=[statement(item("Q988108"))])
    path = write(tmp_path / "dump.json", dump(club, person_of_norway()))
    import_file(index, path, references, options=ReadingOptions(classes={"Q988108": "Organisation"}))
    registry = read_with(index)
    assert [a.slug for a in registry.lookup("Skoglie Rowing Club")] == ["org/q990004"]
    assert registry.lookup("Ragnvald Skoglie-Test") == ()


def test_a_statement_that_wikidata_holds_for_wrong_is_not_read(tmp_path: Path, index: Path, references: References) -> None:
    wrong = {**statement(item("Q34")), "rank": "deprecated"}
    path = write(tmp_path / "dump.json", dump(person_of_norway(P27=[wrong, statement(item("Q20"))])))
    import_file(index, path, references)
    assert [a.country for a in read_with(index).lookup("Ragnvald Skoglie-Test")] == ["state/no"]


def test_death_ends_the_posts_that_have_no_end(tmp_path: Path, index: Path, references: References) -> None:
    rows = [
        "item,itemLabel,positionLabel,countryLabel,start,died",
        "Q990005,Halvard Ness-Test,President of Norway,Norway,1950,1961-04-02",
    ]
    import_file(index, write(tmp_path / "rows.csv", "\n".join(rows)), references)
    (actor,) = read_with(index).lookup("Halvard Ness-Test")
    assert [(p.title, p.begin, p.end) for p in actor.posts] == [("president", "1950", "1961-04-02")]


@pytest.mark.parametrize(("name", "compress"), [("d.json.gz", gzip.compress), ("d.json.bz2", bz2.compress)])
def test_a_compressed_dump_is_read(name: str, compress: object, tmp_path: Path, index: Path, references: References) -> None:
    path = tmp_path / name
    path.write_bytes(compress(dump(person_of_norway()).encode()))  # type: ignore[operator]
    assert import_file(index, path, references)[0].actors == 1


def test_a_dump_that_ends_too_early_leaves_no_index(tmp_path: Path, index: Path, references: References) -> None:
    path = tmp_path / "dump.json.gz"
    path.write_bytes(gzip.compress(dump(person_of_norway()).encode())[:-20])
    with pytest.raises(RegisterInvalidError):
        import_file(index, path, references, form="wikidata")
    assert not index.exists()


def test_bad_lines_of_a_dump_are_refused_one_by_one(tmp_path: Path, index: Path, references: References) -> None:
    good = json.dumps(person_of_norway())
    lines = ["[", '{"id":"Q5", broken},', "cut off", '{"id":"Q990009","labels":7,"x":{"id":"Q5"}},', good, "]"]
    register, refused = import_file(index, write(tmp_path / "dump.json", "\n".join(lines)), references, form="wikidata")
    assert ([r.line for r in refused], register.actors, register.refused) == ([2, 3, 4], 1, 3)


def test_sparql_results_of_one_item_are_one_actor(tmp_path: Path, index: Path, references: References) -> None:
    def row(position: str, start: str) -> dict[str, object]:
        plain = {
            "item": "http://www.wikidata.org/entity/Q990010",
            "itemLabel": "Oddny Breivoll",
            "itemAltLabel": "O. Breivoll, Oddny B",
        }
        plain |= {
            "positionLabel": position,
            "country": "http://www.wikidata.org/entity/Q20",
            "start": start,
            "genderLabel": "female",
        }
        return {name: {"type": "literal", "value": value} for name, value in plain.items()}

    rows = [row("Prime Minister of Norway", "2023-01-01T00:00:00Z"), row("Norwegian Minister of Trade", "2020-05-01T00:00:00Z")]
    path = write(tmp_path / "results.json", json.dumps({"head": {"vars": ["item"]}, "results": {"bindings": rows}}))
    register, _ = import_file(index, path, references)
    (actor,) = read_with(index).lookup("Oddny B")
    assert (register.format, register.actors, actor.gender, actor.country) == ("sparql", 1, "female", "state/no")
    assert [(p.title, p.begin) for p in actor.posts] == [("minister of trade", "2020-05-01"), ("prime minister", "2023-01-01")]


def test_sparql_results_without_a_label_are_refused(tmp_path: Path, index: Path, references: References) -> None:
    text = "item,itemLabel,type\nQ990011,Q990011,Person\nQ990012,Sturla Hegdal,Person\nQ990013,Sturla Hegdal,Wizard\n"
    _, refused = import_file(index, write(tmp_path / "r.csv", text), references)
    assert [r.line for r in refused] == [2, 4]


_FTM = [
    {"id": "NK-a1", "caption": "Ailsa Corrie-Test", "schema": "Person", "last_change": "2025-09-09T00:00:00",
     "properties": {"name": ["Ailsa Corrie-Test"], "alias": ["Ailsa McCorrie-Test"], "weakAlias": ["Ailsa"], "country": ["gb"],
                    "gender": ["female"], "wikidataId": ["Q990020"]}},
    {"id": "pos-1", "caption": "Minister of Kelp", "schema": "Position",
     "properties": {"name": ["Minister of Kelp"], "country": ["gb"]}},
    {"id": "occ-1", "schema": "Occupancy",
     "properties": {"holder": ["NK-a1"], "post": ["pos-1"], "startDate": ["2021-01-01"], "endDate": ["2022-02-02"]}},
    {"id": "Q990021", "caption": "Kelp Board", "schema": "PublicBody", "properties": {"name": ["Kelp Board"], "country": ["gb"]}},
    {"id": "mem-1", "schema": "Membership",
     "properties": {"member": ["NK-a1"], "organization": ["Q990021"], "role": ["Chair"], "startDate": ["2023"]}},
    {"id": "pass-1", "schema": "Passport", "properties": {"holder": ["NK-a1"]}},
]  # fmt: skip


def test_follow_the_money_gives_actors_and_dated_posts(tmp_path: Path, index: Path, references: References) -> None:
    lines = [json.dumps(one) for one in _FTM]
    register, refused = import_file(index, write(tmp_path / "e.ftm.json", "\n".join([*lines, "{}", "", "no json"])), references)
    (actor,) = read_with(index).lookup("Ailsa McCorrie-Test")
    assert (register.format, register.actors, register.dated, [r.line for r in refused]) == ("ftm", 2, "2025-09-09", [7, 9])
    assert (actor.slug, actor.country) == ("person/q990020", "state/gb")
    assert [(p.title, p.organisation, p.begin, p.end) for p in actor.posts] == [
        ("minister of kelp", "state/gb", "2021-01-01", "2022-02-02"),
        ("chair", "org/q990021", "2023", None),
    ]


def test_a_weak_alias_is_looked_up_as_a_last_name_only(tmp_path: Path, index: Path, references: References) -> None:
    import_file(index, write(tmp_path / "e.ftm.json", json.dumps(_FTM[0])), references)
    registry = read_with(index)
    assert registry.lookup("Ailsa") == ()
    assert [a.slug for a in registry.lookup_last_name("Ailsa")] == ["person/q990020"]


_POPOLO = {
    "persons": [
        {"id": "p-1", "name": "Ilmari Vesikko", "gender": "male",
         "other_names": [{"name": "I. Vesikko", "lang": "en"}, {"name": "Весикко", "lang": "ru"}],
         "identifiers": [{"scheme": "wikidata", "identifier": "Q990030"}]},
        {"id": "p-2"},
    ],
    "organizations": [
        {"id": "o-1", "name": "Vesikko Assembly", "classification": "legislature"},
        {"id": "o-2", "name": "Reed Party of Vesikko", "classification": "party"},
    ],
    "events": [{"id": "term/3", "classification": "legislative period", "start_date": "2019-05-01", "end_date": "2023-04-30"}],
    "posts": [{"id": "post-1", "label": "Speaker", "organization_id": "o-1"}],
    "memberships": [
        {"person_id": "p-1", "organization_id": "o-1", "on_behalf_of_id": "o-2", "role": "member",
         "legislative_period_id": "term/3"},
        {"person_id": "p-1", "organization_id": "o-1", "post_id": "post-1", "start_date": "2021-01-01"},
    ],
}  # fmt: skip


def test_popolo_gives_memberships_with_the_dates_of_their_period(tmp_path: Path, index: Path, references: References) -> None:
    path = write(tmp_path / "popolo.json", json.dumps(_POPOLO, indent=1))
    register, refused = import_file(index, path, references, options=ReadingOptions(country="iso:FI"))
    registry = read_with(index)
    (actor,) = registry.lookup("I. Vesikko")
    posts = [(p.title, registry.get_actor(p.organisation).label, p.begin, p.end) for p in actor.posts]
    assert (register.format, len(refused), actor.country, actor.slug) == ("popolo", 1, "state/fi", "person/q990030")
    assert sorted(posts) == [
        ("member", "Reed Party of Vesikko", "2019-05-01", "2023-04-30"),
        ("member", "Vesikko Assembly", "2019-05-01", "2023-04-30"),
        ("speaker", "Vesikko Assembly", "2021-01-01", None),
    ]


_DICTIONARY = """# An actor file, with comments
<!-- of several
lines -->
NORWAY_ [NOR]
+OSLO_
TORVALD_ASKELUND_  ; CountryInfo.txt
+TORVALD_E._ASKELUND_
\t[NORELI 620101-780427]
\t[NORGOV 050201-091231]
\t[NORGOVCOP >20100201]
NORWEGIAN_TIDAL_GUARD_(NTG)_ [NORMIL]
LEAGUE_OF_QUIET_HARBOURS_
+QUIET_HARBOURS_LEAGUE_
\t[IGO]
BROKEN_ENTRY_
"""


def test_a_dictionary_gives_persons_and_bodies_and_skips_countries(tmp_path: Path, index: Path, references: References) -> None:
    register, refused = import_file(index, write(tmp_path / "actors.txt", _DICTIONARY), references)
    registry = read_with(index)
    (person,) = registry.lookup("Torvald E. Askelund")
    assert (register.format, register.actors, [r.line for r in refused]) == ("petrarch", 3, [15])
    assert (person.label, person.type, person.country) == ("Torvald Askelund", "Person", "state/no")
    assert [(p.organisation, p.begin, p.end) for p in person.posts] == [
        ("state/no", "2005-02-01", "2009-12-31"),
        ("state/no", "2010-02-01", None),
    ]
    assert [(a.label, a.type, a.sort) for a in registry.lookup("NTG")] == [("Norwegian Tidal Guard", "Organisation", "military")]
    assert [a.label for a in registry.lookup("Quiet Harbours League")] == ["League of Quiet Harbours"]


def test_in_a_dictionary_territories_are_skipped_and_dated_rebels_are_a_body(
    tmp_path: Path, index: Path, references: References
) -> None:
    text = (
        "SKERRY_ISLES_ [NORSJM]\n+SKERRYMEN_\nTIDAL_BRIGADES_\n\t[NORREB 19900101-19991231]\nA.B._ASKELUND_\n\t[NORGOV >100101]\n"
    )
    import_file(index, write(tmp_path / "actors.txt", text), references)
    registry = read_with(index)
    assert registry.lookup("Skerry Isles") == ()
    assert [a.type for a in registry.lookup("Tidal Brigades")] == ["Organisation"]
    assert [a.label for a in registry.lookup("A.B. Askelund")] == ["A.B. Askelund"]


def test_a_plain_table_needs_names_and_types_alone(tmp_path: Path, index: Path, references: References) -> None:
    text = (
        "name,type,aliases,country,wikidata\nReed Front,organisation,Front of Reeds|RFX,Norway,Q990040\n,Person,,,\nNo Type,,,,\n"
    )
    _, refused = import_file(index, write(tmp_path / "plain.csv", text), references)
    (actor,) = read_with(index).lookup("RFX")
    assert (actor.slug, actor.country, [r.line for r in refused]) == ("org/q990040", "state/no", [3, 4])


def test_a_table_of_the_registrys_own_columns_is_read(tmp_path: Path, index: Path, references: References) -> None:
    text = (
        "slug,label,aliases,surnames,gender,posts,qid,source\n"
        "person/iver-storvand,Iver Storvand,I. Storvand,Storvand,male,"
        "president@state/no:2020-01-01..2024-01-01|chair@org/nato:..2019,,own\n"
        "person/bad-post,Bad Post,,,male,president of nothing,,own\n"
    )
    _, refused = import_file(index, write(tmp_path / "persons.csv", text), references)
    registry = read_with(index)
    (actor,) = registry.lookup_surname("Storvand")
    assert (actor.slug, len(actor.posts), actor.country, [r.line for r in refused]) == (
        "person/iver-storvand",
        2,
        "state/no",
        [3],
    )


def test_a_row_that_is_not_utf8_is_refused_alone(tmp_path: Path, index: Path, references: References) -> None:
    path = tmp_path / "plain.csv"
    path.write_bytes(b"name,type\nJosef \xe9,Person\nJosef Mlejn-Test,Person\n")
    register, refused = import_file(index, path, references)
    assert (register.actors, [r.line for r in refused]) == (1, [2])


@pytest.mark.parametrize("text", ["", "hello\nworld\n", '{"a": 1}\n', "<html></html>"])
def test_a_file_in_no_known_format_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(RegisterInvalidError):
        find_register_format(write(tmp_path / "what.json", text))


def test_a_format_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterInvalidError):
        find_register_format(write(tmp_path / "a.csv", "name\n"), "xls")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputMissingError, match=r"none\.csv"):
        find_register_format(tmp_path / "none.csv")
