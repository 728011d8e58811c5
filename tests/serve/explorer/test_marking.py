"""Marks that overlap and nest as stretches of a text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.query.pages.marks import Mark, MarkKind, MarkPart
from kg.query.pages.texts import Passage
from kg.serve.explorer.marking import cut_passage

KINDS: dict[MarkPart, MarkKind] = {"mention": "mention", "content": "claim", "source": "claim", "trigger": "event"}


def mark(part: MarkPart, begin: int, end: int, node: str = "https://e.example/d#x1", target: str | None = None) -> Mark:
    return Mark(
        begin=begin,
        end=end,
        kind=KINDS[part],
        part=part,
        node=node,
        target=node if target is None else target,
        label=f"{part} of {node}",
    )


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[Passage, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=40))
    start = draw(st.integers(0, 9))
    spans = st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(sorted(KINDS)))
    marks = [
        mark(part, begin, begin + length, f"https://e.example/d#{part}{n}")
        for n, (begin, length, part) in enumerate(draw(st.lists(spans, max_size=8)))
    ]
    return Passage(begin=start, text=text), sorted(marks, key=lambda m: (m.begin, -m.end))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts_with_marks())
def test_the_stretches_are_the_text_however_marks_lie(case: tuple[Passage, list[Mark]]) -> None:
    passage, marks = case
    assert "".join(stretch.text for stretch in cut_passage(passage, marks)) == passage.text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts_with_marks())
def test_a_stretch_has_the_classes_of_exactly_the_marks_over_it(case: tuple[Passage, list[Mark]]) -> None:
    passage, marks = case
    position = passage.begin
    for stretch in cut_passage(passage, marks):
        over = {m.part for m in marks if m.begin <= position and m.end >= position + len(stretch.text)}
        touching = {m.part for m in marks if m.begin < position + len(stretch.text) and m.end > position}
        assert {name for name in stretch.classes.split() if not name.startswith("depth-")} == over == touching
        position += len(stretch.text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts_with_marks())
def test_every_claim_and_event_in_the_passage_has_one_handle(case: tuple[Passage, list[Mark]]) -> None:
    passage, marks = case
    inside = {m.node for m in marks if m.kind in ("claim", "event") and m.begin < passage.end and m.end > passage.begin}
    handles = [handle.node for stretch in cut_passage(passage, marks) for handle in stretch.handles]
    assert sorted(handles) == sorted(inside)


def test_the_shortest_mark_is_what_a_stretch_leads_to() -> None:
    marks = [
        mark("content", 0, 10, "https://e.example/d#a1"),
        mark("mention", 4, 6, "https://e.example/d#m1", "https://e.example/x"),
    ]
    leads = [(s.text, s.mark.target if s.mark else "") for s in cut_passage(Passage(begin=0, text="0123456789"), marks)]
    assert leads == [("0123", "https://e.example/d#a1"), ("45", "https://e.example/x"), ("6789", "https://e.example/d#a1")]


def test_a_mention_of_nobody_known_leads_to_the_claim_around_it() -> None:
    marks = [mark("content", 0, 9, "https://e.example/d#a1"), mark("mention", 3, 5, "https://e.example/d#m1", "")]
    assert {s.mark.target for s in cut_passage(Passage(begin=0, text="abcdefghi"), marks) if s.mark} == {"https://e.example/d#a1"}


def test_only_the_first_stretch_of_a_mark_is_reached_by_the_keyboard() -> None:
    marks = [
        mark("content", 0, 9, "https://e.example/d#a1"),
        mark("mention", 3, 5, "https://e.example/d#m1", "https://e.example/x"),
    ]
    assert [s.is_first for s in cut_passage(Passage(begin=0, text="abcdefghi"), marks)] == [True, True, False]


def test_claims_within_claims_are_told_apart_by_depth() -> None:
    marks = [mark("content", 0, 9, "https://e.example/d#a1"), mark("content", 2, 7, "https://e.example/d#a2")]
    classes = [stretch.classes for stretch in cut_passage(Passage(begin=0, text="abcdefghi"), marks)]
    assert classes == ["content depth-1", "content depth-2", "content depth-1"]


def test_a_passage_without_marks_is_one_stretch() -> None:
    (stretch,) = cut_passage(Passage(begin=5, text="plain"), [])
    assert (stretch.text, stretch.classes, stretch.mark, stretch.handles) == ("plain", "", None, ())
