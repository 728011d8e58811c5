"""Frames by meaning: how vectors and wordings are joined, on a small model made for the test, and on the shipped one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.embedding.encoder import load_encoder
from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.errors import ResourceInvalidError
from kg.extract.frames import FrameFinder
from kg.extract.learned.frames import (
    FrameClassifier,
    FrameModel,
    Joining,
    load_frame_classifier,
    read_frame_model,
    write_frame_model,
)
from kg.model.attribution import Attribution
from kg.model.frame import Frame
from kg.model.span import Span
from kg.rdf.ontology import read_frames

_VOCAB = spacy.blank("en").vocab
_JOINING = Joining(bias=0.0, worded=2.0, slope=1.0, least_worded=0.3, least_meant=0.9)


def make_model(joining: Joining = _JOINING) -> FrameModel:
    """Return a model of two frames: the first dimension speaks for `stalling`, the second for `unity`, else none."""
    weights = np.zeros((DIMENSIONS + 1, 3))
    weights[0, 0] = weights[1, 1] = 10.0
    weights[-1, 2] = 3.0
    return FrameModel("test-1", ENCODER_VERSION, ("stalling", "unity"), weights, joining)


def point(*values: float) -> np.ndarray:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[: len(values)] = values
    return vector


def test_a_vector_near_a_frame_gives_it_without_a_wording() -> None:
    assert list(FrameClassifier(make_model()).score(point(1.0), frozenset())) == ["stalling"]


def test_a_vector_near_none_of_the_frames_gives_none() -> None:
    assert FrameClassifier(make_model()).score(point(0.0, 0.0, 1.0), frozenset()) == {}


def test_a_worded_frame_is_kept_on_less_than_one_without_wording_needs() -> None:
    middling = point(0.3)
    classifier = FrameClassifier(make_model())
    assert classifier.score(middling, frozenset()) == {}
    assert list(classifier.score(middling, frozenset({"stalling"}))) == ["stalling"]


def test_a_worded_frame_that_the_vector_speaks_against_is_dropped() -> None:
    assert FrameClassifier(make_model()).score(point(0.0, 1.0), frozenset({"stalling"})).keys() == {"unity"}


def test_a_model_is_read_as_it_was_written() -> None:
    model = make_model()
    again = read_frame_model(write_frame_model(model))
    assert again._replace(weights=model.weights) == model
    assert np.allclose(again.weights, model.weights, atol=0.005)


def test_a_model_without_all_its_weights_is_refused(tmp_path: Path) -> None:
    model = make_model()
    (tmp_path / "frames.json").write_text(write_frame_model(model._replace(weights=model.weights[:5])))
    with pytest.raises(ResourceInvalidError, match="is not a model of frames"):
        load_frame_classifier(tmp_path)


def test_a_model_of_other_vectors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "frames.json").write_text(write_frame_model(make_model()._replace(encoder="another")))
    with pytest.raises(ResourceInvalidError, match="reads vectors of another"):
        load_frame_classifier(tmp_path)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match="cannot be read"):
        load_frame_classifier(tmp_path)


def assign(vector: np.ndarray, *, negation: bool = False) -> Attribution:
    """Assign frames by meaning to "Lind (never) dithers", which has no wording of any frame."""
    words = ["Lind", *(["never"] if negation else []), "dithers"]
    last = len(words) - 1
    doc = Doc(
        _VOCAB,
        words=words,
        heads=[last] * len(words),
        deps=["nsubj", *(["neg"] if negation else []), "ROOT"],
        pos=["PROPN", *(["ADV"] if negation else []), "VERB"],
        lemmas=[word.lower() for word in words],
        tags=["X"] * len(words),
    )
    finder = FrameFinder(
        (Frame(notation="stalling", patterns=("stalls",)), Frame(notation="unity", patterns=("one",))),
        FrameClassifier(make_model()),
    )
    content = (Span(0, len(doc.text.rstrip())),)
    attribution = Attribution(
        id="a1", source=(), cue=(), content=content, sentences=(), speech="indirect", confidence=1.0, by="t"
    )
    (found,) = finder.assign_frames(doc, (attribution,), (), lambda _attribution: vector)
    return found


def test_a_frame_by_meaning_names_the_model_and_its_confidence() -> None:
    (framing,) = assign(point(1.0)).framings
    assert (framing.frame, framing.by, framing.denied) == ("stalling", "test-1", False)
    assert 0.9 <= framing.confidence < 1


def test_a_frame_by_meaning_is_denied_where_the_main_clause_is() -> None:
    (framing,) = assign(point(1.0), negation=True).framings
    assert framing.denied


def test_without_vectors_wordings_alone_count() -> None:
    doc = Doc(_VOCAB, words=["Lind", "dithers"], heads=[1, 1], deps=["nsubj", "ROOT"], pos=["PROPN", "VERB"])
    attribution = Attribution(
        id="a1", source=(), cue=(), content=(Span(0, 12),), sentences=(), speech="indirect", confidence=1.0, by="t"
    )
    finder = FrameFinder((Frame(notation="stalling", patterns=("stalls",)),), FrameClassifier(make_model()))
    assert finder.assign_frames(doc, (attribution,), ())[0].framings == ()


def test_the_shipped_model_knows_the_frames_of_the_scheme() -> None:
    assert load_frame_classifier().model.frames == tuple(frame.notation for frame in read_frames())


@pytest.mark.slow
def test_the_shipped_model_gives_examples_more_than_counter_examples() -> None:
    encoder, classifier = load_encoder(), load_frame_classifier()
    columns = {notation: at for at, notation in enumerate(classifier.model.frames)}
    for frame in read_frames():
        vectors = encoder.encode([*frame.examples, *frame.counter_examples]).astype(np.float64)
        scores = (vectors @ classifier.model.weights[:-1] + classifier.model.weights[-1])[:, columns[frame.notation]]
        assert scores[: len(frame.examples)].mean() > scores[len(frame.examples) :].mean(), frame.notation
