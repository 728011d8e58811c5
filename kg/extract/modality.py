"""Polarity, modality and speech of a content, read off its main verb and its quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model.attribution import Modality, Polarity, Speech

_POSSIBLE = frozenset({"may", "might", "could", "can"})
_NECESSARY = frozenset({"must", "should", "ought", "shall"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo"})
_WOULD = frozenset({"would", "'d", "’d"})
_MODALS: tuple[tuple[Modality, frozenset[str]], ...] = (
    ("necessary", _NECESSARY),
    ("possible", _POSSIBLE),
    ("conditional", _WOULD),
    ("future", _FUTURE),
)
_NECESSARY_VERBS = frozenset({"need", "have"})
#: Predicates of a copula that say how what hangs on them stands: "it is possible that", "is bound to".
_PREDICATES: tuple[tuple[Modality, frozenset[str]], ...] = (
    ("possible", frozenset({"possible", "likely", "unlikely", "probable", "improbable", "conceivable", "plausible", "doubtful"})),
    ("necessary", frozenset({"necessary", "essential", "vital", "imperative", "crucial", "indispensable", "obliged"})),
    ("future", frozenset({"about", "due", "set", "going", "bound", "poised"})),
)
_NECESSARY_PARTICIPLES = frozenset({"require", "oblige", "compel"})
_CONDITIONS = frozenset({"if", "unless", "provided", "providing"})
#: Words before a condition that make it a concession or a comparison: "even if", "as if".
_NO_CONDITIONS = frozenset({"even", "as"})
_NEGATIVE_PRONOUNS = frozenset({"nobody", "neither"})
#: As a subject these deny the clause; as an object they are its news ("found nothing").
_NEGATIVE_SUBJECTS = frozenset({"none", "nothing"})
_NEGATIVE_DETERMINERS = frozenset({"no", "neither"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
#: "not merely X but Y" affirms X.
_FOCUS = frozenset({"only", "merely", "just", "simply", "solely"})
#: Share of a content's words between quotation marks from which it is direct speech.
_DIRECT_SHARE = 0.85


def find_main_verb(doc: Doc, content: frozenset[int]) -> Token | None:
    """Return the first verb of the content that depends on nothing in it; None for a mere noun phrase.

    A main word with a modal or auxiliary of its own counts as a verb, whatever the tagger took it for.
    """
    tops = [doc[i] for i in sorted(content) if doc[i].head.i not in content or doc[i].head.i == i]
    verb = next((token for token in tops if token.pos_ in {"VERB", "AUX"}), None)
    return verb or next((token for token in tops if any(child.dep_ == "aux" for child in token.children)), None)


def read_polarity(verb: Token | None) -> Polarity:
    """Return "negated" where the main verb (or the predicate it leads to) is denied."""
    if verb is None:
        return "affirmed"
    for child in verb.children:
        is_over = child.lower_ in {"longer", "more"} and any(c.lower_ in {"no", "any"} for c in child.children)
        is_negation = child.dep_ in {"neg", "preconj"} or child.lower_ == "never" or is_over
        if is_negation and child.lower_ not in {"both", "either"}:
            following = {t.lower_ for t in verb.doc[child.i + 1 : child.i + 2]}
            if not following & _FOCUS and not _is_contrast(child, verb):
                return "negated"
        if child.lower_ in _NEGATIVE_SUBJECTS and child.dep_ in {"nsubj", "nsubjpass"}:
            return "negated"
        if child.lower_ in _NEGATIVE_PRONOUNS or (child.dep_ in _ARGUMENTS and has_negative_determiner(child)):
            return "negated"
    return "affirmed"


def has_negative_determiner(noun: Token) -> bool:
    """Tell whether a phrase stands for nobody or nothing: "no soldier", "neither side"."""
    return any(child.dep_ == "det" and child.lower_ in _NEGATIVE_DETERMINERS for child in noun.children)


def _is_contrast(negation: Token, verb: Token) -> bool:
    """Tell whether "not" only opens a contrast that goes on with "but": "signals not confusion but intent"."""
    if negation.i < verb.i:
        return False
    return any(t.lower_ == "but" and t.i > negation.i and t.head.i != verb.i for t in verb.subtree)


def read_modality(verb: Token | None, *, is_backshifted: bool = False) -> Modality:
    """Return how the main verb is put: its modal verb or predicate, a condition, "have to", "be going to".

    Args:
        verb: the main verb; None is asserted.
        is_backshifted: whether it is reported in the past, where "would" is what was said as "will".
    """
    if verb is None:
        return "asserted"
    if _has_condition(verb):
        return "conditional"
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    for modality, modals in _MODALS:
        if auxiliaries & modals:
            if modality == "necessary" and "have" in auxiliaries:
                return "asserted"  # "must have left" draws a conclusion
            is_future = modality == "conditional" and is_backshifted and not _is_unreal(verb)
            return "future" if is_future else modality
    return _read_predicate(verb)


def _has_condition(verb: Token) -> bool:
    """Tell whether an if-clause hangs on the verb; not "even if" or "as if". A clause behind "unless" is a condition itself."""
    if verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "unless" for child in verb.children):
        return True
    marks = (mark for clause in verb.children if clause.dep_ == "advcl" for mark in clause.children if mark.dep_ == "mark")
    return any(
        mark.lower_ in _CONDITIONS and not (mark.i > 0 and mark.doc[mark.i - 1].lower_ in _NO_CONDITIONS) for mark in marks
    )


def _is_unreal(verb: Token) -> bool:
    """Tell whether a "would" depends on something that is not so: "would have won", "without pumps the mine would flood"."""
    has_perfect = any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
    return has_perfect or any(child.lower_ in {"without", "otherwise", "but"} and child.dep_ != "cc" for child in verb.children)


def _read_predicate(verb: Token) -> Modality:
    """Return the modality that the words beside the verb give it, or its mood, without a modal verb."""
    if _is_subjunctive(verb):
        return "necessary"
    for child in verb.children:
        if child.dep_ == "xcomp" and verb.lemma_ in _NECESSARY_VERBS and any(a.lower_ == "to" for a in child.children):
            return "necessary"
        if child.dep_ == "xcomp" and (verb.lower_ == "going" or (verb.lower_ == "set" and verb.tag_ == "VBN")):
            return "future"
        if child.dep_ == "xcomp" and verb.lemma_ in _NECESSARY_PARTICIPLES and verb.tag_ == "VBN":
            return "necessary"
        if child.lower_ in {"perhaps", "possibly", "maybe"}:
            return "possible"
        if verb.lemma_ == "be" and child.dep_ in {"acomp", "attr", "prep"}:
            # "The rent is due" says nothing of what will be: something must hang on the predicate.
            governs = any(c.dep_ in {"xcomp", "ccomp", "acl", "pcomp"} for c in (*child.children, *verb.children))
            found = next((modality for modality, words in _PREDICATES if child.lower_ in words), None)
            if found is not None and (governs or found == "possible"):
                return found
    return "asserted"


def _is_subjunctive(verb: Token) -> bool:
    """Tell whether the verb is the bare form of a demanded clause: "that the mine be closed", "that they leave"."""
    first = next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb)
    return first.tag_ == "VB" and any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def is_past(token: Token) -> bool:
    """Tell whether what the token heads is told in the past: by its own tense, or that of the clause it stands in.

    The perfect counts as past. False where no finite verb is above the token.
    """
    for verb in (token, *token.ancestors):
        auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
        tags = {child.tag_ for child in auxiliaries} | {verb.tag_}
        if "MD" in tags:
            return False
        if "VBD" in tags or (verb.tag_ == "VBN" and any(child.lemma_ == "have" for child in auxiliaries)):
            return True
        if tags & {"VBZ", "VBP"}:
            return False
    return False


def read_speech(doc: Doc, content: frozenset[int], quoted: frozenset[int]) -> Speech:
    """Return "direct" where nearly all words stand between quotation marks (are among `quoted`), "mixed" where some do."""
    words = {i for i in content if not (doc[i].is_punct or doc[i].is_space)}
    inside = quoted & words
    if not inside:
        return "indirect"
    return "direct" if len(inside) >= _DIRECT_SHARE * len(words) else "mixed"
