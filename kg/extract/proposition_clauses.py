"""Clauses as propositions need them: verb group, complements and adjuncts of each verb of a text.

As in ClausIE (Del Corro and Gemulla 2013), every verb with a subject heads a clause, and what its verb takes decides which of
its words are relation, object and further arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.event_clauses import find_children
from kg.extract.proposition_phrases import expand_members, find_phrase, find_prepositional
from kg.extract.proposition_subjects import find_antecedent, find_bearer, find_subject
from kg.extract.proposition_verbs import VERBS, find_chain, find_group, is_alike, is_continued
from kg.extract.token_table import SUBJECTS, TokenTable

#: Verb forms with these labels tell of no clause of their own.
_NO_CLAUSES = frozenset(
    {"aux", "auxpass", "amod", "compound", "prep", "case", "nmod", "npadvmod", "advmod", "det", "punct", "mark", "cc", "nummod"}
)
#: Complements in the order in which they are taken for the object.
_COMPLEMENTS = ("dobj", "attr", "oprd", "acomp", "ccomp", "xcomp", "dative")
_WH_PRONOUNS = frozenset({"WDT", "WP", "WP$"})
#: Clauses that tell when, why and on which condition: arguments of the clause that they hang on.
_CIRCUMSTANCES = frozenset({"after", "when", "before", "until", "since", "once", "because", "as", "if", "unless"})
_PLACES = frozenset({"where", "wherein", "whereby"})
#: How far a coordinated verb whose object is shared may stand: "sell or merge [hundreds]".
_NEAR = 3


class Part(NamedTuple):
    """An argument: its tokens, and the noun, verb or adjective that heads it (of a prepositional phrase its noun)."""

    head: int
    tokens: frozenset[int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, by token indices.

    Attributes:
        chain: the verb and the infinitives that share its subject ("has [agreed] to [join]").
        subject: head of the surface subject.
        relation: verb group of the chain, with the adjective and the preposition that lead to the object.
        objects: the object, or each of coordinated ones; empty where the verb takes none.
        arguments: what else hangs on the verbs, in order of text.
        preposition: the preposition in the relation.
        adjective: the adjective in the relation ("is [ready] for").
        complement: label of the object's head; "" where there is none, "prep" behind a preposition, "gap" where the noun that
            a relative clause belongs to is its object, "parataxis" where it is the clause that a remark interrupts.
    """

    chain: tuple[int, ...]
    subject: int
    relation: frozenset[int]
    objects: tuple[Part, ...]
    arguments: tuple[Part, ...]
    preposition: int | None
    adjective: int | None
    complement: str

    @property
    def verb(self) -> int:
        """The verb that says what is done: the last of the chain."""
        return self.chain[-1]


def find_clauses(table: TokenTable) -> Iterator[Clause]:
    """Yield a clause for every verb that has a subject, in order of text; its objects and arguments may be empty."""
    for verb in range(len(table)):
        if table.kinds[verb] not in VERBS or table.deps[verb] in _NO_CLAUSES or is_continued(table, verb):
            continue
        subject = find_subject(table, verb)
        if subject is not None and subject != verb:
            clause = _ClauseReader(table, verb, subject).read()
            # "They asked us, and nobody will": a modal verb alone says nothing.
            if clause.objects or table.tags[clause.verb] != "MD":
                yield clause


