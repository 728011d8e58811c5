"""Wordings joined to theses, and what their claims together tell."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.model.cluster import ClaimReport, Wording
from kg.model.occurrence import Origin
from kg.resolve.across_claims.blocks import find_blocks
from kg.resolve.across_claims.cluster import group_wordings
from kg.resolve.across_claims.describe import describe_thesis
from tests.resolve.across_claims.samples import BERG, KELL, NORLAND, SUDRIA, make_claim, make_vector, make_wording

SAID = make_wording("S damaged the bridge", SUDRIA)
AGAIN = make_wording("that S has damaged the bridge", SUDRIA)
DENIED = make_wording("S did not damage the bridge", SUDRIA, negated=True)
OTHER = make_wording("N closed the port", NORLAND)


def group(wordings: list[Wording]) -> set[frozenset[Wording]]:
    return {frozenset(wordings[side.wording] for side in sides) for sides in group_wordings(wordings)}


def test_nothing_gives_no_thesis() -> None:
    assert group_wordings([]) == []


def test_both_sides_are_one_thesis_and_another_matter_is_not() -> None:
    assert group([SAID, AGAIN, DENIED, OTHER]) == {frozenset({SAID, AGAIN, DENIED}), frozenset({OTHER})}


@pytest.mark.parametrize("order", list(permutations([SAID, AGAIN, DENIED, OTHER]))[::5])
def test_the_order_of_the_wordings_does_not_matter(order: tuple[Wording, ...]) -> None:
    assert group(list(order)) == group([SAID, AGAIN, DENIED, OTHER])


def test_near_vectors_of_one_actor_share_a_block() -> None:
    left = make_wording("S severed the cable", SUDRIA, vector=make_vector(*range(1, 49)))
    right = make_wording("a wire snapped", SUDRIA, vector=make_vector(*range(2, 50)))
    assert set(find_blocks(left)) & set(find_blocks(right))


def describe(*members: tuple[ClaimReport, bool], publisher: str = "") -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    origins = {
        claim.document: Origin(document=claim.document, publisher=publisher or claim.document, copy_of=claim.document)
        for claim, _ in members
    }
    thesis = describe_thesis(members, origins)
    return None if thesis is None else (thesis.affirming, thesis.denying)


def test_the_side_that_does_not_deny_by_its_words_affirms() -> None:
    denial, said = make_claim("a", DENIED, KELL), make_claim("b", SAID, BERG)
    assert describe((denial, False), (said, True)) == (("b#a1",), ("a#a1",))
    assert describe((said, False), (denial, True)) == (("b#a1",), ("a#a1",))


def test_a_single_claim_and_questions_make_no_thesis() -> None:
    asked = make_claim("b", make_wording("whether S damaged the bridge", SUDRIA, mood="ask"), KELL)
    assert describe((make_claim("a", SAID, BERG), False), (asked, False)) is None


def test_a_thesis_is_about_whom_most_of_its_claims_are_and_shown_by_its_first_one() -> None:
    early, late = make_claim("z", AGAIN, BERG, published="2026-04-01"), make_claim("a", SAID, KELL)
    origins = {name: Origin(document=name, publisher="one", copy_of=name) for name in "az"}
    thesis = describe_thesis([(late, False), (early, False)], origins)
    assert thesis is not None
    assert (thesis.exemplar, thesis.about, thesis.documents, thesis.publishers) == ("z#a1", (SUDRIA.actor,), 2, 1)
