from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryHeaderError
from kg.query.binding import bind_terms
from kg.store.terms import NamedNode, OxLiteral, OxStore, QuerySolutions

TEXT = "SELECT ?x ?y { VALUES (?a_param ?b_param) { (UNDEF 1) } BIND(?a_param AS ?x) BIND(?b_param AS ?y) }"
NAMES = ["a", "b"]


def ask(text: str) -> tuple[object, object]:
    found = OxStore().query(text)
    assert isinstance(found, QuerySolutions)
    (row,) = found
    return row["x"], row["y"]


def test_a_cell_that_is_not_given_keeps_what_the_text_holds() -> None:
    assert bind_terms(TEXT, NAMES, {}) == TEXT
    assert ask(bind_terms(TEXT, NAMES, {"a": OxLiteral("z")})) == (OxLiteral("z"), OxLiteral(1))


def test_every_cell_takes_its_own_term() -> None:
    node = NamedNode("https://e.example/it's")
    assert ask(bind_terms(TEXT, NAMES, {"b": node, "a": OxLiteral("z", language="en")})) == (OxLiteral("z", language="en"), node)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_arrives_as_the_data_that_it_is(value: str) -> None:
    assert ask(bind_terms(TEXT, NAMES, {"a": OxLiteral(value)}))[0] == OxLiteral(value)


@pytest.mark.parametrize(
    "value", ['"', "\\", '\\"', "'''", '"""', "<script>alert(1)</script>", 'x" ) } } ; DROP ALL #', "}\n#", "\x00"]
)
def test_hostile_text_arrives_as_the_data_that_it_is(value: str) -> None:
    assert ask(bind_terms(TEXT, NAMES, {"a": OxLiteral(value)})) == (OxLiteral(value), OxLiteral(1))


def test_a_block_in_a_comment_or_a_string_is_not_the_block() -> None:
    block = "VALUES (?a_param) { (UNDEF) }"
    text = f"# {block}\nSELECT ?x ?y {{ {block} BIND(?a_param AS ?x) BIND('{block}' AS ?y) }}"
    assert ask(bind_terms(text, ["a"], {"a": OxLiteral(5)})) == (OxLiteral(5), OxLiteral(block))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { }",
        "SELECT * { VALUES (?b_param ?a_param) { (UNDEF UNDEF) } }",
        "SELECT * { VALUES (?a_param ?b_param) { (UNDEF UNDEF) (UNDEF UNDEF) } }",
        "SELECT * { VALUES (?a_param ?b_param) { (UNDEF) } }",
        "SELECT * { VALUES (?a_param ?b_param) { (UNDEF UNDEF) } VALUES (?a_param ?b_param) { (UNDEF UNDEF) } }",
    ],
)
def test_a_text_whose_block_differs_from_its_header_is_refused(text: str) -> None:
    with pytest.raises(QueryHeaderError, match=r"^x\.rq: "):
        bind_terms(text, NAMES, {}, "x.rq")


LOOKED_UP = """SELECT ?x {
  VALUES (?a_param ?b_param) { (UNDEF UNDEF) }
  #? a: BIND(1 AS ?x)
  # A remark on what follows.
  #?  b:  BIND("}" AS ?y)
}"""


def test_a_parameter_that_is_given_is_looked_up_by_the_comment_that_names_it() -> None:
    bound = bind_terms(LOOKED_UP, NAMES, {"a": OxLiteral(5)})
    assert bound == LOOKED_UP.replace("UNDEF UNDEF", f"{OxLiteral(5)} UNDEF").replace("#? a:", "")


def test_what_is_not_given_is_not_looked_up() -> None:
    assert bind_terms(LOOKED_UP, NAMES, {}) == LOOKED_UP


def test_only_comments_right_behind_the_block_look_up() -> None:
    comment = "\n#? a: BIND(1 AS ?x)\n"
    block = f"VALUES (?a_param) {{ (UNDEF) }} #{comment.strip()}"
    text = f"{comment}SELECT ?x {{{comment}{block}\nBIND('''{comment}''' AS ?y){comment}}}"
    assert bind_terms(text, ["a"], {"a": OxLiteral(5)}) == text.replace("UNDEF", str(OxLiteral(5)))


def test_a_comment_that_looks_up_what_the_header_does_not_have_is_refused() -> None:
    with pytest.raises(QueryHeaderError, match=r"^x\.rq: line 3 looks up 'a'"):
        bind_terms(LOOKED_UP.replace("?a_param", "?c_param"), ["c", "b"], {}, "x.rq")