class _ClauseReader:
    """Reads the clause of one verb."""

    def __init__(self, table: TokenTable, verb: int, subject: int) -> None:
        self._table = table
        self._verb = verb
        self._subject = subject
        self._chain = find_chain(table, verb)
        self._relation: set[int] = set()
        for one in self._chain:
            self._relation |= find_group(table, one)
        self._preposition: int | None = None
        between = (c for verb in self._chain[:-1] for c in find_children(table, verb, "acomp") if c < self._chain[-1])
        self._adjective: int | None = next(between, None)
        if self._adjective is not None:
            self._relation |= {self._adjective, *find_children(table, self._adjective, "advmod", "neg")}
        self._relation |= self._find_adverbs_between()
        self._complement = ""

    def _find_adverbs_between(self) -> set[int]:
        """Return the bare adverbs amid the relation: "has [yet] to answer"."""
        table = self._table
        first, last = min(self._relation), max(self._relation)
        adverbs = (child for verb in self._chain for child in find_children(table, verb, "advmod") if first < child < last)
        return {child for child in adverbs if not table.children[child] and table.tags[child] != "WRB"}

    def read(self) -> Clause:
        complements = self._find_complements()
        adjuncts = self._find_adjuncts()
        main = next((c for kind in _COMPLEMENTS for c in complements if self._table.deps[c] == kind), None)
        objects = []
        if main is None:
            objects = self._find_gap(adjuncts) or self._find_shared(adjuncts)
        elif not self._is_asked_behind(main, adjuncts):
            objects = self._read_complement(main)
        if not objects:
            objects = self._lead_to_object(adjuncts)
        others = sorted({*adjuncts, *complements} - self._relation - ({main} if self._complement != "prep" else set()))
        arguments = [part for one in others if (part := self._read_argument(one)).tokens]
        if not objects and not arguments:
            objects = self._find_remarked()
        return Clause(
            chain=tuple(self._chain),
            subject=self._subject,
            relation=frozenset(self._relation),
            objects=tuple(objects),
            arguments=(*arguments, *self._find_place()),
            preposition=self._preposition,
            adjective=self._adjective,
            complement=self._complement,
        )

    def _is_asked_behind(self, main: int, adjuncts: Sequence[int]) -> bool:
        """Tell whether a preposition leads to whom an infinitive is asked of: "called on Oslo [to leave]"."""
        return self._table.deps[main] == "xcomp" and any(
            self._verb < one < main and self._is_prepositional(one) for one in adjuncts
        )

    def _find_complements(self) -> list[int]:
        table = self._table
        found = (c for verb in self._chain for c in find_children(table, verb, *_COMPLEMENTS))
        skipped = {*self._relation, *self._chain, self._subject}
        return [c for c in found if c not in skipped and table.tags[c] not in _WH_PRONOUNS and not self._is_prepositional(c)]

    def _is_prepositional(self, child: int) -> bool:
        table = self._table
        is_dative = table.deps[child] == "dative" and table.tags[child] in {"IN", "TO"}
        return is_dative or table.deps[child] in {"prep", "agent"}

    def _find_adjuncts(self) -> list[int]:
        table = self._table
        found = []
        for verb in self._chain:
            for child in table.children[verb]:
                dep = table.deps[child]
                if dep == "npadvmod" or self._is_prepositional(child) or (dep == "advcl" and self._is_circumstance(child)):
                    found.append(child)
                elif dep == "advmod" and child not in self._relation and table.tags[child] != "WRB":
                    # "However, ..." says nothing of the deed.
                    is_aside = child < verb and table.words[child + 1] == ","
                    found += [] if is_aside else [child]
        return sorted(found)

    def _is_circumstance(self, clause: int) -> bool:
        return any(self._table.lowers[child] in _CIRCUMSTANCES for child in find_children(self._table, clause, "mark", "advmod"))

    def _read_complement(self, main: int) -> list[Part]:
        table = self._table
        self._complement = table.deps[main]
        if self._complement == "acomp":
            return self._read_adjective(main)
        if self._complement in {"ccomp", "xcomp"}:
            return [Part(main, frozenset(table.iterate_subtree(main)))]
        heads = expand_members(table, main) if self._complement in {"dobj", "attr"} else [main]
        return [Part(head, frozenset(find_phrase(table, head))) for head in heads]

    def _read_adjective(self, adjective: int) -> list[Part]:
        """Take an adjective into the relation where a preposition leads on from it: "is responsible for X"."""
        table = self._table
        for preposition in find_children(table, adjective, "prep"):
            led = next(find_children(table, preposition, "pobj", "pcomp"), None)
            if led is not None:
                self._adjective, self._preposition = adjective, preposition
                self._relation |= {adjective, preposition, *find_children(table, adjective, "advmod", "neg")}
                return [Part(led, frozenset(table.iterate_subtree(led)) - self._relation)]
        return [Part(adjective, frozenset(table.iterate_subtree(adjective)))]

    def _find_gap(self, adjuncts: Sequence[int]) -> list[Part]:
        """Return the noun that a relative clause leaves out as its object: "the deal [that] Oslo signed"."""
        table, verb = self._table, self._verb
        noun = find_antecedent(table, verb)
        if noun is None or noun == self._subject or table.lemmas[self._chain[-1]] == "be" or self._is_passive():
            return []
        has_pronoun = any(
            table.tags[child] in _WH_PRONOUNS for one in self._chain for child in find_children(table, one, *_COMPLEMENTS)
        )
        is_bare = table.deps[verb] == "relcl" and not any(table.tags[child] == "WRB" for child in table.children[verb])
        if not has_pronoun and (not is_bare or any(self._is_gapped(one) for one in adjuncts)):
            return []
        self._complement = "gap"
        return [Part(noun, frozenset(find_phrase(table, noun)))]

    def _find_place(self) -> list[Part]:
        """Return the noun of a relative clause that tells where: "the port [where] they met", "the port in which they met"."""
        table, verb = self._table, self._verb
        if table.deps[verb] != "relcl" or self._complement == "gap":
            return []
        is_place = any(table.lowers[child] in _PLACES for child in table.children[verb]) or any(
            table.lowers[one] in {"which", "whom"}
            for child in find_children(table, verb, "prep")
            for one in table.children[child]
        )
        noun = find_bearer(table, table.heads[verb])
        return [Part(noun, frozenset(find_phrase(table, noun)))] if is_place and noun != self._subject else []

    def _find_remarked(self) -> list[Part]:
        """Return the clause that a remark stands in: "[it rained], he said, [all day]"."""
        table, verb = self._table, self._verb
        head = table.heads[verb]
        is_remark = table.deps[verb] == "parataxis" and table.lemmas[verb] in read_cue_lexicon().verbs
        if not is_remark or table.kinds[head] not in VERBS:
            return []
        self._complement = "parataxis"
        return [Part(head, frozenset(set(table.iterate_subtree(head)) - set(table.iterate_subtree(verb))))]

    def _is_gapped(self, adjunct: int) -> bool:
        """Tell whether the antecedent belongs to a preposition: "the town (which) they lived in", "in which"."""
        governed = list(find_children(self._table, adjunct, "pobj", "pcomp"))
        is_bare = self._table.deps[adjunct] == "prep" and not governed
        return is_bare or any(self._table.tags[one] in _WH_PRONOUNS for one in governed)

    def _find_shared(self, adjuncts: Sequence[int]) -> list[Part]:
        """Return the object of a verb right behind that is its object too: "sell or merge [hundreds]"."""
        table, last = self._table, self._chain[-1]
        if any(self._is_prepositional(one) for one in adjuncts if one > last) or self._is_passive():
            return []
        for other in find_children(table, last, "conj"):
            shared = next(find_children(table, other, "dobj"), None)
            is_same = table.tags[other] == table.tags[last] or is_alike(table, last, other)
            if shared is not None and is_same and other - last <= _NEAR and not table.has_child(other, *SUBJECTS):
                self._complement = "dobj"
                return [Part(head, frozenset(find_phrase(table, head))) for head in expand_members(table, shared)]
        return []

    def _is_passive(self) -> bool:
        return any(self._table.deps[child] in {"auxpass", "nsubjpass"} for child in self._table.children[self._verb])

    def _lead_to_object(self, adjuncts: Sequence[int]) -> list[Part]:
        """Take the first preposition behind the verb into the relation, what it governs is the object."""
        table = self._table
        for one in adjuncts:
            if one < self._verb or not self._is_prepositional(one):
                continue
            # "pulled [out of] the treaty"
            inner = next((child for child in find_children(table, one, "prep") if child == one + 1), one)
            led = next(find_children(table, inner, "pobj", "pcomp"), None)
            if led is not None and table.tags[led] not in _WH_PRONOUNS:
                self._preposition, self._complement = inner, "prep"
                self._relation |= {one, inner}
                if table.deps[led] == "pcomp":
                    return [Part(led, frozenset(find_prepositional(table, inner)) - {inner})]
                return [Part(head, frozenset(find_phrase(table, head))) for head in expand_members(table, led)]
        return []

    def _read_argument(self, head: int) -> Part:
        table = self._table
        if self._is_prepositional(head):
            led = next(find_children(table, head, "pobj", "pcomp"), head)
            return Part(led, frozenset(find_prepositional(table, head)))
        if table.deps[head] in {"dobj", "attr", "oprd", "dative"}:
            return Part(head, frozenset(find_phrase(table, head)))
        return Part(head, frozenset(table.iterate_subtree(head)))
