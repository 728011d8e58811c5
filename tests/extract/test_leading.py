"""What stands in front of a cue and belongs to it, on parses made by hand."""

from __future__ import annotations

import pytest

from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.leading import find_leading
from tests.extract.parses import parse_rows

_LEXICON = read_cue_lexicon()
_CONTINUED = """Holm Holm NNP PROPN 1 nsubj
continued continue VBD VERB 1 ROOT
to to TO PART 3 aux
insist insist VB VERB 1 xcomp"""
_YET = """Holm Holm NNP PROPN 1 nsubj
has have VBZ VERB 1 ROOT
yet yet RB ADV 1 advmod
to to TO PART 4 aux
say say VB VERB 1 xcomp"""
_UNABLE = """Holm Holm NNP PROPN 1 nsubj
was be VBD AUX 1 ROOT
unable unable JJ ADJ 1 acomp
to to TO PART 4 aux
say say VB VERB 2 xcomp"""
_REFRAINED = """Holm Holm NNP PROPN 1 nsubj
refrained refrain VBD VERB 1 ROOT
from from IN ADP 1 prep
saying say VBG VERB 2 pcomp"""
_SHORT = """Holm Holm NNP PROPN 1 nsubj
stopped stop VBD VERB 1 ROOT
short short RB ADV 1 advmod
of of IN ADP 2 prep
saying say VBG VERB 3 pcomp"""
_QUOTED = """Holm Holm NNP PROPN 2 nsubjpass
was be VBD AUX 2 auxpass
quoted quote VBN VERB 2 ROOT
as as IN ADP 2 prep
saying say VBG VERB 3 pcomp"""
_WITHOUT = """Holm Holm NNP PROPN 1 nsubj
left leave VBD VERB 1 ROOT
without without IN ADP 1 prep
saying say VBG VERB 2 pcomp"""
_WRONG = """Holm Holm NNP PROPN 1 nsubj
was be VBD AUX 1 ROOT
wrong wrong JJ ADJ 1 acomp
to to TO PART 4 aux
say say VB VERB 1 xcomp"""
_PROUD = """Holm Holm NNP PROPN 1 nsubj
spoke speak VBD VERB 1 ROOT
of of IN ADP 1 prep
saying say VBG VERB 2 pcomp"""


@pytest.mark.parametrize(
    ("rows", "words", "is_negative"),
    [
        (_CONTINUED, "continued to", False),
        (_YET, "has yet to", True),
        (_UNABLE, "was unable to", True),
        (_REFRAINED, "refrained from", True),
        (_SHORT, "stopped short of", True),
        (_QUOTED, "was quoted as", False),
        (_WITHOUT, "without", True),
    ],
    ids=["continued to", "yet to", "unable to", "refrained from", "short of", "quoted as", "without"],
)
def test_words_in_front_of_a_cue_belong_to_it_and_may_deny_it(rows: str, words: str, is_negative: bool) -> None:
    doc = parse_rows(rows)
    leading = find_leading(doc[-1], _LEXICON)
    assert (" ".join(doc[i].text for i in sorted(leading.tokens)), leading.is_negative) == (words, is_negative)


@pytest.mark.parametrize("rows", [_WRONG, _PROUD], ids=["was wrong to say", "spoke of saying"])
def test_a_predicate_or_another_verb_is_no_part_of_the_cue(rows: str) -> None:
    assert find_leading(parse_rows(rows)[-1], _LEXICON) == ((), frozenset(), False)


def test_the_last_of_the_leading_verbs_is_the_one_that_has_the_subject() -> None:
    doc = parse_rows(_YET)
    assert [verb.text for verb in find_leading(doc[-1], _LEXICON).verbs] == ["has"]
