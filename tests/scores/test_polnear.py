"""The matching of contents and attributions counts what it says."""

from __future__ import annotations

from pathlib import Path

from tests.scores.polnear import Relation, match_contents, match_full, read_reference


def relate(content: range, source: range = range(0)) -> Relation:
    return Relation(frozenset(source), frozenset(), frozenset(content))


def test_contents_match_from_the_least_overlap_on() -> None:
    predicted, gold = [relate(range(10))], [relate(range(5, 15))]
    assert match_contents(predicted, gold, 5 / 15) == [(0, 0)]
    assert match_contents(predicted, gold, 0.34) == []


def test_contents_match_whatever_the_sources() -> None:
    predicted, gold = [relate(range(20, 30), range(5))], [relate(range(20, 30), range(40, 45))]
    assert match_contents(predicted, gold, 0.8) == [(0, 0)]
    assert match_full(predicted, gold) == []


def test_the_most_alike_contents_match_first_and_each_only_once() -> None:
    predicted = [relate(range(10)), relate(range(8))]
    assert match_contents(predicted, [relate(range(8))], 0.3) == [(1, 0)]


def test_of_equal_overlaps_the_first_matches() -> None:
    assert match_contents([relate(range(5)), relate(range(5))], [relate(range(5))], 0.3) == [(0, 0)]


def test_contents_without_a_common_character_never_match() -> None:
    assert match_contents([relate(range(5)), relate(range(0))], [relate(range(5, 9)), relate(range(0))], 0.0) == []


def test_a_reference_joins_the_pieces_of_a_role(tmp_path: Path) -> None:
    lines = (
        "T1\tSource 0 4\tHolm",
        "T2\tCue 5 9\tsaid",
        "T3\tContent 12 17;20 24\tRoads ... shut",
        "T4\tContent 10 12\tno",
        "T5\tAttribution 5 9\tsaid",
        "E1\tAttribution:T5 Content:T3 Cue:T2 Source:T1 Content2:T4",
    )
    path = tmp_path / "town_one.ann"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert read_reference(path) == [{"source": [(0, 4)], "cue": [(5, 9)], "content": [(10, 12), (12, 17), (20, 24)]}]
