"""What words round a verb or a noun make of a stance: negated, demanded, held possible, only asked."""

from __future__ import annotations

from spacy.tokens import Token

#: A stance that is turned round is weaker than a plain one: who is "no hero" need not be a villain.
TURNED = 0.8
_DEMANDING = frozenset({"must", "should", "ought", "shall"})
_DEMANDS = frozenset({"need", "have", "ought"})
_OFFERING = frozenset({"can", "could", "may", "might", "would", "will"})
_NEGATIONS = frozenset({
    "no", "not", "never", "neither", "nor", "nobody", "nothing", "none", "hardly", "scarcely", "barely", "without", "n't", "n’t",
})  # fmt: skip
_FOCUS = frozenset({"only", "just", "merely", "simply"})
_CONDITIONS = frozenset({"if", "unless", "whether"})


def read_turn(word: Token) -> float:
    """Return what negations at a word make of a vote on it: 1, or less than 0 where it is turned round."""
    turned = 1.0
    for child in word.children:
        is_negation = child.dep_ == "neg" or (
            child.lower_ in _NEGATIONS and child.dep_ in {"det", "advmod", "preconj", "nsubj", "cc", "amod"}
        )
        after = word.doc[child.i + 1].lower_ if child.i + 1 < len(word.doc) else ""
        if is_negation and after not in _FOCUS:
            turned *= -TURNED
    return turned


def is_demanded(verb: Token) -> bool:
    """Tell whether a verb is demanded: "must stop", "need to stop", "has to be stopped"."""
    if any(child.dep_ == "aux" and child.lower_ in _DEMANDING for child in verb.children):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _DEMANDS


def is_offered(verb: Token) -> bool:
    """Tell whether a verb is put as possible for anybody: "can be trusted", "would never be forgiven"."""
    return any(child.dep_ == "aux" and child.lower_ in _OFFERING for child in verb.children)


def is_asked(token: Token) -> bool:
    """Tell whether words are only asked or supposed: in an if-clause, or in a sentence that ends with a question mark."""
    for ancestor in token.ancestors:
        if ancestor.dep_ in {"advcl", "ccomp"} and any(
            child.dep_ in {"mark", "advmod"} and child.lower_ in _CONDITIONS for child in ancestor.children
        ):
            return True
    words = [word for word in token.sent if not word.is_space and not word.is_quote]
    return bool(words) and words[-1].text == "?"
