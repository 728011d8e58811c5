"""Attributions by layout: "NAME: text" in headlines and live blogs, and the turns of interviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from kg.extract.abstentions import Report, ignore, refuse_word
from kg.extract.candidates import Candidate
from kg.extract.label_lexicon import read_label_lexicon
from kg.extract.token_offsets import TokenOffsets
from kg.extract.turns import ends_in_stop, find_turns
from kg.model.label import Label
from kg.model.mention import Mention

_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_WEIGHT = 0.6
#: Words behind a label that are an attribution's content; fewer are an entry of a list.
_FEWEST_WORDS = 2


def find_labelled(doc: Doc, mentions: Sequence[Mention], report: Report = ignore) -> list[Candidate]:
    """Return a candidate for each label of a doc that says whose words follow, in order of text.

    In an interview or transcript these are the turns (see `find_turns`). Elsewhere ("14:05 NATO: ...") what is said
    ends with the paragraph; where that ends in a stop, they are the speaker's own words, and else a headline. The report
    hears of labels that name no speaker. Empty for a doc without labels.
    """
    labels = [label for label in doc._.labels if not _is_furniture(doc, label)]
    turns = find_turns(doc, labels, mentions)
    named = frozenset(at for m in mentions if m.kind == "name" for begin, end in m.spans for at in range(begin, end))
    offsets = TokenOffsets(doc)
    return turns or [candidate for label in labels for candidate in _read_label(offsets, label, named, report)]


def _is_furniture(doc: Doc, label: Label) -> bool:
    zones = (zone for zone in doc._.document.zones if zone.kind != "title")
    return any(zone.span.begin <= label.begin < zone.span.end for zone in zones)


def _read_label(offsets: TokenOffsets, label: Label, named: frozenset[int], report: Report) -> Iterator[Candidate]:
    source, body = offsets.find(label.begin, label.end), offsets.find(label.body, label.stop)
    mark = offsets.find(label.mark, label.mark + 1)
    names = [t for t in _find_name_words(source) if _is_name(t, named)]
    is_short = sum(t.is_alpha for t in body) < _FEWEST_WORDS
    problem = "too few words stand behind the colon" if is_short else _find_flaw(source, names)
    if problem is not None:
        report(refuse_word("label", mark[0], "no-label", problem))
        return
    yield Candidate(
        head=mark[0].i,
        cue=frozenset({mark[0].i}),
        source=frozenset(t.i for t in source),
        content=frozenset(t.i for t in body if not t.is_space),
        cue_type="statement",
        weight=_WEIGHT,
        by="label",
        lemma=mark.text,
        speaker=names[-1].i,
        is_verbatim=ends_in_stop(body.text),
    )


def _find_name_words(source: Span) -> list[Token]:
    """Return the words of a label in front of a description ("Fenn, mayor of Oslo")."""
    return list(takewhile(lambda t: t.text not in {",", "("}, source))


def _is_name(word: Token, named: frozenset[int]) -> bool:
    return word.idx in named or word.ent_type_ in _NAMING or word.pos_ == "PROPN"


def _find_flaw(source: Span, names: Sequence[Token]) -> str | None:
    """Return why the words of a label name no speaker; None where they do."""
    words = _find_name_words(source)
    matters = read_label_lexicon().matters
    matter = next((t for t in words if t.lower_ in matters), None)
    if matter is not None:
        return f'"{matter}" labels no speaker'
    if not names:
        return "no name stands in front of the colon"
    finite = next((t for t in source if t.tag_ in _FINITE and t.dep_ != "relcl" and not t.text.isupper()), None)
    if finite is not None:
        return f'the words in front of the colon are a sentence: "{finite}"'
    # A name in capitals is taken for all sorts of words.
    other = next((t for t in words if t.pos_ in {"VERB", "AUX", "NUM"} and t not in names and not t.text.isupper()), None)
    return None if other is None else f'"{other}" in front of the colon is a verb or a number'
