"""Each attribution has one outcome, one value for each phenomenon, and one bin."""

from __future__ import annotations

import pytest

from tests.scores.attribution_errors import (
    Scored,
    compute_calibration_error,
    describe_boundaries,
    describe_extent,
    describe_sources,
    fill_bins,
    name_outcomes,
    pair_up,
    tabulate_rules,
    tabulate_traits,
    to_table,
)
from tests.scores.attribution_traits import Reading, Traits, Word, find_traits, join_ranges
from tests.scores.polnear import Relation

OUTCOMES = ("right", "source wrong", "content wrong", "missed")


def relate(content: range, source: range = range(0)) -> Relation:
    return Relation(frozenset(source), frozenset(), frozenset(content))


def test_every_attribution_has_exactly_one_outcome() -> None:
    holm, lind = range(4), range(50, 54)
    gold = [relate(range(10, 20), holm), relate(range(20, 30), holm), relate(range(30, 40), holm), relate(range(60, 70), holm)]
    predicted = [
        relate(range(10, 20), holm),
        relate(range(20, 30), lind),
        relate(range(38, 48), holm),
        relate(range(80, 90), holm),
    ]
    found, missing = name_outcomes(pair_up(predicted, gold))
    assert found == {0: "right", 1: "source wrong", 2: "content wrong", 3: "spurious"}
    assert missing == {0: "right", 1: "source wrong", 2: "content wrong", 3: "missed"}


def test_a_second_prediction_of_one_content_is_spurious() -> None:
    found, _ = name_outcomes(pair_up([relate(range(10)), relate(range(10))], [relate(range(10))]))
    assert found == {0: "right", 1: "spurious"}


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        (range(10), range(10), []),
        (range(12), range(10), ["ends too late"]),
        (range(8), range(10), ["ends too early"]),
        (range(3, 10), range(10), ["begins too late"]),
        (range(5, 10), range(6, 9), ["begins too early", "ends too late"]),
    ],
)
def test_boundaries_are_named_by_the_end_that_is_wrong(predicted: range, gold: range, expected: list[str]) -> None:
    assert describe_boundaries(frozenset(predicted), frozenset(gold)) == expected


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        (range(10), range(10), "exact"),
        (range(12), range(10), "too long"),
        (range(3, 10), range(10), "too short"),
        (range(3, 12), range(10), "too long and too short"),
    ],
)
def test_contents_that_differ_are_too_long_or_too_short_or_both(predicted: range, gold: range, expected: str) -> None:
    assert describe_extent(frozenset(predicted), frozenset(gold)) == expected


def test_a_difference_within_is_named_where_the_ends_agree() -> None:
    whole, broken = frozenset(range(10)), frozenset({0, 1, 8, 9})
    assert describe_boundaries(whole, broken) == ["holds what stands between"]
    assert describe_boundaries(broken, whole) == ["leaves out what stands between"]


def test_wrong_sources_are_named_by_which_side_has_one() -> None:
    some, other, none = frozenset({1}), frozenset({2}), frozenset[int]()
    assert describe_sources(some, none) == "one is given where there is none"
    assert describe_sources(none, some) == "none is given"
    assert describe_sources(some, other) == "another one is given"


TEXT = "Holm said roads close. It was, “so to speak”, the claim by her. According to town maps all is well."
PIECES = "Holm said roads close . It was , “ so to speak ” , the claim by her . According to town maps all is well ."
PARTS = (
    "PROPN VERB NOUN VERB PUNCT PRON AUX PUNCT PUNCT ADV PART VERB PUNCT PUNCT DET NOUN ADP PRON PUNCT "
    "VERB ADP NOUN NOUN PRON AUX ADV PUNCT"
)


def read() -> Reading:
    words, at = [], 0
    for piece, part in zip(PIECES.split(), PARTS.split(), strict=True):
        begin = TEXT.index(piece, at)
        at = begin + len(piece)
        words.append(Word(begin, at, part))
    sentences = [TEXT.index(start) for start in ("Holm", "It", "According")]
    return Reading(TEXT, words, sentences, [(TEXT.index("“"), TEXT.index("”") + 1)])


