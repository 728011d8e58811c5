"""Questions that named queries answer: events, changed positions, contradictions on a matter."""

from __future__ import annotations

from collections.abc import Mapping

from kg.query.ask_answer import Answers, Record
from kg.query.ask_question import Question
from kg.query.binding import bind_terms
from kg.query.catalogue import find_query
from kg.query.parameters import bind_parameters
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import OxLiteral

_EVENT_COLUMNS = (
    "match",
    "actor",
    "type",
    "recipient",
    "date",
    "modality",
    "polarity",
    "document",
    "event",
    "sentence",
    "actor_iri",
    "recipient_iri",
)
_CHANGE_COLUMNS = ("speaker", "frame", "about", "earlier", "earlier_content", "later", "later_content")
_CONTRADICTION_COLUMNS = ("speaker_1", "content_1", "speaker_2", "content_2", "about", "frame")


_CODED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?event
WHERE {
  VALUES (?cameo_param) { (UNDEF) }
  GRAPH ?document { ?event kg:cameo ?cameo }
  FILTER(STRSTARTS(STR(?cameo), STR(?cameo_param)))
}
"""


def answer_events(reader: Reader, question: Question, limit: int) -> Answers:
    """Return events between the parties of a question: those that are said to have happened first, then by day."""
    values = {
        "actor": question.actor.iri if question.actor else "",
        "recipient": question.recipient.iri if question.recipient else "",
        "type": question.event_type,
        "since": question.since.isoformat() if question.since else "",
        "until": question.until.isoformat() if question.until else "",
    }
    ways = [values]
    if question.is_mutual and values["actor"] != values["recipient"]:
        ways.append({**values, "actor": values["recipient"], "recipient": values["actor"]})
    queries: list[str] = []
    records: dict[tuple[str, ...], Record] = {}
    for way in ways:
        text, rows = _run(reader, "events-between", way)
        queries.append(text)
        for row in rows:
            record: Record = {"match": "filter", "sentence": row["quote"], **row}
            records.setdefault((row["event"], row["actor_iri"], row["recipient_iri"], row["actor"], row["recipient"]), record)
    if question.cameo:
        queries.append(bind_terms(_CODED, ["cameo"], {"cameo": OxLiteral(question.cameo)}))
        coded = {to_text(event) for (event,) in read_rows(reader, queries[-1])}
        records = {key: record for key, record in records.items() if record["event"] in coded}
    ordered = sorted(records.values(), key=_order)
    return Answers(
        tuple(queries), _EVENT_COLUMNS, tuple(_select(record, _EVENT_COLUMNS) for record in ordered[:limit]), len(ordered)
    )


def answer_changes(reader: Reader, question: Question, limit: int) -> Answers:
    """Return changed positions of a speaker, or of all, on the frame and of the actors that are asked about."""
    values = {"speaker": question.speaker.iri if question.speaker else ""}
    text, rows = _run(reader, "position-changes", values)
    return _to_answers(text, rows, question, _CHANGE_COLUMNS, limit)


def answer_contradictions(reader: Reader, question: Question, limit: int) -> Answers:
    """Return who contradicts whom on the frame and about the actors that are asked about."""
    text, rows = _run(reader, "contradictions", {})
    return _to_answers(text, rows, question, _CONTRADICTION_COLUMNS, limit)


def _to_answers(text: str, rows: list[dict[str, str]], question: Question, columns: tuple[str, ...], limit: int) -> Answers:
    about = {party.iri for party in question.about}
    found = [
        _select({"match": "filter", **row}, ("match", *columns))
        for row in rows
        if (not question.frame or row["frame"] == question.frame) and (not about or row["about_iri"] in about)
    ]
    distinct = list({tuple(record.values()): record for record in found}.values())
    return Answers((text,), ("match", *columns), tuple(distinct[:limit]), len(distinct))


def _run(reader: Reader, name: str, values: Mapping[str, str]) -> tuple[str, list[dict[str, str]]]:
    """Return a named query with its values bound, and its rows by column; empty values bind nothing."""
    query = find_query(name)
    text = bind_parameters(reader, query, {key: value for key, value in values.items() if value})
    return text, [dict(zip(query.header.columns, map(to_text, row), strict=True)) for row in read_rows(reader, text)]


def _select(record: Record, columns: tuple[str, ...]) -> Record:
    return {name: record[name] for name in columns}


def _order(record: Record) -> tuple[bool, bool, str, str, str, str]:
    return (
        record["modality"] not in {"actual", ""},
        record["polarity"] == "negated",
        record["date"],
        record["event"],
        record["actor"],
        record["recipient"],
    )
