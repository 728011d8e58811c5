"""Every named query, on a given graph, in three engines' settings: see README.md here."""

from __future__ import annotations

import re
import tomllib
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.query.binding import SUFFIX, bind_terms, find_cells
from kg.query.catalogue import NamedQuery, list_queries
from kg.query.header import Parameter
from kg.query.lexer import find_tokens
from kg.query.parameters import bind_parameters, to_term
from kg.store.terms import NamedNode, OxStore, QuerySolutions, RdfFormat

HERE = Path(__file__).parent
PREFIXES = (HERE / "graphs" / "prefixes.ttl").read_text("utf-8")
SHORT = {"https://sayso.example/document/": "doc:", "https://sayso.example/actor/": "actor:"}
QUERIES = {query.name: query for query in list_queries()}
CASES = {path.stem: tomllib.loads(path.read_text("utf-8"))["case"] for path in sorted((HERE / "cases").glob("*.toml"))}
RUNS = [pytest.param(name, case, id=f"{name}-{number}") for name, cases in CASES.items() for number, case in enumerate(cases, 1)]
CHECKS = [query for query in QUERIES.values() if query.folder == "checks"]


def read_graph(case: dict[str, Any]) -> str:
    if "trig" in case:
        return f"{PREFIXES}\n{case['trig']}"
    return (HERE / "graphs" / case["graph"]).read_text("utf-8")


@cache
def load_oxigraph(text: str) -> OxStore:
    store = OxStore()
    store.load(text.encode(), format=RdfFormat.TRIG)
    return store


