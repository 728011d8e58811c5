"""Which words make up the relation: the verb group, and the infinitives whose deed has the same subject."""

from __future__ import annotations

from kg.extract.control_lexicon import read_control_lexicon
from kg.extract.event_clauses import find_children
from kg.extract.token_table import SUBJECTS, TokenTable

#: Parts of speech of what heads a clause.
VERBS = frozenset({"VERB", "AUX"})
_GROUP = frozenset({"aux", "auxpass", "neg", "prt", "preconj"})
_SHARED_FORMS = frozenset({"VB", "VBN", "VBG"})
#: Adverbs right behind the verb that belong to it: "stepped [down]", "pulled [out] of".
_PARTICLES = frozenset({"up", "down", "off", "out", "away", "back", "in", "over", "aside", "on", "apart", "together"})
#: Prepositions that lead to whom somebody asks to do it: "called [on] Oslo to leave".
_ASKING = frozenset({"on", "upon", "to", "with", "for"})
#: Longer chains of infinitives than this are a sign of a broken parse.
_LONGEST = 6


def find_controller(table: TokenTable, governor: int, infinitive: int) -> int | None:
    """Return who does the deed of an infinitive in place of its governor's subject: "urged [Oslo] to leave".

    None where the subject does it.
    """
    between = [child for child in table.children[governor] if child < infinitive]
    for child in between:
        if table.deps[child] == "dobj" or (table.deps[child] == "dative" and table.tags[child] != "IN"):
            return child
    if table.lemmas[governor] in read_control_lexicon().by_object:
        for child in between:
            if table.deps[child] == "prep" and table.lowers[child] in _ASKING:
                return next(find_children(table, child, "pobj"), None)
    return None


def is_continued(table: TokenTable, verb: int) -> bool:
    """Tell whether a verb belongs to the chain of the one above it."""
    head = table.heads[verb]
    return table.deps[verb] == "xcomp" and table.kinds[head] in VERBS and _continues(table, head, verb)


def _continues(table: TokenTable, governor: int, infinitive: int) -> bool:
    return not table.has_child(infinitive, *SUBJECTS) and find_controller(table, governor, infinitive) is None


def find_chain(table: TokenTable, verb: int) -> list[int]:
    """Return a verb and the infinitives that go on from it with the same subject: "has [begun] to [try] to [leave]".

    An adjective may stand between: "[is] ready to [leave]".
    """
    chain = [verb]
    while len(chain) < _LONGEST:
        last = chain[-1]
        led = [(last, c) for c in find_children(table, last, "xcomp") if table.kinds[c] in VERBS]
        led += [(a, c) for a in find_children(table, last, "acomp") for c in find_children(table, a, "xcomp")]
        found = next((c for governor, c in led if c > last and _continues(table, governor, c)), None)
        if found is None:
            break
        chain.append(found)
    return chain


def find_particles(table: TokenTable, verb: int) -> list[int]:
    """Return what changes the verb's meaning from behind: its particle, or a bare adverb of place right behind it."""
    found = [
        child
        for child in table.children[verb]
        if table.deps[child] == "prt"
        or (
            child == verb + 1
            and table.deps[child] == "advmod"
            and table.lowers[child] in _PARTICLES
            and not table.children[child]
        )
    ]
    return found[:1]


def is_alike(table: TokenTable, verb: int, other: int) -> bool:
    """Tell whether two verbs have one form that an auxiliary can govern; taggers take participles for pasts behind "and"."""
    forms = (table.tags[verb], table.tags[other])
    return forms[0] in _SHARED_FORMS and (forms[0] == forms[1] or forms == ("VBN", "VBD"))


def find_sharer(table: TokenTable, verb: int) -> int | None:
    """Return the coordinated verb before whose auxiliaries a verb shares: "[will] support and fund"; None with its own."""
    head = table.heads[verb]
    if table.deps[verb] != "conj" or not is_alike(table, head, verb):
        return None
    return None if table.has_child(verb, "aux", "auxpass", *SUBJECTS) else head


def find_group(table: TokenTable, verb: int) -> set[int]:
    """Return a verb with auxiliaries, negation, particle and the bare adverbs in front of it; "no longer" is a negation."""
    found = {verb, *(child for child in table.children[verb] if table.deps[child] in _GROUP), *find_particles(table, verb)}
    sharer = find_sharer(table, verb)
    if sharer is not None:
        found |= {child for child in find_children(table, sharer, "aux", "auxpass") if child < sharer}
    first = min(found)
    for child in find_children(table, verb, "advmod"):
        below = table.children[child]
        is_over = table.lowers[child] in {"longer", "more"} and [table.lowers[one] for one in below] == ["no"]
        if (not below or is_over) and table.tags[child] != "WRB" and first - 1 <= child < verb:
            found |= {child, *below}
    return found
