"""The turns of an interview or a transcript: "Q: ... A: ...", "Reporter: ... Fenn: ...", initials, full names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.extract.candidates import Candidate
from kg.extract.clauses import SUBJECTS
from kg.extract.label_lexicon import LabelLexicon, read_label_lexicon
from kg.extract.token_offsets import TokenOffsets
from kg.model.label import Label
from kg.model.mention import Mention

#: Turns of labels that name no role; a list of matters ("When:", "Where:") repeats no label.
_FEWEST_TURNS = 3
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine", "ours"})
_CLOSING = "”\"’'»)*_ "
_BRACKETS = "([{*_"
_STOPS = frozenset(".!?…")
_WEIGHT = 0.85


def find_turns(doc: Doc, labels: Sequence[Label], mentions: Sequence[Mention]) -> list[Candidate]:
    """Return a candidate for each turn of a dialogue, in order; none where the labels make no dialogue.

    The content is the whole turn: its paragraph and those behind it that go on with it. A paragraph that tells of the
    speaker ("Fenn closes the window.") is the interviewer's prose; behind the last label only the first person shows
    that somebody still speaks.

    Args:
        doc: the analysed text.
        labels: those of its labels that are no site furniture, in order.
        mentions: of the doc; the speaker is found among them where the label is a role or initials.
    """
    lexicon = read_label_lexicon()
    text = doc.text  # spaCy puts it together anew each time
    roles = lexicon.asking | lexicon.answering
    if not is_dialogue(text, labels, roles):
        return []
    offsets = TokenOffsets(doc)
    bearers = _Bearers(labels, text, mentions, lexicon)
    found = []
    for number, label in enumerate(labels):
        source, mark = offsets.find(label.begin, label.end), offsets.find(label.mark, label.mark + 1)
        bearer = bearers.find(label)
        limit = labels[number + 1].begin if number + 1 < len(labels) else None
        content = _read_turn(doc, offsets, label, limit, bearers.find_names(label))
        if not content:
            continue
        last = doc[max(content)]
        is_question = text[label.body : last.idx + len(last)].rstrip(_CLOSING).endswith("?")
        found.append(
            Candidate(
                head=mark[0].i,
                cue=frozenset({mark[0].i}),
                source=frozenset(t.i for t in source),
                content=content,
                cue_type="question" if is_question else "statement",
                weight=_WEIGHT,
                by="turn",
                lemma=mark.text,
                mention=bearer,
                is_verbatim=True,
            )
        )
    return found


def _read_key(text: str, label: Label) -> str:
    return text[label.begin : label.end].casefold()


def is_dialogue(text: str, labels: Sequence[Label], roles: frozenset[str]) -> bool:
    """Tell whether the labels are of people who talk in turn: two with a role among them, or speakers who come back."""
    keys = [_read_key(text, label) for label in labels]
    if len(set(keys)) < 2 or sum(label.is_timed for label in labels) * 2 > len(labels):
        return False
    if not roles.isdisjoint(keys):
        return True
    firsts = {key: at for at, key in reversed(list(enumerate(keys)))}
    recurs = any(at - firsts[key] > 1 and keys[at - 1] != key for at, key in enumerate(keys))
    sentences = sum(ends_in_stop(text[label.body : label.stop]) for label in labels)
    return len(keys) >= _FEWEST_TURNS and recurs and sentences * 2 > len(keys)


def ends_in_stop(text: str) -> bool:
    """Tell whether a stretch ends as a sentence does, closing marks aside; a headline does not."""
    return text.rstrip(_CLOSING)[-1:] in _STOPS


class _Bearers:
    """Whom each label of a dialogue stands for, as far as the text names them."""

    def __init__(self, labels: Sequence[Label], text: str, mentions: Sequence[Mention], lexicon: LabelLexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        begin = labels[0].begin
        keys = {_read_key(text, label) for label in labels}
        author = next((m for m in mentions if m.kind == "author"), None)
        persons = [m for m in mentions if m.type == "Person" and m.kind in {"name", "author"}]
        self._placed = sorted((m.spans[0].begin, m.id) for m in persons if m.spans)
        full = [m for m in persons if " " in m.name]
        others = [m for m in full if author is None or m.name.casefold() != author.name.casefold()]
        opening = [m for m in others if m.spans and m.spans[0].begin < begin] or others
        self._answering = next((m for m in opening if m.is_subject), next(iter(opening), None))
        self._asking = author
        self._by_key = {key: self._find_bearer(key, full) for key in sorted(keys)}

    def _find_bearer(self, key: str, persons: Sequence[Mention]) -> Mention | None:
        if self._is_role(key):
            return self._asking if key in self._lexicon.asking else self._answering
        names = ((m, re.split(r"[\s-]+", m.name.casefold())) for m in persons)
        return next((m for m, words in names if key in {"".join(w[0] for w in words if w), words[-1], " ".join(words)}), None)

    def _is_role(self, key: str) -> bool:
        return key in self._lexicon.asking or key in self._lexicon.answering

    def find(self, label: Label) -> str | None:
        """Return the mention of the person whom the label stands for."""
        bearer = self._by_key[_read_key(self._text, label)]
        if bearer is not None:
            return bearer.id
        at = bisect_left(self._placed, (label.begin, ""))
        return self._placed[at][1] if at < len(self._placed) and self._placed[at][0] < label.end else None

    def find_names(self, label: Label) -> frozenset[str]:
        """Return the words by which the interviewer's prose would call the speaker, case folded."""
        key = _read_key(self._text, label)
        bearer = self._by_key[key]
        name = bearer.name.casefold() if bearer is not None else "" if self._is_role(key) else key
        return frozenset(name.split()[-1:])


