"""Each rule on parses made by hand, so that another language model cannot break them silently."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from spacy.tokens import Doc

from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.span import Span, quote_spans
from tests.extract.parses import parse_rows as _parse

_FINDER = RuleAttributionFinder(read_cue_lexicon())


def _mention(doc: Doc, number: int, name: str) -> Mention:
    begin = doc.text.index(name)
    return Mention(
        id=f"m{number}", spans=(Span(begin, begin + len(name)),), text=name, name=name, type="Person", kind="name", by="test"
    )


def _find(doc: Doc, names: Sequence[str] = (), *, others: Sequence[Mention] = ()) -> tuple[Attribution, ...]:
    return _FINDER.find_attributions(doc, [*(_mention(doc, at, name) for at, name in enumerate(names, 1)), *others])


def _show(doc: Doc, found: Attribution) -> tuple[str, str, str, str]:
    return (
        found.by,
        quote_spans(doc.text, found.source),
        quote_spans(doc.text, found.cue),
        quote_spans(doc.text, found.content),
    )


_CLAUSE = """
Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
that that IN SCONJ 5 mark
roads road NNS NOUN 5 nsubj
are be VBP AUX 5 aux
closing_ close VBG VERB 1 ccomp
. . . PUNCT 1 punct
"""
_DESCRIPTION = """
Holm Holm NNP PROPN 1 nsubj
called call VBD VERB 1 ROOT
it it PRP PRON 4 nsubj
a a DT DET 4 det
farce_ farce NN NOUN 1 oprd
. . . PUNCT 1 punct
"""
_INFINITIVE = """
Holm Holm NNP PROPN 1 nsubj
vowed vow VBD VERB 1 ROOT
to to TO PART 3 aux
return_ return VB VERB 1 xcomp
. . . PUNCT 1 punct
"""
_GERUND = """
Holm Holm NNP PROPN 1 nsubj
denied deny VBD VERB 1 ROOT
closing close VBG VERB 1 xcomp
roads_ road NNS NOUN 2 dobj
. . . PUNCT 1 punct
"""
_PREPOSITION = """
Holm Holm NNP PROPN 1 nsubj
called call VBD VERB 1 ROOT
for for IN ADP 1 prep
new new JJ ADJ 4 amod
roads_ road NNS NOUN 2 pobj
. . . PUNCT 1 punct
"""
_OBJECT = """
Holm Holm NNP PROPN 1 nsubj
rejected reject VBD VERB 1 ROOT
the the DT DET 3 det
plan_ plan NN NOUN 1 dobj
. . . PUNCT 1 punct
"""
_QUOTATION = """
Holm Holm NNP PROPN 1 nsubj
said_ say VBD VERB 1 ROOT
: : : PUNCT 1 punct

