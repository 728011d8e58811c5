"""What a parse makes of a frame's words: denied, supposed, asked, and of whom; on parses made by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from kg.extract.frame_readings import find_target, is_asked, is_denied, is_supposed
from kg.extract.frames import FrameFinder, Reading
from kg.model.attribution import Attribution
from kg.model.frame import Frame, TargetRole
from kg.model.span import Span

_VOCAB = spacy.blank("en").vocab


def parse(rows: str, names: tuple[str, ...] = ()) -> Doc:
    """Make a Doc of one sentence: tokens parted by `|`, as "word lemma pos head dep"; `names` are entities of states."""
    tokens = [row.split() for row in rows.split("|")]
    return Doc(
        _VOCAB,
        words=[t[0] for t in tokens],
        lemmas=[t[1] for t in tokens],
        tags=["VBN" if t[0].endswith("ed") else "X" for t in tokens],
        pos=[t[2] for t in tokens],
        heads=[int(t[3]) for t in tokens],
        deps=[t[4] for t in tokens],
        ents=["B-GPE" if t[0] in names else "O" for t in tokens],
    )


def find(doc: Doc, words: str) -> TokenSpan:
    begin = doc.text.index(words)
    span = doc.char_span(begin, begin + len(words))
    assert span is not None
    return span


FAILS = "Oslo Oslo PROPN 1 nsubj|fails fail VERB 1 ROOT|to to PART 3 aux|deter deter VERB 1 xcomp|them they PRON 3 dobj"
DENIES = (
    "Oslo Oslo PROPN 1 nsubj|denies deny VERB 1 ROOT|that that SCONJ 5 mark|Lund Lund PROPN 5 nsubj|is be AUX 5 aux|"
    "stalling stall VERB 1 ccomp"
)
REJECTS = (
    "Oslo Oslo PROPN 1 nsubj|rejects reject VERB 1 ROOT|the the DET 3 det|claim claim NOUN 1 dobj|that that SCONJ 6 mark|"
    "Lund Lund PROPN 6 nsubj|stalls stall VERB 3 acl"
)
NO_BANK = "No no DET 1 det|bank bank NOUN 3 nsubjpass|was be AUX 3 auxpass|sanctioned sanction VERB 3 ROOT"
GRANTED = (
    "Lund Lund PROPN 2 poss|'s 's PART 0 case|blackmail blackmail NOUN 5 nsubj|must must AUX 5 aux|not not PART 5 neg|"
    "succeed succeed VERB 5 ROOT"
)
PLAIN = "Lund Lund PROPN 2 nsubj|is be AUX 2 aux|stalling stall VERB 2 ROOT"


@pytest.mark.parametrize(
    ("rows", "words"), [(FAILS, "deter"), (DENIES, "stalling"), (REJECTS, "stalls"), (NO_BANK, "sanctioned")]
)
def test_verbs_and_subjects_deny_what_hangs_on_them(rows: str, words: str) -> None:
    assert is_denied(find(parse(rows), words), ())


@pytest.mark.parametrize(("rows", "words"), [(PLAIN, "stalling"), (GRANTED, "blackmail")])
def test_what_a_sentence_takes_for_granted_is_not_denied(rows: str, words: str) -> None:
    assert not is_denied(find(parse(rows), words), ())


def test_a_denial_in_the_cue_is_no_denial_of_the_content() -> None:
    doc = parse(DENIES)
    assert not is_denied(find(doc, "stalling"), (Span(doc.text.index("that"), len(doc.text)),))


UNITED = "They they PRON 1 nsubj|are be AUX 1 ROOT|not not PART 1 neg|united united ADJ 1 acomp"


def test_a_negation_between_the_words_of_a_match_denies_them_unless_the_pattern_asks_for_it() -> None:
    span = find(parse(UNITED), "are not united")
    assert is_denied(span, (), asks_for_no=False)
    assert not is_denied(span, (), asks_for_no=True)


def test_no_longer_denies() -> None:
    doc = parse("Lund Lund PROPN 1 nsubj|is be AUX 1 ROOT|no no DET 3 neg|longer long ADV 1 advmod|weak weak ADJ 1 acomp")
    assert is_denied(find(doc, "is no longer weak"), (), asks_for_no=False)


WOULD = (
    "If if SCONJ 2 mark|Lund Lund PROPN 2 nsubj|agreed agree VERB 5 advcl|Oslo Oslo PROPN 5 nsubj|would would AUX 5 aux|"
    "pay pay VERB 5 ROOT"
)


def test_what_would_follow_is_supposed_but_for_frames_that_hold_under_a_condition() -> None:
    root = parse(WOULD)[5]
    assert is_supposed(root, ())
    assert not is_supposed(root, (), holds_if=True)


def test_an_if_clause_is_supposed_for_every_frame() -> None:
    assert is_supposed(parse(WOULD)[2], (), holds_if=True)


WHETHER = (
    "whether whether SCONJ 3 mark|Lund Lund PROPN 3 nsubj|is be AUX 3 aux|serious serious ADJ 3 ROOT|or or CCONJ 3 cc|"
    "buying buy VERB 3 conj|time time NOUN 5 dobj"
)


def test_whether_leaves_both_alternatives_open() -> None:
    doc = parse(WHETHER)
    assert is_asked(doc[3], ())
    assert is_asked(doc[5], ())
    assert not is_asked(parse(PLAIN)[2], ())


BY = (
    "talks talk NOUN 2 nsubjpass|are be AUX 2 auxpass|dragged drag VERB 2 ROOT|out out ADP 2 prt|by by ADP 2 agent|"
    "Oslo Oslo PROPN 4 pobj"
)
SANCTIONS = (
    "Lund Lund PROPN 1 nsubj|demands demand VERB 1 ROOT|sanctions sanction NOUN 1 dobj|on on ADP 2 prep|Oslo Oslo PROPN 3 pobj"
)
LINE = (
    "this this PRON 1 nsubj|is be AUX 1 ROOT|the the DET 3 det|limit limit NOUN 1 attr|for for ADP 1 prep|Oslo Oslo PROPN 4 pobj"
)
AGGRESSION = "Oslo Oslo ADJ 1 amod|aggression aggression NOUN 2 nsubj|goes go VERB 2 ROOT|on on ADP 2 prt"
FROM = (
    "Lund Lund PROPN 1 nsubj|wants want VERB 1 ROOT|guarantees guarantee NOUN 1 dobj|from from ADP 2 prep|Oslo Oslo PROPN 3 pobj"
)


@pytest.mark.parametrize(
    ("rows", "words", "role", "target"),
    [
        (PLAIN, "stalling", "doer", "Lund"),
        (BY, "dragged out", "doer", "Oslo"),
        (AGGRESSION, "aggression", "doer", "Oslo"),
        (SANCTIONS, "sanctions", "undergoer", "Oslo"),
        (SANCTIONS, "sanctions", "doer", "Lund"),
        (NO_BANK, "sanctioned", "undergoer", "bank"),
        (LINE, "is the limit", "holder", "Oslo"),
        (FROM, "guarantees", "undergoer", "Lund"),
    ],
)
def test_a_frame_is_said_of_the_one_in_its_role(rows: str, words: str, role: TargetRole, target: str) -> None:
    doc = parse(rows, ("Lund", "Oslo"))
    found = find_target(find(doc, words), role)
    assert found is not None
    assert doc[found].text == target


def test_each_frame_of_a_claim_has_targets_of_its_own() -> None:
    doc = parse(
        "Lund Lund PROPN 1 nsubj|stalls stall VERB 1 ROOT|and and CCONJ 1 cc|Oslo Oslo PROPN 4 nsubj|waits wait VERB 1 conj"
    )
    finder = FrameFinder((Frame(notation="a", patterns=("stalls",)), Frame(notation="b", patterns=("waits",))))
    found = {
        m.notation: doc[m.target].text
        for m in finder.find_frames(doc, Span(0, len(doc.text)), doc.text, Reading(()))
        if m.target is not None
    }
    assert found == {"a": "Lund", "b": "Oslo"}


def test_a_question_keeps_what_it_asks_and_a_statement_does_not() -> None:
    doc = parse(WHETHER)
    finder = FrameFinder((Frame(notation="a", patterns=("buying time",)),))
    spans = (Span(0, len(doc.text.rstrip())),)
    asked = Attribution(
        id="a1", source=(), cue=(), content=spans, sentences=(), speech="indirect", cue_type="question", confidence=1.0, by="t"
    )
    told = asked.model_copy(update={"cue_type": "statement"})
    kept, left = finder.assign_frames(doc, (asked, told), ())
    assert (kept.frames, left.frames) == (("a",), ())
