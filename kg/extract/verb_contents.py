"""What a cue verb attributes: the clause, infinitive, gerund, object or prepositional object that it governs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import SUBJECTS, find_agent, find_children, find_subtree, first_child
from kg.extract.cue_lexicon import CueSense

CLAUSE_TYPES = frozenset({"clause", "whether"})
#: Verbs whose object alone, without "as" or a second noun phrase, is no description ("called him").
_TWO_OBJECTS = frozenset({"call", "name", "brand", "dub", "label", "deem", "term", "consider", "declare", "pronounce", "style"})
#: Verbs whose personal object is who is spoken to, not what is said ("promised the envoy").
_TAKING_PEOPLE = frozenset({"promise", "guarantee", "threaten", "offer", "question", "challenge", "refuse"})
#: What only people do: the subject of a clause about things is not their subject.
_PERSONAL_ACTS = frozenset(
    {"accuse", "threaten", "deny", "vow", "pledge", "promise", "urge", "demand", "call", "warn", "blame", "order", "tell"}
)
#: Verbs whose object is who is told.
_TELLING = frozenset({"tell", "inform", "assure", "remind", "warn", "notify", "convince", "promise", "persuade", "advise"})
#: Types of cues whose passive's subject is whom or what they concern.
_LAYING = frozenset({"accusation", "statement"})
_WANTING = frozenset({"demand", "intention"})
#: Verbs whose "of" always leads to what somebody is said to have done.
_OF_DEEDS = frozenset({"accuse", "suspect", "convict"})
#: Prepositions in front of who is asked to act: "appealed to", "called on", "pleaded with".
_ASKING_THROUGH = frozenset({"to", "on", "upon", "with"})


class Content(NamedTuple):
    """The content that a construction carries, with the construction's name and the sense that takes it."""

    tokens: frozenset[int]
    sense: CueSense
    construction: str


def find_content(verb: Token, senses: tuple[CueSense, ...], *, passive: bool) -> Content | None:
    """Return the content by the first sense of which a construction is there; None for a cue that a quotation may still fill.

    A bare object comes after all other constructions of all senses: "criticised [the firm for hiding it]". Of a passive,
    the subject belongs to all contents but a clause, in front of which it is who was spoken to.
    """
    for sense in senses:
        for tokens, construction in _find_constructions(verb, sense, passive=passive):
            if tokens:
                return Content(tokens, sense, construction)
    for sense in senses:
        tokens = _find_object(verb, sense, passive=passive) if "object" in sense.takes else frozenset()
        if tokens:
            return Content(tokens, sense, "object")
    return None


def _find_constructions(verb: Token, sense: CueSense, *, passive: bool) -> Iterator[tuple[frozenset[int], str]]:
    takes = sense.takes
    if takes & CLAUSE_TYPES:
        yield _find_clause(verb, takes), "clause"
    if "as" in takes:
        yield _find_description(verb, passive=passive), "as"
    if "to" in takes:
        yield _find_infinitive_of(verb, sense, passive=passive), "to"
    if "ing" in takes:
        yield _find_gerund(verb), "ing"
    if passive:
        yield _find_raised(verb, sense), "preposition"
    yield find_prepositional(verb, takes), "preposition"


def _find_clause(verb: Token, takes: frozenset[str]) -> frozenset[int]:
    """Return the finite clause that the verb governs, or the clause that it is inserted into."""
    # "asked if": the parser may take the question for a condition.
    asked = find_children(verb, "ccomp", "advcl") if "whether" in takes and first_child(verb, "ccomp") is None else ()
    for clause in (*find_children(verb, "ccomp"), *asked):
        is_question = any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in clause.children)
        if clause.dep_ == "advcl" and not (is_question and clause.i > verb.i):
            continue
        if clause.i < verb.i and _is_cut_off(clause, verb):
            continue
        if ("clause" in takes or is_question) and _is_finite(clause):
            return find_subtree(clause) - _find_next_cues(clause)
    if "clause" not in takes:
        return frozenset()
    if (misread := _find_misread_clause(verb)) is not None:
        return find_subtree(misread)
    if verb.dep_ in {"parataxis", "ccomp", "advcl"} and _is_inserted(verb):
        around = next((t for t in (verb.head, *verb.head.ancestors) if t.pos_ in {"VERB", "AUX"}), verb.head)
        return find_subtree(around) - find_subtree(verb)
    as_mark = any(child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in verb.children)
    others = (child for child in find_children(verb, "dobj", "prep", "xcomp") if child.lower_ != "it")
    if as_mark and verb.dep_ == "advcl" and next(others, None) is None:
        return find_subtree(verb.head) - find_subtree(verb)
    return frozenset()


