from __future__ import annotations

import pytest

from kg.errors import QuerySyntaxError
from kg.query.guard import check_is_allowed, find_kind, is_repeatable, to_syntax_error
from kg.store.terms import OxStore

SERVICE = "SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s ?p "SERVICE <x> {}" }',
        "ASK { ?s ?p ?o } # SERVICE <x> { }",
        "ASK { ?service ?p <https://e.example/service> }",
        "PREFIX service: <https://e.example/> ASK { ?s service:SERVICE ?o }",
        "SELECT (COUNT(?load) AS ?drop) { ?load ?insert 'LOAD <x>; DELETE WHERE { }' }",
        "SELECT ?x { ?x ?p '''first\nSERVICE' ''' }",
    ],
)
def test_the_letters_of_a_keyword_are_allowed_as_data(text: str) -> None:
    check_is_allowed(text)
    OxStore().query(text)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {SERVICE} }}",
        f"SELECT * {{ {SERVICE.replace('SERVICE', 'sErViCe SILENT')} }}",
        f"SELECT * {{ {SERVICE.replace('SERVICE ', 'SERVICE')} }}",
        f"ASK {{ FILTER EXISTS {{ {SERVICE} }} }}",
        f"SELECT * {{ {{ SELECT ?s {{ {{ {{ {SERVICE} }} }} }} LIMIT 1 }} }}",
        f"SELECT * {{ ?s ?p ?o OPTIONAL {{ GRAPH ?g {{ {SERVICE} }} }} }}",
        f"SELECT * {{ {{ ?s ?p ?o }} UNION {{ {SERVICE} }} MINUS {{ ?s ?p ?o }} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {SERVICE} }}",
        "SELECT * { SERVICE ?any { ?s ?p ?o } }",
        f"SELECT * {{ ?a ?b 'x#' . {SERVICE} }}",
        f"SELECT * {{ ?a <https://e.example/a#b> ?c . {SERVICE} }}",
        rf"SELECT * {{ ?a <https://e.example/\u0061#b> ?c . {SERVICE} }}",
        f"PREFIX e: <https://e.example/> SELECT * {{ ?a e:b\\#c ?d . {SERVICE} }}",
        # The engine reads "less than" and a comment where an IRI could be read.
        "SELECT * { ?s ?p ?o FILTER(?a<?b)SERVICE?c#>\n{ ?x ?y ?z } }",
        "PREFIX e: <https://e.example/> SELECT * { FILTER(?a<e:b#> '''\n) SERVICE ?c { ?x ?y ?z } # '''\n }",
        "SELECT * { FILTER(?a<?b+'>'+' ) SERVICE ?c { ?x ?y ?z } ') }",
    ],
)
def test_service_is_refused_however_it_is_dressed(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_is_allowed(text)


def test_a_refusal_tells_the_line_and_column() -> None:
    with pytest.raises(QuerySyntaxError, match=r"^line 2, column 3: SERVICE is refused"):
        check_is_allowed(f"ASK {{\n  {SERVICE} }}")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:> delete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_name(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="is an update"):
        check_is_allowed(text)


@pytest.mark.parametrize("text", ["SELECT * WHERE { ?s ?p }", "SELECT ?x WHERE {\n ?s foo:a ?x }", "", "SELECT ("])
def test_an_engine_message_becomes_one_short_line_with_its_place(text: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        OxStore().query(text)
    message = str(to_syntax_error(caught.value))
    assert message.startswith("line ")
    assert "\n" not in message
    assert len(message) < 250


@pytest.mark.parametrize(
    "text", ["SELECT * { LOAD <a:a> }", "SELECT * { { INSERT DATA { <a:a> <a:a> <a:a> } } }", "ASK {} ; DROP ALL"]
)
def test_an_update_within_a_query_is_no_sparql_at_all(text: str) -> None:
    check_is_allowed(text)
    with pytest.raises(SyntaxError):
        OxStore().query(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {}", "table"),
        ("PREFIX ask: <a:ask> # describe\nselect ?construct { ?construct ask:ask 'ASK' }", "table"),
        ("BASE <a:select> ASK {}", "answer"),
        ("CONSTRUCT WHERE { { SELECT * {} } }", "triples"),
        ("DESCRIBE <a:a>", "triples"),
        ("", None),
    ],
)
def test_the_kind_of_result_is_known_before_the_query_is_run(text: str, kind: str | None) -> None:
    assert find_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "same"), [("SELECT (now() AS ?n) {}", False), ("SELECT ?now { ?now ?p 'RAND()' } # UUID()", True)]
)
def test_what_gives_something_else_each_time_is_told_by_its_function(text: str, same: bool) -> None:
    assert is_repeatable(text) is same
