"""Attributions that a verb (or a predicative adjective) carries, read off its dependents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.candidates import Candidate
from kg.extract.clauses import (
    SUBJECTS,
    find_children,
    find_phrase,
    find_subject,
    find_subtree,
    find_verb_group,
    first_child,
    is_passive,
    resolve_relative,
)
from kg.extract.cue_lexicon import CueLexicon, CueSense

_CLAUSE_TYPES = frozenset({"clause", "whether"})
#: Verbs whose object alone, without "as" or a second noun phrase, is no description ("called him").
_TWO_OBJECTS = frozenset({"call", "name", "brand", "dub", "label", "deem", "term", "consider", "declare", "pronounce", "style"})
#: Words between a verb and a subject that the parser did not join to it.
_FARTHEST_SUBJECT = 20
_PARTING_MARKS = frozenset({"“", "”", '"', "''", ":", ";", "(", ")"})
_OPENING_INSERTIONS = frozenset({",", "”", '"', "''", "’", "—", "–"})
#: Verbs that stand before their subject and take no person as an object.
_PLAIN_SPEECH = frozenset(
    {"say", "add", "reply", "write", "note", "explain", "insist", "continue", "respond", "argue", "claim", "declare"}
)
#: Verbs whose personal object is who is spoken to, not what is said ("promised the envoy").
_TAKING_PEOPLE = frozenset({"promise", "guarantee", "threaten", "offer", "question", "challenge", "refuse"})
#: What only people do: the subject of a clause about things is not their subject.
_PERSONAL_ACTS = frozenset(
    {"accuse", "threaten", "deny", "vow", "pledge", "promise", "urge", "demand", "call", "warn", "blame", "order", "tell"}
)
#: Verbs that attribute only with this object: `put it more simply: "..."`.
_FIXED_OBJECTS = {"put": "it"}
_WITHHOLDING = frozenset({"decline", "refuse"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_ACTORLESS = frozenset({"it", "there", "this", "that", "what", "which"})


class Content(NamedTuple):
    """The content that a construction carries, with the construction's name and the sense that takes it."""

    tokens: frozenset[int]
    sense: CueSense
    construction: str


def find_verb_cues(tokens: Sequence[Token], lexicon: CueLexicon) -> Iterator[Candidate]:
    """Yield a candidate for each cue verb of a sentence, with or without content (quotations may still give it one).

    Content is empty where only a quotation could fill it; such candidates must be dropped if none does.
    """
    for token in tokens:
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            senses = lexicon.verbs.get(token.lemma_.lower())
            if senses:
                yield from _read_verb(token, senses, lexicon)
        elif token.pos_ in {"ADJ", "VERB"} and token.dep_ == "acomp":
            senses = lexicon.adjectives.get(token.lower_)
            if senses:
                yield from _read_adjective(token, senses, lexicon)


def _read_verb(verb: Token, senses: tuple[CueSense, ...], lexicon: CueLexicon) -> Iterator[Candidate]:
    fixed = _FIXED_OBJECTS.get(verb.lemma_)
    if fixed is not None and not any(child.dep_ == "dobj" and child.lower_ == fixed for child in verb.children):
        return
    leading = _find_leading(verb, lexicon)
    if verb.lemma_ in _WITHHOLDING and (spoken := _find_withheld(verb, lexicon)) is not None:
        yield from _read_withheld(verb, spoken, lexicon)
        return
    passive = is_passive(verb)
    speaker = _find_agent(verb) if passive else find_subject(leading[-1] if leading else verb)
    if (outer := find_outer_cue(verb)) is not None:
        speaker = find_subject(outer)
    if not passive and (inverted := _find_inverted_subject(verb)) is not None:
        speaker = inverted
    if speaker is None and not passive:
        speaker = _find_lost_subject(verb)
    cue = find_verb_group(verb).union(*(find_verb_group(v) for v in leading))
    if leading:
        cue |= {child.i for v in (verb, *leading[:-1]) for child in find_children(v, "aux")}
    content = _find_content(verb, senses, passive=passive)
    if content is not None and content.construction == "object" and _carries_noun_cue(verb, lexicon):
        return
    if content is None and not (speaker is not None and any("clause" in s.takes for s in senses)):
        return
    sense = content.sense if content else next(s for s in senses if "clause" in s.takes)
    source = frozenset[int]() if speaker is None else find_phrase(speaker)
    tokens = content.tokens if content else frozenset[int]()
    if content and content.construction not in {"to", "ing", "object", "as"}:
        tokens -= cue
    negated = _is_negated(verb, lexicon) or any(
        _is_negated(v, lexicon) or v.lemma_ in {"decline", "refuse", "fail"} for v in leading
    )
    addressee = first_child(verb, "dobj", "dative") if content and content.construction in _CLAUSE_TYPES | {"to"} else None
    yield Candidate(
        head=verb.i,
        cue=cue | (_find_preposition(verb, content) if content else frozenset()),
        source=source - cue,
        content=tokens - source if speaker is not None and source.isdisjoint(cue) else tokens,
        cue_type=sense.cue_type,
        weight=sense.weight,
        by=f"verb-{content.construction}" if content else "verb-quotation",
        lemma=verb.lemma_.lower(),
        speaker=None if speaker is None else resolve_relative(speaker).i,
        addressee=None if addressee is None else addressee.i,
        is_negated=negated or _is_nobody(speaker, lexicon),
        is_hedged=(passive and speaker is None)
        or any(child.lower_ in lexicon.hedges for v in (verb, *leading) for child in v.children),
    )


