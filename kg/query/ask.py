"""Answers to a question: first what passes its filters, then what is nearest in meaning, each with its sentence."""

from __future__ import annotations

from kg.query.ask_answer import CLAIM_COLUMNS, Answers, to_claim_record
from kg.query.ask_compared import answer_compared
from kg.query.ask_events import answer_changes, answer_contradictions, answer_events
from kg.query.ask_question import Question
from kg.query.reader import Reader
from kg.query.search import Hit, Searcher, group_copies
from kg.query.search_filters import ClaimFilters, compose_query, list_claim_rows

#: What is less like the question than this is no answer to it.
_LIKE_ENOUGH = 0.45


def answer_question(reader: Reader, searcher: Searcher, question: Question, limit: int = 20) -> Answers:
    """Return the answers to a question as it was parsed.

    Claims that pass the filters come first: those most like the clause where there is one, else by day of publication. Where
    they do not fill the limit, claims follow that pass all filters but the frame and are like the clause; where no claim is
    about the actors that are asked about, claims that are like their names. Events and changed
    positions are answered by filters alone; where no event is found, by claims that are like the question.

    Args:
        reader: the store.
        searcher: of that store.
        question: see `parse_question`.
        limit: the most records.
    """
    if question.kind == "events":
        return answer_events(reader, question, limit)
    if question.kind == "changes":
        return answer_changes(reader, question, limit)
    if question.kind in {"agreement", "contradiction"}:
        if question.speaker is None:
            return answer_contradictions(reader, question, limit)
        return answer_compared(reader, searcher, question, limit)
    return _answer_claims(reader, searcher, question, limit)


def _answer_claims(reader: Reader, searcher: Searcher, question: Question, limit: int) -> Answers:
    filters = question.to_filters()
    exact = _find_exact(reader, searcher, question, filters) if filters.frame or not question.clause else []
    records = [to_claim_record(hit, "filter") for hit in exact[:limit]]
    queries = [compose_query(filters)]
    text, wider = question.clause, filters.model_copy(update={"frame": ""})
    if not text and not exact:
        # Nothing is marked as being about them; what names them may be.
        text, wider = " and ".join(party.label for party in question.about), wider.model_copy(update={"about": ()})
    if text and len(records) < limit:
        avoid = frozenset(claim for hit in exact for claim in hit.claims)
        hits = searcher.search(text, wider, limit - len(records), at_least=_LIKE_ENOUGH, avoid=avoid)
        records += [to_claim_record(hit, "meaning") for hit in hits]
        queries += [compose_query(wider)] if wider != filters else []
    return Answers(tuple(queries), CLAIM_COLUMNS, tuple(records), len(exact))


def _find_exact(reader: Reader, searcher: Searcher, question: Question, filters: ClaimFilters) -> list[Hit]:
    """Return the claims that pass, copies together; none where nothing is asked for at all."""
    if filters == ClaimFilters():
        return []
    hits = group_copies(list_claim_rows(reader, filters), searcher.index)
    if not question.clause:
        return sorted(hits, key=lambda hit: (hit.row.published, hit.row.claim))
    scores = searcher.score_claims(question.clause, [hit.row.claim for hit in hits])
    scored = (hit.model_copy(update={"score": score}) for hit, score in zip(hits, scores, strict=True))
    return sorted(scored, key=lambda hit: (-(hit.score or 0), hit.row.claim))
