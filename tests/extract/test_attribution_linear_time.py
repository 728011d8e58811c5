"""Attributions, frames and propositions of a long document take time in proportion to its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.pipeline import load_pipeline
from kg.annotate.quotations import find_quotations
from kg.extract.attributions import RuleAttributionFinder
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.frames import FrameFinder
from kg.extract.propositions import find_propositions
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.rdf.ontology import read_frames

assert load_pipeline.__module__ == "kg.annotate.pipeline"  # imported for the Doc extensions that it sets
_VOCAB = spacy.blank("en").vocab
_FINDER = RuleAttributionFinder(read_cue_lexicon())
_FRAMES = FrameFinder(read_frames())

#: word, lemma, tag, pos, head within the sentence, label, whether a space follows
_Row = tuple[str, str, str, str, int, str, bool]
_REPORTED: list[_Row] = [
    ("Holm", "Holm", "NNP", "PROPN", 1, "nsubj", True),
    ("said", "say", "VBD", "VERB", 1, "ROOT", True),
    ("Lind", "Lind", "NNP", "PROPN", 4, "nsubj", True),
    ("is", "be", "VBZ", "AUX", 4, "aux", True),
    ("stalling", "stall", "VBG", "VERB", 1, "ccomp", False),
    (".", ".", ".", "PUNCT", 1, "punct", True),
]
_QUOTED: list[_Row] = [
    ("“", "“", "``", "PUNCT", 3, "punct", False),
    ("Lind", "Lind", "NNP", "PROPN", 3, "nsubj", True),
    ("is", "be", "VBZ", "AUX", 3, "aux", True),
    ("stalling", "stall", "VBG", "VERB", 3, "ROOT", True),
    ("the", "the", "DT", "DET", 5, "det", True),
    ("talks", "talk", "NNS", "NOUN", 3, "dobj", False),
    (".", ".", ".", "PUNCT", 3, "punct", False),
    ("”", "”", "''", "PUNCT", 3, "punct", True),
]


def _build(rows: list[_Row], count: int, *, is_opinion: bool = False) -> tuple[Doc, tuple[Mention, ...]]:
    """Repeat a sentence; every name in it is a mention."""
    size = len(rows)
    doc = Doc(
        _VOCAB,
        words=[row[0] for row in rows] * count,
        lemmas=[row[1] for row in rows] * count,
        tags=[row[2] for row in rows] * count,
        pos=[row[3] for row in rows] * count,
        heads=[number * size + row[4] for number in range(count) for row in rows],
        deps=[row[5] for row in rows] * count,
        spaces=[row[6] for row in rows] * count,
    )
    text = doc.text
    doc._.document = Document(id="x", path="x", location="x", sha256="0", text=text, is_opinion=is_opinion, author="Runa Keld")
    doc._.quotations = tuple(find_quotations(text))
    named = [token for token in doc if token.pos_ == "PROPN"]
    mentions = tuple(
        Mention(
            id=f"m{number}",
            spans=(Span(token.idx, token.idx + len(token)),),
            text=token.text,
            name=token.text,
            type="Person",
            kind="name",
            by="test",
        )
        for number, token in enumerate(named, 1)
    )
    author = Mention(id="m0", spans=(), text="", name="Runa Keld", type="Person", kind="author", by="test")
    return doc, (*mentions, author)


def _extract(doc: Doc, mentions: tuple[Mention, ...]) -> int:
    attributions = _FRAMES.assign_frames(doc, _FINDER.find_attributions(doc, mentions), mentions)
    return len(attributions) + len(find_propositions(doc, attributions))


def _measure(action: Callable[[], object]) -> float:
    """Return the best of two, in seconds of this process alone."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        action()
        times.append(time.process_time() - begin)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "is_opinion"),
    [(_REPORTED, False), (_QUOTED, False), (_QUOTED, True), (_REPORTED + _QUOTED, False), (_REPORTED + _QUOTED, True)],
    ids=["reports", "quotations", "free quotations", "both", "both in an opinion piece"],
)
def test_four_times_the_sentences_take_at_most_eight_times_as_long(rows: list[_Row], is_opinion: bool) -> None:
    if len(rows) > len(_QUOTED):
        first, second = rows[: len(_REPORTED)], rows[len(_REPORTED) :]
        rows = first + [(*row[:4], row[4] + len(first), *row[5:]) for row in second]
    short, long = _build(rows, 400, is_opinion=is_opinion), _build(rows, 1600, is_opinion=is_opinion)
    assert _extract(*long) >= 1600
    assert _measure(lambda: _extract(*long)) <= 8 * _measure(lambda: _extract(*short))
