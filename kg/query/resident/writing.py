"""An engine's result in the format that a client gets, written by the engine itself and never beyond the limits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from kg.errors import ExportFormatError, ResultTooLargeError
from kg.query.graph_formats import to_sound_xml, write_triples
from kg.query.results import TABLE_FORMATS, Result
from kg.store.terms import QueryBoolean, QuerySolutions, QueryTriples


class Limits(NamedTuple):
    """The most rows or triples, and bytes, of one answer; None for no limit."""

    rows: int | None = None
    response_bytes: int | None = None


class Written(NamedTuple):
    """An answer as bytes, and which of the formats it has."""

    form: str
    body: bytes


def write_found(
    found: QuerySolutions | QueryBoolean | QueryTriples, forms: Mapping[str, str | None], limits: Limits
) -> Written | None:
    """Return a result in the format that its kind has in `forms`.

    Args:
        found: the engine's lazy result; it is used up.
        forms: a format for each of `table`, `answer` and `triples`, or None where the client takes none.
        limits: of rows and bytes.

    Returns:
        None where the client takes no format of this kind.

    Raises:
        ResultTooLargeError: it has more rows or bytes than the limits.
        ExportFormatError: the format cannot hold this result.
    """
    kind = "answer" if isinstance(found, QueryBoolean) else "triples" if isinstance(found, QueryTriples) else "table"
    form = forms[kind]
    if form is None:
        return None
    if isinstance(found, QueryBoolean):
        return Written(form, Result(answer=bool(found)).serialize(form))
    if isinstance(found, QueryTriples):
        triples = tuple(islice(found, None if limits.rows is None else limits.rows + 1))
        check_rows(len(triples), limits)
        body = write_triples(triples, form)
        check_bytes(len(body), limits)
        return Written(form, body)
    return Written(form, _write_table(found, form, limits))


def check_rows(count: int, limits: Limits) -> None:
    """Raise `ResultTooLargeError` where a result has more rows than allowed."""
    if limits.rows is not None and count > limits.rows:
        raise ResultTooLargeError(f"{limits.rows:,} rows")


def check_bytes(count: int, limits: Limits) -> None:
    """Raise `ResultTooLargeError` where an answer has more bytes than allowed."""
    if limits.response_bytes is not None and count > limits.response_bytes:
        raise ResultTooLargeError(f"{limits.response_bytes:,} bytes")


class _Bounded(io.BytesIO):
    """Ends the engine's writing at the limit of bytes."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        check_bytes(self.tell() + len(data), self._limits)
        return super().write(data)


def _write_table(found: QuerySolutions, form: str, limits: Limits) -> bytes:
    if form not in TABLE_FORMATS:
        raise ExportFormatError(f"{form!r}: rows are written as {', '.join(TABLE_FORMATS)}; choose one of these")
    target = _Bounded(limits)
    found.serialize(target, format=TABLE_FORMATS[form])
    body = target.getvalue()
    if limits.rows is not None and _count_at_most(body, form) > limits.rows:
        check_rows(_count(body, form), limits)
    return to_sound_xml(body) if form == "xml" else body


def _count_at_most(body: bytes, form: str) -> int:
    """Return a number that is no less than that of the rows: reading them in Python would take longer than writing them."""
    return body.count({"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}[form]) + (form == "json")


def _count(body: bytes, form: str) -> int:
    """Return the number of rows; texts may hold what `_count_at_most` takes for the end of a row."""
    if form == "json":
        return len(json.loads(body)["results"]["bindings"])
    if form == "csv":
        return sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1
    return _count_at_most(body, form) - (form == "tsv")
