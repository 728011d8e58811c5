"""Of whom a clause is said: its grammatical subject, also where a relative, a participle or a controlled verb leaves it out."""

from __future__ import annotations

from kg.extract.event_clauses import find_children
from kg.extract.proposition_verbs import VERBS, find_controller
from kg.extract.token_table import SUBJECTS, TokenTable

_NOUNS = frozenset({"NOUN", "PROPN"})
#: Subjects that stand for nobody or for what comes: "it was Oslo that ...".
_POINTERS = frozenset({"it", "this", "that", "these", "those", "there", "what"})
_RELATIVES = frozenset({"who", "which", "that"})
#: Conjunctions of clauses without subject that share the subject of their main clause: "while visiting Oslo".
_SHARING = frozenset({"while", "when", "after", "before", "since", "although", "though", "by", "if", "as", "once", "until"})
#: Prepositions behind an object that its deed follows: "accused Oslo of stalling".
_BLAMING = frozenset({"of", "from", "for", "with", "against"})
#: Longer chains of governors than this are a sign of a broken parse.
_DEEPEST = 6


def find_subject(table: TokenTable, verb: int, depth: int = 0) -> int | None:
    """Return the head of the surface subject (of a passive: of whom it is done to); None where the text gives none.

    What is there is the subject. A relative pronoun is replaced by its antecedent. A coordinated verb shares its first
    conjunct's subject; a participle has its noun or that of its main clause; an infinitive or gerund has the object of what
    governs it, else the subject.
    """
    if depth > _DEEPEST:
        return None
    own = [child for child in table.children[verb] if table.deps[child] in SUBJECTS and table.kinds[child] != "PUNCT"]
    if own:
        return _replace_relative(table, verb, own[-1])
    if table.has_child(verb, "expl"):
        return next(find_children(table, verb, "attr"), None)  # "there are [forty soldiers]"
    dep, head = table.deps[verb], table.heads[verb]
    if dep in {"acl", "relcl"}:
        return _find_noun_subject(table, verb, head, depth)
    if dep == "pcomp":
        return _find_gerund_subject(table, head, depth)
    if dep in {"xcomp", "ccomp"}:
        return _find_controlled_subject(table, verb, head, depth)
    return find_subject(table, head, depth + 1) if dep == "conj" or _shares_main_subject(table, verb) else None


def _shares_main_subject(table: TokenTable, verb: int) -> bool:
    if table.deps[verb] != "advcl" or table.kinds[table.heads[verb]] not in VERBS:
        return False
    return all(table.lowers[mark] in _SHARING for mark in find_children(table, verb, "mark"))


def _find_controlled_subject(table: TokenTable, verb: int, governor: int, depth: int) -> int | None:
    if table.deps[verb] == "ccomp" and table.has_child(verb, "mark"):
        return None
    controlled = find_controller(table, governor, verb)
    if controlled is not None or table.deps[verb] == "ccomp":
        return controlled
    return find_subject(table, governor, depth + 1)


def _replace_relative(table: TokenTable, verb: int, subject: int) -> int | None:
    if table.lowers[subject] in _RELATIVES and table.tags[subject] in {"WDT", "WP"}:
        noun = find_antecedent(table, verb)
        head = table.heads[verb]
        if noun is None and table.deps[verb] == "ccomp" and table.lemmas[head] == "be":
            return next(find_children(table, head, "attr"), None)  # "it was [Oslo] that left"
        return noun
    return subject


def _find_noun_subject(table: TokenTable, verb: int, noun: int, depth: int) -> int | None:
    if table.kinds[noun] in VERBS:
        return find_subject(table, noun, depth + 1)
    is_infinitive = any(table.lowers[child] == "to" for child in find_children(table, verb, "aux"))
    if table.deps[verb] == "acl" and is_infinitive and table.deps[noun] not in {"attr", "appos"}:
        owner = next(find_children(table, noun, "poss"), None)  # "[Oslo]'s plan to leave"
        is_made = owner is None and table.deps[noun] == "dobj"  # "[Oslo] made a plan to leave"
        return find_subject(table, table.heads[noun], depth + 1) if is_made else owner
    return find_bearer(table, noun)


def _find_gerund_subject(table: TokenTable, preposition: int, depth: int) -> int | None:
    governor = table.heads[preposition]
    if table.kinds[governor] not in VERBS:
        return None
    blamed = next((child for child in find_children(table, governor, "dobj") if child < preposition), None)
    if blamed is not None and table.lowers[preposition] in _BLAMING:
        return blamed
    return find_subject(table, governor, depth + 1)


def find_antecedent(table: TokenTable, verb: int) -> int | None:
    """Return the noun that the relative clause of a verb, or around it, is said of; None outside such a clause."""
    for _ in range(_DEEPEST):
        if table.deps[verb] == "relcl":
            return find_bearer(table, table.heads[verb])
        if table.deps[verb] not in {"conj", "xcomp", "ccomp"}:
            return None
        verb = table.heads[verb]
    return None


def find_bearer(table: TokenTable, noun: int) -> int:
    """Return whom a noun describes: "[Holm] is a lawyer", "[Holm], a lawyer"; a noun that describes nobody else is itself."""
    head = table.heads[noun]
    if table.deps[noun] == "appos" and table.kinds[head] in _NOUNS:
        return head
    if table.deps[noun] == "attr" and table.lemmas[head] == "be":
        own = next(find_children(table, head, "nsubj"), None)
        if own is not None and table.lowers[own] not in _POINTERS and table.tags[own] not in {"WDT", "WP"}:
            return own
    return noun
