"""Where events take place, on sentences of our own."""

from __future__ import annotations

from functools import cache

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.model.document import Document
from kg.model.span import quote_spans
from kg.resolve.registry import read_registry
from kg.settings import Settings


@cache
def _tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def _find_places(text: str) -> dict[str, str | None]:
    """Return the name of the place of each event, by its trigger."""
    annotator, extractor = _tools()
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text)
    extraction = extractor.extract(annotator.annotate(document))
    names = {mention.id: mention.name for mention in extraction.mentions}
    return {quote_spans(text, e.trigger): None if e.place is None else names[e.place] for e in extraction.events}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Norland arrested three Vostian sailors in Varna.", "arrested", "Varna"),
        ("In Varna, Norland arrested three Vostian sailors.", "arrested", "Varna"),
        ("Norland attacked Vostian troops near the border town of Pokrovsk.", "attacked", "Pokrovsk"),
        ("Norland bombed a Vostian convoy at the airport in Geneva.", "bombed", "Geneva"),
        ("Vostia attacked a school in Kharkiv on Tuesday.", "attacked", "Kharkiv"),
        ("Norland shelled the Ukrainian city of Kharkiv on Monday.", "shelled", "Kharkiv"),
        ("Norland and Vostia held talks in Geneva on Sunday.", "held talks", "Geneva"),
        ("Germany condemned the attack by Norland in Bulgaria.", "attack", "Bulgaria"),
        ("Norland's president met Emmanuel Macron in France.", "met", "France"),
    ],
)
def test_the_place_of_an_event_is_that_of_its_clause(text: str, trigger: str, place: str) -> None:
    assert _find_places(text)[trigger] == place


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Germany condemned the attack by Norland in Bulgaria.", "condemned"),
        ("Norland arrested three Vostian sailors.", "arrested"),
        ("Norland attacked Germany.", "attacked"),
        ("Orlov said in Geneva that Norland had attacked Germany.", "attacked"),
        ("Norland imposed sanctions on Vostia in March.", "imposed sanctions"),
    ],
)
def test_an_event_has_no_place_that_its_clause_does_not_tell(text: str, trigger: str) -> None:
    assert _find_places(text)[trigger] is None
