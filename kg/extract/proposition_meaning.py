"""What a clause says, for comparing: its relation as lemmas, who does it to whom, denied or not, and how real it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.control_lexicon import Control, read_control_lexicon
from kg.extract.event_clauses import find_children, is_passive
from kg.extract.event_phrases import MentionIndex
from kg.extract.modality import read_modality, read_polarity
from kg.extract.proposition_clauses import Clause, Part
from kg.extract.token_table import TokenTable
from kg.model.attribution import Modality
from kg.model.mention import Mention

#: Prepositions that lead from what is done to whom it is done to: "imposed sanctions [on] X", "sent weapons [to] X".
_DIRECTED = frozenset(
    {"on", "upon", "to", "toward", "towards", "against", "with", "for", "from", "over", "of", "in", "into", "at"}
)
_COPULA = "be"


class Parties(NamedTuple):
    """The relation as lemmas, and the mention ids of who does it and of whom it is done to or with; None for no actor."""

    lemma: str
    subject: str | None
    object: str | None


class Mood(NamedTuple):
    """Whether a deed is denied, and how real it is put as being."""

    negated: bool
    modality: Modality


class MeaningReader:
    """Reads what the clauses of one text mean.

    Args:
        doc: the text.
        table: its tokens.
        mentions: of the text.
    """

    def __init__(self, doc: Doc, table: TokenTable, mentions: Sequence[Mention]) -> None:
        self._doc = doc
        self._table = table
        self._index = MentionIndex(table, mentions)
        self._lexicon = read_control_lexicon()

    def read_appositive(self, head: int, noun: int) -> Parties:
        """Return what an apposition says of the noun that it stands beside."""
        return Parties(f"{_COPULA} {self._table.lemmas[noun]}", self._find(head), self._find(noun))

    def read_parties(self, clause: Clause, subject: int, part: Part | None) -> Parties:
        """Return what a clause says of one of its subjects and one of its objects (None: it has none).

        A passive is turned round. A deed that a noun names is told with it: "imposed sanctions on X" is "impose sanction on".
        """
        table, verb = self._table, clause.verb
        words = [table.lemmas[verb], *(table.lemmas[child] for child in find_children(table, verb, "prt"))]
        if clause.adjective is not None and verb == clause.chain[0]:
            words.append(table.lemmas[clause.adjective])
        if is_passive(table, clause.chain[0]) or is_passive(table, verb):
            agent = next((p for child in find_children(table, verb, "agent") for p in find_children(table, child, "pobj")), None)
            return Parties(" ".join(words), self._find(agent), self._find(subject))
        target = part.head if part is not None else None
        if clause.preposition is not None:
            words.append(table.lowers[clause.preposition])
        elif target is not None and clause.complement in {"attr", "acomp"} and words[0] == _COPULA:
            words.append(table.lemmas[target])
        elif target is not None and clause.complement == "dobj" and self._find(target) is None:
            led = self._find_directed(verb, target)
            if led is not None:
                words += [table.lemmas[target], table.lowers[table.heads[led]]]
                target = led
        return Parties(" ".join(words), self._find(subject), self._find(target))

    def _find(self, head: int | None) -> str | None:
        mention = self._index.find(head) if head is not None else None
        return mention.id if mention is not None else None

    def _find_directed(self, verb: int, noun: int) -> int | None:
        """Return the head of the actor that a deed named by a noun is done to: "imposed sanctions on [Oslo]"."""
        table = self._table
        for preposition in sorted({*find_children(table, noun, "prep"), *find_children(table, verb, "prep", "dative")}):
            if preposition > noun and table.lowers[preposition] in _DIRECTED:
                for led in find_children(table, preposition, "pobj"):
                    mention = self._index.find(led)
                    if mention is not None and mention.type != "Place":
                        return led
        return None

    def read_mood(self, clause: Clause) -> Mood:
        """Return whether the deed is denied and how real it is: by the verbs of the chain, and by what governs the clause."""
        table = self._table
        governing = self._find_governing(clause.chain[0])
        negated = governing is not None and governing.negated
        modality: Modality = governing.modality if governing is not None else "asserted"
        for place, verb in enumerate(clause.chain):
            negated ^= read_polarity(self._doc[verb]) == "negated" or _shares_negation(table, verb)
            following = self._find_following(clause, place)
            negated ^= following is not None and following.negated
            if modality == "asserted":
                modality = read_modality(self._doc[verb])
            if modality == "asserted" and following is not None:
                modality = following.modality
        return Mood(negated, modality)

    def _find_following(self, clause: Clause, place: int) -> Control | None:
        """Return what a verb of the chain makes of the next one; None for the last."""
        table, last = self._table, len(clause.chain) - 1
        if place == last:
            return None
        verb = clause.chain[place]
        if clause.adjective is not None and place == last - 1:
            return self._lexicon.by_subject.get(table.lemmas[clause.adjective])
        lemma = table.lemmas[verb]
        is_told = is_passive(table, verb) and lemma in self._lexicon.by_object
        return self._lexicon.by_object[lemma] if is_told else self._lexicon.by_subject.get(lemma)

    def _find_governing(self, verb: int) -> Control | None:
        """Return what becomes of a deed by the verb above it: "urged [Oslo] to leave", "kept [Oslo] from leaving"."""
        table = self._table
        dep, head = table.deps[verb], table.heads[verb]
        if dep == "pcomp":
            head = table.heads[head]
        elif dep not in {"xcomp", "ccomp"}:
            return None
        has_object = any(child < verb for child in find_children(table, head, "dobj"))
        is_bare = dep == "ccomp" and table.tags[verb] in {"VB", "VBG"} and not any(find_children(table, verb, "mark"))
        if has_object or is_bare:
            return self._lexicon.by_object.get(table.lemmas[head])
        return self._lexicon.by_subject.get(table.lemmas[head]) if dep == "pcomp" else None


def _shares_negation(table: TokenTable, verb: int) -> bool:
    """Tell whether a verb is denied by the "not" of the one that it is an alternative to: "did not confirm or [deny]"."""
    head = table.heads[verb]
    if table.deps[verb] != "conj" or any(find_children(table, verb, "aux", "nsubj", "nsubjpass")):
        return False
    has_or = any(table.lowers[child] in {"or", "nor"} for child in find_children(table, head, "cc") if child < verb)
    return has_or and any(find_children(table, head, "neg", "preconj"))
