"""How a parse puts what a frame's words say: denied, only supposed, and of whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.extract.clauses import find_agent, find_subject, first_child, is_passive, resolve_relative
from kg.model.frame import TargetRole
from kg.model.span import Spans

#: Predicates that turn what hangs on them into its opposite: "it is wrong to say that ...".
_REVERSING = frozenset(
    {"wrong", "false", "untrue", "absurd", "myth", "nonsense", "baseless", "unfounded", "lie", "mistake", "incorrect"}
)  # fmt: skip
#: Verbs that deny what hangs on them, and those that do where it is called a claim: "rejects the claim that ...".
_DENYING = frozenset({"deny", "refute", "dispute", "disprove"})
_REJECTING = frozenset({"reject", "dismiss", "contradict"})
_CLAIMS = frozenset(
    {"claim", "allegation", "accusation", "report", "idea", "suggestion", "charge", "assertion", "notion", "rumour"}
)
#: Verbs of not doing what hangs on them.
_FAILING = frozenset({"fail", "refuse", "decline", "cease"})
_NEGATIVE = frozenset({"no", "never", "nobody", "neither", "nothing", "none", "hardly", "nor"})
_FOCUS = frozenset({"only", "merely", "just", "simply", "solely"})
#: Verbs whose object, not whose subject, is said to have done it.
_ACCUSING = frozenset({"accuse", "blame", "suspect", "convict"})
_OCCURRING = frozenset({"exist", "happen", "occur", "arise", "emerge", "remain"})
_DEONTIC = frozenset({"must", "should", "can", "may"})
_HYPOTHETICAL = frozenset({"would", "could", "might", "should"})
_BEHIND: dict[TargetRole, frozenset[str]] = {
    "doer": frozenset(),
    "undergoer": frozenset({"on", "against", "for", "of", "to", "in"}),
    "holder": frozenset({"for", "to", "of"}),
}
_NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON", "LOC", "FAC"})
_DEEPEST_CLIMB = 12


def climb(token: Token, content: Spans = ()) -> Iterator[Token]:
    """Yield a token and the words that it depends on, up to its sentence's root, or as far as the content goes."""
    for _ in range(_DEEPEST_CLIMB):
        yield token
        if token.head.i == token.i or token.dep_ in {"conj", "parataxis"}:
            return
        token = token.head
        if content and not any(begin <= token.idx < end for begin, end in content):
            return


def is_denied(span: TokenSpan, content: Spans, *, asks_for_no: bool = True) -> bool:
    """Tell whether a word of the content denies the match: "not", "it is wrong that", "denies that", "fails to".

    What the cue says ("did not say") is another matter.

    Args:
        span: the match.
        content: how far to look.
        asks_for_no: whether a negation within the match is a part of what it says.
    """
    if not asks_for_no and any(token.dep_ == "neg" or _is_no_longer(token) for token in span):
        return True
    below: Token | None = None
    for token in climb(span.root, content):
        if any(_is_negation(child, span) for child in token.children):
            return True
        if below is not None and (_is_reversing(token) or _is_denying(token, below, span)):
            return True
        if token.dep_ in {"nsubj", "nsubjpass"} and _is_granted(token):
            return False
        if token.dep_ == "ROOT":
            return False
        below = token
    return False


def _is_granted(subject: Token) -> bool:
    """Tell whether a sentence takes its subject for granted whatever it denies of it: "his blackmail must not succeed"."""
    verb = subject.head
    if subject.dep_ == "nsubj":
        return verb.pos_ == "VERB" and verb.lemma_.lower() not in _OCCURRING
    return any(child.dep_ == "aux" and child.lower_ in _DEONTIC for child in verb.children)


def _is_negation(child: Token, span: TokenSpan) -> bool:
    if span.start <= child.i < span.end:
        return False
    if child.dep_ in {"nsubj", "nsubjpass"}:
        has_no = any(c.lower_ == "no" and c.dep_ == "det" and not span.start <= c.i < span.end for c in child.children)
        return child.i < span.end and (has_no or child.lower_ in {"nobody", "nothing", "none"})
    is_negative = child.dep_ == "neg" or _is_no_longer(child) or (child.lower_ in _NEGATIVE and child.i < span.end)
    return is_negative and child.doc[min(child.i + 1, len(child.doc) - 1)].lower_ not in _FOCUS


def _is_no_longer(token: Token) -> bool:
    return token.lower_ == "longer" and token.i > 0 and token.doc[token.i - 1].lower_ == "no"


def _is_reversing(token: Token) -> bool:
    return token.lemma_.lower() in _REVERSING or any(
        child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in _REVERSING for child in token.children
    )


def _is_denying(token: Token, below: Token, span: TokenSpan) -> bool:
    """Tell whether the verb denies what hangs on it through `below`."""
    if span.start <= token.i < span.end or below.dep_ in {"nsubj", "nsubjpass", "advcl"}:
        return False
    lemma = token.lemma_.lower()
    if lemma in _FAILING:
        return below.dep_ == "xcomp"
    if lemma in _DENYING:
        return below.dep_ in {"ccomp", "xcomp"} or below.lemma_.lower() in _CLAIMS
    return lemma in _REJECTING and below.lemma_.lower() in _CLAIMS


