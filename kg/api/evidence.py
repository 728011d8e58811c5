"""The sentence behind a claim, event or role, as a notebook shows it."""

from __future__ import annotations

from kg.api.markup import make_evidence
from kg.query.evidence import Explanation


class Evidence(Explanation):
    """An `Explanation` that a notebook shows with its parts marked; `str()` of it is the sentence."""

    def __str__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        return make_evidence(self)


def to_evidence(explanation: Explanation) -> Evidence:
    """Return the same as a notebook shows it."""
    return Evidence.model_construct(**{name: getattr(explanation, name) for name in Explanation.model_fields})
