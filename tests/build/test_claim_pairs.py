"""Which wordings are compared depends on the claims that are there, not on how they came and went."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.build import claims
from kg.build.reading import closing_tables
from kg.model.cluster import Wording
from kg.resolve.across_claims.blocks import find_blocks
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables, pack_claim
from kg.store.reports import ReportTables
from tests.resolve.across_claims.samples import NORLAND, SUDRIA, make_claim, make_wording

#: Wordings that a block may have here before it finds nothing: few, so that blocks often cross the line.
MOST = 3

TEXTS = tuple(
    make_wording(f"S {verb} the {thing}", party)
    for verb in ("damaged", "repaired", "opened")
    for thing in ("bridge", "harbour", "cable by the bridge")
    for party in (SUDRIA, NORLAND)
)
Pairs = dict[tuple[str, ...], tuple[float, str]]


@contextmanager
def open_tables() -> Iterator[ClaimTables]:
    with tempfile.TemporaryDirectory() as folder, AnnotationFile(Path(folder)) as kept:
        ReportTables(kept)
        yield ClaimTables(kept)


def put(tables: ClaimTables, documents: Mapping[str, Sequence[Wording]]) -> None:
    """Put what documents claim, and compare as a build does; nothing of it is grouped yet."""
    tables.replace(
        (
            name,
            [
                pack_claim(make_claim(name, one).model_copy(update={"claim": f"{name}#a{at}"}), find_blocks(one))
                for at, one in enumerate(told)
            ],
        )
        for name, told in documents.items()
    )
    tables.mark_common(MOST)
    with closing_tables():
        tables.put_pairs([pair for part in claims._list_blocks(tables) for pair in claims._compare(part)])


def list_numbers(tables: ClaimTables) -> dict[int, str]:
    return dict(tables._kept.select("SELECT id, digest FROM wording"))


def list_pairs(tables: ClaimTables) -> Pairs:
    names = list_numbers(tables)
    rows = tables._kept.select("SELECT one, other, score, relation FROM wording_pair")
    return {tuple(sorted((names[one], names[other]))): (score, relation) for one, other, score, relation in rows}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(TEXTS), max_size=4)), min_size=1, max_size=6))
def test_pairs_are_those_of_tables_made_at_once_and_who_gains_or_loses_one_is_touched(
    steps: list[tuple[str, list[Wording]]],
) -> None:
    held: dict[str, list[Wording]] = {}
    with open_tables() as tables:
        before: Pairs = {}
        for name, told in steps:
            held[name] = told
            put(tables, {name: told})
            found = list_pairs(tables)
            with open_tables() as clean:
                put(clean, held)
                assert found == list_pairs(clean)
            names = list_numbers(tables)
            touched = {names[number] for number in tables.list_touched()}
            parted = {one for pair in before.keys() - found.keys() for one in pair}
            assert parted & set(names.values()) <= touched
            # The two of a new pair are connected now, and are found from either.
            assert all(touched.intersection(pair) for pair in found.keys() - before.keys())
            tables.clear_touched()
            before = found


def test_a_block_that_has_too_many_wordings_finds_nothing_until_it_has_fewer() -> None:
    alike = [make_wording(f"S damaged the bridge {word}", SUDRIA) for word in ("today", "again", "badly", "twice")]
    with open_tables() as tables:
        put(tables, {"a": alike[:3]})
        three = list_pairs(tables)
        assert len(three) == 3
        put(tables, {"b": alike[3:]})
        four = list_pairs(tables)
        assert len(four) < 6
        put(tables, {"b": []})
        assert list_pairs(tables) == three


def test_killed_before_a_block_is_compared_again_the_next_run_does_so() -> None:
    alike = [make_wording(f"S damaged the bridge {word}", SUDRIA) for word in ("today", "again", "badly", "twice")]
    with open_tables() as tables:
        put(tables, {"a": alike[:3]})
        three = list_pairs(tables)
        put(tables, {"b": alike[3:]})
        tables.replace([("b", [])])
        tables.mark_common(MOST)
        tables.clear_touched()
        put(tables, {})
        assert list_pairs(tables) == three
        assert len(tables.list_touched()) == 3
