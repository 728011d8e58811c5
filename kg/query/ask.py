"""Answers to a question: first what passes its filters, then what is nearest in meaning, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kg.query.ask_answer import CLAIM_COLUMNS, Answers, to_claim_record
from kg.query.ask_compared import answer_compared
from kg.query.ask_events import answer_changes, answer_contradictions, answer_events
from kg.query.ask_frames import FrameFinder, read_frame_texts
from kg.query.ask_names import StoreNames
from kg.query.ask_parse import parse_question
from kg.query.ask_question import Question
from kg.query.reader import Reader
from kg.query.search import Searcher, encode_text, open_searcher
from kg.query.search_cache import load_texts
from kg.query.search_filters import ClaimFilters, compose_query
from kg.query.search_index import SearchIndex
from kg.store.reader import Reader as StoredReader

#: What is less like the question than this is no answer to it.
_LIKE_ENOUGH = 0.45
#: Of one speaker less is enough, as there is less to choose from.
_LIKE_ENOUGH_OF_SPEAKER = 0.2
#: What is like the names that are asked about, where what is marked as being about them was found already.
_LIKE_A_NAME = 0.35
#: Where nothing else is found, the few claims that are nearest, if they are near at all.
_HARDLY_LIKE, _FEW = 0.3, 5
_ALL = 1_000_000


def answer_question(reader: Reader, searcher: Searcher, question: Question, limit: int = 20) -> Answers:
    """Return the answers to a question as it was parsed.

    Claims that pass the filters come first: those most like the clause where there is one, else by day of publication; then
    those of who holds a post of the speaker. Where they do not fill the limit, claims follow that pass all filters but the
    frame and are like the clause. Where there is still none, filters are dropped one by one until there is: frame, about, kind
    of cue, side. Events and changed positions are answered by filters alone; where no event is found, by claims like the
    question.

    Args:
        reader: the store.
        searcher: of that store.
        question: see `parse_question`.
        limit: the most records.
    """
    if question.kind == "events":
        answers = answer_events(reader, question, limit)
        return answers if answers.records else _search_event(searcher, question, answers, limit)
    if question.kind == "changes":
        return answer_changes(reader, question, limit)
    if question.kind in {"agreement", "contradiction"}:
        if question.speaker is None:
            return answer_contradictions(reader, question, limit)
        return answer_compared(reader, searcher, question, limit)
    return _answer_claims(searcher, question, limit)


def _answer_claims(searcher: Searcher, question: Question, limit: int) -> Answers:
    filters = question.to_filters()
    of_holders = filters.model_copy(update={"through_holders": True})
    is_exact = bool(filters.frame) or not question.clause
    exact = searcher.find_claims(filters) if is_exact and filters != ClaimFilters() else set()
    held = searcher.find_claims(of_holders) - exact if is_exact and filters.speaker else set()
    records = [to_claim_record(hit, "filter") for hit in searcher.rank_claims(exact, question.clause, limit)]
    if len(records) < limit:
        found = searcher.rank_claims(held, question.clause, limit - len(records))
        records += [to_claim_record(hit, "post") for hit in found]
    queries = [compose_query(filters), *([compose_query(of_holders)] if held else [])]
    searches = _widen(filters, is_found=bool(records), is_said=bool(question.clause))
    known, near = exact | held, 0
    for wider, at_least, most in searches if len(records) < limit else ():
        text = _choose_text(question, wider)
        hits = (
            searcher.search(text, wider, min(most, limit - len(records)), at_least=at_least, avoid=frozenset(known))
            if text
            else ()
        )
        if hits:
            records += [to_claim_record(hit, "meaning") for hit in hits]
            known.update(claim for hit in hits for claim in hit.claims)
            queries += [compose_query(wider)] if wider != filters else []
            near += len(hits)
        if near >= _FEW or len(records) == limit:
            break
    return Answers(tuple(queries), CLAIM_COLUMNS, tuple(records), len(exact) + len(held))


def _choose_text(question: Question, filters: ClaimFilters) -> str:
    """Return by what claims are ranked; where none is marked as being about an actor, what names it may be."""
    if question.clause or filters.about:
        return question.clause
    return " and ".join(party.label for party in question.about) or question.text


def _widen(filters: ClaimFilters, *, is_found: bool, is_said: bool) -> Iterator[tuple[ClaimFilters, float, int]]:
    """Yield (filters, least likeness, most hits) of searches, to be tried until a few claims are found.

    The first is without the frame, or where a question has no clause but answers, without whom they are about. The others are
    for questions without any answer yet, each with one filter less: for the speaker itself and for who holds its posts; at
    last for what is not much like the question.
    """
    least = _LIKE_ENOUGH_OF_SPEAKER if filters.speaker else _LIKE_ENOUGH
    wider = filters.model_copy(update={"frame": ""})
    yield wider, least, _ALL
    if is_found:
        if filters.about and not is_said:
            yield wider.model_copy(update={"about": ()}), _LIKE_A_NAME, _FEW
        return
    ways: tuple[Mapping[str, object], ...] = ({}, {"about": ()}, {"cue_types": ()}, {"polarity": None})
    for dropped in ways:
        is_other = any(getattr(wider, name) != value for name, value in dropped.items())
        wider = wider.model_copy(update=dropped)
        if is_other:
            yield wider, least, _ALL
        if filters.speaker and (is_other or not dropped):
            yield wider.model_copy(update={"through_holders": True}), least, _ALL
    if not filters.speaker:
        yield wider, _HARDLY_LIKE, _FEW


def _search_event(searcher: Searcher, question: Question, answers: Answers, limit: int) -> Answers:
    """Return claims that are like a question about events, those of who acts if there are any."""
    days = ClaimFilters(since=question.since, until=question.until)
    ways = [(days.model_copy(update={"speaker": question.actor.iri}), _LIKE_ENOUGH_OF_SPEAKER)] if question.actor else []
    for filters, least in (*ways, (days, _LIKE_ENOUGH)):
        hits = searcher.search(question.text, filters, limit, at_least=least) if question.text else ()
        if hits:
            records = tuple(to_claim_record(hit, "meaning") for hit in hits)
            return Answers((*answers.queries, compose_query(filters)), CLAIM_COLUMNS, records, 0)
    return answers


def ask_store(reader: StoredReader, text: str, today: date, limit: int = 20) -> tuple[Question, Answers, SearchIndex]:
    """Return a question to a store on disk as it was understood, its answers, and the index that was searched.

    Raises:
        ActorAmbiguousError: a name means several actors equally well.
        StoreInvalidError: see `load_index`.
    """
    searcher = open_searcher(reader)
    frames = FrameFinder(read_frame_texts(reader), encode_text, lambda texts: load_texts(reader, "frames", texts, encode_text))
    question = parse_question(text, StoreNames(reader), frames, today)
    return question, answer_question(reader, searcher, question, limit), searcher.index
