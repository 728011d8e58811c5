"""Each token is described by its parse, by quotation marks, and by what the rules found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.learned.features import COLUMNS, RuleReading, TokenFeatures, describe_tokens
from kg.extract.quoted import find_quoted_tokens
from tests.extract.parses import parse_rows

_VALUES = {
    "part_of_speech": ("", "NOUN", "PRON", "VERB"),
    "dependency": ("", "ROOT", "nsubj", "ccomp"),
    "entity": ("", "PERSON"),
}
_ROWS = """
Fenn Fenn NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
“_ “ `` PUNCT 3 punct
ships ship NNS NOUN 4 nsubj
sink_ sink VBP VERB 1 ccomp
” ” '' PUNCT 4 punct
. . . PUNCT 1 punct
"""


@pytest.fixture(scope="module")
def doc() -> Doc:
    return parse_rows(_ROWS)


def _describe(doc: Doc, readings: Sequence[RuleReading] = ()) -> TokenFeatures:
    return describe_tokens(doc, find_quoted_tokens(doc), readings, _VALUES)


def _column(features: TokenFeatures, name: str) -> list[int]:
    return [int(code) for code in features.columns[:, COLUMNS.index(name)]]


def test_a_value_has_the_code_of_its_place_and_an_unknown_one_that_of_none(doc: Doc) -> None:
    features = _describe(doc)
    assert _column(features, "part_of_speech") == [0, 3, 0, 1, 3, 0, 0]
    assert _column(features, "dependency") == [2, 1, 0, 2, 3, 0, 0]


def test_quotation_marks_open_and_close_what_is_inside(doc: Doc) -> None:
    assert _column(_describe(doc), "quotation") == [0, 0, 1, 2, 2, 3, 0]


def test_the_first_token_of_a_paragraph_is_marked() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["One", ".", "\n\n", "Two", "."], spaces=[False, False, False, False, False])
    assert _column(describe_tokens(doc, (), (), _VALUES), "paragraph") == [1, 0, 0, 1, 0]


def test_the_parts_of_a_rules_attribution_have_their_codes_and_its_number(doc: Doc) -> None:
    features = _describe(doc, [RuleReading([0], [1], [2, 3, 4, 5], is_nested=False)])
    assert _column(features, "rule") == [1, 3, 5, 6, 6, 6, 0]
    assert _column(features, "nested_rule") == [0] * 7
    assert features.rule.tolist() == [0, 0, 0, 0, 0, 0, -1]


def test_a_gap_begins_a_new_span(doc: Doc) -> None:
    features = _describe(doc, [RuleReading([], [1], [3, 5], is_nested=False)])
    assert _column(features, "rule") == [0, 3, 0, 5, 0, 5, 0]


def test_what_stands_in_a_content_has_a_column_of_its_own(doc: Doc) -> None:
    features = _describe(doc, [RuleReading([0], [1], [3, 4], is_nested=False), RuleReading([3], [4], [5], is_nested=True)])
    assert _column(features, "rule") == [1, 3, 0, 5, 6, 0, 0]
    assert _column(features, "nested_rule") == [0, 0, 0, 1, 3, 5, 0]
    assert features.rule.tolist() == [0, 0, -1, 0, 0, -1, -1]


def test_of_two_attributions_that_claim_a_token_the_first_keeps_it(doc: Doc) -> None:
    readings = [RuleReading([0], [1], [3, 4], is_nested=False), RuleReading([3], [4], [5], is_nested=False)]
    features = _describe(doc, readings)
    assert _column(features, "rule") == [1, 3, 0, 5, 6, 5, 0]
    assert features.rule.tolist() == [0, 0, -1, 0, 0, 1, -1]


def test_codes_fit_the_types_that_the_labeller_takes(doc: Doc) -> None:
    features = _describe(doc)
    assert features.columns.dtype == np.int64
    assert features.columns.shape == (len(doc), len(COLUMNS))
