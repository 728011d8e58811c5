"""Rows of GDELT, ICEWS and POLECAT tables."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model.cameo import find_cameo, load_cameo
from kg.model.coded_event import CodedEvent, CodedParty
from kg.read.event_tables.rows import Table, find_table

from .samples import ICEWS_HEADER, POLECAT_HEADER, make_gdelt, make_icews, make_polecat


def find(cells: list[str] | tuple[str, ...]) -> Table:
    table = find_table("\t".join(cells) + "\r\n")
    assert table is not None
    return table


def read(row: list[str], header: tuple[str, ...] | None = None) -> CodedEvent:
    table = find(header or row)
    assert len(row) == table.width
    return table.read_row(row, 7)


def test_a_row_of_gdelt_1_gives_parties_code_day_place_and_address() -> None:
    assert read(make_gdelt()) == CodedEvent(
        line=7,
        identifier="700000001",
        type="CONSULT",
        date="2024-01-02",
        actors=(CodedParty("NORWAY", "NORGOV", "NOR", "", ("GOV",)),),
        recipients=(CodedParty("SWEDEN", "SWE", "SWE", "", ()),),
        cameo="043",
        intensity=2.8,
        article_count=4,
        place="Larvik, Vestfold, Norway",
        url="https://harbour.example/visit",
    )


def test_gdelt_2_with_its_wider_places_gives_the_same() -> None:
    row = make_gdelt(2)
    assert len(row) == 61
    assert find(row).layout == "gdelt-2.0"
    assert read(row) == read(make_gdelt())


def test_gdelt_1_without_addresses_gives_the_same_but_that() -> None:
    row = make_gdelt(has_url=False)
    assert len(row) == 57
    assert read(row) == read(make_gdelt())._replace(url="")


def test_an_empty_party_is_none() -> None:
    row = make_gdelt(actor2_code="", actor2_name="", actor2_country="")
    assert read(row).recipients == ()


def test_a_code_that_plover_has_dropped_gives_no_type() -> None:
    event = read(make_gdelt(event="010", scale="0.0"))
    assert (event.type, event.cameo) == (None, "010")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"event": "---"}, "no CAMEO code"),
        ({"event": "99"}, "no CAMEO code"),
        ({"scale": "high"}, "no number"),
        ({"scale": "nan"}, None),
        ({"scale": "11"}, "scale"),
        ({"articles": "-1"}, "no count"),
        ({"day": "20240231"}, "no day"),
        ({"id": " "}, "no event id"),
    ],
)
def test_a_row_that_cannot_be_true_says_what_is_wrong(cells: dict[str, Any], problem: str | None) -> None:
    table = find(make_gdelt())
    if problem is None:
        assert table.read_row(make_gdelt(**cells), 1).intensity is None
    else:
        with pytest.raises(ValueError, match=problem):
            table.read_row(make_gdelt(**cells), 1)


def test_a_row_of_icews_gives_names_sectors_and_the_place_from_small_to_large() -> None:
    assert read(make_icews(), ICEWS_HEADER) == CodedEvent(
        line=7,
        identifier="31001",
        type="COERCE",
        date="2019-05-06",
        actors=(CodedParty("Police (Norway)", country="Norway", sectors=("Police", "Government")),),
        recipients=(CodedParty("Citizen (Sweden)", country="Sweden", sectors=("Civilian",)),),
        cameo="173",
        intensity=-5.0,
        place="Larvik, Vestfold, Norway",
    )


def test_a_zero_that_a_spreadsheet_took_from_an_icews_code_is_put_back() -> None:
    assert read(make_icews(cameo_code="42", intensity="1.9"), ICEWS_HEADER).cameo == "042"


def test_the_columns_of_a_header_may_stand_in_any_order() -> None:
    assert read(make_icews()[::-1], ICEWS_HEADER[::-1]) == read(make_icews(), ICEWS_HEADER)


def test_a_row_of_polecat_gives_type_mode_and_contexts_and_none_is_nothing() -> None:
    assert read(make_polecat(), POLECAT_HEADER) == CodedEvent(
        line=7,
        identifier="20230105-77",
        type="PROTEST",
        date="2023-01-05",
        actors=(CodedParty("Harbour Workers Union", country="NOR", sectors=("LAB",)),),
        mode="demo",
        contexts=("rights_freedoms", "legal"),
        intensity=-6.5,
        place="Larvik, Norway",
    )


def test_several_parties_of_a_polecat_row_have_their_own_countries() -> None:
    event = read(make_polecat(recipient_name="Nila Ost;Bo Ek", recipient_country="NOR;SWE"), POLECAT_HEADER)
    assert event.recipients == (CodedParty("Nila Ost", country="NOR"), CodedParty("Bo Ek", country="SWE"))


@pytest.mark.parametrize("line", ["", "id,text,date", "id\ttext\tdate", "1\t20240102\tx", "\t" * 57, "\t".join(["x"] * 61)])
def test_other_tables_are_none_of_these(line: str) -> None:
    assert find_table(line) is None


def test_every_code_of_cameo_has_a_quad_class_and_a_value_on_the_scale_or_none() -> None:
    table = load_cameo()
    assert {code[:2] for code in table} == {f"{root:02d}" for root in range(1, 21)}
    assert all(row.code[:2] in table and row.label and row.quad in range(1, 5) for row in table.values())
    assert all(-10 <= row.goldstein <= 10 for row in table.values() if row.goldstein is not None)
    # A denial of responsibility counts against, though it is a statement.
    assert [row.code for row in table.values() if row.goldstein and (row.quad > 2) != (row.goldstein < 0)] == ["016"]


def test_a_finer_code_is_read_as_the_one_that_it_refines() -> None:
    found = find_cameo("0439")
    assert found is not None
    assert (found.code, found.type) == ("043", "CONSULT")
