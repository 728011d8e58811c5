"""Attributions that a verb (or a predicative adjective) carries, read off its dependents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.abstentions import Refusal, Report, ignore, miss_constructions, refuse_word
from kg.extract.addressees import find_addressee
from kg.extract.candidates import Candidate
from kg.extract.clauses import (
    SUBJECTS,
    find_agent,
    find_children,
    find_phrase,
    find_subject,
    find_subtree,
    find_verb_group,
    first_child,
    is_alternative,
    is_neither,
    is_no_longer,
    is_passive,
    resolve_relative,
)
from kg.extract.cue_lexicon import CueLexicon, CueSense
from kg.extract.leading import find_leading
from kg.extract.verb_contents import Content, find_content, find_outer_cue, find_prepositional

#: Words between a verb and a subject that the parser did not join to it.
_FARTHEST_SUBJECT = 20
_PARTING_MARKS = frozenset({"“", "”", '"', "''", ":", ";", "(", ")"})
_OPENING_INSERTIONS = frozenset({",", "”", '"', "''", "’", "—", "–"})
#: Verbs that stand before their subject and take no person as an object.
_PLAIN_SPEECH = frozenset(
    {"say", "add", "reply", "write", "note", "explain", "insist", "continue", "respond", "argue", "claim", "declare", "ask"}
)
#: Verbs that attribute only with this object: `put it more simply: "..."`.
_FIXED_OBJECTS = {"put": "it"}
#: Places of a gerund that has no subject: "supporting them is essential".
_NOUN_LIKE = frozenset({"csubj", "csubjpass", "nsubj", "nsubjpass", "dobj", "pobj", "pcomp", "amod", "compound"})
#: "demanded to know why": the knowledge is wanted, nobody has it.
_LEARNING = frozenset({"know", "learn", "understand"})
#: "wanted to know why": a question.
_ASKING = frozenset({"want", "wish"})
_WITHHOLDING = frozenset({"decline", "refuse"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_ACTORLESS = frozenset({"it", "there", "this", "that", "what", "which"})


def find_verb_cues(tokens: Sequence[Token], lexicon: CueLexicon, report: Report = ignore) -> Iterator[Candidate]:
    """Yield a candidate for each cue verb of a sentence, with or without content (quotations may still give it one).

    Content is empty where only a quotation could fill it; such candidates must be dropped if none does. The report hears
    of each word of the lexicon that becomes no candidate.
    """
    for token in tokens:
        # "is convinced that": the tagger takes some of these adjectives for participles.
        adjective = lexicon.adjectives.get(token.lower_) if token.dep_ == "acomp" else None
        if adjective:
            yield from _read_adjective(token, adjective, lexicon, report)
        elif token.pos_ in {"AUX", "VERB"} or token.tag_.startswith("VB"):
            key = find_key(token, lexicon)
            if key is not None:
                yield from _read_verb(token, key, lexicon, report)


def find_key(verb: Token, lexicon: CueLexicon) -> str | None:
    """Return the verb's key in the lexicon, with its particle where that belongs to it; None where it is unknown."""
    particles = (c.lower_ for c in find_children(verb, "prt", "advmod", "acomp", "oprd") if c.i > verb.i)
    return lexicon.find_verb(verb.lemma_.lower(), verb.lower_, particles)


