from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.lexer import find_tokens, locate


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in find_tokens(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<https://e.example/a#b>", "iri"),
        (r"<https://e.example/\u0041>", "iri"),
        ('"a # b"', "string"),
        (r'"a \" b"', "string"),
        ("'''it's\n\"quoted\"'''", "string"),
        ('"""a ""b"" c"""', "string"),
        ("?since_param", "variable"),
        ("$x", "variable"),
        ("kg:speaker", "name"),
        (":speaker", "name"),
        (r"kg:a\#b", "name"),
        ("kg:a.b", "name"),
        ("_:b0", "name"),
        ("@en-GB", "name"),
        ("12.5", "number"),
        ("UNDEF", "word"),
        ("{", "mark"),
    ],
)
def test_a_terminal_is_one_token(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, text)]


def test_a_comment_ends_with_its_line() -> None:
    assert kinds("ASK # { SERVICE\n{}") == [("word", "ASK"), ("mark", "{"), ("mark", "}")]


def test_a_hash_within_an_iri_or_a_string_begins_no_comment() -> None:
    assert [text for _, text in kinds("<a#b> '#' ?x")] == ["<a#b>", "'#'", "?x"]


def test_less_than_with_a_space_begins_no_iri() -> None:
    assert [text for _, text in kinds("?a < ?b && ?c > ?d")] == ["?a", "<", "?b", "&", "&", "?c", ">", "?d"]


def test_a_name_does_not_hold_the_dot_that_ends_its_triple() -> None:
    assert [text for _, text in kinds("a kg:Claim.")] == ["a", "kg:Claim", "."]


def test_a_place_is_told_by_line_and_column_from_one() -> None:
    assert [locate("ab\ncd", offset) for offset in (0, 1, 3, 4)] == [(1, 1), (1, 2), (2, 1), (2, 2)]


@given(st.text(max_size=60))
def test_tokens_are_in_order_and_stand_in_the_text(text: str) -> None:
    last = 0
    for token in find_tokens(text):
        assert token.begin >= last
        assert text[token.begin : token.end] == token.text
        last = token.end
