"""What a question is answered by, whatever it asked for."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from kg.query.search import Hit

Match = Literal["filter", "post", "meaning"]
Record = dict[str, Any]

CLAIM_COLUMNS = (
    "match",
    "score",
    "speaker",
    "content",
    "cue",
    "published",
    "copies",
    "document",
    "claim",
    "sentence",
    "speaker_iri",
)


class Answers(NamedTuple):
    """The answers to a question.

    Attributes:
        queries: the SPARQL of the filters.
        columns: of the records, in order.
        records: the answers: those that pass all filters (`match` is "filter"), those said by who holds a post of the speaker
            ("post"), then those found by meaning ("meaning").
        total: how many claims or events pass the filters, copies counted: more than `records` where the limit cut them.
    """

    queries: tuple[str, ...]
    columns: tuple[str, ...]
    records: tuple[Record, ...]
    total: int


def to_claim_record(hit: Hit, match: Match) -> Record:
    """Return a claim as one flat object with `CLAIM_COLUMNS`."""
    return {"match": match, "score": hit.score, "copies": hit.copies, **hit.row.model_dump()}