def _find_withheld(verb: Token, lexicon: CueLexicon) -> Token | None:
    """Return the verb of speech that the speaker declines to do ("declined to comment")."""
    spoken = first_child(verb, "xcomp")
    is_speech = spoken is not None and any("clause" in s.takes for s in lexicon.verbs.get(spoken.lemma_.lower(), ()))
    return spoken if is_speech else None


def _read_withheld(verb: Token, spoken: Token, lexicon: CueLexicon) -> Iterator[Candidate]:
    """Yield a negated statement; nothing where the verb of speech has a content and so is the cue itself."""
    speaker = find_subject(verb)
    senses = lexicon.verbs[spoken.lemma_.lower()]
    if speaker is None or _find_content(spoken, senses, passive=False) is not None:
        return
    yield Candidate(
        head=verb.i,
        cue=find_verb_group(verb),
        source=find_phrase(speaker),
        content=find_subtree(spoken),
        cue_type="statement",
        weight=senses[0].weight,
        by="verb-to",
        lemma=verb.lemma_.lower(),
        speaker=resolve_relative(speaker).i,
        is_negated=True,
    )


def _carries_noun_cue(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether the verb only carries a noun that attributes: "press an argument", "express concern"."""
    head = first_child(verb, "dobj")
    return head is not None and verb.lemma_ in lexicon.light_verbs and head.lemma_.lower() in lexicon.nouns


def _find_leading(verb: Token, lexicon: CueLexicon) -> list[Token]:
    """Return the verbs in front that only shade the cue ("continued to insist"), nearest first."""
    leading = []
    while (
        verb.dep_ == "xcomp" and verb.head.lemma_ in lexicon.leading_verbs and verb.head.i < verb.i and verb.i - verb.head.i < 5
    ):
        verb = verb.head
        leading.append(verb)
    return leading


def _find_inverted_subject(verb: Token) -> Token | None:
    """Return the noun phrase right behind a cue that is set off by a comma or mark: `..., said the minister, ...`."""
    before = next((t for t in reversed(verb.doc[max(0, verb.i - 3) : verb.i]) if not t.is_space), None)
    if before is None or before.text not in _OPENING_INSERTIONS or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    has_own = any(child.dep_ in SUBJECTS and child.i < verb.i for child in verb.children)
    is_plain = verb.lemma_ in _PLAIN_SPEECH and not has_own
    for child in verb.children:
        is_phrase = child.pos_ in {"PROPN", "NOUN", "PRON"} and child.dep_ in {"nsubj", "dobj", "oprd", "npadvmod", "attr"}
        if child.i > verb.i and is_phrase and (is_plain or child.dep_ == "nsubj") and min(find_subtree(child)) == verb.i + 1:
            return child
    return None


def _find_lost_subject(verb: Token) -> Token | None:
    """Return the subject in front of a finite verb or participle that the parser left without one; else None.

    It is the nearest subject before the verb in the sentence that no other clause boundary or quotation parts from it.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBG", "VBP"} or any(child.dep_ == "mark" for child in verb.children):
        return None
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _FARTHEST_SUBJECT) : verb.i]):
        if token.text in _PARTING_MARKS:
            return None
        if token.dep_ == "nsubj" and token.pos_ in {"PROPN", "NOUN", "PRON"}:
            return token
    return None


def _find_agent(verb: Token) -> Token | None:
    agent = first_child(verb, "agent")
    return first_child(agent, "pobj") if agent is not None else None


def _is_negated(verb: Token, lexicon: CueLexicon) -> bool:
    first = verb.doc[verb.left_edge.i]
    return first.lower_ in {"nor", "neither"} or any(
        child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in lexicon.negations) for child in verb.children
    )


def _is_nobody(speaker: Token | None, lexicon: CueLexicon) -> bool:
    """Tell whether the subject denies that anybody speaks: "neither side disclosed", "no official said"."""
    if speaker is None:
        return False
    return speaker.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ in lexicon.negations for c in speaker.children)


def _find_preposition(verb: Token, content: Content) -> frozenset[int]:
    """Return the preposition that belongs to the cue ("called for"): the one whose object is the content."""
    if content.construction != "preposition":
        return frozenset()
    first = min(content.tokens)
    return frozenset(c.i for c in verb.children if c.dep_ == "prep" and c.i == first - 1 and c.i - verb.i < 3)


