"""Questions about a dependency parse (ClearNLP labels, as spaCy's English pipelines give them)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLAUSE_DEPENDENTS = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
#: Subjects that stand for nobody, so that nobody does what hangs on them: "it was wrong to claim that ...".
_EXPLETIVES = frozenset({"it", "there"})
_RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})


def find_children(token: Token, *labels: str) -> Iterator[Token]:
    """Yield the direct dependents with one of these labels, in order of text."""
    return (child for child in token.children if child.dep_ in labels)


def first_child(token: Token, *labels: str) -> Token | None:
    """Return the first direct dependent with one of these labels."""
    return next(find_children(token, *labels), None)


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is a passive: with its auxiliary, its agent, or as a bare participle ("Asked whether ...")."""
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return True
    return any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children)


def find_agent(verb: Token) -> Token | None:
    """Return the main word of a passive's by-phrase."""
    agent = first_child(verb, "agent")
    return first_child(agent, "pobj") if agent is not None else None


def find_subject(verb: Token) -> Token | None:
    """Return the main word of the grammatical subject, also where the verb shares or controls it.

    A coordinated verb shares its first conjunct's subject, an infinitive that of the verb it depends on (its object
    where there is one: "asked Oslo to confirm"), a gerund behind a preposition too ("accused Oslo of stalling"), a
    participle clause that of its main clause, a reduced relative clause its noun. None for an imperative or a subject
    that the parse does not show.
    """
    is_controlled = False
    for _ in range(6):
        own = next((child for child in find_children(verb, *SUBJECTS) if not child.is_punct), None)
        if own is not None:
            return None if is_controlled and own.lower_ in _EXPLETIVES else own
        if verb.dep_ in {"acl", "relcl"}:
            return None if verb.tag_ == "VBN" or verb.head.pos_ in {"VERB", "AUX"} else verb.head
        if verb.dep_ == "xcomp":
            is_controlled = True
            controlled = first_child(verb.head, "dobj")
            if controlled is not None and controlled.i < verb.i:
                return controlled
        if verb.dep_ == "prep" and verb.head.pos_ == "VERB":
            blamed = first_child(verb.head, "dobj")
            if blamed is not None and blamed.i < verb.i:
                return blamed
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep"} or verb.head.i == verb.i:
            return None
        if verb.dep_ == "advcl" and first_child(verb, "mark") is not None:
            return None
        verb = verb.head
    return None


def resolve_relative(subject: Token) -> Token:
    """Return the noun that a relative pronoun stands for ("officials who ..."); any other token is itself."""
    clause = subject.head
    if subject.lower_ in _RELATIVE_PRONOUNS and clause.dep_ == "relcl":
        return clause.head
    if subject.lower_ in _RELATIVE_PRONOUNS and clause.dep_ == "ccomp" and clause.head.lemma_ == "be":
        # "It is Oslo that ...": the parser makes a complement of the clause.
        raised = first_child(clause.head, "attr")
        if raised is not None and any(child.lower_ == "it" for child in find_children(clause.head, "nsubj")):
            return raised
    return subject


def find_phrase(head: Token) -> frozenset[int]:
    """Return the noun phrase of a token: its subtree without clauses that hang on it, stray marks and case endings.

    A coordination is kept whole; an apposition too.
    """
    indexes = {head.i}
    for child in head.children:
        if child.dep_ in _CLAUSE_DEPENDENTS or child.dep_ == "case":
            continue
        if child.dep_ in {"punct", "cc"} and not _is_inner_mark(child):
            continue
        indexes |= find_phrase(child) if child.dep_ in {"conj", "appos"} else find_subtree(child)
    return frozenset(indexes)


def _is_inner_mark(mark: Token) -> bool:
    """Tell whether something of the phrase stands behind the mark or conjunction."""
    return any(child.i > mark.i and child.dep_ in {"conj", "appos", "compound", "amod"} for child in mark.head.children) or (
        mark.i < mark.head.i
    )


def find_subtree(token: Token) -> frozenset[int]:
    """Return the indexes of a token and of all that depends on it."""
    return frozenset(t.i for t in token.subtree)


def is_no_longer(adverb: Token) -> bool:
    """Tell whether the token is the "longer" or "more" of "no longer", "no more" in front of its verb."""
    return adverb.lower_ in {"longer", "more"} and 0 < adverb.i < adverb.head.i and adverb.doc[adverb.i - 1].lower_ == "no"


def is_alternative(verb: Token) -> bool:
    """Tell whether the verb is joined to another by "or" or "nor" and shares its subject and auxiliaries: "confirm or deny"."""
    if verb.dep_ != "conj" or any(child.dep_ in {"aux", *SUBJECTS} for child in verb.children):
        return False
    return any(child.dep_ == "cc" and child.lower_ in {"or", "nor"} and child.i < verb.i for child in verb.head.children)


def is_neither(word: Token) -> bool:
    """Tell whether the token denies its verb and the next: "neither confirmed nor denied"."""
    return word.dep_ == "preconj" and word.lower_ == "neither" and word.i < word.head.i


def find_verb_group(verb: Token) -> frozenset[int]:
    """Return a verb with its auxiliaries, negation ("no longer" too), particle and short adverbs between or right beside them."""
    group = {verb.i}
    for child in verb.children:
        is_bare_adverb = child.dep_ == "advmod" and child.pos_ == "ADV" and not list(child.children)
        if (is_bare_adverb and abs(child.i - verb.i) == 1) or child.dep_ in {"aux", "auxpass", "neg", "prt"} or is_neither(child):
            group |= {child.i}
        if is_no_longer(child):
            group |= {child.i, child.i - 1}
    return frozenset(group)