def _find_misread_clause(verb: Token) -> Token | None:
    """Return the clause that the parser took for a relative one of who is told: "told a hearing that thieves had come".

    Such a "that" stands for nothing in its clause, which has its own subject and predicate.
    """
    told = first_child(verb, "dobj", "dative") if verb.lemma_ in _TELLING else None
    clauses = find_children(told, "relcl", "acl") if told is not None else ()
    return next((c for c in clauses if c.doc[c.left_edge.i].lower_ == "that" and not _has_gap(c)), None)


def _has_gap(clause: Token) -> bool:
    """Tell whether a clause behind "that" misses its subject or object, so that "that" stands for it."""
    that = clause.doc[clause.left_edge.i]
    if that.dep_ == "mark":
        return False
    has_subject = any(child.i != that.i for child in find_children(clause, *SUBJECTS))
    is_full = any(child.i != that.i for child in find_children(clause, "dobj", "ccomp", "acomp", "attr", "xcomp", "auxpass"))
    return not (has_subject and is_full)


def _find_next_cues(clause: Token) -> frozenset[int]:
    """Return the tokens of verbs behind the clause that go on with the outer cue's subject, not with the clause's."""
    return frozenset[int]().union(*(find_subtree(t) for t in find_children(clause, "conj") if find_outer_cue(t) is not None))


def find_outer_cue(verb: Token) -> Token | None:
    """Return the cue that a coordinated verb belongs beside though the parser hung it on the cue's content.

    "The minister said the port was closed, and threatened to close the road": comma, conjunction, no subject of its own,
    the tense of the cue, and words of its own behind it.
    """
    clause = verb.head
    if verb.dep_ != "conj" or clause.dep_ != "ccomp" or first_child(verb, *SUBJECTS) is not None:
        return None
    cue = clause.head
    link = next((t for t in verb.doc[clause.i : verb.i] if t.dep_ == "cc" and t.head.i == clause.i), None)
    if link is None or verb.tag_ != cue.tag_ or cue.i > clause.i:
        return None
    subject = first_child(clause, *SUBJECTS)
    is_of_things = subject is not None and subject.pos_ == "NOUN" and subject.ent_type_ == "" and verb.lemma_ in _PERSONAL_ACTS
    return cue if verb.doc[link.i - 1].text == "," or is_of_things else None


def _is_cut_off(clause: Token, verb: Token) -> bool:
    """Tell whether a colon or semicolon parts a clause in front from its verb: then it is another statement."""
    return any(token.text in {":", ";"} for token in verb.doc[clause.i : verb.i])


def _is_finite(clause: Token) -> bool:
    if clause.pos_ not in {"VERB", "AUX"}:
        return any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in clause.children)
    return clause.tag_ != "VB" or any(c.dep_ in {"aux", "mark", *SUBJECTS} and c.lower_ != "to" for c in clause.children)


def _is_inserted(verb: Token) -> bool:
    """Tell whether a verb with its subject stands between commas or dashes, or at the end behind one."""
    if first_child(verb, "nsubj") is None or first_child(verb, "ccomp", "mark", "dobj", "xcomp") is not None:
        return False
    if any(first_child(preposition, "pcomp") is not None for preposition in find_children(verb, "prep")):
        return False
    marks = {",", "-", "–", "—", "”", '"', "’", "'", "''", "("}
    begin = min(find_subtree(verb))
    return begin > 0 and bool({verb.doc[begin].text, verb.doc[begin - 1].text} & marks)


def _find_description(verb: Token, *, passive: bool) -> frozenset[int]:
    described = first_child(verb, "nsubjpass") if passive else first_child(verb, "dobj", "nsubj")
    predicate = first_child(verb, "oprd", "acomp", "attr")
    if predicate is None:
        predicate = next((c for c in find_children(verb, "prep", "mark", "advmod") if c.lower_ == "as"), None)
    if predicate is not None and predicate.dep_ in {"mark", "advmod"}:
        predicate = None
    if not passive:
        described = first_child(verb, "dobj")
    if predicate is not None:
        return find_subtree(predicate) | (find_subtree(described) if described is not None else frozenset())
    small = next((c for c in find_children(verb, "ccomp") if c.pos_ in {"NOUN", "ADJ", "PROPN"}), None)
    if small is not None:
        return find_subtree(small)
    if verb.lemma_ in _TWO_OBJECTS and described is not None and first_child(described, "appos") is not None:
        return find_subtree(described)
    return frozenset()


def find_infinitive(verb: Token, *, with_object: bool = False) -> frozenset[int]:
    """Return the infinitive that the verb governs; of a demand with the one who is to act ("urged Oslo to wait")."""
    for clause in find_children(verb, "xcomp", "ccomp", "advcl"):
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children) and clause.i > verb.i:
            asked = _find_asked(verb, clause) if with_object else None
            return find_subtree(clause) | (find_subtree(asked) if asked is not None else frozenset())
    return frozenset()


