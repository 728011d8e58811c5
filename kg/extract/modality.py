"""Polarity, modality and speech of a content, read off its main verb and its quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model.attribution import Modality, Polarity, Speech

_POSSIBLE = frozenset({"may", "might", "could", "can"})
_NECESSARY = frozenset({"must", "should", "ought", "shall"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo"})
_MODALS: tuple[tuple[Modality, frozenset[str]], ...] = (
    ("necessary", _NECESSARY),
    ("possible", _POSSIBLE),
    ("conditional", frozenset({"would"})),
    ("future", _FUTURE),
)
_NECESSARY_VERBS = frozenset({"need", "have"})
#: "not merely X but Y" affirms X.
_FOCUS = frozenset({"only", "merely", "just", "simply", "solely"})
#: Share of a content's words between quotation marks from which it is direct speech.
_DIRECT_SHARE = 0.85


def find_main_verb(doc: Doc, content: frozenset[int]) -> Token | None:
    """Return the first verb of the content that depends on nothing in it; None for a mere noun phrase."""
    for index in sorted(content):
        token = doc[index]
        if token.pos_ in {"VERB", "AUX"} and (token.head.i not in content or token.head.i == token.i):
            return token
    return None


def read_polarity(verb: Token | None) -> Polarity:
    """Return "negated" where the main verb (or the predicate it leads to) is denied."""
    if verb is None:
        return "affirmed"
    for child in verb.children:
        is_over = child.lower_ in {"longer", "more"} and any(c.lower_ in {"no", "any"} for c in child.children)
        is_negation = child.dep_ in {"neg", "preconj"} or child.lower_ in {"never", "nobody", "neither"} or is_over
        if is_negation and child.lower_ not in {"both", "either"}:
            following = {t.lower_ for t in verb.doc[child.i + 1 : child.i + 2]}
            if not following & _FOCUS and not _is_contrast(child, verb):
                return "negated"
        if child.dep_ in {"nsubj", "dobj", "attr"} and any(d.dep_ == "det" and d.lower_ == "no" for d in child.children):
            return "negated"
    return "affirmed"


def _is_contrast(negation: Token, verb: Token) -> bool:
    """Tell whether "not" only opens a contrast that goes on with "but": "signals not confusion but intent"."""
    if negation.i < verb.i:
        return False
    return any(t.lower_ == "but" and t.i > negation.i and t.head.i != verb.i for t in verb.subtree)


def read_modality(verb: Token | None) -> Modality:
    """Return how the main verb is put: its modal verb, an if-clause, "have to", "be going to"."""
    if verb is None:
        return "asserted"
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if any(
        c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in c.children if m.dep_ == "mark") for c in verb.children
    ):
        return "conditional"
    for modality, modals in _MODALS:
        if auxiliaries & modals:
            return modality
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_ in _NECESSARY_VERBS and any(a.lower_ == "to" for a in child.children):
            return "necessary"
        if child.dep_ == "xcomp" and verb.lower_ == "going":
            return "future"
        if child.lower_ in {"perhaps", "possibly", "maybe"}:
            return "possible"
    return "asserted"


def read_speech(doc: Doc, content: frozenset[int], quoted: frozenset[int]) -> Speech:
    """Return "direct" where nearly all words stand between quotation marks (are among `quoted`), "mixed" where some do."""
    words = {i for i in content if not (doc[i].is_punct or doc[i].is_space)}
    inside = quoted & words
    if not inside:
        return "indirect"
    return "direct" if len(inside) >= _DIRECT_SHARE * len(words) else "mixed"