def _read_verb(verb: Token, key: str, lexicon: CueLexicon, report: Report) -> Iterator[Candidate]:
    senses = lexicon.verbs[key]
    fixed = _FIXED_OBJECTS.get(verb.lemma_)
    refusal = _find_veto(verb, fixed, lexicon)
    if refusal is not None:
        report(refusal)
        return
    leading = find_leading(verb, lexicon)
    if verb.lemma_ in _WITHHOLDING and (spoken := _find_withheld(verb, lexicon)) is not None:
        yield from _read_withheld(verb, spoken, lexicon, report)
        return
    passive = is_passive(verb)
    speaker = find_agent(verb) if passive else find_subject(leading.verbs[-1] if leading.verbs else verb)
    if (outer := find_outer_cue(verb)) is not None:
        speaker = find_subject(outer)
    if not passive and (inverted := _find_inverted_subject(verb)) is not None:
        speaker = inverted
    if speaker is None and not passive:
        speaker = _find_described_speaker(verb) or _find_lost_subject(verb)
    if speaker is None and verb.tag_ == "VB" and any(child.lower_ == "to" for child in find_children(verb, "aux")):
        # "it is wrong to claim that ...": nobody does
        report(refuse_word("verb", verb, "no-speaker", "an infinitive of which nobody is said to do it"))
        return
    cue = find_verb_group(verb) | leading.tokens
    if fixed is not None:
        cue |= {child.i for child in find_children(verb, "dobj")}
    content = find_content(verb, senses, passive=passive)
    if content is not None and content.construction == "object" and _carries_noun_cue(verb, lexicon):
        report(refuse_word("verb", verb, "part-of-cue", "it only carries the noun that attributes"))
        return
    if content is None and not (speaker is not None and any("clause" in s.takes for s in senses)):
        nobody = ", and it has no subject" if speaker is None else ""
        report(refuse_word("verb", verb, "no-content", miss_constructions(senses) + nobody))
        return
    sense = content.sense if content else next(s for s in senses if "clause" in s.takes)
    if verb.lemma_ in _LEARNING and any(v.lemma_ in _ASKING for v in leading.verbs):
        sense = sense._replace(cue_type="question")
    source = frozenset[int]() if speaker is None else _find_source(speaker, verb)
    construction = content.construction if content else "quotation"
    tokens = content.tokens if content else frozenset[int]()
    if passive and construction == "preposition":
        source -= tokens  # the parser hangs the deed on who lays it to somebody: "accused by villagers of lying"
    if content and content.construction not in {"to", "ing", "object", "as"}:
        tokens -= cue
    addressee = find_addressee(verb, tokens, lexicon)
    yield Candidate(
        head=verb.i,
        cue=cue | (_find_preposition(verb, content) if content else frozenset()),
        source=source - cue,
        content=tokens - source if speaker is not None and source.isdisjoint(cue) else tokens,
        cue_type=sense.cue_type,
        weight=sense.weight,
        by=f"verb-{construction}",
        lemma=key,
        speaker=None if speaker is None else resolve_relative(speaker).i,
        addressee=None if addressee is None or addressee.i in source else addressee.i,
        is_negated=leading.is_negative
        or any(is_negated(v, lexicon) for v in (verb, *leading.verbs))
        or _is_nobody(speaker, lexicon),
        is_hedged=(passive and speaker is None)
        or any(child.lower_ in lexicon.hedges for v in (verb, *leading.verbs) for child in v.children),
    )


def _find_veto(verb: Token, fixed: str | None, lexicon: CueLexicon) -> Refusal | None:
    """Return why a verb of the lexicon attributes nothing here, whatever hangs on it; None where it may."""
    if fixed is not None and not any(child.dep_ == "dobj" and child.lower_ == fixed for child in verb.children):
        return refuse_word("verb", verb, "no-content", f'it attributes only with "{fixed}" as its object')
    if verb.lemma_ in _LEARNING and _is_wanted(verb, lexicon):
        return refuse_word("verb", verb, "no-speaker", f'who would "{verb.lemma_}" does not do so yet')
    if verb.lemma_ in _ASKING and any(child.lemma_ in _LEARNING for child in find_children(verb, "xcomp")):
        return refuse_word("verb", verb, "part-of-cue", "who wants to know asks: the knowing has the content")
    if is_alternative(verb) and verb.head.dep_ == "xcomp" and verb.head.head.lemma_ in _WITHHOLDING:
        return refuse_word("verb", verb, "part-of-cue", f'"{verb.head.head}" has it as its content')
    return None