def is_supposed(root: Token, content: Spans, *, holds_if: bool = False) -> bool:
    """Tell whether nobody claims it: in an if-clause, or in what would follow from one that is not so ("if X had, Y would").

    Args:
        root: head of the match.
        content: how far to look.
        holds_if: whether what would follow is claimed all the same, as a threat is.
    """
    for token in climb(root, content):
        if token.dep_ == "advcl" and _has_mark(token, "if", "unless"):
            return True
        clauses = [child for child in token.children if child.dep_ == "advcl" and _has_mark(child, "if", "unless")]
        is_irreal = any(child.dep_ == "aux" and child.lower_ in _HYPOTHETICAL for child in token.children)
        if clauses and is_irreal and not holds_if:
            return True
    return False


def is_asked(root: Token, content: Spans) -> bool:
    """Tell whether it is what "whether" leaves open, also the second of two alternatives."""
    while True:
        last = root
        for token in climb(root, content):
            if _has_mark(token, "whether"):
                return True
            last = token
        if last.dep_ != "conj":
            return False
        root = last.head


def _has_mark(token: Token, *words: str) -> bool:
    return any(child.lower_ in words and child.dep_ in {"mark", "advmod"} for child in token.children)


def find_target(span: TokenSpan, role: TargetRole) -> int | None:
    """Return the index of the token that the match is said of; None where the parse does not show it.

    Of a doer that is the subject of the matched verb (of an accusation: the accused; of a passive: who it is done by), or
    the owner of the matched noun; of an undergoer or holder the name behind "on", "against", "for", "to" or "of"; of an
    undergoer else the object.
    """
    found = _find_behind(span, _BEHIND[role])
    if found is None and role == "undergoer":
        found = _find_undergoer(span.root, span)
    return _find_doer(span, role) if found is None else found


def _find_behind(span: TokenSpan, prepositions: frozenset[str]) -> int | None:
    """Return the first name behind one of the prepositions on a word of the match, or on what the match hangs on."""
    tokens = [*span, span.root.head] if span.root.dep_ in {"attr", "acomp", "prep", "dobj"} else list(span)
    for token in tokens:
        for preposition in token.children:
            if preposition.dep_ in {"prep", "dative"} and preposition.lower_ in prepositions:
                holder = first_child(preposition, "pobj")
                found = None if holder is None else _find_name(holder)
                if found is not None:
                    return found
    return None


def _find_undergoer(root: Token, span: TokenSpan) -> int | None:
    if root.pos_ == "VERB":
        undergoer = first_child(root, "nsubjpass") or (None if is_passive(root) else first_child(root, "dobj"))
        if undergoer is not None and not span.start <= undergoer.i < span.end:
            return resolve_relative(undergoer).i
    return None


def _find_name(token: Token) -> int | None:
    """Return the token itself where it is of a name, or the name that owns it ("Iran's oil exports")."""
    if token.ent_type_ in _NAMED or token.pos_ == "PROPN":
        return token.i
    return next((c.i for c in token.children if c.dep_ in {"poss", "amod", "compound"} and c.ent_type_ in _NAMED), None)


def _find_doer(span: TokenSpan, role: TargetRole) -> int | None:
    for token in climb(span.root):
        if token.pos_ in {"VERB", "AUX"}:
            accused = first_child(token, "nsubjpass", "dobj") if token.lemma_ in _ACCUSING else None
            if accused is not None:
                return resolve_relative(accused).i
            agent = find_agent(token) if is_passive(token) else None
            if agent is not None:
                return agent.i
            subject = find_subject(token)
            if subject is not None:
                subject = resolve_relative(subject)
                if subject.lower_ not in {"it", "there", "this", "that"}:
                    return subject.i
        elif token.pos_ in {"NOUN", "PROPN"}:
            owner = _find_owner(token, role, is_matched=span.start <= token.i < span.end)
            if owner is not None:
                return owner
        if token.dep_ == "ccomp" and token.i != span.root.i:
            return None
    return None


def _find_owner(noun: Token, role: TargetRole, *, is_matched: bool) -> int | None:
    """Return whose the noun is: "Oslo's refusal", "the refusal by Oslo", and of a matched noun "Norwegian refusal".

    An undergoer is only in front of it: "guarantees by Oslo" are for somebody else.
    """
    owner = first_child(noun, "poss")
    if owner is not None:
        return owner.i
    for preposition in noun.children if role != "undergoer" else ():
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in {"by", "of", "from"}:
            holder = first_child(preposition, "pobj")
            if holder is not None and holder.ent_type_:
                return holder.i
    if not is_matched:
        return None
    return next((c.i for c in noun.children if c.dep_ in {"amod", "compound"} and c.ent_type_ in _NAMED), None)
