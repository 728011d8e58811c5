"""What a search finds, and the answers to a question in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.api.cells import Value, read_time
from kg.api.markup import escape
from kg.api.tables import Table
from kg.query.ask_answer import Answers as Found
from kg.query.ask_question import Question
from kg.query.search import Hit
from kg.query.search_index import SearchIndex

_COLUMNS = (
    "score", "speaker", "content", "cue", "published", "copies", "document", "claim", "sentence", "cue_type", "speaker_iri",
)  # fmt: skip
_TIMES = frozenset({"published", "date", "earlier", "later"})


class Answers(Table):
    """The answers to a question in plain English; see `docs/search.md`.

    Attributes:
        question: the filters that it was understood as.
        queries: the SPARQL of these filters.
        total: how many claims or events pass them; more than there are rows where the limit cut them.
    """

    def __init__(self, question: Question, found: Found, index: SearchIndex) -> None:
        rows = (_to_row(found.columns, record) for record in found.records)
        super().__init__(found.columns, rows, _tell_of_vectors(index))
        self.question = question
        self.queries = found.queries
        self.total = found.total

    @property
    def understood(self) -> str:
        """How the question was understood, on one line."""
        return self.question.describe().removeprefix("understood: ")

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.question.describe())}</p>{super()._repr_html_()}"


def make_hits(hits: Iterable[Hit], index: SearchIndex) -> Table:
    """Return what a search found, in its order, in the columns of `kg search`."""
    records = ({"score": hit.score, "copies": hit.copies, **hit.row.model_dump()} for hit in hits)
    return Table(_COLUMNS, (_to_row(_COLUMNS, record) for record in records), _tell_of_vectors(index))


def _to_row(columns: Iterable[str], record: Mapping[str, Any]) -> list[Value]:
    """Return a record's fields: times as such, nothing for an empty text."""
    return [read_time(record[name]) if name in _TIMES else None if record[name] == "" else record[name] for name in columns]


def _tell_of_vectors(index: SearchIndex) -> tuple[str, ...]:
    lacking = index.without_vector
    if not lacking:
        return ()
    return (f"{lacking} of {len(index.claims)} claims have no vector and are ranked by their words alone",)
