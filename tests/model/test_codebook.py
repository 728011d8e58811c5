"""The tables of CAMEO and PLOVER: one truth for codes, modes, quad classes and scales, both ways."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from kg.errors import ResourceInvalidError
from kg.extract.event_lexicon import EventLexicon
from kg.model.cameo import find_cameo, find_codes, find_goldstein, load_cameo, read_cameo
from kg.model.event import Context, EventType
from kg.model.plover import QUAD_CLASSES, QUADS, check_codes, choose_cameo, find_mode, load_modes, read_modes
from kg.rdf import namespaces as ns
from kg.resources import find_resource

HEAD = "code,label,type,quad,goldstein,mode,contexts,also\n"
MODES_HEAD = "type,mode,score,cameo,definition\n"


def test_every_mode_and_context_of_a_cameo_code_is_of_the_codebook() -> None:
    contexts = set(get_args(Context))
    for row in load_cameo().values():
        assert row.type is None or (row.type, row.mode) in load_modes(), row.code
        assert contexts.issuperset(row.contexts), row.code
        assert all(pair in load_modes() for pair in row.also), row.code


def test_a_plover_type_and_mode_come_back_from_the_cameo_code_that_stands_for_them() -> None:
    for (event_type, mode), row in load_modes().items():
        if row.cameo:
            found = load_cameo()[row.cameo]
            assert found.may_stand_for(event_type, mode), (event_type, mode, row.cameo)
    assert [key for key, row in load_modes().items() if not row.cameo] == [("ASSAULT", "")]


def test_every_cameo_code_is_among_the_codes_of_its_plover_type_and_mode() -> None:
    for row in load_cameo().values():
        if row.type is not None:
            assert row in find_codes(row.type, row.mode)


def test_the_codes_of_a_type_and_mode_are_those_of_the_table_and_of_the_later_manual() -> None:
    assert [row.code for row in find_codes("CONSULT", "visit")] == ["042", "043"]
    assert [row.code for row in find_codes("SANCTION", "convict")] == ["116"]
    assert find_codes("PROTEST", "vandalize") == ()


def test_an_unknown_mode_is_taken_as_the_type_alone() -> None:
    assert find_mode("AID", "parachute") == find_mode("AID", None)
    assert choose_cameo("AID", "parachute") == "070"


def test_types_of_conflict_have_negative_scores_and_types_of_cooperation_positive_ones() -> None:
    for kind in get_args(EventType):
        score = find_mode(kind, None).score
        assert score is not None
        assert score >= 0 if "cooperation" in QUAD_CLASSES[kind] else score <= 0


def test_quad_classes_are_the_broader_concepts_of_the_scheme() -> None:
    scheme = Graph().parse(str(find_resource("ontology/schemes/plover.ttl")))
    broader = {kind: scheme.value(URIRef(f"{ns.SCHEME}plover/{kind}"), SKOS.broader) for kind in QUAD_CLASSES}
    assert {kind: str(concept).rpartition("/")[2] for kind, concept in broader.items()} == dict(QUAD_CLASSES)


def test_cameo_and_plover_agree_on_the_quad_class_but_where_plover_moved_a_deed() -> None:
    moved = {
        row.code for row in load_cameo().values() if row.type is not None and QUADS.index(QUAD_CLASSES[row.type]) + 1 != row.quad
    }
    assert {code[:2] for code in moved} == {"08"}
    assert all(load_cameo()[code].type == "CONCEDE" for code in moved)


def test_every_code_and_mode_of_the_lexicon_of_events_is_in_the_tables_under_its_type() -> None:
    lexicon = EventLexicon.load()
    groups = {id(p.group): p.group for found in (*lexicon.verbs.values(), *lexicon.nouns.values()) for p in found}.values()
    assert len(groups) > 80
    for group in groups:
        assert (group.type, group.mode or "") in load_modes(), group
        if group.cameo is not None:
            assert load_cameo()[group.cameo].may_stand_for(group.type, group.mode), group


@pytest.mark.parametrize(
    ("event_type", "mode", "cameo", "problem"),
    [
        ("AID", "visit", None, "'visit' is no mode of AID"),
        ("AID", None, "190", "'190' is no CAMEO code of AID"),
        ("AID", None, "9999", "'9999' is no CAMEO code of AID"),
        ("COERCE", "arrest", "174", r"'174' is no CAMEO code of COERCE \(arrest\)"),
    ],
)
def test_codes_that_do_not_go_together_are_refused(
    event_type: EventType, mode: str | None, cameo: str | None, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        check_codes(event_type, mode, cameo)


def test_a_lexicon_of_events_with_a_code_of_another_type_is_refused_by_name(tmp_path: Path) -> None:
    text = find_resource("ontology/lexicons/events.toml").read_text("utf-8")
    path = tmp_path / "events.toml"
    path.write_text(text.replace('cameo = "072"', 'cameo = "190"'), "utf-8")
    with pytest.raises(ResourceInvalidError, match="'190' is no CAMEO code of AID"):
        EventLexicon.load(path)


def test_a_code_that_is_none_has_no_value_on_goldsteins_scale() -> None:
    assert find_goldstein("193") == -10.0
    assert find_goldstein(None) is None
    assert find_goldstein("999") is None
    assert find_cameo("x") is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "first line"),
        (HEAD + "04,consults,TALK,1,1.0,,,\n", "'TALK' is no PLOVER type"),
        (HEAD + "04,consults,CONSULT,5,1.0,,,\n", "quad class"),
        (HEAD + "04,consults,CONSULT,1,much,,,\n", "line 2"),
        (HEAD + "04,consults,CONSULT,1,1.0,,,MEET/visit\n", "'MEET' is no PLOVER type"),
        (HEAD + '04,"consults', "cannot be read"),
    ],
)
def test_a_malformed_table_of_cameo_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "cameo.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ResourceInvalidError, match=problem) as caught:
        read_cameo(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "first line"),
        (MODES_HEAD + "TALK,,1,,x\n", "'TALK' is no PLOVER type"),
        (MODES_HEAD + "AID,,much,,x\n", "line 2"),
        (MODES_HEAD + "AID,,1\n", "line 2"),
        (MODES_HEAD + "AID,,1,070,x\n", "has no row of AGREE"),
    ],
)
def test_a_malformed_table_of_modes_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "modes.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ResourceInvalidError, match=problem):
        read_modes(path)


def _read_conversion(path: Path) -> dict[str, str]:
    found = {}
    for line in path.read_text("utf-8").splitlines():
        code, separator, rest = line.partition(":")
        if separator and code.strip().isdecimal() and len(code.strip()) > 2:
            found[code.strip()] = rest.split(",")[0].strip()
    return found


def test_every_code_of_the_published_conversion_has_its_type() -> None:
    path = Path(__file__).parents[3] / "shared" / "corpora" / "plover" / "CAMEO2PLOVER-2021.txt"
    if not path.exists():
        pytest.skip("the conversion table of PLOVER is not on this machine")
    published = _read_conversion(path)
    assert len(published) > 250
    with find_resource("ontology/schemes/cameo.csv").open(encoding="utf-8", newline="") as stream:
        ours = {row["code"]: row["type"] for row in csv.DictReader(stream)}
    assert {code: (ours.get(code), kind) for code, kind in published.items() if ours.get(code) != kind} == {}
