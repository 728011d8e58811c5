"""Attributions that nouns and set phrases carry: "his claim that", "according to", "in the words of"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.abstentions import Report, ignore, miss_constructions, refuse_word
from kg.extract.candidates import Candidate
from kg.extract.clauses import (
    find_children,
    find_phrase,
    find_subject,
    find_subtree,
    find_verb_group,
    first_child,
    resolve_relative,
)
from kg.extract.cue_lexicon import CueLexicon
from kg.extract.modality import has_negative_determiner
from kg.extract.verb_cues import is_negated


def find_noun_cues(tokens: Sequence[Token], lexicon: CueLexicon, report: Report = ignore) -> Iterator[Candidate]:
    """Yield a candidate for each noun cue that has both a holder and a content.

    The holder is the possessive ("her claim"), the by- or from-phrase ("a call by Oslo"), or the subject of a light
    verb ("made the claim that"). The content is the clause or infinitive on the noun, the object of its preposition,
    or, for a light verb, the clause behind a colon.
    """
    for noun in tokens:
        senses = lexicon.nouns.get(noun.lemma_.lower()) if noun.pos_ == "NOUN" else None
        if not senses:
            continue
        holder, cue = _find_holder(noun, lexicon)
        for sense in senses:
            # Without a holder only a clause shows that somebody speaks: "reports that ...", "the claim that ...".
            takes = sense.takes if holder is not None else sense.takes & {"clause"}
            content, preposition = _find_noun_content(noun, holder, takes)
            if not content and holder is not None and "clause" in takes:
                content = _find_clause_behind(noun, lexicon)
            if content and (holder is not None or noun.dep_ != "dobj" or noun.head.lemma_ not in lexicon.light_verbs):
                tokens_of_cue = (cue | preposition) - content
                yield Candidate(
                    head=noun.i,
                    cue=tokens_of_cue,
                    source=frozenset() if holder is None else find_phrase(holder) - content - tokens_of_cue - {noun.i},
                    content=content,
                    cue_type=sense.cue_type,
                    weight=sense.weight,
                    by="noun",
                    lemma=noun.lemma_.lower(),
                    speaker=None if holder is None else resolve_relative(holder).i,
                    addressee=_find_noun_addressee(noun),
                    is_negated=_is_denied(noun, cue, lexicon),
                    is_hedged=holder is None,
                )
                break
        else:
            if holder is None:
                is_carried = noun.dep_ == "dobj" and noun.head.lemma_ in lexicon.light_verbs
                problem = f'"{noun.head}" has no subject' if is_carried else "nobody holds it, and no clause hangs on it"
                report(refuse_word("noun", noun, "no-speaker", problem))
            else:
                report(refuse_word("noun", noun, "no-content", miss_constructions(senses)))


def _find_holder(noun: Token, lexicon: CueLexicon) -> tuple[Token | None, frozenset[int]]:
    cue = {noun.i} | {c.i for c in noun.children if c.dep_ in {"amod", "compound"} and c.i < noun.i and c.ent_type_ == ""}
    owner = first_child(noun, "poss")
    if owner is not None:
        return owner, frozenset(cue)
    for preposition in find_children(noun, "prep"):
        if preposition.lower_ in {"by", "from", "among"}:
            return first_child(preposition, "pobj"), frozenset(cue | {preposition.i})
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.pos_ == "VERB":
        return find_subject(noun.head.head), frozenset(cue | {c.i for c in noun.children if c.dep_ == "det"})
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in lexicon.light_verbs:
        cue |= {c.i for c in noun.children if c.dep_ in {"det", "nummod"}}
        return find_subject(verb), frozenset(cue | find_verb_group(verb))
    demonym = next(
        (c for c in noun.children if c.dep_ in {"amod", "compound"} and c.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"}), None
    )
    return demonym, frozenset(cue)


def _find_clause_behind(noun: Token, lexicon: CueLexicon) -> frozenset[int]:
    """Return the that-clause right behind the noun's phrase that the parser hung on a verb which says nothing itself.

    "The talks ended with a warning from Oslo that the dam could fail."
    """
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() in lexicon.verbs:
        return frozenset()
    clauses = (c for c in find_children(verb, "ccomp", "advcl") if c.left_edge.i == noun.right_edge.i + 1)
    return next((find_subtree(c) for c in clauses if c.doc[c.left_edge.i].lower_ == "that"), frozenset())


def _is_denied(noun: Token, cue: frozenset[int], lexicon: CueLexicon) -> bool:
    """Tell whether nobody made the claim: "made no promise", "did not repeat the threat" (its verb is in the `cue`)."""
    return has_negative_determiner(noun) or (noun.head.i in cue and is_negated(noun.head, lexicon))


def _find_noun_addressee(noun: Token) -> int | None:
    """Return the main word of who is spoken to: "her promise to voters"; None where nobody is named."""
    to = next((child for child in find_children(noun, "prep") if child.lower_ == "to"), None)
    spoken_to = first_child(to, "pobj") if to is not None else None
    return None if spoken_to is None else spoken_to.i


def _find_noun_content(noun: Token, holder: Token | None, takes: frozenset[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the content's tokens and those of the preposition that leads to it."""
    # "denials from the firm that it had spilled oil": the parser hangs the clause on the holder.
    misplaced = find_children(holder, "acl", "relcl") if holder is not None and holder.i > noun.i else ()
    for clause in (*find_children(noun, "acl", "ccomp", "relcl"), *misplaced):
        starts_with_that = any(c.dep_ == "mark" and c.lower_ in {"that", "whether"} for c in clause.children)
        is_infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
        if ("clause" in takes and starts_with_that) or ("to" in takes and is_infinitive):
            return find_subtree(clause), frozenset()
    if noun.dep_ == "dobj" and "clause" in takes:
        governed = next(
            (c for c in find_children(noun.head, "ccomp", "advcl") if any(m.lower_ == "that" for m in c.children)), None
        )
        if governed is not None and governed.i > noun.i:
            return find_subtree(governed), frozenset()
        announced = _find_announced(noun)
        if announced:
            return announced, frozenset()
    for preposition in find_children(noun, "prep"):
        # "to" leads to an infinitive; with a noun it names who is spoken to ("his call to the envoy").
        if preposition.lower_ in takes and preposition.lower_ != "to":
            head = first_child(preposition, "pobj", "pcomp")
            if head is not None:
                return find_subtree(head), frozenset({preposition.i})
    return frozenset(), frozenset()


