"""Propositions: subject, relation, object and further arguments of the clauses of a text, in and outside of attributions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.event_clauses import expand_conjuncts
from kg.extract.proposition_clauses import Clause, find_clauses
from kg.extract.proposition_meaning import MeaningReader
from kg.extract.proposition_phrases import OBJECT_OMITS, SUBJECT_OMITS, find_phrase, to_spans
from kg.extract.token_table import TokenTable, read_table
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.proposition import Proposition
from kg.model.span import Spans

_NOUNS = frozenset({"NOUN", "PROPN"})


class _Holder(NamedTuple):
    """The innermost attribution whose content holds a token, and the one whose cue it belongs to."""

    inside: dict[int, str]
    cues: dict[int, str]


def find_propositions(doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> tuple[Proposition, ...]:
    """Return the propositions of a text in order of their first relation word; empty for one without clauses.

    A clause gives one for each of its coordinated subjects and objects; an apposition gives one whose relation has no words.

    Args:
        doc: an analysed text that does not change any more.
        mentions: of the text.
        attributions: of the text.
    """
    table = read_table(doc)
    meanings = MeaningReader(doc, table, mentions)
    holder = _index_attributions(table, attributions)
    found: dict[tuple[Spans, ...], Proposition] = {}
    for clause in find_clauses(table):
        for one in _draft_clause(table, clause, meanings, holder):
            found.setdefault((one.subject, one.relation, one.object, *one.arguments), one)
    for one in _draft_appositions(table, meanings, holder):
        found.setdefault((one.subject, one.object), one)
    ordered = sorted(found.values(), key=lambda one: ((one.relation or one.subject)[0], one.subject, one.object))
    return tuple(one.model_copy(update={"id": f"p{number}"}) for number, one in enumerate(ordered, 1))


def _draft_clause(table: TokenTable, clause: Clause, meanings: MeaningReader, holder: _Holder) -> Iterator[Proposition]:
    relation = to_spans(table, clause.relation)
    if not relation:
        return
    mood = meanings.read_mood(clause)
    for subject in expand_conjuncts(table, clause.subject):
        tokens = find_phrase(table, subject, SUBJECT_OMITS) - clause.relation
        spans = to_spans(table, tokens)
        for part in clause.objects or (None,):
            rest = (part, *clause.arguments) if part is not None else clause.arguments
            said = [found for one in rest if (found := to_spans(table, one.tokens - clause.relation - tokens))]
            if spans and said:
                parties = meanings.read_parties(clause, subject, part)
                yield Proposition(
                    id="p0",
                    subject=spans,
                    relation=relation,
                    object=said[0],
                    arguments=tuple(said[1:]),
                    lemma=parties.lemma,
                    subject_mention=parties.subject,
                    object_mention=parties.object,
                    negated=mood.negated,
                    modality=mood.modality,
                    inside=holder.inside.get(clause.verb),
                    restates=holder.cues.get(clause.verb),
                    confidence=0.6,
                )


def _draft_appositions(table: TokenTable, meanings: MeaningReader, holder: _Holder) -> Iterator[Proposition]:
    for noun, dep in enumerate(table.deps):
        head = table.heads[noun]
        if dep != "appos" or table.kinds[noun] not in _NOUNS or table.kinds[head] not in _NOUNS:
            continue
        subject = to_spans(table, find_phrase(table, head, SUBJECT_OMITS))
        for one in expand_conjuncts(table, noun):
            spans = to_spans(table, find_phrase(table, one, OBJECT_OMITS))
            if subject and spans:
                parties = meanings.read_appositive(head, one)
                yield Proposition(
                    id="p0",
                    subject=subject,
                    relation=(),
                    object=spans,
                    lemma=parties.lemma,
                    subject_mention=parties.subject,
                    object_mention=parties.object,
                    inside=holder.inside.get(noun),
                    confidence=0.4,
                )


def _index_attributions(table: TokenTable, attributions: Sequence[Attribution]) -> _Holder:
    """Return for each token the attribution with the shortest content that holds it, and the one whose cue it is in.

    Of equal ones the first.
    """
    innermost_last = list(reversed(attributions))
    innermost_last.sort(key=lambda a: sum(begin - end for begin, end in a.content))
    holder = _Holder({}, {})
    for attribution in innermost_last:
        for spans, tokens in ((attribution.content, holder.inside), (attribution.cue, holder.cues)):
            for begin, end in spans:
                held = range(bisect_left(table.begins, begin), bisect_left(table.begins, end))
                tokens.update(dict.fromkeys(held, attribution.id))
    return holder