def _is_wanted(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether the verb is the infinitive of a wish or demand: "demanded to know"."""
    key = find_key(verb.head, lexicon) if verb.dep_ == "xcomp" and verb.head.i != verb.i else None
    return (
        key is not None
        and key not in _ASKING
        and any(s.cue_type in {"intention", "demand", "question"} for s in lexicon.verbs[key])
    )


def _find_source(speaker: Token, verb: Token) -> frozenset[int]:
    """Return the speaker's phrase on its own side of the cue: what the parser joins to it beyond is content."""
    return frozenset(i for i in find_phrase(speaker) if (i < verb.i) == (speaker.i < verb.i))


def _find_withheld(verb: Token, lexicon: CueLexicon) -> Token | None:
    """Return the verb of speech that the speaker declines to do ("declined to comment")."""
    spoken = first_child(verb, "xcomp")
    key = None if spoken is None else find_key(spoken, lexicon)
    return spoken if key is not None and any("clause" in s.takes for s in lexicon.verbs[key]) else None


def _read_withheld(verb: Token, spoken: Token, lexicon: CueLexicon, report: Report) -> Iterator[Candidate]:
    """Yield a negated statement; nothing where the verb of speech has a content and so is the cue itself."""
    speaker = find_subject(verb)
    senses = lexicon.verbs[find_key(spoken, lexicon) or spoken.lemma_.lower()]
    if speaker is None:
        report(refuse_word("verb", verb, "no-speaker", f'it has no subject that would not "{spoken.lemma_}"'))
        return
    if find_content(spoken, senses, passive=False) is not None:
        report(refuse_word("verb", verb, "part-of-cue", f'it leads to "{spoken.lemma_}", which attributes'))
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


def _find_described_speaker(verb: Token) -> Token | None:
    """Return the description of a name between commas right in front of the cue: "..., its mayor, Ivo Dragan, said".

    The parser takes it for an apposition of what stands before it.
    """
    start = verb.sent.start
    if verb.i - start < 4 or verb.doc[verb.i - 1].text != "," or verb.doc[verb.i - 2].pos_ != "PROPN":
        return None
    name = verb.doc[verb.i - 2]
    described = name.head
    is_described = name.dep_ == "appos" and described.pos_ == "NOUN" and first_child(described, "poss", "det") is not None
    first = min(find_phrase(described)) if is_described else start
    return described if is_described and first > start and verb.doc[first - 1].text == "," else None


def _find_lost_subject(verb: Token) -> Token | None:
    """Return the subject in front of a finite verb or participle that the parser left without one; else None.

    It is the nearest subject before the verb in the sentence that no other clause boundary or quotation parts from it.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBG", "VBP"} or any(child.dep_ == "mark" for child in verb.children):
        return None
    if verb.dep_ in _NOUN_LIKE:
        return None
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _FARTHEST_SUBJECT) : verb.i]):
        if token.text in _PARTING_MARKS:
            return None
        if token.dep_ == "nsubj" and token.pos_ in {"PROPN", "NOUN", "PRON"}:
            return token
    return None


def is_negated(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether a word beside the verb, or in front of its clause, denies it: "did not say", "nor did she say".

    The denial of a verb goes on behind "or": "did not confirm or deny".
    """
    if is_alternative(verb) and is_negated(verb.head, lexicon):
        return True
    first = verb.doc[verb.left_edge.i]
    return first.lower_ in {"nor", "neither"} or any(
        child.dep_ == "neg"
        or is_no_longer(child)
        or is_neither(child)
        or (child.dep_ == "advmod" and child.lower_ in lexicon.negations)
        for child in verb.children
    )


def _is_nobody(speaker: Token | None, lexicon: CueLexicon) -> bool:
    """Tell whether the subject denies that anybody speaks: "neither side disclosed", "no official said"."""
    if speaker is None:
        return False
    return speaker.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ in lexicon.negations for c in speaker.children)


def _find_preposition(verb: Token, content: Content) -> frozenset[int]:
    """Return the preposition that belongs to the cue ("called for"): the one whose object is the content."""
    if content.construction not in {"preposition", "to"}:
        return frozenset()
    first = min(content.tokens)
    return frozenset(c.i for c in verb.children if c.dep_ == "prep" and c.i == first - 1 and c.i - verb.i < 3)


def _read_adjective(adjective: Token, senses: tuple[CueSense, ...], lexicon: CueLexicon, report: Report) -> Iterator[Candidate]:
    copula = adjective.head
    speaker = find_subject(copula)
    if speaker is None or speaker.lower_ in _ACTORLESS:
        subject = "it has no subject" if speaker is None else f'its subject is "{speaker}"'
        report(refuse_word("adjective", adjective, "no-speaker", f"{subject}: nobody who could think so"))
        return
    for sense in senses:
        clause = first_child(adjective, "ccomp")
        tokens = find_subtree(clause) if clause is not None and "clause" in sense.takes else frozenset[int]()
        preposition = frozenset[int]()
        if not tokens:
            tokens = find_prepositional(adjective, sense.takes)
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
                is_negated=is_negated(copula, lexicon),
            )
            return
    report(refuse_word("adjective", adjective, "no-content", miss_constructions(senses)))
