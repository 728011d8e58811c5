from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.model.actor import Actor
from kg.model.annotation import Annotation
from kg.rdf import namespaces as ns
from kg.rdf.annotation import to_quads
from kg.rdf.terms import Iri, Quad, to_text

BASE = "https://sayso.example/"


@pytest.fixture(scope="session")
def lake_talks() -> Annotation:
    """An annotated document with every kind of part, some of them unresolved, negated or nested."""
    return Annotation.model_validate_json((Path(__file__).parents[1] / "rdf" / "lake_talks.json").read_bytes())


@pytest.fixture(scope="session")
def lake_quads(lake_talks: Annotation) -> tuple[Quad, ...]:
    return to_quads(lake_talks, extractor_version="0.1.0 test")


@pytest.fixture(scope="session")
def registry(lake_talks: Annotation) -> dict[str, Actor]:
    """The registered actors of the example, and an alliance > state > minister chain of its own."""
    rows = [
        *(actor for actor in lake_talks.resolution.actors if actor.is_registered),
        Actor(iri="urn:r:alliance", type="Organisation", label="Alliance", is_registered=True),
        Actor(iri="urn:r:state", type="State", label="State", iso2="ST", country="urn:r:alliance", is_registered=True),
        Actor(
            iri="urn:r:minister",
            type="Person",
            label="Ada Minister",
            aliases=("Minister",),
            country="urn:r:state",
            is_registered=True,
        ),
    ]
    return {row.iri: row for row in rows}


class Pages:
    """Makes small document graphs from mentions (actor, name, kind, class, rule) and roles (member, organisation)."""

    def make(self, iri: str, mentions: Iterable[tuple[str, ...]], roles: Iterable[tuple[str, str]] = ()) -> tuple[Quad, ...]:
        document = Iri(iri)
        quads = [
            Quad(document, ns.TYPE, ns.DOCUMENT, document),
            Quad(document, ns.PATH, to_text(f"{iri}.txt"), document),
            Quad(document, ns.SHA256, to_text("0" * 64), document),
            Quad(document, ns.EXTRACTOR_VERSION, to_text("1"), document),
        ]
        for number, (actor, name, kind, mention_class, rule) in enumerate(mentions, 1):
            mention = Iri(f"{iri}#m{number}")
            quads += [
                Quad(mention, ns.TYPE, ns.MENTION, document),
                Quad(mention, ns.REFERS_TO, Iri(actor), document),
                Quad(mention, ns.NAME, to_text(name), document),
                Quad(mention, ns.MENTION_KIND, to_text(kind), document),
                Quad(mention, ns.MENTION_TYPE, ns.ACTOR_CLASSES[mention_class], document),
                Quad(mention, ns.RESOLVED_BY, to_text(rule), document),
            ]
        for number, (member, organisation) in enumerate(roles, 1):
            role = Iri(f"{iri}#r{number}")
            quads += [
                Quad(role, ns.MEMBER, Iri(member), document),
                Quad(role, ns.ORGANIZATION, Iri(organisation), document),
            ]
        return tuple(quads)


@pytest.fixture(scope="session")
def pages() -> Pages:
    return Pages()
