"""Who agrees with a speaker, and who contradicts one: the same frame of the same actor, else much the same in other words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.model.attribution import Polarity
from kg.query.ask_answer import CLAIM_COLUMNS, Answers, Match, Record, to_claim_record
from kg.query.ask_question import Question
from kg.query.binding import bind_terms
from kg.query.reader import Reader, read_rows, to_text
from kg.query.search import Hit, Searcher, group_copies
from kg.query.search_filters import ClaimFilters, ClaimRow, compose_query, list_claim_rows
from kg.store.terms import NamedNode

#: Claims of the speaker that are compared by meaning, those most like the topic first.
_MOST_COMPARED = 25
#: Likeness of two claims that are taken to be of one matter.
_SAME_MATTER = 0.6
#: Likeness to the topic of a claim that is on it.
_ON_TOPIC = 0.3
_COLUMNS = (*CLAIM_COLUMNS[:4], "compared_with", *CLAIM_COLUMNS[4:])
_OPPOSITE: Mapping[Polarity, Polarity] = {"affirmed": "negated", "negated": "affirmed"}
_SIDES: tuple[Polarity, Polarity] = ("affirmed", "negated")

_Pair = tuple[Match, ClaimRow, Hit]

_FRAMED = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?claim ?notation ?target
WHERE {
  VALUES (?speaker_param) { (UNDEF) }
  GRAPH ?document { ?claim kg:speaker ?speaker_param ; kg:frame ?frame ; kg:frameTarget ?target }
  GRAPH ?schemes { ?frame skos:notation ?notation }
}
ORDER BY ?claim ?notation ?target
"""


def answer_compared(reader: Reader, searcher: Searcher, question: Question, limit: int) -> Answers:
    """Return claims of others on what a speaker claims: on the same side for agreement, on the other for contradiction.

    Each record has `compared_with`: the speaker's own words. First those that take up the same frame of the same actor,
    then those that are much the same in words or meaning.
    """
    assert question.speaker is not None
    own = ClaimFilters(
        speaker=question.speaker.iri,
        about=tuple(party.iri for party in question.about),
        frame=question.frame,
        since=question.since,
        until=question.until,
    )
    theirs = {row.claim: row for row in _list_own(reader, searcher, question, own)}
    sides = {side: searcher.find_claims(own.model_copy(update={"polarity": side})) & theirs.keys() for side in _SIDES}
    found: dict[str, Record] = {}
    for pairs in (_find_framed(reader, searcher, question, theirs), _find_alike(searcher, question, theirs, sides)):
        for match, own_row, hit in pairs:
            is_others = question.speaker.iri not in hit.row.speaker_iri.split("; ")
            if is_others and (question.other is None or question.other.iri in hit.row.speaker_iri.split("; ")):
                record = {**to_claim_record(hit, match), "compared_with": own_row.content}
                found.setdefault(hit.row.claim, record)
    records = sorted(found.values(), key=lambda record: (record["match"] != "filter", -(record["score"] or 0), record["claim"]))
    total = sum(record["match"] == "filter" for record in records)
    return Answers((compose_query(own),), _COLUMNS, tuple(records[:limit]), total)


def _list_own(reader: Reader, searcher: Searcher, question: Question, own: ClaimFilters) -> list[ClaimRow]:
    """Return what the speaker claims on the matter; where that is given in words alone, what is like them."""
    rows = list_claim_rows(reader, own)
    if not question.clause or question.frame:
        return rows
    scores = searcher.score_claims(question.clause, [row.claim for row in rows])
    ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: (-pair[0], pair[1].claim))
    return [row for score, row in ranked if score >= _ON_TOPIC]


def _find_framed(reader: Reader, searcher: Searcher, question: Question, theirs: Mapping[str, ClaimRow]) -> Iterator[_Pair]:
    assert question.speaker is not None
    rows = read_rows(reader, bind_terms(_FRAMED, ["speaker"], {"speaker": NamedNode(question.speaker.iri)}))
    pairs = sorted({(to_text(notation), to_text(target)) for claim, notation, target in rows if to_text(claim) in theirs})
    for notation, target in pairs:
        for side in _SIDES:
            of_target = ClaimFilters(frame=notation, about=(target,), polarity=side, since=question.since, until=question.until)
            of_speaker = of_target.model_copy(update={"speaker": question.speaker.iri})
            own = min(searcher.find_claims(of_speaker) & theirs.keys(), default=None)
            if own is not None:
                others = of_target.model_copy(update={"polarity": _choose_side(question, side)})
                for hit in group_copies(list_claim_rows(reader, others), searcher.index):
                    yield "filter", theirs[own], hit


def _find_alike(
    searcher: Searcher, question: Question, theirs: Mapping[str, ClaimRow], sides: Mapping[Polarity, Collection[str]]
) -> Iterator[_Pair]:
    avoid = frozenset(theirs)
    for row in list(theirs.values())[:_MOST_COMPARED]:
        for side in _SIDES:
            if row.claim not in sides[side]:
                continue
            filters = ClaimFilters(
                about=tuple(party.iri for party in question.about),
                polarity=_choose_side(question, side),
                since=question.since,
                until=question.until,
            )
            for hit in searcher.search(row.content, filters, at_least=_SAME_MATTER, avoid=avoid):
                yield "meaning", row, hit


def _choose_side(question: Question, side: Polarity) -> Polarity:
    return side if question.kind == "agreement" else _OPPOSITE[side]
