"""What a clause says, for comparing: its relation as lemmas, who does it to whom, denied or not, and how real it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.control_lexicon import Control, read_control_lexicon
from kg.extract.event_clauses import find_children, is_passive
from kg.extract.event_mentions import MentionIndex
from kg.extract.modality import is_past, read_modality, read_polarity
from kg.extract.proposition_clauses import Clause, Part
from kg.extract.proposition_verbs import find_controller, find_particles, find_sharer
from kg.extract.token_table import TokenTable
from kg.model.attribution import Modality
from kg.model.mention import Mention

#: Prepositions that lead from what is done to whom it is done to: "imposed sanctions [on] X", "sent weapons [to] X".
_DIRECTED = frozenset(
    {"on", "upon", "to", "toward", "towards", "against", "with", "for", "from", "over", "of", "in", "into", "at"}
)
_COPULA = "be"
_OPEN = Control("possible", negated=False)
#: Prepositions that tell when, never to whom.
_TEMPORAL = frozenset({"after", "before", "during", "since", "until", "till", "amid", "by"})
_PARTICIPLES = frozenset({"VBG", "VBN"})
#: Kinds of recognised names that are times and amounts.
_TIMES = frozenset({"DATE", "TIME"})
_MEASURES = frozenset({"MONEY", "PERCENT", "QUANTITY"})
#: Labels and words without which nothing denies a verb; they stand below it or its subject or object.
_DENYING = frozenset({"neg", "preconj"})
_NEGATIVES = frozenset({"no", "never", "neither", "nobody", "none", "nothing", "longer", "more"})
#: What may change how real a verb's deed is.
_MODIFYING = frozenset({"advcl", "xcomp", "mark"})
_PREDICATES = frozenset({"acomp", "attr", "prep"})
_PERHAPS = frozenset({"perhaps", "possibly", "maybe", "ought"})


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
        denying = (i for i, word in enumerate(table.lowers) if word in _NEGATIVES or table.deps[i] in _DENYING)
        self._deniable = {above for i in denying for above in (table.heads[i], table.heads[table.heads[i]])}
        named = [(range(start, end), label) for start, end, label in table.entities]
        self._times = {index for held, label in named if label in _TIMES for index in held}
        self._measures = {index for held, label in named if label in _MEASURES | _TIMES for index in held}

    def read_appositive(self, head: int, noun: int) -> Parties:
        """Return what an apposition says of the noun that it stands beside."""
        return self._name_predicate(self._find(head), noun)

    def _name_predicate(self, subject: str | None, noun: int) -> Parties:
        """Return what a noun says of a subject: "be mayor"; a name is somebody, so that it is the object."""
        if self._table.kinds[noun] == "PROPN":
            return Parties(_COPULA, subject, self._find(noun))
        return Parties(f"{_COPULA} {self._table.lemmas[noun]}", subject, None)

    def read_parties(self, clause: Clause, subject: int, part: Part | None) -> Parties:
        """Return what a clause says of one of its subjects and one of its objects (None: it has none).

        A passive is turned round. A deed that a noun names is told with it: "imposed sanctions on X" is "impose sanction on".
        """
        table, verb = self._table, clause.verb
        words = [table.lemmas[verb], *(table.lemmas[child] for child in find_particles(table, verb))]
        if clause.adjective is not None and verb == clause.chain[0]:
            words.append(table.lemmas[clause.adjective])
        if is_passive(table, verb):
            agent = next((p for child in find_children(table, verb, "agent") for p in find_children(table, child, "pobj")), None)
            return self._add_noun(words, verb, self._find(agent), subject)
        target = part.head if part is not None else None
        if target is None:
            return Parties(" ".join(words), self._find(subject), None)
        if clause.preposition is not None:
            if self._is_time(clause.preposition, target):
                return Parties(" ".join(words), self._find(subject), None)
            words += [table.lowers[i] for i in sorted(clause.relation) if i in self._governors(clause.preposition)]
        elif clause.complement == "attr" and words == [_COPULA]:
            return self._name_predicate(self._find(subject), target)
        elif clause.complement in {"attr", "acomp"} and words[0] == _COPULA:
            words.append(table.lowers[target] if table.tags[target] in _PARTICIPLES else table.lemmas[target])
        elif clause.complement in {"dobj", "gap"}:
            return self._add_noun(words, verb, self._find(subject), target)
        return Parties(" ".join(words), self._find(subject), self._find(target))

    def _governors(self, preposition: int) -> set[int]:
        """Return a preposition and the one right before it that it hangs on: "out of"."""
        above = self._table.heads[preposition]
        return {preposition, above} if above == preposition - 1 and self._table.deps[above] == "prep" else {preposition}

    def _is_time(self, preposition: int, head: int) -> bool:
        return self._table.lowers[preposition] in _TEMPORAL or head in self._times

    def _add_noun(self, words: list[str], verb: int, doer: str | None, undergone: int) -> Parties:
        """Return the parties of a deed; where what undergoes it is no actor, it is told with it and done to the actor behind."""
        table = self._table
        found = self._find(undergone)
        if found is None:
            directed = self._find_directed(verb, undergone)
            if directed is not None:
                preposition, target = directed
                is_amount = undergone in self._measures or table.has_child(undergone, "nummod")
                words = words if is_amount else [*words, table.lemmas[undergone], preposition]
                found = self._find(target)
        return Parties(" ".join(words), doer, found)

    def _find(self, head: int | None) -> str | None:
        mention = self._index.find(head) if head is not None else None
        return mention.id if mention is not None else None

    def _find_directed(self, verb: int, noun: int) -> tuple[str, int] | None:
        """Return preposition and head of the actor that a deed named by a noun is done to: "imposed sanctions on [Oslo]"."""
        table = self._table
        for child in sorted({*find_children(table, noun, "prep"), *find_children(table, verb, "prep", "dative")}):
            is_bare = table.deps[child] == "dative" and table.tags[child] not in {"IN", "TO"}
            led = child if is_bare else next(find_children(table, child, "pobj"), None)
            mention = self._index.find(led) if led is not None else None
            if led is None or mention is None or mention.type == "Place":
                continue
            if is_bare:
                return "to", led  # "gave [the rebels] weapons"
            if child > noun and table.lowers[child] in _DIRECTED:
                return table.lowers[child], led
        return None

    def read_mood(self, clause: Clause, *, is_reported: bool = False) -> Mood:
        """Return whether the deed is denied and how real it is: by the verbs of the chain, and by what governs the clause.

        Args:
            clause: the clause.
            is_reported: whether it is told in indirect speech, where "would" behind a past is what was said as "will".
        """
        table = self._table
        governing = self._find_governing(clause.chain[0])
        negated = governing is not None and governing.negated
        modality: Modality = governing.modality if governing is not None else "asserted"
        sharer = find_sharer(table, clause.chain[0])
        for place, verb in enumerate(clause.chain):
            negated ^= self._is_denied(verb)
            following = self._find_following(clause, place)
            negated ^= following is not None and following.negated
            if modality == "asserted":
                modality = self._read_modality(verb, is_reported=is_reported)
            if modality == "asserted" and following is not None:
                modality = following.modality
        if sharer is not None:
            negated ^= _shares_negation(table, clause.chain[0], sharer)
            modality = self._read_modality(sharer, is_reported=is_reported) if modality == "asserted" else modality
        if any(table.lowers[child] == "yet" for child in find_children(table, clause.chain[0], "advmod")) and clause.chain[1:]:
            return Mood(negated=True, modality="asserted")  # "has yet to answer"
        return Mood(negated, modality)

    def _is_denied(self, verb: int) -> bool:
        return verb in self._deniable and read_polarity(self._doc[verb]) == "negated"

    def _read_modality(self, verb: int, *, is_reported: bool) -> Modality:
        table = self._table
        if not self._may_modify(verb):
            return "asserted"
        is_backshifted = is_reported and table.deps[verb] == "ccomp" and is_past(self._doc[table.heads[verb]])
        return read_modality(self._doc[verb], is_backshifted=is_backshifted)

    def _may_modify(self, verb: int) -> bool:
        """Tell whether anything below a verb could make it more or less than asserted: most verbs are spared a closer look."""
        table = self._table
        is_copula = table.lemmas[verb] == _COPULA
        for child in table.children[verb]:
            dep = table.deps[child]
            if dep in _MODIFYING or (dep == "aux" and table.tags[child] == "MD") or (is_copula and dep in _PREDICATES):
                return True
            if table.lowers[child] in _PERHAPS:
                return True
        return False

    def _find_following(self, clause: Clause, place: int) -> Control | None:
        """Return what a verb of the chain makes of the next one; None for the last."""
        table, last = self._table, len(clause.chain) - 1
        if place == last:
            return None
        verb = clause.chain[place]
        if clause.adjective is not None and place == last - 1:
            return self._lexicon.by_subject.get(table.lemmas[clause.adjective])
        lemma = table.lemmas[verb]
        is_told = lemma in self._lexicon.by_object and is_passive(table, verb)
        return self._lexicon.by_object[lemma] if is_told else self._lexicon.by_subject.get(lemma)

    def _find_governing(self, verb: int) -> Control | None:
        """Return what becomes of a deed by the verb above it: "urged [Oslo] to leave", "kept [Oslo] from leaving"."""
        table = self._table
        dep, head = table.deps[verb], table.heads[verb]
        if dep == "xcomp":
            return self._lexicon.by_object.get(table.lemmas[head]) if find_controller(table, head, verb) is not None else None
        if dep == "ccomp":
            is_finite = any(table.lowers[child] != "to" for child in find_children(table, verb, "aux"))
            is_bare = table.tags[verb] in {"VB", "VBG"} and not is_finite and not table.has_child(verb, "mark")
            return self._lexicon.by_object.get(table.lemmas[head]) if is_bare else None
        if dep == "acl" and table.tags[verb] == "VB":
            # "the first to leave" has left; "a chance to leave" leaves it open
            is_so = table.deps[head] in {"attr", "appos"}
            control = self._lexicon.nouns.get(table.lemmas[head], None if is_so else _OPEN)
            is_none = any(table.lowers[child] == "no" for child in find_children(table, head, "det"))
            return Control(control.modality, not control.negated) if control is not None and is_none else control
        if dep != "pcomp":
            return None
        governor = table.heads[head]
        if table.lowers[head] == "without" or "instead" in {table.lowers[governor], table.lowers[head - 1]}:
            return Control("asserted", negated=True)  # "without asking", "instead of asking"
        has_object = any(child < verb for child in find_children(table, governor, "dobj"))
        side = self._lexicon.by_object if has_object else self._lexicon.by_subject
        control = side.get(table.lemmas[governor])
        is_against = control is not None and table.lowers[head] == "against"
        return Control("necessary", negated=True) if is_against else control  # "warned them against leaving"


def _shares_negation(table: TokenTable, verb: int, first: int) -> bool:
    """Tell whether a verb is denied by the "not" of the one that it is an alternative to: "did not confirm or [deny]"."""
    has_or = any(table.lowers[child] in {"or", "nor"} for child in find_children(table, first, "cc") if child < verb)
    return has_or and table.has_child(first, "neg", "preconj")
