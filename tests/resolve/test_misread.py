"""Names of persons that the recogniser took for bodies, through the resolver on marked texts."""

from __future__ import annotations

import pytest

from kg.model.annotation import Extraction, Resolution
from kg.model.document import Document
from kg.resolve.registry import read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build

_BASE = "https://sayso.example/"


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(read_registry(_BASE), _BASE)


def _as_recognised(marked: str) -> tuple[Document, Extraction]:
    """Return what the marks say, as if the recogniser had found all names."""
    document, extraction = build(marked)
    mentions = tuple(m.model_copy(update={"by": "ner"}) if m.kind == "name" else m for m in extraction.mentions)
    return document, extraction.model_copy(update={"mentions": mentions})


def _types(resolution: Resolution) -> list[str]:
    types = {actor.iri: actor.type for actor in resolution.actors}
    return [types[link.actor] if link.actor else "" for link in resolution.links]


@pytest.mark.parametrize(
    ("marked", "types"),
    [
        ("{Irena Dolny|Organisation} left.", ["Person"]),
        ("{Ms Dolny|Organisation} left.", ["Person"]),
        ("{Dolny|Place subject} left. {She|Person pronoun female subject} waved.", ["Person", "Person"]),
        ("{Ada Reyes|Person subject} came. {Reyes|Organisation subject} left.", ["Person", "Person"]),
    ],
)
def test_a_given_name_a_form_of_address_a_pronoun_or_a_full_name_tells_a_person(
    marked: str, types: list[str], resolver: Resolver
) -> None:
    assert _types(resolver.resolve(*_as_recognised(marked))) == types


@pytest.mark.parametrize(
    ("marked", "types"),
    [
        # Another person of the other gender is not meant.
        ("{Ada Reyes|Person female} saw {Dolny|Organisation subject}. {He|Person pronoun male subject} waved.",
         ["Person", "Person", "Person"]),
        # The subject in front, where the other person is none.
        ("{Dolny|Organisation subject} met {Bo Quist|Person}. {He|Person pronoun male subject} waved.",
         ["Person", "Person", "Person"]),
        ("{Dolny|Place subject} left early. {He|Person pronoun male subject} waved to {Bo Quist|Person}.",
         ["Person", "Person", "Person"]),
    ],
)  # fmt: skip
def test_a_name_is_a_persons_where_grammar_or_gender_leaves_nobody_else(
    marked: str, types: list[str], resolver: Resolver
) -> None:
    assert _types(resolver.resolve(*_as_recognised(marked))) == types


def test_what_has_people_of_its_own_is_a_body_whoever_he_is(resolver: Resolver) -> None:
    marked = (
        "{Dolny|Organisation subject} fell. {He|Person pronoun male subject} waved. "
        "{Dolny|Organisation}’s {Bo Quist|Person of=3} left."
    )
    assert _types(resolver.resolve(*_as_recognised(marked)))[0] == "Organisation"


@pytest.mark.parametrize(
    ("marked", "types"),
    [
        ("{Tolvane|Organisation subject} sank. {It|Organisation pronoun neuter subject} was old.", ["Organisation"] * 2),
        ("They met in {Dolny|Place}. {She|Person pronoun female subject} waved.", ["Place", ""]),
        ("The {Tolvane|Organisation subject} sank. {She|Person pronoun female subject} was old.", ["Organisation", ""]),
        ("{Ada Reyes|Person subject} left {Tolvane|Organisation}. {She|Person pronoun female subject} waved.",
         ["Person", "Organisation", "Person"]),
        ("{NATO|Organisation subject} met. {He|Person pronoun male subject} waved.", ["Organisation", ""]),
    ],
)  # fmt: skip
def test_a_body_stays_one_where_nothing_else_is_told(marked: str, types: list[str], resolver: Resolver) -> None:
    assert _types(resolver.resolve(*_as_recognised(marked))) == types
