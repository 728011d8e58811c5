"""Frames of contents on parses made by hand, with frames made up for the test and with those that are shipped."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ResourceInvalidError
from kg.extract.frame_patterns import FramePatterns
from kg.extract.frames import FrameFinder, Reading
from kg.model.attribution import Attribution, CueType
from kg.model.frame import Frame
from kg.model.mention import Mention
from kg.model.span import Span
from kg.rdf.ontology import read_frames

_VOCAB = spacy.blank("en").vocab
_FINDER = FrameFinder(
    (
        Frame(notation="stalling", patterns=(r"\bstall\w*\b",), exclusions=(r"\bengine\W+stall\w*",)),
        Frame(notation="denial", patterns=(r"\bhoax\b",), cue_types=("denial",)),
    )
)


def _parse(rows: str) -> Doc:
    """Make a Doc of one sentence: tokens parted by `|`, as "word lemma pos head dep", heads counted from 0."""
    tokens = [row.split() for row in rows.split("|")]
    return Doc(
        _VOCAB,
        words=[t[0] for t in tokens],
        lemmas=[t[1] for t in tokens],
        tags=["VBG" if t[0] == "stalling" else "X" for t in tokens],
        pos=[t[2] for t in tokens],
        heads=[int(t[3]) for t in tokens],
        deps=[t[4] for t in tokens],
    )


def _assign(doc: Doc, names: tuple[str, ...] = (), *, cue_type: CueType = "statement", negated_cue: bool = False) -> Attribution:
    """Assign frames to the words behind "said"."""
    text = doc.text
    begin = text.index("said") + 5
    mentions = tuple(
        Mention(
            id=f"m{number}",
            spans=(Span(text.index(name), text.index(name) + len(name)),),
            text=name,
            name=name,
            type="Person",
            kind="name",
            by="test",
        )
        for number, name in enumerate(names, 1)
    )
    attribution = Attribution(
        id="a1",
        source=(Span(0, begin - 6),),
        cue=(Span(begin - 5, begin - 1),),
        content=(Span(begin, len(text.rstrip())),),
        sentences=(Span(0, len(text.rstrip())),),
        speech="indirect",
        cue_type=cue_type,
        negated_cue=negated_cue,
        confidence=1.0,
        by="test",
    )
    (found,) = _FINDER.assign_frames(doc, (attribution,), mentions)
    return found


_PLAIN = "Tal Tal PROPN 1 nsubj|said say VERB 1 ROOT|Lind Lind PROPN 4 nsubj|is be AUX 4 aux|stalling stall VERB 1 ccomp"
_DENIED = (
    "Tal Tal PROPN 1 nsubj|said say VERB 1 ROOT|Lind Lind PROPN 5 nsubj|is be AUX 5 aux|not not PART 5 neg|"
    "stalling stall VERB 1 ccomp"
)
_ENGINE = "Tal Tal PROPN 1 nsubj|said say VERB 1 ROOT|the the DET 3 det|engine engine NOUN 4 nsubj|stalled stall VERB 1 ccomp"
_IF = (
    "Tal Tal PROPN 1 nsubj|said say VERB 1 ROOT|if if SCONJ 5 mark|Lind Lind PROPN 5 nsubj|is be AUX 5 aux|"
    "stalling stall VERB 8 advcl|Holm Holm PROPN 8 nsubj|will will AUX 8 aux|leave leave VERB 1 ccomp"
)
_OTHER = (
    "Tal Tal PROPN 1 nsubj|said say VERB 1 ROOT|Holm Holm PROPN 3 nsubj|knows know VERB 1 ccomp|Lind Lind PROPN 6 nsubj|"
    "is be AUX 6 aux|stalling stall VERB 3 ccomp"
)


def test_a_frame_is_said_of_the_subject_of_its_verb() -> None:
    found = _assign(_parse(_PLAIN), ("Tal", "Lind"))
    assert (found.frames, found.denied_frames, found.frame_targets) == (("stalling",), (), ("m2",))


def test_a_frame_that_the_content_negates_is_taken_up_and_denied() -> None:
    found = _assign(_parse(_DENIED), ("Lind",))
    assert (found.frames, found.denied_frames, found.frame_targets) == (("stalling",), ("stalling",), ("m1",))


def test_who_is_only_mentioned_is_no_target() -> None:
    assert _assign(_parse(_OTHER), ("Holm", "Lind")).frame_targets == ("m2",)


def test_an_exclusion_vetoes_the_match_that_it_overlaps() -> None:
    assert _assign(_parse(_ENGINE)).frames == ()


def test_a_frame_in_an_if_clause_is_claimed_by_nobody() -> None:
    assert _assign(_parse(_IF), ("Lind",)).frames == ()


def test_of_nested_mentions_the_innermost_is_the_target() -> None:
    doc = _parse(_PLAIN)
    outer = Mention(id="m1", spans=(Span(9, 16),), text="Lind is", name="x", type="Group", kind="nominal", by="test")
    inner = Mention(id="m2", spans=(Span(9, 13),), text="Lind", name="Lind", type="Person", kind="name", by="test")
    attribution = Attribution(
        id="a1", source=(), cue=(), content=(Span(9, 25),), sentences=(), speech="indirect", confidence=1.0, by="test"
    )
    (found,) = _FINDER.assign_frames(doc, (attribution,), (outer, inner))
    assert found.frame_targets == ("m2",)


def test_a_cue_type_brings_its_frame_unless_the_cue_is_negated() -> None:
    assert _assign(_parse(_PLAIN), cue_type="denial").frames == ("denial", "stalling")
    assert _assign(_parse(_PLAIN), cue_type="denial", negated_cue=True).frames == ("stalling",)


def test_an_accusation_s_frame_is_said_of_the_accused() -> None:
    doc = _parse(
        "Tal Tal PROPN 1 nsubj|accused accuse VERB 1 ROOT|Lind Lind PROPN 1 dobj|of of ADP 1 prep|stalling stall VERB 3 pcomp"
    )
    finder = FrameFinder((Frame(notation="stalling", patterns=(r"\baccused\b.*\bstalling\b",)),))
    attribution = Attribution(
        id="a1",
        source=(Span(0, 3),),
        cue=(Span(4, 11),),
        content=(Span(12, 28),),
        sentences=(),
        speech="indirect",
        cue_type="accusation",
        confidence=1.0,
        by="test",
    )
    mentions = tuple(
        Mention(id=f"m{n}", spans=(span,), text=name, name=name, type="Person", kind="name", by="test")
        for n, (name, span) in enumerate({"Tal": Span(0, 3), "Lind": Span(12, 16)}.items(), 1)
    )
    (found,) = finder.assign_frames(doc, (attribution,), mentions)
    assert (found.frames, found.frame_targets) == (("stalling",), ("m2",))


def test_a_pattern_that_is_no_regular_expression_is_refused() -> None:
    with pytest.raises(ResourceInvalidError, match="frame x: pattern is no regular expression"):
        list(FramePatterns((Frame(notation="x", patterns=("(",)),)).find_matches("any words"))


def test_every_frame_of_the_contract_is_shipped() -> None:
    assert {frame.notation for frame in read_frames()} >= {
        "stalling", "wants-peace", "escalation", "aid-pledge", "sanctions",
        "ceasefire-refusal", "territorial-demand", "violation", "threat", "denial",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["not " * 3000 + "x", "talks " * 3000, "will " * 3000, "a " * 10000])
def test_shipped_patterns_read_hostile_words_without_blowing_up(words: str) -> None:
    doc = Doc(_VOCAB, words=["x"])
    assert list(FrameFinder(read_frames()).find_frames(doc, Span(0, 0), words, Reading(()))) == []