def _read_turn(doc: Doc, offsets: TokenOffsets, label: Label, limit: int | None, names: frozenset[str]) -> frozenset[int]:
    """Return the tokens of a turn up to the next label's offset, or to the end of the text."""
    tokens: set[int] = set()
    for number, paragraph in enumerate(_find_paragraphs(doc, offsets, label, limit)):
        if number and not _goes_on(doc, paragraph, names, is_last=limit is None):
            break
        tokens.update(t.i for t in paragraph if not t.is_space)
    return frozenset(tokens)


def _find_paragraphs(doc: Doc, offsets: TokenOffsets, label: Label, limit: int | None) -> Iterator[Span]:
    """Yield what stands behind the label, paragraph by paragraph, up to the next label or site furniture."""
    paragraphs: Sequence[tuple[int, int]] = doc._.paragraphs
    zones = doc._.document.zones
    for at in range(max(0, bisect_left(paragraphs, (label.body, label.body)) - 1), len(paragraphs)):
        begin, end = paragraphs[at]
        if end <= label.body:
            continue
        if limit is not None and begin >= limit:
            return
        if any(zone.span.begin <= begin < zone.span.end for zone in zones):
            return
        yield offsets.find(max(begin, label.body), end)


def _goes_on(doc: Doc, paragraph: Span, names: frozenset[str], *, is_last: bool) -> bool:
    """Tell whether a paragraph without a label goes on with the turn before it."""
    outside = [t for t in paragraph if not _is_quoted(doc, t.idx)]
    words = {t.lower_ for t in outside}
    if outside and not names and not words & _FIRST_PERSON and _is_bare_name(outside[0]):
        return False  # whoever is interviewed is told of by name
    if words & names or paragraph.text[0] in _BRACKETS or not ends_in_stop(paragraph.text):
        return False
    return not is_last or bool(words & _FIRST_PERSON)


def _is_bare_name(word: Token) -> bool:
    """Tell whether a capitalised word is a subject without article; the tagger takes rare surnames for common nouns."""
    return word.text[:1].isupper() and word.tag_ in {"NNP", "NN"} and word.dep_ in SUBJECTS and not list(word.children)


def _is_quoted(doc: Doc, offset: int) -> bool:
    at = bisect_right(doc._.quotations, offset, key=lambda quotation: quotation.begin) - 1
    return at >= 0 and offset < doc._.quotations[at].end
