"""What a cue means that only the labeller found: its kind, negation, hedges, and who speaks to whom."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.extract.addressees import find_addressee
from kg.extract.candidates import Candidate
from kg.extract.clauses import is_passive, resolve_relative
from kg.extract.cue_lexicon import CueLexicon, CueSense
from kg.extract.leading import find_leading
from kg.extract.learned.decoding import LabelledAttribution
from kg.extract.verb_cues import find_key, is_negated

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INDIRECT_QUESTIONS = frozenset({"whether", "if", "why", "how", "who", "when", "where", "what"})


def read_cue(doc: Doc, labelled: LabelledAttribution, lexicon: CueLexicon) -> Candidate:
    """Return a labelled attribution as a candidate that knows what its cue means.

    The cue's main word is its last one that the lexicon knows, else its last verb or noun. A word that the lexicon does
    not know states.
    """
    words = [doc[i] for i in labelled.cue]
    head, senses = _find_head(words, lexicon)
    sense = _choose_sense(senses, [doc[i] for i in labelled.content if i > head.i][:2])
    speaker = find_root(doc, labelled.source)
    is_verb = head.pos_ in {"VERB", "AUX"}
    leading = find_leading(head, lexicon) if is_verb else None
    verbs = [word for word in words if word.pos_ in {"VERB", "AUX"} or word.dep_ == "acomp"]
    content = frozenset(labelled.content)
    addressee = find_addressee(head, content, lexicon) if is_verb else None
    is_free = addressee is not None and addressee.i not in content.union(labelled.source, labelled.cue)
    return Candidate(
        head=head.i,
        cue=frozenset(labelled.cue),
        source=frozenset(labelled.source),
        content=content,
        cue_type=sense.cue_type if sense is not None else "statement",
        weight=1.0,
        by=f"verb-{_name_construction(sense)}" if is_verb else {"NOUN": "noun", "ADJ": "adjective"}.get(head.pos_, "phrase"),
        lemma=head.lemma_.lower(),
        speaker=None if speaker is None else resolve_relative(speaker).i,
        addressee=addressee.i if addressee is not None and is_free else None,
        is_negated=any(is_negated(word, lexicon) for word in verbs) or (leading is not None and leading.is_negative),
        is_hedged=any(child.lower_ in lexicon.hedges for word in words for child in (word, *word.children))
        or (is_verb and speaker is None and is_passive(head)),
    )


def _name_construction(sense: CueSense | None) -> str:
    return "clause" if sense is None or "clause" in sense.takes else min(sense.takes)


def find_root(doc: Doc, tokens: Sequence[int]) -> Token | None:
    """Return the main word of a phrase: the one that hangs on a word outside; a subject before any other."""
    inside = frozenset(tokens)
    roots = [doc[i] for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i]
    subjects = [root for root in roots if root.dep_ in _SUBJECTS]
    words = [root for root in roots if not (root.is_punct or root.is_space)]
    return next(iter([*subjects, *words]), None)


def _find_head(words: Sequence[Token], lexicon: CueLexicon) -> tuple[Token, tuple[CueSense, ...]]:
    for word in reversed(words):
        key = find_key(word, lexicon) if word.pos_ in {"VERB", "AUX"} else None
        senses = lexicon.verbs[key] if key is not None else None
        senses = senses or (lexicon.nouns.get(word.lemma_.lower()) if word.pos_ == "NOUN" else None)
        senses = senses or (lexicon.adjectives.get(word.lower_) if word.pos_ in {"ADJ", "VERB"} else None)
        if senses:
            return word, senses
    verbs = [word for word in words if word.pos_ == "VERB"] or [word for word in words if word.pos_ in {"NOUN", "ADJ", "AUX"}]
    return (verbs[-1] if verbs else words[0]), ()


def _choose_sense(senses: Sequence[CueSense], opening: Sequence[Token]) -> CueSense | None:
    """Return the sense for a content that begins with these words; the first one where they do not tell."""
    first = next((word.lower_ for word in opening if not (word.is_punct or word.is_space)), "")
    wanted = ["to"] if first == "to" else ["whether", "clause"] if first in _INDIRECT_QUESTIONS else ["clause"]
    fitting = [sense for construction in wanted for sense in senses if construction in sense.takes]
    return next(iter([*fitting, *senses]), None)
