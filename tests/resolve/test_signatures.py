"""Texts that are nearly one another are found by their signatures, and the earliest stays."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from kg.resolve.signatures import find_bands, find_copied, is_nearly

WORDS = 100


def make_text(*numbers: int) -> frozenset[int]:
    """Return the shingles of a text made of blocks, which texts share by their numbers."""
    return frozenset(number * WORDS + place for number in numbers for place in range(WORDS))


def find(texts: Mapping[str, frozenset[int]], **published: str) -> dict[str, str]:
    days = {name: published.get(name) for name in texts}
    return find_copied(days, {name: find_bands(text) for name, text in texts.items()}, texts.__getitem__)


def test_a_signature_is_the_same_on_every_machine() -> None:
    bands = find_bands(range(-50, 50))
    assert (len(bands), bands[0], bands[-1]) == (20, 6320248865916929798, 2600537953912163549)


def test_a_text_without_shingles_has_no_signature() -> None:
    assert find_bands(()) == ()


def test_texts_that_share_four_of_five_shingles_have_a_band_in_common() -> None:
    chance = random.Random(1)  # noqa: S311 - the same texts each time
    missed = 0
    for _ in range(500):
        one, other, both = ([chance.getrandbits(63) for _ in range(count)] for count in (20, 20, 160))
        missed += not set(find_bands(one + both)) & set(find_bands(other + both))
    assert missed == 0


def test_texts_that_share_one_shingle_in_five_seldom_have_a_band_in_common() -> None:
    chance = random.Random(2)  # noqa: S311 - the same texts each time
    met = 0
    for _ in range(200):
        one, other, both = ([chance.getrandbits(63) for _ in range(count)] for count in (80, 80, 40))
        met += bool(set(find_bands(one + both)) & set(find_bands(other + both)))
    assert met < 20


def test_four_of_five_shingles_make_two_texts_nearly_one() -> None:
    assert is_nearly(make_text(1, 2, 3, 4), make_text(1, 2, 3, 4, 5))
    assert not is_nearly(make_text(1, 2, 3), make_text(1, 2, 3, 4))


def test_the_earliest_published_stays_whatever_its_name() -> None:
    texts = {"a": make_text(1), "b": make_text(1), "c": make_text(1), "d": make_text(2)}
    assert find(texts, a="2026-03-02", b="2026-03-01", d="2026-03-01") == {"a": "b", "c": "b"}


def test_of_texts_of_one_day_that_with_the_first_name_stays() -> None:
    assert find({"b": make_text(1), "a": make_text(1)}) == {"b": "a"}


def test_what_is_like_a_copy_alone_stays() -> None:
    texts = {"a": frozenset(range(500)), "b": frozenset(range(450)), "c": frozenset(range(380))}
    assert is_nearly(texts["b"], texts["c"])
    assert not is_nearly(texts["a"], texts["c"])
    assert find(texts) == {"b": "a"}


@pytest.mark.parametrize("seed", range(3))
def test_nothing_follows_from_the_order_of_the_documents(seed: int) -> None:
    names = [f"d{number}" for number in range(12)]
    texts = {name: make_text(number % 4, 10, 11, 12, 13) for number, name in enumerate(names)}
    random.Random(seed).shuffle(names)  # noqa: S311 - the same orders each time
    assert find({name: texts[name] for name in names}) == find(texts) != {}
