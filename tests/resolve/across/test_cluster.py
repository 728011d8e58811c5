import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.identity import ActorProfile, ActorReference, Identities, Judgement
from kg.resolve.across.cluster import group_keys, identify
from kg.resolve.across.compare import Comparer, Score
from kg.resolve.across.evidence import Evidence
from kg.resolve.across.keys import find_key
from tests.benchmarks.identity import make_profiles as make_generated
from tests.benchmarks.identity import make_registered, score_pairs
from tests.resolve.across.cases import Case, find_faults, read_cases, run_case, to_profile

_CASES = list(read_cases())


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_a_reader_finds_it(case: Case) -> None:
    assert find_faults(case) == []


def test_there_are_enough_cases_and_no_two_have_one_name() -> None:
    assert len({case.name for case in _CASES}) == len(_CASES) >= 60


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_the_order_of_a_case_does_not_matter(case: Case) -> None:
    expected = run_case(case)
    for seed in range(3):
        chance = random.Random(seed)  # noqa: S311 - an order, no secret
        profiles = [profile for profile, _ in case.profiles]
        judgements = list(case.judgements)
        chance.shuffle(profiles)
        chance.shuffle(judgements)
        assert identify(profiles, case.registered, judgements) == expected


_ROWS = st.fixed_dictionaries(
    {
        "doc": st.integers(1, 5),
        "name": st.sampled_from(
            ["Anna Holt", "A. Holt", "Anna Maria Holt", "Anna Sofia Holt", "Holt", "Bo Holt", "Anna Haltt", "Bo Holt Jr."]
        ),
    },
    optional={
        "country": st.sampled_from(["no", "se"]),
        "titles": st.sampled_from([["president"], ["senator"]]),
        "gender": st.sampled_from(["male", "female"]),
        "beside": st.sampled_from([["org/a"], ["org/b", "person/c"]]),
        "date": st.sampled_from(["2010-01-01", "2024-01-01"]),
    },
)
_TABLES = st.lists(_ROWS, min_size=1, max_size=9, unique_by=lambda row: (row["doc"], row["name"]))
_REGISTERED = make_registered()


def _to_profiles(rows: Sequence[dict[str, object]]) -> list[ActorProfile]:
    return [to_profile({**row, "local": row["name"] == "Holt"}) for row in rows]


def _judge(profiles: Sequence[ActorProfile], picks: Sequence[tuple[int, int, bool, str]]) -> list[Judgement]:
    found = []
    for left, right, is_here, verdict in picks:
        one, other = profiles[left % len(profiles)], profiles[right % len(profiles)]
        sides = [ActorReference(actor=p.actor, document=p.document if is_here else None) for p in (one, other)]
        if sides[0] != sides[1]:
            found.append(Judgement(left=sides[0], right=sides[1], verdict=verdict))  # type: ignore[arg-type]
    return found


_PICKS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans(), st.sampled_from(["same", "different", "unsure"])), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(_TABLES, _PICKS, st.randoms(use_true_random=False))
def test_no_order_of_profiles_or_judgements_shows(rows: list[dict[str, object]], picks: list, chance: random.Random) -> None:
    profiles = _to_profiles(rows)
    judgements = _judge(profiles, picks)
    expected = identify(profiles, _REGISTERED, judgements)
    chance.shuffle(profiles)
    chance.shuffle(judgements)
    assert identify(profiles, _REGISTERED, judgements) == expected


@settings(max_examples=60, deadline=None)
@given(_TABLES, _PICKS)
def test_whoever_is_judged_different_is_never_one(rows: list[dict[str, object]], picks: list) -> None:
    profiles = _to_profiles(rows)
    judgements = [j for j in _judge(profiles, picks) if j.left.document and j.left.actor != j.right.actor]
    canonical = dict(identify(profiles, _REGISTERED, judgements).canonical)
    for judgement in judgements:
        sides = [(side.document or "", side.actor) for side in (judgement.left, judgement.right)]
        if judgement.verdict == "different":
            assert len({canonical.get(side, side[1]) for side in sides}) == 2


