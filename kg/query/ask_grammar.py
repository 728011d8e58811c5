"""The shapes of questions: regular expressions over a question whose names are marks (`⟦0⟧`), tried in order.

Each shape names what stands where by groups: `a` and `b` are names, `say` and `do` verbs, `noun` a noun of events, `clause`
what is said, `topic` what it is about, `left` and `tail` what nothing is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.query.ask_lexicon import EventWords, Forms, Lexicon, SpeechVerbs

MARK = re.compile(r"⟦(\d+)⟧")
_NAME = r"⟦\d+⟧"
_OWNED = r"(?:['’]s?\s+(?:government|ministry|office|spokes\w+|officials?|leaders?|side|people|team|administration))?"
_HELPERS = r"(?:does|do|did|has|have|had|is|are|was|were|will|would|could|can|might|may)"
_ABOUT = r"(?:about|on|of|regarding|concerning|over|towards?|as\s+to|with\s+regard\s+to)"
_GROUP = (
    r"(?:\s+(?P<left>(?:[\w'’⟦⟧-]+\s+){0,3}?(?:countr(?:y|ies)|states?|governments?|officials?|leaders?|ministers?|diplomats?"
    r"|politicians?|part(?:y|ies)|groups?|people|persons?|organi[sz]ations?|sources?|analysts|experts|outlets|actors?|spokes\w+"
    r"|sides?|ones?)))"
)
_WHO = rf"(?P<asked>who(?:m|ever)?(?:\s+else)?|(?:which|what){_GROUP})"
_VIEWS = (
    r"(?:views?|position|stance|claims?|assessment|opinion|line|statements?|words|account|version|accusations?|criticism|reactions?|responses?|mind|tune"
    r"|course)"
)


class Shape(NamedTuple):
    """One shape of a question: its name, which tells what is made of it, and its expression."""

    name: str
    pattern: re.Pattern[str]


class Grammar:
    """The shapes, made for a lexicon.

    Attributes:
        shapes: in the order in which they are to be tried.
        speech, events: what each form of a verb means; in `speech` nouns, too.
        nouns: what each noun of events means.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = {form: item for forms, item in reversed(lexicon.speech) for form in _list_forms(forms)}
        self.speech: Mapping[str, SpeechVerbs] = {**lexicon.speech_nouns, **verbs}
        self.events: Mapping[str, EventWords] = {
            form: item for forms, item in reversed(lexicon.events) for form in _list_forms(forms)
        }
        self.nouns = lexicon.nouns
        adverbs = rf"(?:(?:{_join(lexicon.adverbs)})\s+)*"
        participles = _join(forms.participle for forms, _ in lexicon.events)
        parts = {
            "A": rf"(?P<a>{_NAME}){_OWNED}",
            "B": rf"(?P<b>{_NAME}){_OWNED}",
            "SAY": rf"{adverbs}(?:been\s+|to\s+|have\s+to\s+)?(?P<say>{_join(verbs)})",
            "SAID": rf"{adverbs}(?P<say>{_join(lexicon.speech_nouns)})",
            "DO": rf"{adverbs}(?:been\s+)?(?P<do>{_join(self.events)})",
            "DONE": rf"{adverbs}(?:been\s+)?(?P<do>{participles})",
            "NOUN": rf"(?P<noun>{_join(self.nouns)})",
            "HELP": _HELPERS,
            "ABOUT": _ABOUT,
            "WHO": _WHO,
            "VIEWS": _VIEWS,
            "WHEN": r"(?P<asked>when|where|why|how\s+often|how\s+many\s+times|how|since\s+when)",
            "ADV": adverbs,
            "REST": r"(?:[,\s]+(?P<tail>.+))?",
        }
        self.shapes = tuple(Shape(name, _compile(text, parts)) for name, text in lexicon.shapes)


def _compile(text: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return the expression of a shape; a space stands for any white space."""
    names = "|".join(sorted(parts, key=lambda name: (-len(name), name)))
    expression = re.sub(names, lambda match: parts[match.group()], text.replace(" ", r"\s+"))
    return re.compile(expression, re.IGNORECASE)


def _list_forms(forms: Forms) -> tuple[str, ...]:
    return (forms.base, forms.third, forms.past, forms.participle, forms.gerund)


def _join(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
