"""A proposition: subject, relation, object, as the words of a clause give them."""

from __future__ import annotations

from kg.model.attribution import Modality
from kg.model.base import Frozen
from kg.model.span import Spans


class Proposition(Frozen):
    """One clause's proposition; `inside` is the id of the attribution whose content holds it."""

    id: str
    subject: Spans
    relation: Spans
    object: Spans
    negated: bool = False
    modality: Modality = "asserted"
    inside: str | None = None
    confidence: float
