"""The scorer of propositions gives the figures that are worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.model.proposition import Proposition
from kg.model.span import Span
from tests.scores.carb import Tuple, compute_figures, main, match_tuples, read_gold, read_openie5, to_print, to_tuple, trace_curve

_GOLD = Tuple("has met with", ("The old mayor", "farmers", "in May"))


def test_a_pair_is_scored_by_the_words_that_both_have_in_the_same_part() -> None:
    # relation 2 of 2 and of 3, subject 1 of 1 and of 3, rest 2 of 3 and of 3
    pair = match_tuples(_GOLD, Tuple("met with", ("mayor", "farmers in June")))
    assert pair == pytest.approx((5 / 6, 5 / 9))


@pytest.mark.parametrize(
    "predicted",
    [
        Tuple("saw", ("The old mayor", "farmers", "in May")),
        Tuple("has met with", ("Somebody", "farmers", "in May")),
        Tuple("has met with", ("The old mayor", "bakers")),
        Tuple("has met with", ("The old mayor",)),
    ],
    ids=["relation", "subject", "rest", "no rest"],
)
def test_a_part_without_a_common_word_is_no_match(predicted: Tuple) -> None:
    assert match_tuples(_GOLD, predicted) == (0.0, 0.0)


def test_the_arguments_behind_the_subject_count_as_one() -> None:
    assert match_tuples(_GOLD, Tuple("has met with", ("The old mayor", "in May", "farmers"))) == (1.0, 1.0)


def test_words_are_compared_to_the_letter_and_each_counts_once() -> None:
    pair = match_tuples(Tuple("ate", ("the cat", "the mouse")), Tuple("ate", ("The the cat", "mouse mouse")))
    # relation 1 of 1, subject 2 of 3 predicted, rest 1 of 2 predicted and of 2 gold
    assert pair == pytest.approx((4 / 6, 4 / 5))


def test_be_counts_as_is() -> None:
    assert match_tuples(Tuple("is", ("Holm", "mayor")), Tuple("be", ("Holm", "mayor"))) == (1.0, 1.0)


def test_of_what_is_said_subject_and_rest_may_change_places() -> None:
    assert match_tuples(Tuple("said", ("Holm", "it rained")), Tuple("said", ("it rained", "Holm"))) == (1.0, 1.0)
    assert match_tuples(Tuple("saw", ("Holm", "it rained")), Tuple("saw", ("it rained", "Holm"))) == (0.0, 0.0)


def test_precision_pairs_one_to_one_and_recall_lets_a_prediction_serve_twice() -> None:
    gold = {"s": [Tuple("met", ("Holm", "Rask")), Tuple("met", ("Holm", "Rask in May"))]}
    predicted = {"s": [Tuple("met", ("Holm", "Rask in May")), Tuple("lost", ("Holm", "May"))]}
    (point,) = trace_curve(gold, predicted)
    # Precision: the pair with the second gold tuple is 1, the prediction that is left pairs with the first one at 0: 1 of 2.
    # Recall: both gold tuples are served by the first prediction.
    assert (point.precision, point.recall) == (0.5, 1.0)


def test_a_curve_has_a_point_for_each_confidence_the_lowest_first() -> None:
    gold = {"s": [Tuple("met", ("Holm", "Rask"))], "t": [Tuple("saw", ("Holm", "Rome"))]}
    predicted = {"s": [Tuple("met", ("Holm", "Rask"), 0.9), Tuple("lost", ("Holm", "Rask"), 0.2)]}
    assert [tuple(point) for point in trace_curve(gold, predicted)] == [(0.2, 0.5, 0.5), (0.9, 1.0, 0.5)]


def test_the_figures_are_those_at_the_best_confidence_and_the_area_below_the_curve() -> None:
    gold = {"s": [Tuple("met", ("Holm", "Rask"))], "t": [Tuple("saw", ("Holm", "Rome"))]}
    predicted = {"s": [Tuple("met", ("Holm", "Rask"), 0.9), Tuple("lost", ("Holm", "Rask"), 0.2)]}
    figures = compute_figures(trace_curve(gold, predicted))
    assert figures == {
        "auc": 50.0,  # from recall 0 to 0.5 at precision 1
        "precision": 100.0,
        "recall": 50.0,
        "f1": 66.7,
        "confidence": 0.9,
        "last": {"precision": 50.0, "recall": 50.0, "f1": 50.0},
    }


def test_without_predictions_all_figures_are_0() -> None:
    figures = compute_figures(trace_curve({"s": [_GOLD]}, {}))
    assert (figures["f1"], figures["auc"], figures["recall"]) == (0.0, 0.0, 0.0)


def test_gold_is_read_by_sentence_without_contexts(tmp_path: Path) -> None:
    file = tmp_path / "gold_own.tsv"
    file.write_text(
        "It rained , Holm said .\trained\tIt\tC: Holm said\nIt rained , Holm said .\tsaid \tHolm\tIt rained\n", "utf-8"
    )
    assert read_gold(tmp_path) == {"It rained , Holm said .": [Tuple("rained", ("It",)), Tuple("said", ("Holm", "It rained"))]}


def test_a_line_that_is_no_tuple_is_refused_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "gold_own.tsv"
    file.write_text("A sentence .\tis\tit\nA sentence .\tis\n", "utf-8")
    with pytest.raises(KgError, match="line 2"):
        read_gold(file)


def test_an_output_of_openie5_is_read_with_its_context_before_the_subject(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    row = (
        "0.8\tContext(Holm said,List([0, 9)))\tSimpleArgument(it,List([10, 12)))\tRelation(rained,List([13, 19)))\t"
        "SpatialArgument(in Rome,List([20, 27))); TemporalArgument(today,List([28, 33)))\tHolm said it rained in Rome today\n"
    )
    file.write_text(row, "utf-8")
    expected = Tuple("rained", ("Holm said it", "in Rome", "today"), 0.8)
    assert read_openie5(file) == {"Holm said it rained in Rome today": [expected]}


def test_a_proposition_is_written_in_the_words_of_the_sentence_and_no_relation_is_is() -> None:
    words, offsets = ["Holm", ",", "mayor", "of", "Bergen"], [Span(0, 4), Span(4, 5), Span(6, 11), Span(12, 14), Span(15, 21)]
    one = Proposition(id="p1", subject=(Span(0, 4),), relation=(), object=(Span(6, 21),), confidence=0.5)
    assert to_tuple(one, words, offsets) == Tuple("is", ("Holm", "mayor of Bergen"), 0.5)


def test_codes_of_marks_are_printed_as_marks() -> None:
    assert to_print(["``", "Go", "''", "-LRB-", "he", "-RRB-"]) == ["“", "Go", "”", "(", "he", ")"]


def test_the_program_scores_a_file_and_writes_what_it_predicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold_own.tsv").write_text("Ann Holm signed the treaty .\tsigned\tAnn Holm\tthe treaty\n", "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["--data", str(tmp_path), "--predictions", str(out)]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["items"], figures["f1"]) == (1, 100.0)
    assert json.loads(out.read_text("utf-8"))["id"] == 0


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
