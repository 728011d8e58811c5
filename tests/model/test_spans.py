"""Spans, and the check that an extraction's spans are true of its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SpanMismatchError
from kg.model.annotation import Extraction, check_spans
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.event import Argument, Event
from kg.model.mention import Mention
from kg.model.post import Post
from kg.model.proposition import Proposition
from kg.model.span import Span, Spans, cover_spans, quote_spans

_TEXT = "Petra Holm said the road is open."
_DOCUMENT = Document(id="https://sayso.example/document/x", path="x.txt", location="x", sha256="0", text=_TEXT)
_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5).map(
    lambda pairs: tuple(Span(min(pair), max(pair)) for pair in pairs)
)


def _mention(spans: Spans, text: str) -> Mention:
    return Mention(id="m1", spans=spans, text=text, name=text, type="Person", kind="name", by="test")


def _attribution(**spans: Spans) -> Attribution:
    parts: dict[str, Spans] = {"source": (), "cue": (), "content": (), "sentences": (), **spans}
    return Attribution(id="a1", speech="indirect", confidence=1.0, by="test", **parts)


def _event(trigger: Spans, argument: Spans = ()) -> Event:
    arguments = (Argument(mention=None, spans=argument),) if argument else ()
    return Event(
        id="e1", type="AGREE", trigger=trigger, sentence=Span(0, len(_TEXT)), recipients=arguments, confidence=1.0, by="test"
    )


def test_parts_of_a_discontinuous_phrase_are_joined_by_an_ellipsis() -> None:
    assert quote_spans(_TEXT, (Span(0, 5), Span(20, 24))) == "Petra … road"
    assert quote_spans(_TEXT, ()) == ""


@given(_SPANS)
def test_the_cover_holds_every_span_and_no_smaller_one_does(spans: Spans) -> None:
    cover = cover_spans(spans)
    if not spans:
        assert cover is None
    else:
        assert cover is not None
        assert all(cover.begin <= begin and end <= cover.end for begin, end in spans)
        assert cover.begin in {begin for begin, _ in spans}
        assert cover.end in {end for _, end in spans}


def test_true_spans_pass() -> None:
    extraction = Extraction(
        mentions=(_mention((Span(0, 10),), "Petra Holm"), _mention((), "the author")),
        attributions=(_attribution(source=(Span(0, 10),), cue=(Span(11, 15),), content=(Span(16, 32),)),),
        events=(_event((Span(25, 27),), (Span(16, 24),)),),
    )
    check_spans(_DOCUMENT, extraction)


@pytest.mark.parametrize(
    "spans",
    [(Span(3, 3),), (Span(5, 3),), (Span(-1, 3),), (Span(30, 99),), (Span(5, 9), Span(0, 4)), (Span(0, 5), Span(4, 9))],
    ids=["empty", "reversed", "negative", "past the end", "unordered", "overlapping"],
)
@pytest.mark.parametrize("part", ["source", "cue", "content", "sentences"])
def test_a_wrong_span_of_an_attribution_is_a_mismatch(part: str, spans: Spans) -> None:
    with pytest.raises(SpanMismatchError, match=r"x\.txt a1"):
        check_spans(_DOCUMENT, Extraction(attributions=(_attribution(**{part: spans}),)))


def test_a_mention_whose_text_is_not_in_its_span_is_a_mismatch() -> None:
    with pytest.raises(SpanMismatchError, match="recorded 'Petra', text has 'Holm'") as caught:
        check_spans(_DOCUMENT, Extraction(mentions=(_mention((Span(6, 10),), "Petra"),)))
    assert (caught.value.begin, caught.value.end) == (6, 10)


def test_a_post_whose_text_is_not_in_its_span_is_a_mismatch() -> None:
    post = Post(id="r1", holder="m1", organisation=None, title=None, spans=(Span(0, 5),), text="Holm", confidence=1.0, by="test")
    with pytest.raises(SpanMismatchError, match="r1"):
        check_spans(_DOCUMENT, Extraction(posts=(post,)))


@pytest.mark.parametrize("event", [_event((Span(0, 99),)), _event((Span(0, 5),), (Span(9, 9),))], ids=["trigger", "argument"])
def test_a_wrong_span_of_an_event_is_a_mismatch(event: Event) -> None:
    with pytest.raises(SpanMismatchError, match="e1"):
        check_spans(_DOCUMENT, Extraction(events=(event,)))


@pytest.mark.parametrize("part", ["subject", "relation", "object"])
def test_a_wrong_span_of_a_proposition_is_a_mismatch(part: str) -> None:
    good: dict[str, Spans] = {"subject": (Span(0, 5),), "relation": (Span(11, 15),), "object": (Span(16, 24),)}
    proposition = Proposition(id="p1", confidence=1.0, **(good | {part: (Span(1, 1),)}))
    with pytest.raises(SpanMismatchError, match="p1"):
        check_spans(_DOCUMENT, Extraction(propositions=(proposition,)))