def _find_content(verb: Token, senses: tuple[CueSense, ...], *, passive: bool) -> Content | None:
    for sense in senses:
        for tokens, construction in _find_constructions(verb, sense, passive=passive):
            if tokens:
                return Content(tokens, sense, construction)
    return None


def _find_constructions(verb: Token, sense: CueSense, *, passive: bool) -> Iterator[tuple[frozenset[int], str]]:
    takes = sense.takes
    if takes & _CLAUSE_TYPES:
        yield _find_clause(verb, takes), "clause"
    if "as" in takes:
        yield _find_description(verb, passive=passive), "as"
    if "to" in takes:
        yield _find_infinitive(verb, with_object=sense.cue_type == "demand"), "to"
    if "ing" in takes:
        yield _find_gerund(verb), "ing"
    yield _find_prepositional(verb, takes), "preposition"
    if "object" in takes:
        yield _find_object(verb, passive=passive), "object"


def _find_clause(verb: Token, takes: frozenset[str]) -> frozenset[int]:
    """Return the finite clause that the verb governs, or the clause that it is inserted into."""
    for clause in find_children(verb, "ccomp"):
        is_question = any(c.dep_ == "mark" and c.lower_ in {"if", "whether"} for c in clause.children)
        if clause.i < verb.i and _is_cut_off(clause, verb):
            continue
        if ("clause" in takes or is_question) and _is_finite(clause):
            return find_subtree(clause) - _find_next_cues(clause)
    if "clause" not in takes:
        return frozenset()
    if verb.dep_ in {"parataxis", "ccomp", "advcl"} and _is_inserted(verb):
        return find_subtree(verb.head) - find_subtree(verb)
    as_mark = any(child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in verb.children)
    if as_mark and verb.dep_ == "advcl" and not list(find_children(verb, "dobj", "prep", "xcomp")):
        return find_subtree(verb.head) - find_subtree(verb)
    return frozenset()


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


def _find_infinitive(verb: Token, *, with_object: bool = False) -> frozenset[int]:
    """Return the infinitive that the verb governs; of a demand with the one who is to act ("urged Oslo to wait")."""
    for clause in find_children(verb, "xcomp", "ccomp", "advcl"):
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children) and clause.i > verb.i:
            asked = first_child(verb, "dobj", "dative") if with_object else None
            person = find_subtree(asked) if asked is not None and verb.i < asked.i < clause.i else frozenset[int]()
            return find_subtree(clause) | person
    return frozenset()


def _find_gerund(verb: Token) -> frozenset[int]:
    clause = next((c for c in find_children(verb, "xcomp", "ccomp") if c.tag_ == "VBG" and c.i > verb.i), None)
    return find_subtree(clause) if clause is not None else frozenset()


def _find_prepositional(verb: Token, takes: frozenset[str]) -> frozenset[int]:
    for preposition in find_children(verb, "prep", "prt"):
        if preposition.lower_ in takes and preposition.i > verb.i:
            head = first_child(preposition, "pobj", "pcomp", "prep")
            if head is None:
                continue
            tokens = find_subtree(head)
            target = first_child(verb, "dobj")
            infinitive = _find_infinitive(verb)
            if infinitive and preposition.lower_ in {"on", "upon", "for", "to"}:
                return tokens | infinitive
            if target is not None and verb.lemma_ != "call" and target.i < preposition.i:
                return tokens | {preposition.i} | find_subtree(target)
            return tokens
    return frozenset()


def _find_object(verb: Token, *, passive: bool) -> frozenset[int]:
    head = first_child(verb, "nsubjpass") if passive else first_child(verb, "dobj")
    if head is None or (not passive and head.i < verb.i and head.lower_ not in {"what", "which", "that"}):
        return frozenset()
    if passive and _find_agent(verb) is None:
        return frozenset()
    if verb.lemma_ in _TAKING_PEOPLE and (head.ent_type_ == "PERSON" or head.pos_ == "PRON"):
        return frozenset()
    return find_subtree(head)


def _read_adjective(adjective: Token, senses: tuple[CueSense, ...], lexicon: CueLexicon) -> Iterator[Candidate]:
    copula = adjective.head
    speaker = find_subject(copula)
    if speaker is None or speaker.lower_ in _ACTORLESS:
        return
    for sense in senses:
        clause = first_child(adjective, "ccomp")
        tokens = find_subtree(clause) if clause is not None and "clause" in sense.takes else frozenset[int]()
        preposition = frozenset[int]()
        if not tokens:
            tokens = _find_prepositional(adjective, sense.takes)
            preposition = frozenset(c.i for c in adjective.children if c.dep_ == "prep" and c.i == adjective.i + 1)
        if tokens:
            yield Candidate(
                head=adjective.i,
                cue=find_verb_group(copula) | {adjective.i} | (preposition - tokens),
                source=find_phrase(speaker),
                content=tokens,
                cue_type=sense.cue_type,
                weight=sense.weight,
                by="adjective",
                lemma=adjective.lower_,
                speaker=resolve_relative(speaker).i,
                is_negated=_is_negated(copula, lexicon),
            )
            return
