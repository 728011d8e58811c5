"""How sure a proposition is to be what a reader takes from its sentence, by a logistic model of its clause.

The weights are fitted on marked sentences (`python -m training.propositions.fit`): main clauses are taken from a sentence far
more often than what hangs on their nouns, and a subject that stands far off or had to be supplied is more often wrong.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg.errors import ResourceInvalidError
from kg.extract.event_clauses import find_children
from kg.extract.proposition_clauses import Clause
from kg.extract.proposition_verbs import VERBS
from kg.extract.token_table import SUBJECTS, TokenTable
from kg.resources import find_resource

_FILE = "models/propositions/weights.json"
#: What a clause without a weight of its own starts from.
BIAS = "bias"
#: What all appositions share.
APPOSITION = (BIAS, "apposition")
_DIGITS = 3
_SPEAKERS = frozenset({"i", "we", "you", "me", "us"})
_DEEPEST = 8
#: How many of a thing are told apart; more count as so many.
_MOST = {"arguments": 3, "relation": 6, "rest": 8, "depth": 3, "distance": 5, "clauses": 7}


def describe_clause(table: TokenTable, clause: Clause, clauses: int) -> list[str]:
    """Return the features that all propositions of a clause share; `clauses` is how many its sentence has."""
    verb, first = clause.verb, clause.chain[0]
    dep = table.deps[first]
    has_own = table.has_child(first, *SUBJECTS)
    is_finite = table.tags[first] in {"VBD", "VBZ", "VBP", "MD"} or any(
        table.tags[child] in {"MD", "VBD", "VBZ", "VBP"} for child in find_children(table, first, "aux", "auxpass")
    )
    above = _find_above(table, first)
    return [
        BIAS,
        f"clause {dep}",
        f"clause {dep} {'own' if has_own else 'supplied'} subject",
        f"clause {dep} {'finite' if is_finite else 'not finite'}",
        f"below {table.deps[above[0]] if above else 'nothing'}",
        _count("depth", len(above)),
        f"object {clause.complement or 'none'}",
        _count("relation", len(clause.relation)),
        _count("arguments", len(clause.arguments)),
        _count("clauses", clauses),
        *(["copula"] if table.lemmas[verb] == "be" else []),
        *(["chain"] if clause.chain[1:] else []),
        *(["adjective"] if clause.adjective is not None else []),
    ]


def describe_parties(table: TokenTable, clause: Clause, subject: int, rest: Sequence[int]) -> list[str]:
    """Return the features of one subject and of all tokens that are object or argument."""
    distance = abs(clause.chain[0] - subject)
    return [
        f"subject {table.tags[subject]}",
        _count("distance", distance.bit_length()),
        _count("rest", (len(rest) + 1) // 2),
        *(["speaker"] if table.lowers[subject] in _SPEAKERS else []),
        *(["subject behind"] if subject > clause.chain[0] else []),
        *(["nothing said"] if not rest else []),
        *(["marks"] if any(table.words[i] in {";", ":", "--"} for i in rest) else []),
    ]


def _find_above(table: TokenTable, verb: int) -> list[int]:
    """Return the verbs that a verb stands below, the nearest first."""
    found = []
    current = verb
    for _ in range(4 * _DEEPEST):
        head = table.heads[current]
        if head == current:
            break
        current = head
        if table.kinds[current] in VERBS:
            found.append(current)
    return found


def _count(name: str, number: int) -> str:
    return f"{name} {min(number, _MOST[name])}"


class ConfidenceModel:
    """A logistic model.

    Args:
        weights: feature -> log-odds; a feature without a weight tells nothing.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)

    def rate(self, features: Iterable[str]) -> float:
        """Return the confidence, from 0 to 1 with three digits."""
        odds = sum(self._weights.get(name, 0.0) for name in features)
        return round(1 / (1 + math.exp(-odds)), _DIGITS)


@cache
def read_confidence_model() -> ConfidenceModel:
    """Return the model with the shipped weights.

    Raises:
        ResourceInvalidError: the file is missing, is no JSON, or has no object `weights` of numbers.
    """
    try:
        content = json.loads(find_resource(_FILE).read_text("utf-8"))
        return ConfidenceModel({str(name): float(weight) for name, weight in content["weights"].items()})
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceInvalidError(_FILE, f"cannot be read ({error})") from error