def trace(source: str = "", cue: str = "", *content: str) -> Traits:
    roles = {
        role: [(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts if part]
        for role, parts in (("source", [source]), ("cue", [cue]), ("content", content))
    }
    return find_traits(read(), roles)


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "verb"),
        ("the claim", "noun without a verb"),
        ("According to", "according to"),
        (",", "neither verb nor noun"),
        ("", "none"),
    ],
)
def test_a_cue_is_named_by_its_words(cue: str, expected: str) -> None:
    assert trace("Holm", cue, "roads close").cue == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Holm", "with a name"), ("her", "pronoun"), ("town maps", "description"), ("", "none")],
)
def test_a_source_is_named_by_its_words(source: str, expected: str) -> None:
    assert trace(source, "said", "roads close").source == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [("roads close", "indirect"), ("“so to speak”", "direct"), ("It was, “so to speak”", "mixed")],
)
def test_speech_is_told_by_the_share_between_marks(content: str, expected: str) -> None:
    assert trace("Holm", "said", content).speech == expected


def test_a_content_is_measured_in_words_without_punctuation() -> None:
    assert trace("", "", "roads close.").content_length == "1-2 words"
    assert trace("", "", "“so to speak”, the claim").content_length == "3-5 words"
    assert trace("", "", TEXT).content_length == "16-30 words"


def test_a_content_that_reaches_into_the_next_sentence_is_over_several() -> None:
    assert trace("", "", "roads close.").content_sentences == "in one sentence"
    assert trace("", "", "roads close. It").content_sentences == "over several sentences"
    assert trace("", "", "roads close", "all is well").content_sentences == "over several sentences"


def test_pieces_that_only_white_space_parts_are_one_piece() -> None:
    assert join_ranges("ab \n cd", [(0, 2), (5, 7)]) == [(0, 7)]
    assert trace("", "", "roads close.", "It").content_shape == "in one piece"
    assert trace("", "", "roads close", "the claim").content_shape == "in several pieces"


def score(outcome: str, by: str = "rule:x", **traits: str) -> Scored:
    usual = Traits("verb", "indirect", "1-2 words", "in one sentence", "in one piece", "none")
    return Scored(usual._replace(**traits), outcome, by)


def test_a_value_has_one_row_with_the_number_of_each_outcome() -> None:
    rows = tabulate_traits([score("right"), score("missed"), score("right", cue="none")], OUTCOMES)
    assert rows[:2] == [("cue", "none", 1, 1, 0, 0, 0, 100.0), ("cue", "verb", 2, 1, 0, 0, 1, 50.0)]
    assert [row[0] for row in rows[2:]] == ["speech", "content length", "content sentences", "content shape", "source"]


def test_values_with_a_number_are_in_its_order() -> None:
    lengths = ("over 30 words", "16-30 words", "3-5 words")
    rows = tabulate_traits([score("right", content_length=length) for length in lengths], OUTCOMES)
    assert [row[1] for row in rows if row[0] == "content length"] == ["3-5 words", "16-30 words", "over 30 words"]


def test_rules_are_listed_by_how_often_they_found_something() -> None:
    rows = tabulate_rules([score("right", "a"), score("missed", "b"), score("right", "b")], OUTCOMES)
    assert rows == [("b", 2, 1, 0, 0, 1, 50.0), ("a", 1, 1, 0, 0, 0, 100.0)]


def test_bins_are_of_equal_size_in_order_of_confidence() -> None:
    bins = fill_bins([(at / 100, at >= 50) for at in range(100)], 4)
    assert [item.size for item in bins] == [25] * 4
    assert [item.share for item in bins] == [0.0, 0.0, 1.0, 1.0]
    assert bins[0].confidence == pytest.approx(0.12)


def test_equal_confidences_share_a_bin_in_whatever_order_they_come() -> None:
    outcomes = [(0.5, True), (0.5, False), (0.9, True), (0.5, True)]
    assert fill_bins(outcomes, 4) == fill_bins(outcomes[::-1], 4)
    assert [(item.size, item.confidence) for item in fill_bins(outcomes, 4)] == [(3, 0.5), (1, 0.9)]


def test_every_prediction_is_in_one_bin() -> None:
    outcomes = [(at % 7 / 7, at % 3 == 0) for at in range(53)]
    assert sum(item.size for item in fill_bins(outcomes)) == 53
    assert fill_bins([]) == []


def test_the_calibration_error_is_the_mean_distance_by_size() -> None:
    bins = fill_bins([(0.9, True), (0.9, False), (0.9, True), (0.2, False)], 2)
    assert compute_calibration_error(bins) == pytest.approx((3 * abs(0.9 - 2 / 3) + 1 * 0.2) / 4)
    assert compute_calibration_error([]) == 0.0


def test_a_table_has_a_cell_for_each_column() -> None:
    table = to_table("Sources", ("value", "number"), [("none", 3)])
    assert table.splitlines() == ["## Sources", "", "| value | number |", "|---|---|", "| none | 3 |", ""]
