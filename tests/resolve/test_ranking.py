"""What tells persons apart for a ranker, and the ranker, on marked texts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.model.mention import Mention
from kg.resolve.ranker import LinearRanker, read_ranker
from kg.resolve.ranking import Features
from kg.resolve.registry import read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build, to_labels

_BASE = "https://sayso.example/"
_TEXT = (
    "{Bo Quist|Person male subject} met {Edo Varga|Person male} and {Ada Reyes|Person female}. "
    "{He|Person male pronoun subject} left."
)


class _Recorder:
    """Keeps what it is asked, and prefers who is named first in order of IRI."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Features]] = []

    def rank(self, _pronoun: Mention, persons: Mapping[str, Features]) -> dict[str, float]:
        self.asked.append(persons)
        return {actor: -float(place) for place, actor in enumerate(sorted(persons))}


def _ask(marked: str) -> tuple[Mapping[str, Features], list[str]]:
    recorder = _Recorder()
    resolution = Resolver(read_registry(_BASE), _BASE, recorder).resolve(*build(marked))
    labels = {actor.iri: actor.label for actor in resolution.actors}
    (persons,) = recorder.asked
    return {labels[actor]: features for actor, features in persons.items()}, to_labels(resolution)


def test_whom_the_gender_excludes_is_not_ranked_and_the_ranker_decides() -> None:
    persons, labels = _ask(_TEXT)
    assert set(persons) == {"Bo Quist", "Edo Varga"}
    assert labels[-1] == "Bo Quist"


def test_the_subject_in_front_the_nearest_and_the_first_have_features_of_their_own() -> None:
    persons, _ = _ask(_TEXT)
    assert "last subject 1 for subject" in persons["Bo Quist"]
    assert "last subject 1 for subject" not in persons["Edo Varga"]
    assert persons["Edo Varga"]["rank"] < persons["Bo Quist"]["rank"]
    assert "first" in persons["Bo Quist"]
    assert "first" not in persons["Edo Varga"]


def test_mentions_in_quotations_do_not_count_for_a_pronoun_outside_of_them() -> None:
    marked = "{Bo Quist|Person male} came. “{Bo Quist|Person male quoted} left.” {He|Person male pronoun subject} slept."
    persons, _ = _ask(marked)
    assert persons["Bo Quist"]["rank"] > 0


def test_a_feature_without_a_weight_tells_nothing() -> None:
    _, extraction = build(_TEXT)
    ranked = LinearRanker({"rank": -2.0}).rank(extraction.mentions[-1], {"a": {"rank": 1.5, "first": 1}, "b": {}})
    assert ranked == {"a": -3.0, "b": 0.0}


def test_nobody_is_ranked_where_nobody_can_be_meant() -> None:
    _, extraction = build(_TEXT)
    assert read_ranker().rank(extraction.mentions[-1], {}) == {}


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("{Bo Quist|Person male subject} thanked {Edo Varga|Person male}. {He|Person male pronoun subject} left.", "Bo Quist"),
        ("Letters by {Bo Quist|Person male} or {Edo Varga|Person male} came. {He|Person male pronoun subject} left.", ""),
    ],
)
def test_the_shipped_weights_prefer_a_subject_and_leave_two_joined_objects_open(marked: str, label: str) -> None:
    resolution = Resolver(read_registry(_BASE), _BASE).resolve(*build(marked))
    assert to_labels(resolution)[-1] == label
