from __future__ import annotations

import pytest

from kg.errors import QuerySyntaxError
from kg.query.guard import check_is_allowed, to_syntax_error
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
