"""Whether a text can say anything at all: without a name, a reporting word and a quotation mark it need not be parsed.

Words are looked at as they stand, before any model: a text that has something of the three may still yield nothing, one that
has none of them yields nothing that names an actor or attributes words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.cue_lexicon import CueLexicon, read_cue_lexicon

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_QUOTATION = re.compile(r"[\"“”„«»‹›]|``|''|(?<!\w)[‘'](?=\w)")
#: A capital letter that does not begin a sentence or line, or a word in capitals.
_NAME = re.compile(r"(?<=[^\s.!?:\"”’)(\[“‘])[ \t\u00a0]+[(\[“‘]?[^\W\d_a-z]\w|\b[A-Z]{2,}\b")
#: Forms that no rule gives.
_IRREGULAR = {
    "be": "am are is was were been",
    "begin": "began begun",
    "beseech": "besought",
    "chide": "chid chidden",
    "come": "came",
    "dream": "dreamt",
    "feel": "felt",
    "find": "found",
    "foresee": "foresaw foreseen",
    "forget": "forgot forgotten",
    "give": "gave given",
    "go": "went gone",
    "have": "had has",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lay": "laid",
    "learn": "learnt",
    "make": "made",
    "plead": "pled",
    "prove": "proven",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "show": "shown",
    "speak": "spoke spoken",
    "spell": "spelt",
    "swear": "swore sworn",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "ultimatum": "ultimata",
    "understand": "understood",
    "undertake": "undertook undertaken",
    "write": "wrote written",
}
_VOWEL_AT_END = re.compile(r"[^aeiou]y$")


def is_idle(text: str) -> bool:
    """Whether a text has no name, no reporting word and no quotation mark; a blank text has none."""
    return not (has_quotation(text) or has_cue(text) or has_name(text))


def has_cue(text: str) -> bool:
    """Whether a form of a reporting word of the lexicon is in the text."""
    forms = find_cue_forms()
    return any(word.group().lower() in forms for word in _WORD.finditer(text))


def has_name(text: str) -> bool:
    """Whether a word is written as names are: with a capital within a sentence, or in capitals."""
    return _NAME.search(text) is not None


def has_quotation(text: str) -> bool:
    """Whether there is a quotation mark."""
    return _QUOTATION.search(text) is not None


@cache
def find_cue_forms(lexicon: CueLexicon | None = None) -> frozenset[str]:
    """Return the forms of the verbs, nouns and adjectives of a lexicon, the shipped one by default, in lower case.

    Of entries of several words ("rule out") the first counts.
    """
    given = read_cue_lexicon() if lexicon is None else lexicon
    lemmas = {key.split()[0].lower() for words in (given.verbs, given.nouns, given.adjectives) for key in words}
    return frozenset(_inflect(lemmas))


def _inflect(lemmas: Iterable[str]) -> Iterator[str]:
    for lemma in lemmas:
        yield from (
            lemma,
            f"{lemma}s",
            f"{lemma}es",
            f"{lemma}'s",
            f"{lemma}’s",
            f"{lemma}d",
            f"{lemma}ed",
            f"{lemma}ing",
            f"{lemma}er",
        )
        yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")
        if lemma.endswith("e"):
            yield f"{lemma[:-1]}ing"
        if _VOWEL_AT_END.search(lemma):
            yield from (f"{lemma[:-1]}{ending}" for ending in ("ies", "ied", "ier", "iest"))
        yield from _IRREGULAR.get(lemma, "").split()