def _find_asked(verb: Token, deed: Token) -> Token | None:
    """Return who is to do the deed, between the two: "urged Oslo to wait", "appealed to both sides to wait"."""
    through = (first_child(c, "pobj") for c in find_children(verb, "prep", "dative") if c.lower_ in _ASKING_THROUGH)
    asked = first_child(verb, "dobj", "dative")
    found = [t for t in (asked, *through) if t is not None and t.pos_ != "ADP" and verb.i < t.i < deed.i]
    return found[0] if found else None


def _find_infinitive_of(verb: Token, sense: CueSense, *, passive: bool) -> frozenset[int]:
    infinitive = find_infinitive(verb, with_object=sense.cue_type == "demand")
    return infinitive | _find_passive_subject(verb) if infinitive and passive else infinitive


def _find_raised(verb: Token, sense: CueSense) -> frozenset[int]:
    """Return the subject of a passive with the deed that is laid to it: "[Two guards] were accused [of selling arms]".

    The parser may hang the deed on who lays it to them: "accused by villagers of selling arms".
    """
    agent = find_agent(verb)
    hosts = [verb] if agent is None else [verb, agent]
    for preposition in (child for host in hosts for child in find_children(host, "prep")):
        if sense.cue_type in _LAYING and preposition.lower_ in sense.takes and preposition.i > verb.i:
            return _find_passive_subject(verb) | find_subtree(preposition)
    return frozenset()


def _find_passive_subject(verb: Token) -> frozenset[int]:
    subject = first_child(verb, "nsubjpass")
    return frozenset() if subject is None or subject.lower_ in {"it", "there"} else find_subtree(subject)


def _find_gerund(verb: Token) -> frozenset[int]:
    clause = next((c for c in find_children(verb, "xcomp", "ccomp") if _is_gerund(c) and c.i > verb.i), None)
    return find_subtree(clause) if clause is not None else frozenset()


def _is_gerund(verb: Token) -> bool:
    """Tell whether the verb, or the first of its auxiliaries, is a gerund: "denied having known"."""
    auxiliaries = list(find_children(verb, "aux", "auxpass"))
    return (auxiliaries[0] if auxiliaries else verb).tag_ == "VBG"


def find_prepositional(verb: Token, takes: frozenset[str]) -> frozenset[int]:
    """Return the object of a preposition that the verb takes; where the verb has an object too, all three parts."""
    target = first_child(verb, "dobj")
    # "accused [the owner of hiding it]": the parser may hang the deed on the accused.
    deeds = [p for p in find_children(target, "prep") if _leads_to_deed(p, verb)] if target is not None else []
    for preposition in [*find_children(verb, "prep", "prt"), *deeds]:
        if preposition.lower_ in takes and preposition.i > verb.i:
            head = first_child(preposition, "pobj", "pcomp", "prep")
            if head is None:
                continue
            tokens = find_subtree(head)
            infinitive = find_infinitive(verb)
            if infinitive and preposition.lower_ in {"on", "upon", "for", "to"}:
                return tokens | infinitive
            if target is not None and verb.lemma_ != "call" and target.i < preposition.i:
                return tokens | {preposition.i} | find_subtree(target)
            return tokens
    return frozenset()


def _leads_to_deed(preposition: Token, verb: Token) -> bool:
    if verb.lemma_ in _OF_DEEDS and preposition.lower_ == "of":
        return True
    return any(child.tag_ == "VBG" for child in find_children(preposition, "pcomp", "pobj"))


def _find_object(verb: Token, sense: CueSense, *, passive: bool) -> frozenset[int]:
    head = first_child(verb, "nsubjpass") if passive else first_child(verb, "dobj")
    if head is None or (not passive and head.i < verb.i and head.lower_ not in {"what", "which", "that"}):
        return frozenset()
    if passive and find_agent(verb) is None:
        return frozenset()
    if verb.lemma_ in _TAKING_PEOPLE and (head.ent_type_ == "PERSON" or head.pos_ == "PRON"):
        return frozenset()
    return find_subtree(head) | _find_loose_phrases(verb, head, sense)


def _find_loose_phrases(verb: Token, head: Token, sense: CueSense) -> frozenset[int]:
    """Return what belongs to a demanded or promised object though the parser hung it on the verb.

    Phrases right behind it ("an apology from the firm"), and a condition ("a strike unless wages rise").
    """
    tokens: frozenset[int] = frozenset()
    end = max(find_subtree(head))
    if sense.cue_type in _WANTING | {"promise"}:
        conditions = (c for c in find_children(verb, "advcl") if c.i > end and c.doc[c.left_edge.i].lower_ in {"if", "unless"})
        tokens = tokens.union(*(find_subtree(c) for c in conditions))
    for preposition in find_children(verb, "prep"):
        phrase = find_subtree(preposition)
        if sense.cue_type in _WANTING and min(phrase) == end + 1 and preposition.lower_ in {"from", "of", "for", "between"}:
            if any(verb.doc[i].ent_type_ in {"DATE", "TIME"} for i in phrase):
                break
            tokens, end = tokens | phrase, max(phrase)
    return tokens
