"""Stances as the tables of discourse network analysis: the concepts are the actors who are supported or criticised."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.analyse.relations import Filters
from kg.export.discourse import read_positions
from kg.export.table_layouts import run_table_export
from kg.store.reader import Reader

_TRIG = b"""
@prefix kg: <https://sayso.example/ontology#> . @prefix doc: <https://sayso.example/document/> .
@prefix actor: <https://sayso.example/actor/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://sayso.example/scheme/stance/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
GRAPH doc:one {
  doc:s1 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:ostia ; kg:stance stance:critical ; kg:withinClaim doc:a1 ;
    kg:confidence 0.9 .
  doc:s2 a kg:Stance ; kg:holder actor:veld ; kg:towards actor:ostia ; kg:stance stance:critical ; kg:withinClaim doc:a2 ;
    kg:confidence 0.8 .
  doc:s3 a kg:Stance ; kg:holder actor:belmar ; kg:towards actor:ostia ; kg:stance stance:supportive ;
    kg:withinClaim doc:a3 ; kg:confidence 0.7 .
  doc:s4 a kg:Stance ; kg:holder actor:noor ; kg:towards actor:belmar ; kg:stance stance:neutral ; kg:withinClaim doc:a1 ;
    kg:confidence 0.9 .
  doc:a1 kg:content "Ostia lied to Belmar" ; kg:published "2031-03-01"^^xsd:date .
  doc:a2 kg:content "Ostia cheats" . doc:a3 kg:content "Ostia keeps its word" .
}
GRAPH <https://sayso.example/graph/actors> {
  actor:noor skos:prefLabel "Anna Noor" ; a kg:Person ; kg:partOf actor:belmar .
  actor:veld skos:prefLabel "Bram Veld" ; a kg:Person .
  actor:ostia skos:prefLabel "Ostia" ; a kg:State . actor:belmar skos:prefLabel "Belmar" ; a kg:State .
}
GRAPH <https://sayso.example/graph/ontology> {
  stance:critical skos:notation "critical" . stance:neutral skos:notation "neutral" .
  stance:supportive skos:notation "supportive" .
}
"""


@pytest.fixture(scope="module")
def stances(load) -> Reader:
    return load(_TRIG)


def read_table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_each_stance_that_is_not_neutral_is_a_statement_on_an_actor(stances: Reader) -> None:
    positions, left_out = read_positions(stances, Filters(), "stance-statements")
    assert [(p.date, p.person, p.organization, p.concept, p.is_agreement) for p in positions] == [
        ("", "Bram Veld", "", "Ostia", False),
        ("", "", "Belmar", "Ostia", True),
        ("2031-03-01", "Anna Noor", "Belmar", "Ostia", False),
    ]
    assert left_out == ()


def test_a_file_named_stances_holds_statements_on_actors(stances: Reader, tmp_path: Path) -> None:
    summary = run_table_export(stances, str(tmp_path / "stances.csv"), "stances-dna")
    rows = read_table(tmp_path / "stances.csv")
    assert summary.view == "stances-dna"
    assert [row[4:7] for row in rows[1:]] == [
        ["Ostia", "0", "Ostia cheats"],
        ["Ostia", "1", "Ostia keeps its word"],
        ["Ostia", "0", "Ostia lied to Belmar"],
    ]


@pytest.mark.parametrize(
    ("layout", "critics", "critic_and_friend"),
    [("stances-congruence", "1", "0"), ("stances-conflict", "0", "1"), ("stances-subtract", "1", "-1")],
)
def test_who_criticises_the_same_is_congruent_and_in_conflict_with_who_supports_it(
    stances: Reader, tmp_path: Path, layout: str, critics: str, critic_and_friend: str
) -> None:
    run_table_export(stances, str(tmp_path / "matrix.csv"), layout)
    names, *rows = read_table(tmp_path / "matrix.csv")
    cells = {(row[0], name): cell for row in rows for name, cell in zip(names[1:], row[1:], strict=True)}
    assert cells["Anna Noor", "Bram Veld"] == critics
    assert cells["Anna Noor", "Belmar"] == critic_and_friend
