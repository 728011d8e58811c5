import pytest

from kg.model.identity import Comparison
from kg.resolve.across import weights
from kg.resolve.across.compare import compare_actors
from kg.resolve.across.keys import find_key
from kg.resolve.entries import RegistryActor
from tests.resolve.across.cases import BASE, to_profile

STATES = {f"{BASE}actor/state/{code}": RegistryActor(f"state/{code}", "State", code) for code in ("no", "se")}
PEOPLE = {f"{BASE}actor/person/{name}": RegistryActor(f"person/{name}", "Person", name) for name in ("eld", "moe")}
KNOWN = {**STATES, **PEOPLE}


def compare(left: dict[str, object], right: dict[str, object]) -> Comparison:
    return compare_actors([to_profile({"doc": 1, **left})], [to_profile({"doc": 2, **right})], KNOWN)


def weigh(comparison: Comparison, name: str) -> float:
    return sum(feature.weight for feature in comparison.features if feature.name == name)


def test_the_score_is_the_sum_of_its_features() -> None:
    found = compare({"name": "Anna Holt", "country": "no"}, {"name": "Anna Holt", "country": "no"})
    assert {feature.name for feature in found.features} == {"prior", "name", "country"}
    assert found.score == pytest.approx(1 / (1 + 2.718281828 ** -sum(f.weight for f in found.features)), abs=1e-3)


def test_a_comparison_is_the_same_for_both_orders() -> None:
    one = to_profile({"doc": 1, "name": "Anna Holt", "country": "no", "beside": ["person/eld"]})
    other = to_profile({"doc": 2, "name": "Anna M. Holt", "country": "se", "beside": ["person/eld"]})
    left, right = compare_actors([one], [other], KNOWN), compare_actors([other], [one], KNOWN)
    assert (left.left, left.right, left.score, left.verdict) == (right.left, right.right, right.score, right.verdict)


@pytest.mark.parametrize(("name", "left", "right", "sign"), [
    ("country", {"country": "no"}, {"country": "no"}, 1), ("country", {"country": "no"}, {"country": "se"}, -1),
    ("country", {"country": "no"}, {}, 0), ("country", {"country": "no"}, {"beside": ["state/no"]}, 1),
    ("gender", {"gender": "male"}, {"gender": "female"}, -1), ("gender", {"gender": "male"}, {"gender": "male"}, 1),
    ("gender", {"gender": "male"}, {}, 0),
    ("post", {"titles": ["president"]}, {"titles": ["president"]}, 1),
    ("post", {"titles": ["goalkeeper"], "country": "no"}, {"titles": ["senator"], "country": "se"}, -1),
    ("post", {"titles": ["goalkeeper"], "country": "no"}, {"titles": ["senator"], "country": "no"}, 0),
    ("organisation", {"of": ["org/x"]}, {"of": ["org/x"]}, 1), ("organisation", {"of": ["org/x"]}, {"of": ["org/y"]}, -1),
    ("company", {"beside": ["person/eld"]}, {"beside": ["person/eld"]}, 1),
    ("company", {"beside": ["person/eld"]}, {"beside": ["person/moe"]}, -1), ("company", {"beside": ["person/eld"]}, {}, 0),
    ("time", {"date": "1950-01-01"}, {"date": "2020-01-01"}, -1), ("time", {"date": "2010"}, {"date": "2020-01-01T08:00:00Z"}, 0),
])  # fmt: skip
def test_a_feature_speaks_for_or_against(name: str, left: dict, right: dict, sign: int) -> None:
    weight = weigh(compare({"name": "Anna Holt", **left}, {"name": "Anna Holt", **right}), name)
    assert (weight > 0) - (weight < 0) == sign


def test_company_of_persons_tells_more_than_that_of_states() -> None:
    persons, states = (
        weigh(compare({"name": "Anna Holt", "beside": [other]}, {"name": "Anna Holt", "beside": [other]}), "company")
        for other in ("person/eld", "state/no")
    )
    assert persons > states > 0


def test_an_office_at_one_time_tells_more_than_one_at_another_time() -> None:
    office = {"name": "Anna Holt", "titles": ["president"], "country": "no"}
    near = compare({**office, "date": "2020-01-01"}, {**office, "date": "2021-01-01"})
    far = compare({**office, "date": "2000-01-01"}, {**office, "date": "2021-01-01"})
    assert weigh(near, "post") > 0 > weigh(far, "post")


def test_an_acronym_tells_more_the_longer_it_is() -> None:
    pairs = [("Andean Union", "AU"), ("Andean Rice Union", "ARU"), ("Andean Rice Farm Union", "ARFU")]
    scores = [
        compare({"name": full, "type": "Organisation"}, {"name": short, "type": "Organisation"}).score for full, short in pairs
    ]
    assert scores == sorted(set(scores))


def test_names_that_have_nothing_to_do_with_each_other_need_no_reasons() -> None:
    found = compare({"name": "Anna Holt"}, {"name": "Mira Tveit"})
    assert (found.verdict, found.features) == ("different", ())


def test_every_weight_has_a_reason() -> None:
    rows = [weights.PRIOR, weights.COMMONNESS, weights.BOTH_BARE]
    rows += [*weights.NAMES.values(), *weights.ACRONYM.values(), *weights.FEATURES.values()]
    assert all(row.reason and row.value for row in rows)


@pytest.mark.parametrize(("left", "right"), [
    ({"name": "Taras Borodensky"}, {"name": "Taras Borodenskyy"}), ({"name": "Anna Holt"}, {"name": "Holt", "local": True}),
    ({"name": "Kim Tae-gwang"}, {"name": "Kim", "local": True}),
    ({"name": "Ursel von der Linde"}, {"name": "von der Linde", "local": True}),
    ({"name": "Martin Holt Jr."}, {"name": "Martin Holt"}),
    ({"name": "RHF", "type": "Group"}, {"name": "Rapid Harbour Forces", "type": "Organisation"}),
    ({"name": "Svärdsjö", "type": "Place"}, {"name": "Svardsjo", "type": "Place"}),
])  # fmt: skip
def test_what_may_be_one_actor_shares_a_block(left: dict, right: dict) -> None:
    assert find_key(to_profile({"doc": 1, **left})) == find_key(to_profile({"doc": 2, **right}))


def test_persons_places_and_bodies_share_no_block() -> None:
    kinds = ("Person", "Place", "State", "Organisation")
    assert len({find_key(to_profile({"doc": 1, "name": "Brennick", "type": kind})) for kind in kinds}) == 4


def test_whoever_is_only_described_has_a_block_of_its_own() -> None:
    profiles = [to_profile({"doc": doc, "name": "senior official", "described": True}) for doc in (1, 2)]
    assert len({find_key(profile) for profile in profiles}) == 2
