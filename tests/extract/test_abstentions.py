"""Each word that attributes is in an attribution or refused, and the reason is that of the rule which refused it."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc, Token

from kg.annotate.pipeline import Annotator
from kg.extract.abstentions import Refusal, refuse_word, to_abstentions
from kg.extract.attributions import RuleAttributionFinder
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.extractor import RuleExtractor
from kg.extract.selection import select_candidates
from kg.model.attribution import Attribution
from kg.model.document import Zone
from kg.model.mention import Mention
from kg.model.span import Span
from kg.read.files import find_files
from kg.read.inputs import read_file
from kg.settings import Settings
from tests.extract.parses import parse_rows

_FINDER = RuleAttributionFinder(read_cue_lexicon())
_SOURCES = Path(__file__).parents[2] / "sources"

_SAID = """
Holm Holm NNP PROPN 1 nsubj
said say VBD VERB 1 ROOT
that that IN SCONJ 5 mark
roads road NNS NOUN 5 nsubj
are be VBP AUX 5 aux
closing_ close VBG VERB 1 ccomp
. . . PUNCT 1 punct
"""
_NOTHING_BEHIND = """
Holm Holm NNP PROPN 1 nsubj
objected_ object VBD VERB 1 ROOT
. . . PUNCT 1 punct
"""
_TWO_SENTENCES = f"""{_NOTHING_BEHIND}
It it PRP PRON 4 nsubj
rained_ rain VBD VERB 4 ROOT
. . . PUNCT 4 punct
"""
_THING_AS_SUBJECT = """
The the DT DET 1 det
bridge bridge NN NOUN 2 nsubj
suggests suggest VBZ VERB 2 ROOT
that that IN SCONJ 5 mark
rust rust NN NOUN 5 nsubj
wins_ win VBZ VERB 2 ccomp
. . . PUNCT 2 punct
"""
_NOBODY_CLAIMS = """
It it PRP PRON 1 nsubj
is be VBZ AUX 1 ROOT
wrong wrong JJ ADJ 1 acomp
to to TO PART 4 aux
claim claim VB VERB 1 xcomp
victory_ victory NN NOUN 4 dobj
. . . PUNCT 1 punct
"""
_ONE_WORD = """
Holm Holm NNP PROPN 1 nsubj
fears fear VBZ VERB 1 ROOT
floods_ flood NNS NOUN 1 dobj
. . . PUNCT 1 punct
"""
_NO_HOLDER = """
The the DT DET 1 det
statement statement NN NOUN 2 nsubj
is be VBZ AUX 2 ROOT
short_ short JJ ADJ 2 acomp
. . . PUNCT 2 punct
"""
_HELD_NOUN = """
Holm Holm NNP PROPN 2 poss
's 's POS PART 0 case
warning warning NN NOUN 3 nsubj
came come VBD VERB 3 ROOT
late_ late RB ADV 3 advmod
. . . PUNCT 3 punct
"""
_PLAN = """
Work work NN NOUN 1 nsubj
went go VBD VERB 1 ROOT
according accord VBG VERB 1 prep
to to IN ADP 2 prep
plan_ plan NN NOUN 3 pobj
. . . PUNCT 1 punct
"""
_LIGHT_VERB = """
Holm Holm NNP PROPN 1 nsubj
voiced voice VBD VERB 1 ROOT
the the DT DET 3 det
fear fear NN NOUN 1 dobj
that that IN SCONJ 6 mark
roads road NNS NOUN 6 nsubj
flood_ flood VBP VERB 3 acl
. . . PUNCT 1 punct
"""
_SCARE_QUOTE = """
The the DT DET 3 det
“_ “ `` PUNCT 3 punct
quiet_ quiet JJ ADJ 4 amod
” ” '' PUNCT 4 punct
street street NN NOUN 5 nsubj
slept_ sleep VBD VERB 5 ROOT
. . . PUNCT 5 punct
"""
_TITLE_IN_QUOTES = """
The the DT DET 1 det
play play NN NOUN 7 nsubj
“_ “ `` PUNCT 5 punct
The the DT DET 5 det
Long long JJ ADJ 5 amod
Night_ night NN NOUN 1 appos
” ” '' PUNCT 5 punct
closed_ close VBD VERB 7 ROOT
. . . PUNCT 7 punct
"""
_FREE_QUOTATION = """
“_ “ `` PUNCT 3 punct
Roads road NNS NOUN 3 nsubj
are be VBP AUX 3 aux
closing_ close VBG VERB 3 ROOT
._ . . PUNCT 3 punct
” ” '' PUNCT 3 punct
"""


def _mention(doc: Doc, name: str) -> Mention:
    begin = doc.text.index(name)
    spans = (Span(begin, begin + len(name)),)
    return Mention(id="m1", spans=spans, text=name, name=name, type="Person", kind="name", by="test")


def _audit(rows: str, *names: str, zones: tuple[Zone, ...] = ()) -> list[tuple[str, str, str]]:
    """Return kind, words and reason of each abstention."""
    doc = parse_rows(rows, zones=zones)
    found = _FINDER.find_abstentions(doc, [_mention(doc, name) for name in names])
    return [(item.kind, doc.text[item.span.begin : item.span.end], item.reason) for item in found]


def test_a_cue_with_its_content_is_no_abstention() -> None:
    assert _audit(_SAID, "Holm") == []


@pytest.mark.parametrize(
    ("rows", "name", "expected"),
    [
        (_NOTHING_BEHIND, "Holm", ("verb", "objected", "no-content")),
        (_THING_AS_SUBJECT, "rust", ("verb", "suggests", "no-speaking-subject")),
        (_NOBODY_CLAIMS, "victory", ("verb", "claim", "no-speaker")),
        (_ONE_WORD, "Holm", ("verb", "fears", "one-word")),
        (_NO_HOLDER, "short", ("noun", "statement", "no-speaker")),
        (_HELD_NOUN, "Holm", ("noun", "warning", "no-content")),
        (_PLAN, "Work", ("according-to", "according", "standard")),
    ],
    ids=lambda value: value[2] if isinstance(value, tuple) else "",
)
def test_a_refused_cue_has_the_reason_of_its_rule(rows: str, name: str, expected: tuple[str, str, str]) -> None:
    assert _audit(rows, name) == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (_SCARE_QUOTE, ("quotation", "“quiet”", "short-quotation")),
        (_TITLE_IN_QUOTES, ("quotation", "“The Long Night”", "inner-quotation")),
        (_FREE_QUOTATION, ("quotation", "“Roads are closing.”", "no-cue-near")),
    ],
    ids=lambda value: value[2] if isinstance(value, tuple) else "",
)
def test_a_quotation_of_nobody_has_the_reason_of_its_rule(rows: str, expected: tuple[str, str, str]) -> None:
    assert _audit(rows) == [expected]


def test_a_verb_that_only_carries_a_noun_cue_is_in_its_attribution() -> None:
    """ "Voiced" is refused as a cue of its own, and is in the cue of "fear": it yielded something."""
    assert _audit(_LIGHT_VERB, "Holm") == []


def test_the_detail_names_what_the_word_takes() -> None:
    doc = parse_rows(_NOTHING_BEHIND)
    (found,) = _FINDER.find_abstentions(doc, [_mention(doc, "Holm")])
    taken = sorted({item for sense in read_cue_lexicon().verbs["object"] for item in sense.takes})
    assert found.detail == f"nothing that it takes ({', '.join(taken)}) hangs on it"


def test_the_detail_names_the_subject_that_cannot_speak() -> None:
    doc = parse_rows(_THING_AS_SUBJECT)
    (found,) = _FINDER.find_abstentions(doc, [])
    assert '"bridge"' in found.detail


def test_the_same_subject_as_an_actor_is_no_reason_to_refuse() -> None:
    assert _audit(_THING_AS_SUBJECT, "bridge") == []


def test_a_cue_in_furniture_is_listed_with_the_zone_and_yields_nothing() -> None:
    doc = parse_rows(_SAID, zones=(Zone(kind="boilerplate", span=Span(0, 4)),))
    (found,) = _FINDER.find_abstentions(doc, [_mention(doc, "Holm")])
    assert (found.reason, found.detail) == ("furniture", "stands in a boilerplate, which is not read")
    assert _FINDER.find_attributions(doc, []) == ()


def test_a_quotation_in_furniture_is_there_for_its_zone_and_not_for_want_of_a_cue() -> None:
    zones = (Zone(kind="boilerplate", span=Span(0, 10)),)
    assert _audit(_FREE_QUOTATION, zones=zones) == [("quotation", "“Roads are closing.”", "furniture")]


def test_the_sentence_is_the_one_that_holds_the_word() -> None:
    doc = parse_rows(_TWO_SENTENCES)
    (found,) = _FINDER.find_abstentions(doc, [_mention(doc, "Holm")])
    assert doc.text[found.sentence.begin : found.sentence.end] == "Holm objected."


def _candidate(head: int, cue: set[int], content: range, by: str) -> Candidate:
    return Candidate(
        head=head,
        cue=frozenset(cue),
        source=frozenset({0}),
        content=frozenset(content),
        cue_type="statement",
        weight=0.95,
        by=by,
        lemma="say",
        speaker=0,
    )


def _attribution(doc: Doc, cue: slice, content: slice, identifier: str = "a1") -> Attribution:
    parts = [(Span(doc[part].start_char, doc[part].end_char),) for part in (slice(0, 1), cue, content)]
    source, cues, contents = parts
    return Attribution(
        id=identifier,
        source=source,
        cue=cues,
        content=contents,
        sentences=source,
        speech="indirect",
        confidence=0.5,
        by="test",
    )


def test_of_two_candidates_with_the_same_words_the_loser_names_the_winner() -> None:
    doc = parse_rows(_SAID)
    refusals: list[Refusal] = []
    twins = [_candidate(1, {1}, range(3, 6), "verb-clause"), _candidate(2, {2}, range(3, 6), "according-to")]
    kept = select_candidates(doc, twins, read_cue_lexicon(), [], refusals.append)
    (lost,) = to_abstentions(doc, refusals, [_attribution(doc, slice(1, 2), slice(3, 6), "a7")])
    assert [candidate.head for candidate in kept] == [1]
    assert (lost.reason, lost.detail) == ("shared-words", "shares its words with a7")


def test_a_winner_that_was_dropped_later_is_named_by_its_word() -> None:
    doc = parse_rows(_SAID)
    (lost,) = to_abstentions(doc, [Refusal("verb", 2, 3, "shared-words", rival=1)], [])
    assert lost.detail == 'shares its words with "said"'


def test_the_last_refusal_of_a_word_counts() -> None:
    doc = parse_rows(_SAID)
    early, late = (refuse_word("verb", doc[1], "no-content", detail) for detail in ("early", "late"))
    assert [item.detail for item in to_abstentions(doc, [early, late], [])] == ["late"]


def test_a_word_within_a_cue_is_left_out_and_one_within_a_content_says_whose() -> None:
    doc = parse_rows(_SAID)
    refusals = [refuse_word("verb", doc[at], "no-content", "x") for at in (1, 5, 0)]
    found = to_abstentions(doc, refusals, [_attribution(doc, slice(1, 2), slice(2, 6))])
    assert [(item.span.begin, item.content_of, item.source_of) for item in found] == [
        (doc[0].idx, None, "a1"),
        (doc[5].idx, "a1", None),
    ]


def test_a_word_in_two_contents_is_of_the_inner_one() -> None:
    doc = parse_rows(_SAID)
    outer, inner = (_attribution(doc, slice(1, 2), slice(at, 6), f"a{at}") for at in (2, 4))
    for order in ([outer, inner], [inner, outer]):
        (found,) = to_abstentions(doc, [refuse_word("verb", doc[5], "no-content", "x")], order)
        assert found.content_of == "a4"


def test_a_quotation_whose_cue_was_refused_has_the_reason_of_the_cue() -> None:
    doc = parse_rows(_FREE_QUOTATION)
    refusal = Refusal("verb", 3, 4, "no-speaker", "it has no subject", content=frozenset(range(6)))
    found = to_abstentions(doc, [refusal], [])
    assert [(item.kind, item.reason) for item in found] == [("quotation", "cue-refused"), ("verb", "no-speaker")]
    assert found[0].detail == 'its cue "closing" was refused: it has no subject'


def test_a_quotation_that_a_content_holds_in_part_is_left_out() -> None:
    doc = parse_rows(_FREE_QUOTATION)
    refusal = Refusal("quotation", 0, 6, "no-cue-near", "x")
    assert to_abstentions(doc, [refusal], [_attribution(doc, slice(0, 1), slice(1, 3))]) == ()


def test_nothing_refused_is_nothing_listed() -> None:
    assert to_abstentions(parse_rows(_SAID), [], []) == ()


@pytest.mark.slow
def test_every_word_of_the_lexicon_and_every_quotation_is_in_an_attribution_or_listed() -> None:
    annotator, extractor = Annotator(Settings().model), RuleExtractor((), ())
    for file in find_files([str(_SOURCES)]):
        for document in read_file(file, Settings().base, stdin=None):
            doc = annotator.annotate(document)
            attributions, listed = extractor.extract(doc).attributions, extractor.find_abstentions(doc)
            cues = [*(span for found in attributions for span in found.cue), *(found.span for found in listed)]
            lost = [token.text for token in _find_lexicon_words(doc) if not any(b <= token.idx < e for b, e in cues)]
            contents = [span for found in attributions for span in found.content]
            contents += [found.span for found in listed if found.kind == "quotation"]
            lost += [
                doc.text[q.begin : q.end] for q in doc._.quotations if not any(b < q.end and q.begin < e for b, e in contents)
            ]
            assert lost == [], document.path


def _find_lexicon_words(doc: Doc) -> list[Token]:
    lexicon = read_cue_lexicon()
    return [
        token
        for token in doc
        if (token.pos_ == "VERB" and token.lemma_.lower() in lexicon.verbs)
        or (token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.nouns)
        or token.lower_ in {"according", *lexicon.hedges}
    ]