@cache
def load_rdflib(text: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib's own parser uses what rdflib deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=text, format="trig")
    return dataset


def shorten(value: str) -> str:
    for long, short in SHORT.items():
        if value.startswith(long):
            return short + value.removeprefix(long)
    return value


def ask_oxigraph(text: str, graph: str, *, is_union: bool) -> tuple[list[str], list[list[str]]]:
    found = load_oxigraph(graph).query(text, use_default_graph_as_union=is_union)
    assert isinstance(found, QuerySolutions)
    columns = [variable.value for variable in found.variables]
    return columns, [
        ["" if term is None else shorten(term.value) for term in (row[i] for i in range(len(columns)))] for row in found
    ]


def ask_rdflib(text: str, graph: str) -> tuple[list[str], list[list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = load_rdflib(graph).query(text)
        rows = list(found)
    assert found.vars is not None
    return [str(name) for name in found.vars], [["" if term is None else shorten(str(term)) for term in row] for row in rows]


def list_terms(graph: str, parameter: Parameter) -> list[NamedNode]:
    """Return what a parameter could be on this graph, in order."""
    folder = "/actor/" if parameter.type == "actor" else f"/scheme/{parameter.scheme}/"
    objects = {quad.object for quad in load_oxigraph(graph)}
    return sorted((term for term in objects if isinstance(term, NamedNode) and folder in term.value), key=str)


def pick(columns: list[str], rows: list[list[str]], case: dict[str, Any]) -> list[list[str]]:
    shown = case.get("columns") or [column for column in columns if not column.endswith("_iri")]
    places = [columns.index(column) for column in shown]
    return [[row[place] for place in places] for row in rows]


def bind(name: str, case: dict[str, Any], graph: str) -> str:
    return bind_parameters(load_oxigraph(graph), QUERIES[name], case.get("params", {}))


def test_every_query_has_expected_rows_on_a_given_graph() -> None:
    assert QUERIES
    assert sorted(CASES) == sorted(QUERIES)
    for name, cases in CASES.items():
        assert cases, name
        for case in cases:
            assert case["why"].strip(), name
            assert ("graph" in case) != ("trig" in case), name
        assert any(case["rows"] for case in cases), f"{name}: no case expects a row, so any query would pass"


@pytest.mark.parametrize(("name", "case"), RUNS)
def test_a_query_gives_the_expected_rows_in_order(name: str, case: dict[str, Any]) -> None:
    graph = read_graph(case)
    columns, rows = ask_oxigraph(bind(name, case, graph), graph, is_union=False)
    assert pick(columns, rows, case) == case["rows"]


@pytest.mark.parametrize(("name", "case"), RUNS)
def test_a_query_gives_the_same_rows_where_the_default_graph_is_the_union(name: str, case: dict[str, Any]) -> None:
    graph = read_graph(case)
    text = bind(name, case, graph)
    assert ask_oxigraph(text, graph, is_union=True) == ask_oxigraph(text, graph, is_union=False)


@pytest.mark.parametrize(("name", "case"), RUNS)
def test_a_query_gives_the_same_rows_in_rdflib(name: str, case: dict[str, Any]) -> None:
    graph = read_graph(case)
    text = bind(name, case, graph)
    columns, rows = ask_rdflib(text, graph)
    expected_columns, expected = ask_oxigraph(text, graph, is_union=False)
    assert columns == expected_columns
    # Engines order IRIs, numbers and unbound cells in their own ways; which rows there are is the same.
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize("query", [query for query in QUERIES.values() if "  #? " in query.text], ids=lambda query: query.name)
def test_looking_parameters_up_leaves_the_rows_as_they_are(query: NamedQuery) -> None:
    plain = query.text.replace("  #? ", "  # ")
    params = query.header.params
    looked_up = re.findall(r"  #\? (\w+):", query.text)
    for graph in sorted({read_graph(case) for case in CASES[query.name]}):
        found: dict[str, NamedNode] = {}
        for name in looked_up:
            for term in list_terms(graph, params[name]):
                for given in ({name: term}, {**found, name: term}):
                    rows = ask_oxigraph(bind_terms(query.text, list(params), given), graph, is_union=False)
                    assert rows == ask_oxigraph(bind_terms(plain, list(params), given), graph, is_union=False)
                if rows[1]:
                    found.setdefault(name, term)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_a_query_returns_the_columns_of_its_header(query: NamedQuery) -> None:
    columns, _ = ask_oxigraph(query.text, PREFIXES, is_union=False)
    assert tuple(columns) == query.header.columns


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_the_text_holds_the_defaults_of_its_header(query: NamedQuery) -> None:
    params = query.header.params
    cells = find_cells(query.text, list(params), str(query.path))
    empty = OxStore()
    for cell, (name, parameter) in zip(cells, params.items(), strict=True):
        if parameter.default is None:
            assert cell.text.upper() == "UNDEF", name
        else:
            engine = empty.query(f"SELECT (({cell.text}) AS ?x) {{}}")
            assert isinstance(engine, QuerySolutions)
            assert next(engine)[0] == to_term(empty, name, parameter, str(parameter.default))


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_a_query_orders_its_rows_by_every_column(query: NamedQuery) -> None:
    order = query.text[query.text.rindex("ORDER BY") :]
    ordered = {token.text.removeprefix("?") for token in find_tokens(order) if token.kind == "variable"}
    assert ordered >= set(query.header.columns)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_triple_pattern_stands_in_a_named_graph(query: NamedQuery) -> None:
    """A filter that lost its GRAPH would see nothing in one engine and everything in another."""
    outside = re.compile(r"^  (?:OPTIONAL \{ )?\?\w+ (?:a|\w+:\w+) ", re.MULTILINE)
    assert not outside.search(query.text)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_parameter_variable_is_used(query: NamedQuery) -> None:
    tokens = [token.text for token in find_tokens(query.text)]
    for name in query.header.params:
        assert tokens.count(f"?{name}{SUFFIX}") > 1, name


@pytest.mark.parametrize("query", CHECKS, ids=lambda query: query.name)
def test_a_check_finds_nothing_in_a_sound_graph(query: NamedQuery) -> None:
    graph = (HERE / "graphs" / "newsroom.trig").read_text("utf-8")
    assert ask_oxigraph(query.text, graph, is_union=False)[1] == []


@pytest.mark.parametrize("query", CHECKS, ids=lambda query: query.name)
def test_a_check_finds_nothing_in_an_empty_store(query: NamedQuery) -> None:
    assert ask_oxigraph(query.text, PREFIXES, is_union=False)[1] == []
