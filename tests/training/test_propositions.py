"""The fit of confidences finds what tells right propositions from wrong ones, and is scored on sentences it has not seen."""

from __future__ import annotations

import pytest

from kg.extract.proposition_confidence import BIAS, ConfidenceModel
from tests.scores.carb import Tuple
from training.propositions.fit import Sample, cross_validate, fit, rate_by_folds, rate_samples

_RIGHT, _WRONG = Tuple("met", ("Holm", "Rask")), Tuple("lost", ("Holm", "hope"))


def _make(number: int) -> Sample:
    """A sentence whose main clause is right and whose other clause is wrong."""
    return Sample(f"s{number}", (_RIGHT, _WRONG), ((BIAS, "main"), (BIAS, "other")), (1.0, 0.0), (_RIGHT,))


def test_what_right_propositions_share_weighs_more() -> None:
    weights = fit([_make(number) for number in range(20)])
    assert weights["main"] > 0 > weights["other"]


def test_a_feature_of_few_propositions_has_no_weight() -> None:
    samples = [_make(number) for number in range(20)]
    rare = Sample("rare", (_RIGHT,), ((BIAS, "main", "rare"),), (1.0,), (_RIGHT,))
    assert "rare" not in fit([*samples, rare])


def test_without_features_the_confidence_is_the_share_that_is_right() -> None:
    samples = [Sample(str(n), (_RIGHT,), ((BIAS,),), (0.25,), (_RIGHT,)) for n in range(8)]
    assert ConfidenceModel(fit(samples)).rate([BIAS]) == pytest.approx(0.25, abs=0.01)


def test_nothing_to_learn_from_gives_the_bias_alone() -> None:
    assert fit([]) == {BIAS: 0.0}


def test_the_weights_do_not_depend_on_the_order_of_the_sentences() -> None:
    samples = [_make(number) for number in range(20)]
    assert fit(samples) == fit(samples[::-1])


def test_each_sentence_is_rated_by_weights_of_the_others() -> None:
    samples = [_make(number) for number in range(40)]
    odd = Sample("odd", (_RIGHT, _WRONG), ((BIAS, "other"), (BIAS, "main")), (1.0, 0.0), (_RIGHT,))
    rated = rate_by_folds([*samples, odd])["odd"]
    assert rated[0].confidence < rated[1].confidence


def test_figures_by_folds_reward_the_right_order() -> None:
    assert cross_validate([_make(number) for number in range(40)])["f1"] == 100.0


def test_rating_keeps_the_words() -> None:
    (found, _) = rate_samples([_make(0)], ConfidenceModel({BIAS: 0.0}))["s0"]
    assert found == _RIGHT._replace(confidence=0.5)
