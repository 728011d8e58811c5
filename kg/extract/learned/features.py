"""What the labeller is shown of each token beside its word pieces: the parse, quotation marks, and what the rules found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.quoted import QuotedTokens

#: Order of the columns of `TokenFeatures.columns`.
COLUMNS = ("part_of_speech", "dependency", "entity", "quotation", "rule", "nested_rule", "paragraph")
_ROLES = ("source", "cue", "content")
#: Values of the columns that do not come from the spaCy pipeline; a value's code is its position.
FIXED_VALUES: Mapping[str, tuple[str, ...]] = {
    "quotation": ("outside", "opening", "inside", "closing"),
    **{name: ("none", *(f"{mark}-{role}" for role in _ROLES for mark in "BI")) for name in ("rule", "nested_rule")},
    "paragraph": ("within", "first"),
}


class RuleReading(NamedTuple):
    """An attribution that the rules found, as sorted token indexes; `is_nested`: it stands in the content of another."""

    source: Sequence[int]
    cue: Sequence[int]
    content: Sequence[int]
    is_nested: bool


class TokenFeatures(NamedTuple):
    """The description of a text's tokens.

    Attributes:
        columns: codes, shape (tokens, len(COLUMNS)).
        rule: for each token the number of the rules' outermost attribution that it is part of, else -1.
    """

    columns: NDArray[np.int64]
    rule: NDArray[np.int64]


def describe_tokens(
    doc: Doc, quotations: Sequence[QuotedTokens], readings: Sequence[RuleReading], values: Mapping[str, Collection[str]]
) -> TokenFeatures:
    """Return the features of all tokens of a doc, white space included.

    Args:
        doc: tagged, parsed, with named entities.
        quotations: its quotations in tokens.
        readings: what the rules found, in order of text; of two that claim a token the first keeps it.
        values: for the columns of the pipeline the values that the labeller knows, in order of their codes; any other
            value has code 0.
    """
    codes = {name: {value: code for code, value in enumerate(values[name])} for name in COLUMNS[:3]}
    columns = np.zeros((len(doc), len(COLUMNS)), np.int64)
    is_first = True
    for token in doc:
        row = columns[token.i]
        row[0] = codes["part_of_speech"].get(token.pos_, 0)
        row[1] = codes["dependency"].get(token.dep_, 0)
        row[2] = codes["entity"].get(token.ent_type_, 0)
        if token.is_space:
            is_first = is_first or "\n" in token.text
        else:
            row[6], is_first = int(is_first), False
    for quoted in quotations:
        columns[quoted.begin : quoted.end, 3] = 2
        columns[quoted.begin, 3], columns[quoted.end - 1, 3] = 1, 3
    rule = np.full(len(doc), -1, np.int64)
    for number, reading in enumerate(readings):
        _mark(doc, columns[:, 5 if reading.is_nested else 4], None if reading.is_nested else rule, number, reading)
    return TokenFeatures(columns, rule)


def _mark(doc: Doc, column: NDArray[np.int64], rule: NDArray[np.int64] | None, number: int, reading: RuleReading) -> None:
    for code, tokens in zip((1, 3, 5), (reading.source, reading.cue, reading.content), strict=True):
        previous: int | None = None
        for token in tokens:
            if rule is not None and column[token] and rule[token] != number:
                continue
            is_next = previous is not None and all(doc[i].is_space for i in range(previous + 1, token))
            column[token] = code + is_next
            previous = token
            if rule is not None:
                rule[token] = number