def test_no_hash_seed_shows() -> None:
    program = (
        "from tests.benchmarks.identity import make_profiles, make_registered\n"
        "from kg.resolve.across.cluster import identify\n"
        "print(identify([p for p, _ in make_profiles(40)], make_registered()).model_dump_json())\n"
    )
    root = Path(__file__).parents[3]
    printed = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_block_by_block_is_the_same_as_all_at_once() -> None:
    profiles = [profile for profile, _ in make_generated(60)]
    keys = sorted({find_key(profile) for profile in profiles})
    parts = [identify([p for p in profiles if find_key(p) == key], _REGISTERED) for key in keys]
    whole = identify(profiles, _REGISTERED)
    assert whole.canonical == tuple(sorted(row for part in parts for row in part.canonical))
    assert sorted(map(repr, whole.comparisons)) == sorted(repr(c) for part in parts for c in part.comparisons)


def test_generated_documents_come_out_right_for_the_most_part() -> None:
    profiles = list(make_generated(150))
    found = identify([profile for profile, _ in profiles], _REGISTERED)
    precision, recall = score_pairs(profiles, found)
    assert precision > 0.9
    assert recall > 0.9


def _count_comparisons(documents: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how often two actors are compared where so many documents name one person, one in three by surname alone."""
    calls = []
    original = Comparer.compare

    def compare(self: Comparer, left: Evidence, right: Evidence) -> Score:
        calls.append(1)
        return original(self, left, right)

    rows = [
        {"doc": n, "name": "Holt" if n % 3 == 0 else "Anna Holt", "country": "no" if n % 2 else "se"} for n in range(documents)
    ]
    with monkeypatch.context() as patch:
        patch.setattr(Comparer, "compare", compare)
        identify(_to_profiles(rows), _REGISTERED)
    return len(calls)


def test_the_cost_of_one_name_grows_with_its_documents_and_not_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _count_comparisons(400, monkeypatch) <= 4.2 * _count_comparisons(100, monkeypatch)


def test_nothing_gives_nothing() -> None:
    assert identify([], {}) == Identities()


def test_whoever_keeps_its_iri_is_left_out() -> None:
    profiles = [to_profile({"doc": doc, "name": "Anna Haldorsen"}) for doc in (1, 2)]
    assert identify(profiles, {}).canonical == ()


def test_a_homonym_is_named_after_its_smallest_document() -> None:
    rows = [(1, "se", "senator"), (2, "no", "goalkeeper"), (3, "se", "senator")]
    profiles = [to_profile({"doc": d, "name": "Peter Lindqvist", "country": c, "titles": [t]}) for d, c, t in rows]
    ((key, iri),) = identify(profiles, {}).canonical
    assert key == (profiles[1].document, profiles[1].actor)
    assert iri.startswith(f"{profiles[1].actor}-")


def test_a_further_document_of_a_homonym_does_not_rename_it() -> None:
    rows = [(1, "se", "senator"), (2, "no", "goalkeeper"), (3, "se", "senator"), (4, "no", "goalkeeper")]
    profiles = [to_profile({"doc": d, "name": "Peter Lindqvist", "country": c, "titles": [t]}) for d, c, t in rows]
    before = dict(identify(profiles[:3], {}).canonical)
    after = dict(identify(profiles, {}).canonical)
    assert set(before.values()) == set(after.values())


def test_a_judgement_is_kept_as_a_comparison_with_its_note() -> None:
    profiles = [to_profile({"doc": 1, "name": "Anna Haldorsen"}), to_profile({"doc": 2, "name": "Mira Tveit"})]
    sides = [ActorReference(actor=p.actor) for p in profiles]
    judgement = Judgement(left=sides[0], right=sides[1], verdict="same", note="married in May")
    (found,) = identify(profiles, {}, [judgement]).comparisons
    assert (found.by, found.verdict, found.features[0].detail) == ("judgement", "same", "married in May")


def test_taking_a_judgement_back_leaves_no_trace() -> None:
    profiles = [to_profile({"doc": d, "name": n}) for d, n in ((1, "Taras Borodensky"), (2, "Taras Borodenskiy"))]
    before = identify(profiles, {})
    sides = [ActorReference(actor=p.actor) for p in profiles]
    assert identify(profiles, {}, [Judgement(left=sides[0], right=sides[1], verdict="different")]) != before
    assert identify(profiles, {}, []) == before


def test_only_same_brings_blocks_together() -> None:
    sides = {name: ActorReference(actor=name) for name in "abcd"}
    judgements = [
        Judgement(left=sides["c"], right=sides["b"], verdict="same"),
        Judgement(left=sides["b"], right=sides["a"], verdict="same"),
        Judgement(left=sides["d"], right=sides["a"], verdict="different"),
    ]
    assert group_keys(judgements, lambda side: [f"key-{side.actor}"]) == {f"key-{name}": "key-a" for name in "abc"}
