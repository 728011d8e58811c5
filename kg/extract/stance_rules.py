"""Stance by rules on the parse: opinion words that govern the target, turned round by what negates them.

A target is followed up the parse: what it is said to be or do, what is done to it, whose noun it owns. Each finding is a
vote of +1 (cast well), -1 (cast badly) or part of it; the votes of one target are added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import SUBJECTS, find_subject, first_child, is_passive, resolve_relative
from kg.extract.stance_lexicon import StanceLexicon
from kg.extract.stance_turns import TURNED, is_asked, is_demanded, is_offered, read_turn

#: What somebody's government or policy is said to be is said of them, with less force.
_OWNED = 0.7
_HIGHEST_CLIMB = 6
_NO_VOTE = 0.35
_LONGEST_CHAIN = 4
#: Prepositions that lead to whom a verb or a feeling concerns.
_LEADING = frozenset({"for", "of", "on", "to", "at", "in", "with", "against", "behind", "by", "from"})
_FELT = frozenset({"for", "in", "of", "at", "on", "with", "to", "against", "towards", "toward"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_PLACES = frozenset({"in", "on", "at", "near", "between", "beyond", "along", "off"})
_NOBODY = frozenset({"nobody", "none"})
_GENERAL = frozenset({"one", "everyone", "everybody", "all", "my", "our"})


class Voice(NamedTuple):
    """How the words give the speaker.

    Attributes:
        cue: token indexes of the cue, whose verb is the speaker's own act.
        own: lower-case pronouns that can mean the speaker: "i" and "we" in direct speech, "he" and "she" in indirect.
    """

    cue: frozenset[int]
    own: frozenset[str]


class StanceRules:
    """Votes by a lexicon; without state between texts."""

    def __init__(self, lexicon: StanceLexicon) -> None:
        self._lexicon = lexicon
        self._bearing = lexicon.bearing | lexicon.embodying | lexicon.reversing

    def vote(self, target: Token, voice: Voice) -> float:
        """Return the votes on a target; 0 where nothing is said for or against. `target` is the main word of its mention."""
        votes = sum(self._find_votes(target, voice, 1.0, 0))
        return votes * self._read_frame(target, voice.cue) if votes else 0.0

    def vote_by_cue(self, target: Token, cue: frozenset[int]) -> int:
        """Return the sign of a cue that is done to the target itself: "praised Oslo", "condemned Oslo's raid"; else 0.

        "Condemned the raid on Oslo" is not done to Oslo.
        """
        token = target
        for _ in range(_LONGEST_CHAIN):
            head = token.head
            if token.dep_ in {"dobj", "dative", "nsubjpass"} and head.i in cue:
                return self._lexicon.attitudes.get(head.lemma_.lower(), 0)
            if token.dep_ == "pobj" and head.head.i in cue and head.lower_ in _LEADING:
                return self._lexicon.attitudes.get(head.head.lemma_.lower(), 0)
            if token.dep_ == "pobj" and head.lower_ in {"of", "by"} and head.head.pos_ in {"NOUN", "PROPN"}:
                token = head.head
            elif token.dep_ in {"conj", "appos", "poss"}:
                token = head
            else:
                return 0
        return 0

    def _find_votes(self, token: Token, voice: Voice, force: float, depth: int) -> Iterator[float]:
        if depth > _LONGEST_CHAIN or is_asked(token):
            return
        head = token.head
        if token.dep_ in {"conj", "appos"}:
            yield from self._find_votes(head, voice, force * read_turn(token), depth + 1)
            return
        yield from (force * sign for sign in self._judge_modifiers(token))
        if token.dep_ in {"poss", "compound", "nmod"} and head.pos_ in _NOMINAL:
            yield from self._follow_noun(head, voice, force, depth)
        elif token.dep_ in SUBJECTS:
            yield force * self._judge_subject(token, head, voice)
        elif token.dep_ in {"dobj", "dative", "oprd"}:
            yield force * (self._judge_named(head, token, voice) or self._judge_object(head, voice))
        elif token.dep_ == "pobj":
            yield from self._judge_oblique(token, voice, force, depth)
        for relative in (child for child in token.children if child.dep_ == "relcl"):
            subject = first_child(relative, *SUBJECTS)
            if subject is not None and resolve_relative(subject).i == token.i:
                yield force * self._judge_doer(relative, voice)

    def _read_frame(self, target: Token, cue: frozenset[int]) -> float:
        """Return -1 (or part of it) where what holds the target is refuted: "it is a lie that", "wrong to call"."""
        below = target
        for ancestor in target.ancestors:
            if ancestor.i in cue:
                break
            if below.dep_ in _CLAUSES:
                named = first_child(ancestor, "acomp", "attr") if ancestor.lemma_ == "be" else ancestor
                if named is not None and named.lemma_.lower() in self._lexicon.refuting | self._lexicon.reversing:
                    return -TURNED * read_turn(ancestor)
            below = ancestor
        return 1.0

    def _judge_modifiers(self, token: Token) -> Iterator[float]:
        """Yield a vote for each adjective or apposition of the target itself: "the reckless regime", "X, a liar"."""
        for child in token.children:
            if child.dep_ in {"amod", "appos", "acomp"} or (child.dep_ == "compound" and child.pos_ == "NOUN"):
                sign = self._sign_kind(child)
                if sign:
                    yield sign * read_turn(child)

    def _follow_noun(self, noun: Token, voice: Voice, force: float, depth: int) -> Iterator[float]:
        """Yield what a noun says of its owner, by itself or by what is said of it."""
        sign = self._sign_noun(noun)
        if sign:
            yield force * sign * self._turn_borne(noun)
        else:
            yield from self._find_votes(noun, voice, force * _OWNED, depth + 1)

    def _sign_kind(self, word: Token) -> int:
        lemma = word.lemma_.lower()
        return self._lexicon.qualities.get(lemma, 0) or self._lexicon.characters.get(lemma, 0)

    def _sign_noun(self, noun: Token) -> int:
        lemma = noun.lemma_.lower()
        return self._lexicon.qualities.get(lemma, 0) or self._lexicon.deeds.get(lemma, 0)

    def _judge_oblique(self, token: Token, voice: Voice, force: float, depth: int) -> Iterator[float]:
        preposition, governor = token.head, token.head.head
        if preposition.dep_ == "agent":
            yield force * self._judge_doer(governor, voice)
        elif governor.pos_ in {"NOUN", "PROPN"}:
            feeling = self._lexicon.feelings.get(governor.lemma_.lower(), 0)
            if feeling and preposition.lower_ in _FELT:
                yield force * feeling * self._hold_feeling(governor, voice)
            elif preposition.lower_ in {"of", "by", "from"}:
                yield from self._follow_noun(governor, voice, force, depth)
        elif governor.pos_ in {"VERB", "AUX", "ADJ"} and preposition.lower_ in _LEADING:
            sign = self._judge_object(governor, voice)
            yield force * (-abs(sign) if preposition.lower_ == "against" else sign)

    def _hold_feeling(self, feeling: Token, voice: Voice) -> float:
        """Return 1 where a feeling is the speaker's, -1 where it is refuted or taken back, 0 where it is another's."""
        verb = feeling.head
        if feeling.dep_ in SUBJECTS and verb.lemma_.lower() in self._lexicon.being:
            named = first_child(verb, "acomp", "attr")
            lemma = named.lemma_.lower() if named is not None else ""
            held = 1.0 if lemma in self._lexicon.upholding else -TURNED if lemma in self._lexicon.refuting else 0.0
            return held * read_turn(verb)
        return self._turn_borne(feeling) if self._is_own(feeling, voice) else 0.0

    def _judge_subject(self, token: Token, verb: Token, voice: Voice) -> float:
        if is_passive(verb):
            return self._judge_object(verb, voice)
        if verb.pos_ not in {"VERB", "AUX"}:
            return self._judge_named(verb.head, token, voice)
        joined = [child for child in verb.children if child.dep_ == "conj" and first_child(child, *SUBJECTS) is None]
        found = [self._judge_doer(one, voice) for one in (verb, *joined)]
        return max(-1.0, min(1.0, sum(found)))

    def _judge_named(self, verb: Token, token: Token, voice: Voice) -> float:
        """Return what a verb of naming says of the token: "called Oslo weak"; 0 where another than the speaker says so."""
        if verb.lemma_.lower() not in self._lexicon.naming:
            return 0.0
        named = token.head if token.head.i != verb.i else first_child(verb, "oprd", "ccomp", "xcomp", "prep")
        if named is not None and named.dep_ == "prep":
            named = first_child(named, "pobj", "amod", "pcomp")
        if named is None or named.i == token.i:
            return 0.0
        is_open = find_subject(verb) is None
        return self._judge_complement(named) if is_open or self._is_own(verb, voice) else 0.0

    def _judge_doer(self, verb: Token, voice: Voice) -> float:
        """Return how a verb casts its subject: by what it is, does, or is said to want, fail or start to do."""
        turned = 1.0
        asked = self._lexicon.amends.get(verb.lemma_.lower(), 0)
        if asked and is_demanded(verb):
            return asked * read_turn(verb)
        for _ in range(_HIGHEST_CLIMB):
            turned *= read_turn(verb)
            lemma = verb.lemma_.lower()
            below = first_child(verb, "xcomp")
            if below is not None and is_demanded(below) and below.lemma_.lower() in self._lexicon.amends:
                return turned * self._lexicon.amends[below.lemma_.lower()]
            if lemma in self._lexicon.being:
                named = first_child(verb, "attr", "acomp", "oprd") or (
                    below if below is not None and below.pos_ != "VERB" else None
                )
                return turned * self._judge_complement(named) if named is not None else 0.0
            if lemma in self._lexicon.placing and any(
                child.dep_ == "prep" and child.lower_ in _PLACES for child in verb.children
            ):
                return 0.0
            if lemma in self._lexicon.deeds and (below is None or lemma not in self._lexicon.reversing):
                return turned * self._lexicon.deeds[lemma] if verb.i not in voice.cue else 0.0
            if below is None:
                shown = self._judge_borne(verb) if lemma in self._bearing else 0.0
                return turned * (-TURNED * shown if lemma in self._lexicon.reversing else shown or self._judge_manner(verb))
            if lemma in self._lexicon.reversing:
                turned *= -TURNED
            verb = below
        return 0.0

    def _judge_complement(self, named: Token) -> float:
        """Return what a complement says: by its own word, by what it is for, or by its adjectives and what is joined to it."""
        purpose = next((child for child in named.children if child.dep_ == "prep" and child.lower_ == "for"), None)
        if named.lemma_.lower() in self._lexicon.charged and purpose is not None:
            return -read_turn(named)
        turned = read_turn(named)
        for word in (named, *(child for child in named.children if child.dep_ in {"amod", "conj", "compound"})):
            sign = self._sign_kind(word)
            if sign:
                own = read_turn(word)
                # "No province and no puppet" is negated once in each part.
                return sign * (own if word.i == named.i or (word.dep_ == "conj" and own < 0) else turned * own)
        return 0.0

    def _judge_borne(self, verb: Token) -> float:
        """Return what the object of a verb says of its subject: "shows courage", "poses a threat"."""
        borne = first_child(verb, "dobj")
        if borne is None:
            return 0.0
        is_character = verb.lemma_.lower() in self._lexicon.embodying
        return (self._sign_kind(borne) if is_character else self._sign_noun(borne)) * read_turn(borne)

    def _judge_manner(self, verb: Token) -> float:
        manners = (child.lemma_.lower() for child in verb.children if child.dep_ == "advmod")
        return float(sum(self._lexicon.qualities.get(m.removesuffix("ly"), 0) for m in manners if m.endswith("ly")))

    def _judge_object(self, verb: Token, voice: Voice) -> float:
        """Return how the speaker stands to the object of a verb, where it is the speaker's own act, or a demand on all."""
        lemma = verb.lemma_.lower()
        subject = find_subject(verb) if not is_passive(verb) else None
        is_general = subject is not None and subject.lower_ in _NOBODY
        is_held = verb.i in voice.cue or is_general or is_demanded(verb) or self._is_own(verb, voice)
        is_held = is_held or (is_passive(verb) and is_offered(verb))
        sign = self._lexicon.attitudes.get(lemma, 0) if is_held else 0
        # What is done to somebody tells a stance where it is called for, not where it is told.
        is_called_for = is_demanded(verb) or (is_held and is_offered(verb))
        sign = sign or (self._lexicon.treatments.get(lemma, 0) if is_called_for else 0)
        return sign * read_turn(verb)

    def _is_own(self, word: Token, voice: Voice) -> bool:
        """Tell whether a verb or a feeling is the speaker's: said of a pronoun that can mean them, or part of the cue."""
        if word.i in voice.cue or (word.head.i in voice.cue and word.dep_ in {"dobj", "pobj", "xcomp", "conj"}):
            return True
        verb = word if word.pos_ in {"VERB", "AUX"} else next((a for a in word.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        owner = first_child(word, "poss")
        subject = owner if owner is not None else find_subject(verb) if verb is not None else None
        return subject is not None and subject.lower_ in voice.own | _GENERAL

    def _turn_borne(self, noun: Token) -> float:
        """Return -1 (or part of it) where the verb over a noun takes it away: "lost all trust in", "has no trust in"."""
        if noun.dep_ not in {"dobj", "nsubjpass"}:
            return read_turn(noun)
        is_reversed = noun.head.lemma_.lower() in self._lexicon.reversing
        return read_turn(noun) * read_turn(noun.head) * (-TURNED if is_reversed else 1.0)


def read_votes(votes: float) -> int:
    """Return the stance that votes make, 1 for supportive, -1 for critical; 0 where they leave each other nothing."""
    return 0 if abs(votes) < _NO_VOTE else 1 if votes > 0 else -1
