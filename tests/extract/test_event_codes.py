"""Modes and CAMEO codes that the tables give to events which the rules or the classifier leave without one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.annotate.pipeline import Annotator
from kg.errors import ResourceInvalidError
from kg.extract.event_codes import EventCoder, read_mode_words
from kg.extract.extractor import RuleExtractor
from kg.extract.token_table import read_table
from kg.model.document import Document
from kg.model.event import Event, EventType
from kg.model.plover import load_modes
from kg.model.span import Span
from kg.resolve.registry import read_registry
from kg.settings import Settings


@cache
def tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def find_events(text: str) -> tuple[Event, ...]:
    annotator, extractor = tools()
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text)
    return extractor.extract(annotator.annotate(document)).events


@pytest.mark.parametrize(
    ("text", "event_type", "mode", "cameo"),
    [
        ("Norland called on Spain to free the two sailors.", "REQUEST", "yield", "105"),
        ("Spain demanded talks with Portugal.", "REQUEST", "meet", "106"),
        ("Peru urged Chile to send ammunition.", "REQUEST", "assist", "101"),
        ("Kenya demanded that the Ugandan minister resign.", "REQUEST", "change", "104"),
        ("Denmark refused to send weapons to Ukraine.", "REJECT", "assist", "121"),
        ("Ghana rejected a proposal by Togo for negotiations.", "REJECT", "meet", "125"),
        ("Vostia threatened to annex Norland.", "THREATEN", "territory", "1382"),
        ("Vostia threatened to bomb Norland.", "THREATEN", "violence", "138"),
        ("Italy threatened to expel the Maltese envoys.", "THREATEN", "expel", "136"),
        ("Italy threatened tariffs on Maltese wine.", "THREATEN", "restrict", "131"),
        ("Austria asked Hungary to be patient.", "REQUEST", None, "100"),
        ("Norway condemned Vostia.", "ACCUSE", "disapprove", "111"),
    ],
)
def test_what_is_asked_refused_or_threatened_gives_mode_and_code(
    text: str, event_type: str, mode: str | None, cameo: str
) -> None:
    event = next(event for event in find_events(text) if event.type == event_type)
    assert (event.mode, event.cameo) == (mode, cameo)


def make_event(event_type: EventType, cameo: str | None = None, mode: str | None = None) -> Event:
    span = Span(0, 3)
    return Event(id="e0", type=event_type, cameo=cameo, mode=mode, trigger=(span,), sentence=span, confidence=0.5, by="model:x")


def complete(event: Event) -> Event:
    annotator, _ = tools()
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text="War.")
    (done,) = EventCoder().complete(read_table(annotator.annotate(document)), (), (0,), (event,))
    return done


def test_an_event_whose_type_was_corrected_has_the_code_of_the_type() -> None:
    assert complete(make_event("AID")).cameo == "070"


def test_an_assault_without_a_mode_has_no_code_because_cameo_has_three_roots_for_it() -> None:
    assert complete(make_event("ASSAULT")).cameo is None


def test_a_code_that_says_more_than_the_type_is_kept() -> None:
    assert complete(make_event("CONSULT", "045")).cameo == "045"


def test_a_mode_that_a_word_told_is_kept() -> None:
    assert complete(make_event("THREATEN", "130", "arrest")).mode == "arrest"


def test_events_are_numbered_in_their_order() -> None:
    annotator, _ = tools()
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text="War.")
    table = read_table(annotator.annotate(document))
    done = EventCoder().complete(table, (), (0, 0), (make_event("AID"), make_event("AGREE")))
    assert [(event.id, event.type) for event in done] == [("e1", "AID"), ("e2", "AGREE")]


def test_every_mode_that_is_found_is_one_of_the_codebook() -> None:
    for kind, words in read_mode_words().items():
        assert {(kind, mode) for mode in words.values()} <= set(load_modes())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[mode]]\ntypes = ["AID"]\nmode = "visit"\nwords = []\n', "'visit' is no mode of AID"),
        ('[[mode]]\ntypes = ["AID"]\nmode = ""\nwords = []\n', "'' is no mode of AID"),
        ('[[mode]]\ntypes = ["CONSULT"]\nmode = "visit"\n', "is not a lexicon of modes"),
        ("[[mode]", "cannot be read"),
    ],
)
def test_a_malformed_lexicon_of_modes_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "modes.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ResourceInvalidError, match=problem):
        read_mode_words(path)
