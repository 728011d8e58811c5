from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.query.pages.nodes import Node
from kg.query.pages.texts import Passage, join_sentences

TEXT = "The first sentence stands here. A second one follows it. And a third ends the text."


def quote(begin: int, end: int) -> Node:
    return Node(f"https://e.example/d#x{begin}-{end}", {"nif:beginIndex": (str(begin),), "nif:anchorOf": (TEXT[begin:end],)})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=8))
def test_joined_sentences_are_the_text_where_it_is_known(spans: list[tuple[int, int]]) -> None:
    nodes = [quote(begin, min(len(TEXT), begin + length)) for begin, length in spans]
    passages = join_sentences(nodes)
    known = {index for begin, length in spans for index in range(begin, min(len(TEXT), begin + length))}
    assert [index for passage in passages for index in range(passage.begin, passage.end)] == sorted(known)
    assert all(TEXT[passage.begin : passage.end] == passage.text for passage in passages)


def test_what_is_apart_stays_apart() -> None:
    assert join_sentences([quote(0, 9), quote(20, 30)]) == (Passage(begin=0, text=TEXT[:9]), Passage(begin=20, text=TEXT[20:30]))


def test_what_quotes_nothing_gives_nothing() -> None:
    assert join_sentences([Node("https://e.example/d", {"rdf:type": ("Document",)})]) == ()
