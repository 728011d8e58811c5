"""The scores of the sample texts count what they say they count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scores.labels import find_head, is_same_label, match_items
from tests.scores.sample_comparison import Outcome, Sample, compare_sample
from tests.scores.samples import compute_figures

TEXT = "Ada Lind said Putin is stalling. Putin met Ola Berg, the minister."
ACTORS = {"m1": "Ada Lind", "m2": "Vladimir Putin", "m3": "Vladimir Putin", "m4": "Ola Berg"}


def frame(**changes: Any) -> dict[str, Any]:
    return {"frame": "stalling", "denied": False, "targets": []} | changes


def attribute(**changes: Any) -> dict[str, Any]:
    item = {
        "id": "a1", "source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 31]], "speaker": "iri:Ada Lind",
        "about": ["iri:Vladimir Putin"], "frames": ["stalling"], "framings": [frame()], "speech": "indirect",
        "cue_type": "statement", "negated_cue": False, "polarity": "affirmed", "modality": "asserted", "parent": None,
        "by": "rule:test",
    }  # fmt: skip
    return item | changes


def meet(**changes: Any) -> dict[str, Any]:
    item = {"type": "CONSULT", "trigger": [[39, 42]], "actors": ["m3"], "recipients": ["m4"], "modality": "actual"}
    return item | {"polarity": "affirmed", "by": "rule:test"} | changes


def build_sample(attributions: list[dict[str, Any]], events: list[dict[str, Any]], posts: list[dict[str, Any]]) -> Sample:
    mentions = [{"id": mention, "actor": f"iri:{label}", "label": label} for mention, label in ACTORS.items()]
    case = {
        "attribution": [
            {
                "id": "a1", "source": "Ada Lind", "cue": "said", "content": "Putin is stalling", "speech": "indirect",
                "cue_type": "statement", "speaker": "Ada Lind", "about": ["Vladimir Putin"], "frames": ["stalling"],
            }
        ],
        "event": [
            {
                "id": "e1", "type": "CONSULT", "trigger": "met", "actors": ["Vladimir Putin"], "recipients": ["Ola Berg"],
                "modality": "actual", "polarity": "affirmed",
            }
        ],
        "post": [{"person": "Ola Berg", "title": "minister", "organisation": ""}],
    }  # fmt: skip
    annotation = {"text": TEXT, "mentions": mentions, "attributions": attributions, "events": events, "posts": posts}
    return Sample("case", case, annotation)


def compare(attributions: list[dict[str, Any]], events: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    posts = [{"holder": "m4", "organisation": None, "title": "minister", "spans": [[43, 65]], "by": "post:test"}]
    return compute_figures(compare_sample(build_sample(attributions, [meet()] if events is None else events, posts)))


def test_a_perfect_annotation_has_a_hundred_percent_everywhere() -> None:
    figures = compare([attribute()])
    assert {value.get("f1", value.get("accuracy")) for value in figures.values() if isinstance(value, dict)} == {100.0}
    assert figures["stalling_missed"] == figures["stalling_false_alarms"] == []


def test_an_attribution_with_another_source_does_not_count() -> None:
    assert compare([attribute(source=[[43, 51]])])["attributions"]["f1"] == 0.0


def test_a_match_with_a_wrong_speaker_costs_accuracy_and_both_sides_of_the_question() -> None:
    figures = compare([attribute(speaker="iri:Ola Berg")])
    assert (figures["attributions"]["f1"], figures["speaker"]["accuracy"]) == (100.0, 0.0)
    assert figures["stalling_missed"] == ["Ada Lind (case)"]
    assert figures["stalling_false_alarms"] == ["Ola Berg (case)"]


@pytest.mark.parametrize(
    "changes", [{"cue_type": "denial"}, {"cue_type": "question"}, {"negated_cue": True}, {"framings": [frame(denied=True)]}]
)
def test_a_frame_that_is_denied_or_asked_after_is_not_claimed(changes: dict[str, Any]) -> None:
    assert compare([attribute(**changes)])["stalling_missed"] == ["Ada Lind (case)"]


def test_a_frame_that_is_said_of_another_is_not_claimed_of_whom_the_content_is_about() -> None:
    assert compare([attribute(framings=[frame(targets=["iri:Ola Berg"])])])["stalling_missed"] == ["Ada Lind (case)"]


def test_a_target_of_another_frame_of_the_claim_is_none_of_this_one() -> None:
    framings = [frame(targets=["iri:Ola Berg"]), frame(frame="unity", targets=["iri:Vladimir Putin"])]
    assert compare([attribute(framings=framings)])["stalling_missed"] == ["Ada Lind (case)"]


def test_frames_that_no_case_states_are_no_false_alarms() -> None:
    assert compare([attribute(frames=["stalling", "unity"])])["frames"]["f1"] == 100.0


def test_a_meeting_may_name_its_sides_in_either_order() -> None:
    assert compare([], [meet(actors=["m4"], recipients=["m3"])])["events"]["f1"] == 100.0


def test_other_events_need_the_actor_first() -> None:
    sample = build_sample([], [meet(type="ASSAULT", actors=["m4"], recipients=["m3"])], [])
    sample.case["event"][0]["type"] = "ASSAULT"
    assert compute_figures(compare_sample(sample))["events"]["f1"] == 0.0


def test_an_event_of_another_type_is_a_miss_and_a_false_alarm() -> None:
    outcomes = list(compare_sample(build_sample([], [meet(type="AGREE")], [])))
    found = [(o.gold, o.predicted) for o in outcomes if o.measure == "event_triggers"]
    assert found == [("CONSULT 'met'", None), (None, "AGREE 'met'")]


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("senior official in the ministry", "official"),
        ("gunmen linked to a group", "gunmen"),
        ("aid workers", "workers"),
        ("", ""),
    ],
)
def test_the_head_of_a_description_stands_before_what_describes_it(label: str, head: str) -> None:
    assert find_head(label) == head


def test_a_name_must_be_the_same_but_for_case() -> None:
    assert is_same_label("Ada Lind", "ADA LIND")
    assert not is_same_label("Ada Lind", "Lind")


def test_a_description_needs_its_head_word_only() -> None:
    assert is_same_label("senior official in the ministry", "official")
    assert not is_same_label("senior official in the ministry", "ministry")


def test_the_stricter_rule_takes_its_pairs_first() -> None:
    pairs = match_items(["old mill", "mill"], ["mill"], lambda a, b: a == b, lambda a, b: b in a)
    assert pairs == [(1, 0)]


def test_figures_count_misses_and_false_alarms() -> None:
    outcomes = [
        Outcome("posts", "case", "x", "x", is_right=True, group=""),
        Outcome("posts", "case", "y", None, is_right=False, group=""),
        Outcome("posts", "case", None, "z", is_right=False, group=""),
        Outcome("posts", "case", None, "w", is_right=False, group=""),
    ]
    assert compute_figures(outcomes)["posts"] == {"precision": 33.3, "recall": 50.0, "f1": 40.0}
