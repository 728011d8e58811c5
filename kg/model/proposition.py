"""A proposition: subject, relation, object, as the words of a clause give them."""

from __future__ import annotations

from kg.model.attribution import Modality
from kg.model.base import Frozen
from kg.model.span import Spans


class Proposition(Frozen):
    """What one clause says of its subject, in the words of the text; who is meant is told by mentions.

    Attributes:
        id: `p1`, `p2`, ... in order of the relation (of the subject where the relation has no words).
        subject: who or what it is said of: the noun phrase, without the clauses that hang on it. What a clause leaves out or
            gives by a relative pronoun is the noun phrase that stands for it elsewhere in the sentence.
        relation: the verb with auxiliaries, negation, particle, infinitive ("wants to join") and the preposition that leads to
            the object. Empty where the text has no word for it ("Ann Holm, the mayor": `lemma` is then "be").
        object: the object or complement, with its appositions; empty for a verb without one.
        arguments: what else the clause says: times, places, conditions, further prepositional phrases, in order of text.
        lemma: the relation for comparing: lemmas of verb, particle and preposition, a passive turned round, without
            auxiliaries, negation and verbs of control ("wants to join" is "join"); "" where nothing compares it.
        subject_mention: mention id of who does what `lemma` says (of a passive: its agent); None where that is no actor.
        object_mention: mention id of whom it is done to or with; None where that is no actor.
        negated: whether the clause is denied.
        modality: as of an attribution; a plan or vow is "future", a demand "necessary".
        inside: id of the attribution whose content holds it, the innermost.
        restates: id of the attribution of which it is source, cue and content, where these are all that it says ("Oslo said
            that ..."); None for all that says more ("Oslo wants peace").
    """

    id: str
    subject: Spans
    relation: Spans
    object: Spans
    arguments: tuple[Spans, ...] = ()
    lemma: str = ""
    subject_mention: str | None = None
    object_mention: str | None = None
    negated: bool = False
    modality: Modality = "asserted"
    inside: str | None = None
    restates: str | None = None
    confidence: float