“_ “ `` PUNCT 7 punct
Roads road NNS NOUN 7 nsubj
to to IN ADP 4 prep
town town NN NOUN 5 pobj
close close VBP VERB 7 ROOT
tonight_ tonight RB ADV 7 advmod
._ . . PUNCT 7 punct
” ” '' PUNCT 7 punct
"""
_NOUN = """
Holm_ Holm NNP PROPN 2 poss
's 's POS PART 0 case
claim claim NN NOUN 6 nsubj
that that IN SCONJ 5 mark
roads road NNS NOUN 5 nsubj
close close VBP VERB 2 acl
spread_ spread VBD VERB 6 ROOT
. . . PUNCT 6 punct
"""
_ADJECTIVE = """
Holm Holm NNP PROPN 1 nsubj
is be VBZ AUX 1 ROOT
sure sure JJ ADJ 1 acomp
that that IN SCONJ 5 mark
roads road NNS NOUN 5 nsubj
close_ close VBP VERB 2 ccomp
. . . PUNCT 1 punct
"""
_ACCORDING = """
Roads road NNS NOUN 1 nsubj
close_ close VBP VERB 1 ROOT
, , , PUNCT 1 punct
according accord VBG VERB 1 prep
to to IN ADP 3 prep
Holm_ Holm NNP PROPN 4 pobj
. . . PUNCT 1 punct
"""
_IN_WORDS = """
In in IN ADP 7 prep
the the DT DET 2 det
words word NNS NOUN 0 pobj
of of IN ADP 2 prep
Holm_ Holm NNP PROPN 3 pobj
, , , PUNCT 7 punct
roads road NNS NOUN 7 nsubj
close_ close VBP VERB 7 ROOT
. . . PUNCT 7 punct
"""
_LABEL = """
Holm_ Holm NNP PROPN 3 dep
: : : PUNCT 0 punct
roads road NNS NOUN 3 nsubj
close close VBP VERB 3 ROOT
tonight_ tonight RB ADV 3 advmod
. . . PUNCT 3 punct
"""
_HEDGE = """
Holm Holm NNP PROPN 2 nsubj
reportedly reportedly RB ADV 2 advmod
left leave VBD VERB 2 ROOT
town_ town NN NOUN 2 dobj
. . . PUNCT 2 punct
"""
_ACCUSATION = """
Holm Holm NNP PROPN 1 nsubj
accused accuse VBD VERB 1 ROOT
Lind Lind NNP PROPN 1 dobj
of of IN ADP 2 prep
closing close VBG VERB 3 pcomp
roads_ road NNS NOUN 4 dobj
. . . PUNCT 1 punct
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (_CLAUSE, ("rule:verb-clause", "Holm", "said", "that roads are closing")),
        (_DESCRIPTION, ("rule:verb-as", "Holm", "called", "it a farce")),
        (_INFINITIVE, ("rule:verb-to", "Holm", "vowed", "to return")),
        (_GERUND, ("rule:verb-ing", "Holm", "denied", "closing roads")),
        (_PREPOSITION, ("rule:verb-preposition", "Holm", "called for", "new roads")),
        (_OBJECT, ("rule:verb-object", "Holm", "rejected", "the plan")),
        (_QUOTATION, ("rule:verb-quotation", "Holm", "said", "“Roads to town close tonight.”")),
        (_NOUN, ("rule:noun", "Holm", "claim", "that roads close")),
        (_ADJECTIVE, ("rule:adjective", "Holm", "is sure", "that roads close")),
        (_ACCORDING, ("rule:according-to", "Holm", "according to", "Roads close")),
        (_IN_WORDS, ("rule:in-the-words-of", "Holm", "In the words of", "roads close")),
        (_LABEL, ("rule:label", "Holm", ":", "roads close tonight.")),
        (_HEDGE, ("rule:hedge", "", "reportedly", "Holm … left town")),
        (_ACCUSATION, ("rule:verb-preposition", "Holm", "accused", "Lind of closing roads")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_parse_yields_the_attribution_of_its_rule(rows: str, expected: tuple[str, str, str, str]) -> None:
    doc = _parse(rows)
    assert [_show(doc, found) for found in _find(doc, ["Holm"])] == [expected]


@pytest.mark.parametrize(
    "rows", [_DESCRIPTION, _INFINITIVE, _GERUND, _PREPOSITION, _OBJECT, _NOUN, _ADJECTIVE], ids=lambda rows: rows.split()[6]
)
def test_a_subject_that_is_no_actor_and_no_thing_with_words_attributes_nothing(rows: str) -> None:
    assert (
        _find(
            _parse(
                rows.replace("Holm Holm NNP PROPN", "Clock clock NN NOUN").replace("Holm_ Holm NNP PROPN", "Clock_ clock NN NOUN")
            )
        )
        == ()
    )


def test_a_verb_of_speech_attributes_whoever_its_subject_is() -> None:
    doc = _parse(_CLAUSE.replace("Holm Holm NNP PROPN", "Board board NN NOUN"))
    assert [_show(doc, found)[:3] for found in _find(doc)] == [("rule:verb-clause", "Board", "said")]


def test_the_source_is_linked_to_its_mention() -> None:
    (found,) = _find(_parse(_CLAUSE), ["roads", "Holm"])
    assert (found.source_mention, found.about) == ("m2", ("m1",))


def test_a_standard_speaks_to_nobody() -> None:
    doc = _parse(_ACCORDING.replace("Holm_ Holm NNP PROPN", "plan_ plan NN NOUN"))
    assert _find(doc) == ()


def test_a_negated_cue_says_so() -> None:
    doc = _parse(
        """
Holm Holm NNP PROPN 3 nsubj
did do VBD AUX 3 aux
not not RB PART 3 neg
say say VB VERB 3 ROOT
that that IN SCONJ 6 mark
roads road NNS NOUN 6 nsubj
close_ close VBP VERB 3 ccomp
. . . PUNCT 3 punct
"""
    )
    (found,) = _find(doc, ["Holm"])
    assert found.negated_cue
    assert _show(doc, found)[2] == "did not say"
    assert found.polarity == "affirmed"


def test_an_attribution_within_a_content_has_the_outer_one_as_its_parent() -> None:
    doc = _parse(
        """
Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
Lind Lind NNP PROPN 3 nsubj
denied deny VBD VERB 1 ccomp
the the DT DET 5 det
report_ report NN NOUN 3 dobj
. . . PUNCT 1 punct
"""
    )
    outer, inner = _find(doc, ["Holm", "Lind"])
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.cue_type == "denial"


def test_a_question_that_ends_its_sentence_goes_to_the_cue_behind_it() -> None:
    doc = _parse(
        """
“_ “ `` PUNCT 2 punct
Who who WP PRON 2 nsubj
paid pay VBD VERB 2 ROOT
the the DT DET 4 det
drivers_ driver NNS NOUN 2 dobj
?_ ? . PUNCT 2 punct
” ” '' PUNCT 2 punct

Holm Holm NNP PROPN 8 nsubj
asked_ ask VBD VERB 8 ROOT
. . . PUNCT 8 punct
"""
    )
    (found,) = _find(doc, ["Holm"])
    assert _show(doc, found) == ("rule:verb-quotation", "Holm", "asked", "“Who paid the drivers?”")
    assert (found.cue_type, found.speech) == ("question", "direct")
    assert quote_spans(doc.text, found.sentences) == doc.text.strip()


_ESSAY = """
Norway Norway NNP PROPN 2 nsubj
has have VBZ AUX 2 aux
built build VBN VERB 2 ROOT
far far RB ADV 4 advmod
too too RB ADV 5 advmod
many many JJ ADJ 6 amod
roads_ road NNS NOUN 2 dobj
. . . PUNCT 2 punct
"""
_AUTHOR = Mention(id="m9", spans=(), text="", name="Runa Keld", type="Person", kind="author", by="test")


def test_an_opinion_piece_speaks_with_its_authors_voice() -> None:
    doc = _parse(_ESSAY, author="Runa Keld")
    (found,) = _find(doc, ["Norway"], others=[_AUTHOR])
    assert _show(doc, found) == ("rule:author-voice", "", "", "Norway has built far too many roads")
    assert found.source_mention == "m9"


def test_a_news_report_has_no_voice_of_its_own() -> None:
    assert _find(_parse(_ESSAY), ["Norway"], others=[_AUTHOR]) == ()


def test_a_sentence_about_no_actor_is_no_claim_of_the_author() -> None:
    assert _find(_parse(_ESSAY, author="Runa Keld"), others=[_AUTHOR]) == ()


def test_a_free_quotation_is_a_claim_of_nobody_in_particular() -> None:
    doc = _parse(
        """
“_ “ `` PUNCT 3 punct
Norway Norway NNP PROPN 3 nsubj
has have VBZ AUX 3 aux
built build VBN VERB 3 ROOT
far far RB ADV 5 advmod
too too RB ADV 6 advmod
many many JJ ADJ 7 amod
roads_ road NNS NOUN 3 dobj
._ . . PUNCT 3 punct
” ” '' PUNCT 3 punct
""",
        author="Runa Keld",
    )
    (found,) = _find(doc, ["Norway"], others=[_AUTHOR])
    assert (found.by, found.source, found.cue, found.source_mention) == ("rule:free-quotation", (), (), None)
    assert found.speech == "direct"