def _find_announced(noun: Token) -> frozenset[int]:
    """Return what stands behind the colon that a noun cue leads to ("made one demand: ..."), to the sentence's end."""
    rest = noun.doc[noun.i + 1 : noun.sent.end]
    colon = next((token for token in rest if token.text == ":"), None)
    return frozenset(range(colon.i + 1, noun.sent.end)) if colon is not None else frozenset()


def find_phrase_cues(tokens: Sequence[Token], lexicon: CueLexicon, report: Report = ignore) -> Iterator[Candidate]:
    """Yield a candidate for each set phrase of a sentence: "according to X", "in X's view", "for X, ..."."""
    for token in tokens:
        if token.lower_ == "according":
            yield from _read_according(token, report)
        elif token.lower_ == "per" and token.dep_ == "prep":
            yield from _read_per(token, lexicon)
        elif token.lower_ in lexicon.hedges:
            yield from _read_hedge(token, report)
        elif token.lower_ == "in" and token.dep_ == "prep":
            yield from _read_in_words(token, lexicon)


def _read_according(token: Token, report: Report) -> Iterator[Candidate]:
    to = first_child(token, "prep")
    speaker = first_child(to, "pobj") if to is not None else None
    if to is None or speaker is None:
        report(refuse_word("according-to", token, "no-speaker", 'no "to" with a name behind it'))
        return
    clauses = [t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}]
    clause = clauses[0] if clauses else token.sent.root
    while clause.dep_ in {"aux", "auxpass"}:
        clause = clause.head
    phrase = find_subtree(token)
    content = find_subtree(clause) - phrase
    if content:
        yield Candidate(
            head=token.i,
            cue=frozenset({token.i, to.i}),
            source=phrase - {token.i, to.i},
            content=content,
            cue_type="statement",
            weight=0.95,
            by="according-to",
            lemma="according to",
            speaker=speaker.i,
        )
    else:
        report(refuse_word("according-to", token, "no-content", "its sentence says nothing else"))


def _read_hedge(adverb: Token, report: Report) -> Iterator[Candidate]:
    """Read "reportedly": what its clause says is reported by nobody in particular."""
    content = find_subtree(adverb.head) - {adverb.i}
    if adverb.dep_ != "advmod" or adverb.head.pos_ not in {"VERB", "AUX"} or adverb.head.dep_ != "ROOT":
        report(refuse_word("hedge", adverb, "minor-hedge", f'it hedges "{adverb.head}", which is not the sentence\'s main verb'))
    else:
        yield Candidate(
            head=adverb.i,
            cue=frozenset({adverb.i}),
            source=frozenset(),
            content=content,
            cue_type="statement",
            weight=0.7,
            by="hedge",
            lemma=adverb.lower_,
            is_hedged=True,
        )


def _read_per(token: Token, lexicon: CueLexicon) -> Iterator[Candidate]:
    """Read ", per a memo that ...": set off by a comma; in front of a bare noun it leads to a rate ("per person")."""
    speaker = first_child(token, "pobj")
    clause = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if speaker is None or clause is None:
        return
    is_definite = any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ == "the") for c in speaker.children)
    is_named = is_definite or speaker.pos_ == "PROPN" or speaker.lemma_.lower() in lexicon.speaking_things
    is_set_off = token.is_sent_start or token.doc[token.i - 1].text == ","
    source = find_subtree(token) - {token.i}
    content = find_subtree(clause) - source - {token.i}
    if is_named and is_set_off and content:
        yield Candidate(
            head=token.i,
            cue=frozenset({token.i}),
            source=source,
            content=content,
            cue_type="statement",
            weight=0.8,
            by="according-to",
            lemma="per",
            speaker=speaker.i,
        )


def _read_in_words(token: Token, lexicon: CueLexicon) -> Iterator[Candidate]:
    noun = first_child(token, "pobj")
    if noun is None or noun.lemma_.lower() not in lexicon.phrase_nouns:
        return
    speaker = first_child(noun, "poss")
    of = first_child(noun, "prep")
    if speaker is None and of is not None and of.lower_ == "of":
        speaker = first_child(of, "pobj")
    content = find_subtree(token.head) - find_subtree(token)
    if speaker is not None and content:
        source = find_phrase(speaker)
        yield Candidate(
            head=noun.i,
            cue=find_subtree(token) - source - {child.i for child in speaker.children if child.dep_ == "case"},
            source=source,
            content=content,
            cue_type="statement" if noun.lemma_.lower().startswith("word") else "belief",
            weight=0.8,
            by="in-the-words-of",
            lemma=f"in {noun.lemma_.lower()}",
            speaker=speaker.i,
        )
