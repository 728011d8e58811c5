"""Single names of persons that nothing else finds, on Docs built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from tests.extract.mention_support import make_finder

_VOCAB = Vocab()
_KINDS = {"NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "VBD": "VERB", "VBZ": "VERB", "PRP": "PRON", "DT": "DET", "JJ": "ADJ"}
Row = tuple[str, str, str, int]
_SHE_LEFT: list[Row] = [("She", "PRP", "nsubj", 1), ("left", "VBD", "ROOT", 1), (".", ".", "punct", 1)]
_IT_SANK: list[Row] = [("It", "PRP", "nsubj", 1), ("sank", "VBD", "ROOT", 1), (".", ".", "punct", 1)]


def _find_persons(*sentences: list[Row], entities: tuple[tuple[int, int, str], ...] = ()) -> list[str]:
    """Return the names of persons in sentences of (word, tag, dependency, head within the sentence)."""
    rows = [(*row, sum(map(len, sentences[:place]))) for place, sentence in enumerate(sentences) for row in sentence]
    words, tags, deps, heads, offsets = (list(column) for column in zip(*rows, strict=True))
    starts = {sum(map(len, sentences[:place])) for place in range(len(sentences))}
    doc = Doc(
        _VOCAB,
        words=words,
        tags=tags,
        deps=deps,
        heads=[head + offset for head, offset in zip(heads, offsets, strict=True)],
        pos=[_KINDS.get(tag, "X") for tag in tags],
        lemmas=words,
        sent_starts=[at in starts for at in range(len(words))],
    )
    doc.ents = [Span(doc, start, end, label) for start, end, label in entities]
    return [m.text for m in make_finder().find_mentions(doc) if m.kind == "name" and m.type == "Person"]


def _subject(*words: str, tag: str = "NNP") -> list[Row]:
    last = len(words) - 1
    parts: list[Row] = [(word, "NNP", "compound", last) for word in words[:-1]]
    return [*parts, (words[-1], tag, "nsubj", last + 1), ("waved", "VBD", "ROOT", last + 1), (".", ".", "punct", last + 1)]


def test_a_subject_with_she_in_the_next_sentence_is_a_person() -> None:
    assert _find_persons(_subject("Dolnik"), _SHE_LEFT) == ["Dolnik"]


def test_a_possessor_with_she_in_the_next_sentence_is_a_person() -> None:
    hand: list[Row] = [
        ("Dolnik", "NNP", "poss", 2),
        ("'s", "POS", "case", 0),
        ("hand", "NN", "nsubj", 3),
        ("shook", "VBD", "ROOT", 3),
        (".", ".", "punct", 3),
    ]
    assert _find_persons(hand, _SHE_LEFT) == ["Dolnik"]


def test_a_subject_without_he_or_she_near_is_left_out() -> None:
    assert _find_persons(_subject("Dolnik"), _IT_SANK) == []
    assert _find_persons(_subject("Dolnik"), _IT_SANK, _SHE_LEFT) == []


def test_a_given_name_alone_is_a_person() -> None:
    assert _find_persons(_subject("Magdalena"), _IT_SANK) == ["Magdalena"]


def test_a_person_once_is_a_person_wherever_nothing_else_claims_the_word() -> None:
    seen: list[Row] = [
        ("They", "PRP", "nsubj", 1),
        ("saw", "VBD", "ROOT", 1),
        ("Dolnik", "NNP", "dobj", 1),
        (".", ".", "punct", 1),
    ]
    assert _find_persons(_subject("Dolnik"), _SHE_LEFT, _IT_SANK, _IT_SANK, seen) == ["Dolnik", "Dolnik"]


@pytest.mark.parametrize(
    "sentence",
    [
        [("The", "DT", "det", 1), *((w, t, d, 2) for w, t, d, _ in _subject("Dolnik"))],
        _subject("DOLNIK"),
        [("Dolnik", "NNP", "compound", 1), ("boats", "NNS", "nsubj", 2), ("sank", "VBD", "ROOT", 2), (".", ".", "punct", 2)],
    ],
    ids=["article", "capitals", "compound"],
)
def test_what_stands_as_a_body_or_thing_does_is_left_out(sentence: list[Row]) -> None:
    assert _find_persons(sentence, _SHE_LEFT) == []


def test_a_word_that_the_text_has_in_small_letters_is_no_name() -> None:
    thing: list[Row] = [("A", "DT", "det", 1), ("dolnik", "NN", "nsubj", 2), ("fell", "VBD", "ROOT", 2), (".", ".", "punct", 2)]
    assert _find_persons(_subject("Dolnik"), _SHE_LEFT, thing) == []


def test_a_day_is_no_person() -> None:
    assert _find_persons(_subject("Dolnik"), _SHE_LEFT, entities=((0, 1, "DATE"),)) == []
