"""The author's own voice: what a by-lined opinion piece claims without saying "I say"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span

from kg.extract.candidates import Candidate
from kg.extract.quoted import QuotedTokens, count_words
from kg.model.mention import Mention

_AUTHOR_WEIGHT = 0.55
_FREE_QUOTATION_WEIGHT = 0.5
#: Sentences of fewer words ("And here is why.") claim nothing of anyone.
_FEWEST_WORDS = 6
_SHORTEST_QUOTATION = 6


def find_author_voice(
    doc: Doc,
    sentences: Sequence[Span],
    quotations: Sequence[QuotedTokens],
    attributed: Sequence[Candidate],
    mentions: Sequence[Mention],
) -> Iterator[Candidate]:
    """Yield a candidate for each sentence of an opinion piece that its author asserts about an actor.

    Left out are sentences that hold somebody else's words or say who speaks, questions, orders, and the title. A free
    standing quotation that nobody is given for becomes a claim without a speaker: it is never the author's by default.
    """
    holders: dict[int, list[Candidate]] = {}
    for candidate in attributed:
        for token in candidate.content | candidate.cue:
            holders.setdefault(token, []).append(candidate)
    free = [q for q in quotations if count_words(doc, q) >= _SHORTEST_QUOTATION and not _is_attributed(q, holders)]
    free = [q for q in free if doc[q.begin].is_sent_start or doc[q.begin + 1].is_sent_start]
    for quoted in free:
        yield _make(quoted.tokens, "free-quotation", _FREE_QUOTATION_WEIGHT)
    if not any(mention.kind == "author" for mention in mentions):
        return
    taken = frozenset[int]().union(*(c.content | c.cue for c in attributed), *(q.tokens for q in free))
    spoken_of = sorted(m.spans[0].begin for m in mentions if m.spans and m.type != "Place" and m.kind != "pronoun")
    titles = [zone.span for zone in doc._.document.zones if zone.kind == "title"]
    for sentence in sentences:
        tokens = frozenset(t.i for t in sentence if not t.is_space)
        if not tokens & taken and _is_assertion(sentence) and not any(t.begin <= sentence.start_char < t.end for t in titles):
            begin, end = sentence.start_char, sentence.end_char
            if bisect_left(spoken_of, begin) < bisect_left(spoken_of, end):
                yield _make(tokens, "author-voice", _AUTHOR_WEIGHT)


def _is_attributed(quoted: QuotedTokens, holders: Mapping[int, Sequence[Candidate]]) -> bool:
    """Tell whether somebody outside of the quotation says it."""
    tokens = quoted.tokens
    return any(candidate.head not in tokens for token in tokens for candidate in holders.get(token, ()))


def _make(tokens: frozenset[int], by: str, weight: float) -> Candidate:
    first = min(tokens)
    return Candidate(
        head=first,
        cue=frozenset(),
        source=frozenset(),
        content=tokens,
        cue_type="statement",
        weight=weight,
        by=by,
        lemma="",
        is_quotation=by == "free-quotation",
    )


def _is_assertion(sentence: Span) -> bool:
    words = [token for token in sentence if not (token.is_punct or token.is_space)]
    if len(words) < _FEWEST_WORDS or sentence.text.rstrip().endswith("?"):
        return False
    root = sentence.root
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"} for child in root.children)
    return root.pos_ in {"VERB", "AUX"} and has_subject
