"""On which side of a frame a claim is, told from its parts and found in a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.query.search_filters import ClaimFilters, Polarity, find_claims
from kg.query.sides import find_side
from kg.store.terms import OxStore, RdfFormat

DENIALS = Path(__file__).parents[1] / "queries" / "graphs" / "denials.trig"


@pytest.mark.parametrize(
    ("cue_type", "is_denied", "is_unsaid", "side"),
    [
        ("statement", False, False, "affirmed"),
        ("statement", True, False, "negated"),
        ("denial", False, False, "negated"),
        ("denial", True, False, "affirmed"),
        ("belief", False, True, "negated"),
        ("belief", True, True, None),
        ("statement", False, True, None),
        ("denial", False, True, None),
        ("question", False, False, None),
    ],
)
def test_cue_and_content_together_decide(cue_type: str, is_denied: bool, is_unsaid: bool, side: Polarity | None) -> None:
    assert find_side("stalling", cue_type, is_denied=is_denied, is_unsaid=is_unsaid) == side


def test_who_denies_affirms_that_he_denies() -> None:
    assert find_side("denial", "denial", is_denied=False, is_unsaid=False) == "affirmed"


@pytest.mark.parametrize(
    ("frame", "side", "names"),
    [
        ("denial", "affirmed", {"a1", "a2"}),
        ("denial", "negated", {"a3"}),
        ("stalling", "affirmed", set()),
        ("stalling", "negated", {"a1"}),
    ],
)
def test_a_search_by_side_finds_who_denies_on_the_side_of_denial(frame: str, side: Polarity, names: set[str]) -> None:
    store = OxStore()
    store.load(DENIALS.read_bytes(), format=RdfFormat.TRIG)
    found = find_claims(store, ClaimFilters(frame=frame, polarity=side))
    assert {iri.rpartition("#")[2] for iri in found} == names
