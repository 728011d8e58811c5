"""Who is spoken to, on parses made by hand."""

from __future__ import annotations

import pytest

from kg.extract.addressees import find_addressee
from kg.extract.cue_lexicon import read_cue_lexicon
from tests.extract.parses import parse_rows

_TOLD = """Holm Holm NNP PROPN 1 nsubj
told tell VBD VERB 1 ROOT
Oslo Oslo NNP PROPN 1 dobj
it it PRP PRON 4 nsubj
rains rain VBZ VERB 1 ccomp"""
_WARNED = """Oslo Oslo NNP PROPN 2 nsubjpass
was be VBD AUX 2 auxpass
warned warn VBN VERB 2 ROOT
it it PRP PRON 4 nsubj
rains rain VBZ VERB 2 ccomp"""
_URGED = """Holm Holm NNP PROPN 1 nsubj
urged urge VBD VERB 1 ROOT
Oslo Oslo NNP PROPN 1 dobj
to to TO PART 4 aux
wait wait VB VERB 1 xcomp"""
_SAID_TO = """Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
to to IN ADP 1 prep
Oslo Oslo NNP PROPN 2 pobj
it it PRP PRON 5 nsubj
rains rain VBZ VERB 1 ccomp"""
_LETTER = """In in IN ADP 5 prep
a a DT DET 2 det
letter letter NN NOUN 0 pobj
to to IN ADP 2 prep
Oslo Oslo NNP PROPN 3 pobj
said say VBD VERB 5 ROOT
it it PRP PRON 7 nsubj
rains rain VBZ VERB 5 ccomp"""
_SPEAKING = """Speaking speak VBG VERB 3 advcl
to to IN ADP 0 prep
Oslo Oslo NNP PROPN 1 pobj
said say VBD VERB 3 ROOT
it it PRP PRON 5 nsubj
rains rain VBZ VERB 3 ccomp"""
_ACCUSED = """Holm Holm NNP PROPN 1 nsubj
accused accuse VBD VERB 1 ROOT
Oslo Oslo NNP PROPN 1 dobj
of of IN ADP 1 prep
waiting wait VBG VERB 3 pcomp"""
_BROADCAST = """In in IN ADP 3 prep
a a DT DET 2 det
box box NN NOUN 0 pobj
said say VBD VERB 3 ROOT
it it PRP PRON 5 nsubj
rains rain VBZ VERB 3 ccomp"""


@pytest.mark.parametrize(
    ("rows", "verb", "content", "addressee"),
    [
        (_TOLD, 1, {3, 4}, "Oslo"),
        (_TOLD, 1, set(), "Oslo"),
        (_WARNED, 2, {3, 4}, "Oslo"),
        (_URGED, 1, {2, 3, 4}, "Oslo"),
        (_SAID_TO, 1, {4, 5}, "Oslo"),
        (_LETTER, 5, {6, 7}, "Oslo"),
        (_SPEAKING, 3, {4, 5}, "Oslo"),
        (_ACCUSED, 1, {2, 3, 4}, None),
        (_BROADCAST, 3, {4, 5}, None),
    ],
    ids=[
        "told",
        "told before a quotation",
        "was warned",
        "urged",
        "said to",
        "in a letter to",
        "speaking to",
        "accused",
        "a box",
    ],
)
def test_who_is_spoken_to_is_read_off_the_cue(rows: str, verb: int, content: set[int], addressee: str | None) -> None:
    found = find_addressee(parse_rows(rows)[verb], frozenset(content), read_cue_lexicon())
    assert (found.text if found is not None else None) == addressee
