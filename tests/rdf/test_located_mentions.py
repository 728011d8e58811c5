"""What a document's graph says of the cities that its mentions mean."""

from __future__ import annotations

import pytest

from kg.model.actor import Actor
from kg.model.annotation import Annotation, Extraction, Link, Resolution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.rdf.annotation import to_quads
from kg.rdf.namespaces import GEONAMES_ID, LOCATED_IN
from kg.rdf.terms import Iri

_STATE = "https://sayso.example/actor/state/ua"


def _find_locations(geonames: int | None, country: str | None) -> list[tuple[Iri, str]]:
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text="In Kharkiv.")
    mention = Mention(id="m1", spans=(Span(3, 10),), text="Kharkiv", name="Kharkiv", type="Place", kind="name", by="test")
    actor = Actor(iri="urn:kharkiv", type="Place", label="Kharkiv", geonames=geonames, country=country)
    link = Link(mention="m1", actor=actor.iri, confidence=1.0, by="new")
    annotation = Annotation(
        document=document,
        extraction=Extraction(mentions=(mention,)),
        resolution=Resolution(links=(link,), actors=(actor,)),
    )
    quads = to_quads(annotation, extractor_version="1", canonical={})
    return sorted((quad.predicate, quad.object.value) for quad in quads if quad.predicate in {GEONAMES_ID, LOCATED_IN})


def test_a_mention_of_a_located_city_has_its_id_and_its_state() -> None:
    assert _find_locations(706483, _STATE) == sorted([(GEONAMES_ID, "706483"), (LOCATED_IN, _STATE)])


@pytest.mark.parametrize("country", [None, _STATE])
def test_a_mention_of_a_place_that_is_not_located_has_neither(country: str | None) -> None:
    assert _find_locations(None, country) == []
