"""Propositions before their confidence is known: the clauses and appositions of a text, with what they mean and where."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.event_clauses import expand_conjuncts
from kg.extract.proposition_clauses import Clause, find_clauses
from kg.extract.proposition_confidence import APPOSITION, describe_clause, describe_parties
from kg.extract.proposition_meaning import MeaningReader, Mood, Parties
from kg.extract.proposition_phrases import SUBJECT_OMITS, expand_members, find_phrase, is_listed, to_spans
from kg.extract.proposition_verbs import VERBS
from kg.extract.token_table import TokenTable, read_table
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.span import Spans

_NOUNS = frozenset({"NOUN", "PROPN"})
_PLAIN = Mood(negated=False, modality="asserted")


class Draft(NamedTuple):
    """A proposition without number and confidence.

    Attributes:
        subject, relation, object, arguments: as of a proposition.
        inside, restates: ids of attributions or None.
        features: what its confidence is reckoned from.
    """

    subject: Spans
    relation: Spans
    object: Spans
    arguments: tuple[Spans, ...]
    parties: Parties
    mood: Mood
    inside: str | None
    restates: str | None
    features: tuple[str, ...]


def find_drafts(doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> list[Draft]:
    """Return the drafts of a text in order of their first relation word (subject, where there is none), each once."""
    reader = _DraftReader(doc, mentions, attributions)
    drafts: dict[tuple[Spans, ...], Draft] = {}
    for one in (*reader.read_clauses(), *reader.read_appositions()):
        drafts.setdefault((one.subject, one.relation, one.object, *one.arguments), one)
    return sorted(drafts.values(), key=lambda one: ((one.relation or one.subject)[0], one.subject, one.object, one.arguments))


class _Holder(NamedTuple):
    """The innermost attribution whose content holds a token, and the one whose cue it belongs to."""

    inside: dict[int, str]
    cues: dict[int, str]


class _DraftReader:
    """Makes the drafts of one text."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> None:
        self._table = read_table(doc)
        self._meanings = MeaningReader(doc, self._table, mentions)
        self._holder = _index_attributions(self._table, attributions)
        begins = self._table.begins
        self._quoted = {
            index
            for quotation in self._table.quotations
            for index in range(bisect_left(begins, quotation.begin), bisect_left(begins, quotation.end))
        }

    def read_clauses(self) -> Iterator[Draft]:
        """Yield a draft for each subject and object of each clause."""
        clauses = list(find_clauses(self._table))
        counts = Counter(self._table.sentences[clause.verb] for clause in clauses)
        for clause in clauses:
            yield from self._read_clause(clause, counts[self._table.sentences[clause.verb]])

    def _read_clause(self, clause: Clause, clauses: int) -> Iterator[Draft]:
        table, verb = self._table, clause.verb
        relation = to_spans(table, clause.relation)
        inside = self._holder.inside.get(verb)
        mood = self._meanings.read_mood(clause, is_reported=inside is not None and verb not in self._quoted)
        features = describe_clause(table, clause, clauses)
        for subject in expand_members(table, clause.subject):
            tokens = find_phrase(table, subject, SUBJECT_OMITS) - clause.relation
            spans = to_spans(table, tokens)
            if not spans or not relation:
                continue
            for part in clause.objects or (None,):
                spoken = clause.relation | tokens
                said = part.tokens - spoken if part is not None else frozenset()
                others = [one.tokens - spoken for one in clause.arguments]
                held = sorted(said.union(*others))
                yield Draft(
                    spans,
                    relation,
                    to_spans(table, said),
                    tuple(found for one in others if (found := to_spans(table, one))),
                    self._meanings.read_parties(clause, subject, part),
                    mood,
                    inside,
                    self._find_restated(clause),
                    (*features, *describe_parties(table, clause, subject, held)),
                )

    def _find_restated(self, clause: Clause) -> str | None:
        """Return the attribution whose cue a clause's verb is, where the clause says no more than who said something.

        "Oslo wants peace" says what is wanted; "Oslo said that it rained" leaves that to the clause that it governs.
        """
        table = self._table
        cue = self._holder.cues.get(clause.verb)
        if cue is None or not clause.objects:
            return cue
        said = (index for part in (*clause.objects, *clause.arguments) for index in part.tokens)
        return cue if any(table.kinds[index] in VERBS and table.deps[index] != "amod" for index in said) else None

    def read_appositions(self) -> Iterator[Draft]:
        """Yield a draft for each apposition; of a name and a description the name is the subject."""
        table = self._table
        for noun, dep in enumerate(table.deps):
            head = table.heads[noun]
            if dep != "appos" or not self._is_identity(head, noun):
                continue
            for one in expand_conjuncts(table, noun):
                is_turned = table.kinds[one] == "PROPN" and table.kinds[head] == "NOUN"
                subject, other = (one, head) if is_turned else (head, one)
                spans = to_spans(table, find_phrase(table, subject, SUBJECT_OMITS))
                said = to_spans(table, find_phrase(table, other, SUBJECT_OMITS - {"acl"}))
                if spans and said:
                    parties = self._meanings.read_appositive(subject, other)
                    features = (*APPOSITION, f"apposition {table.tags[subject]} {table.tags[other]}")
                    yield Draft(spans, (), said, (), parties, _PLAIN, self._holder.inside.get(noun), None, features)

    def _is_identity(self, head: int, noun: int) -> bool:
        """Tell whether two nouns side by side are one thing: neither of a list nor opposed, nor scraps of a header."""
        table = self._table
        if any(table.kinds[one] not in _NOUNS or len(table.words[one]) == 1 for one in (head, noun)) or is_listed(table, noun):
            return False
        first = min(table.iterate_subtree(noun))
        return "not" not in {table.lowers[first], table.lowers[first - 1]}


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
