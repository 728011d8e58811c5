"""Quotations and asides on parses made by hand: who speaks next to a mark, within one, and behind one."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.model.mention import Mention
from kg.model.span import Span, quote_spans
from tests.extract.parses import parse_rows

_FINDER = RuleAttributionFinder(read_cue_lexicon())

_STATEMENT = """
Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
roads road NNS NOUN 3 nsubj
closed_ close VBD VERB 1 ccomp
. . . PUNCT 1 punct
"""
_QUOTATION = """
“_ “ `` PUNCT {head} punct
Nobody nobody NN PRON {head} nsubj
warned warn VBD VERB {head} ROOT
drivers_ driver NNS NOUN {head} dobj
._ . . PUNCT {head} punct
” ” '' PUNCT {head} punct
"""
_INTERLUDE = """
Snow snow NN NOUN 6 nsubj
fell_ fall VBD VERB 6 ROOT
. . . PUNCT 6 punct
"""


def _find(doc: Doc, *names: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each attribution."""
    mentions = []
    for number, name in enumerate(names, 1):
        begin = doc.text.index(name)
        span = Span(begin, begin + len(name))
        mentions.append(Mention(id=f"m{number}", spans=(span,), text=name, name=name, type="Person", kind="name", by="test"))
    found = _FINDER.find_attributions(doc, mentions)
    return [(quote_spans(doc.text, a.source), quote_spans(doc.text, a.cue), quote_spans(doc.text, a.content)) for a in found]


def test_a_cue_with_its_speaker_between_dashes_takes_what_stands_between_them() -> None:
    doc = parse_rows("""
Roads road NNS NOUN 1 nsubj
closed close VBD VERB 7 ccomp
— — : PUNCT 1 punct
snow snow NN NOUN 4 nsubj
fell_ fall VBD VERB 1 parataxis
, , , PUNCT 7 punct
Lind Lind NNP PROPN 7 nsubj
said say VBD VERB 7 ROOT
— — : PUNCT 7 punct
at at IN ADP 7 prep
noon_ noon NN NOUN 9 pobj
. . . PUNCT 7 punct
""")
    assert _find(doc, "Lind") == [("Lind", "said", "snow fell")]


def test_between_two_parts_of_a_quotation_stands_the_speaker_whatever_the_parse_says() -> None:
    doc = parse_rows("""
“_ “ `` PUNCT 5 punct
The the DT DET 2 det
mill_ mill NN NOUN 5 npadvmod
,_ , , PUNCT 5 punct
” ” '' PUNCT 5 punct
said say VBD VERB 5 ROOT
Wester_ Wester NNP PROPN 9 nsubj
, , , PUNCT 9 punct
“_ “ `` PUNCT 9 punct
stands stand VBZ VERB 5 ccomp
here_ here RB ADV 9 advmod
._ . . PUNCT 5 punct
” ” '' PUNCT 5 punct
""")
    assert _find(doc, "Wester") == [("Wester", "said", "“The mill,” … “stands here.”")]


def test_nobody_speaks_within_what_is_said() -> None:
    doc = parse_rows("""
“_ “ `` PUNCT 6 punct
Roads road NNS NOUN 6 nsubj
closed_ close VBN VERB 1 acl
,_ , , PUNCT 6 punct
” ” '' PUNCT 6 punct
Lind Lind NNP PROPN 6 nsubj
said_ say VBD VERB 6 ROOT
. . . PUNCT 6 punct
""")
    assert _find(doc, "Lind") == [("Lind", "said", "“Roads closed,”")]


def test_an_unclosed_quotation_ends_in_front_of_the_cue_that_it_runs_over() -> None:
    doc = parse_rows("""
“_ “ `` PUNCT 5 punct
Roads road NNS NOUN 2 nsubj
closed_ close VBD VERB 5 ccomp
, , , PUNCT 5 punct
Lind Lind NNP PROPN 5 nsubj
said_ say VBD VERB 5 ROOT
. . . PUNCT 5 punct

Snow snow NN NOUN 8 nsubj
fell_ fall VBD VERB 8 ROOT
. . . PUNCT 8 punct
""")
    assert _find(doc, "Lind") == [("Lind", "said", "“Roads closed")]


def test_a_sentence_of_quotation_goes_on_with_the_one_who_spoke_without_marks_before_it() -> None:
    doc = parse_rows(_STATEMENT + _QUOTATION.format(head=7))
    assert _find(doc, "Holm") == [("Holm", "said", "roads closed … “Nobody warned drivers.”")]


def test_a_sentence_of_nobodys_parts_a_quotation_from_who_spoke_before() -> None:
    doc = parse_rows(_STATEMENT + _INTERLUDE + _QUOTATION.format(head=10))
    assert _find(doc, "Holm") == [("Holm", "said", "roads closed")]


def test_two_speakers_in_the_sentence_before_leave_a_quotation_to_nobody() -> None:
    doc = parse_rows(f"""
Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
roads road NNS NOUN 3 nsubj
closed_ close VBD VERB 1 ccomp
, , , PUNCT 1 punct
and and CC CCONJ 1 cc
Lind Lind NNP PROPN 7 nsubj
said say VBD VERB 1 conj
snow snow NN NOUN 9 nsubj
fell_ fall VBD VERB 7 ccomp
. . . PUNCT 1 punct

{_QUOTATION.format(head=13).strip()}
""")
    assert _find(doc, "Holm", "Lind") == [("Holm", "said", "roads closed"), ("Lind", "said", "snow fell")]


def test_an_inner_quotation_belongs_to_who_is_quoted_as_saying_it() -> None:
    doc = parse_rows("""
“_ “ `` PUNCT 14 punct
He he PRP PRON 2 nsubj
said_ say VBD VERB 14 ccomp
, , , PUNCT 2 punct
‘_ ‘ `` PUNCT 2 punct
Go go VB VERB 5 ROOT
home_ home RB ADV 5 advmod
,_ , , PUNCT 2 punct
’ ’ '' PUNCT 2 punct
and and CC CCONJ 2 cc
left_ leave VBD VERB 2 conj
,_ , , PUNCT 14 punct
” ” '' PUNCT 14 punct
Lind Lind NNP PROPN 14 nsubj
said_ say VBD VERB 14 ROOT
. . . PUNCT 14 punct
""")
    assert _find(doc, "Lind") == [("Lind", "said", "“He said, ‘Go home,’ and left,”"), ("He", "said", "‘Go home,’")]
