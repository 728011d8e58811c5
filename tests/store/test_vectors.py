"""Sentence vectors come and go with their document, in the same transaction as its annotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.annotation import Annotation
from kg.model.vector import Vector
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.packing import pack_annotation, unpack_annotation
from kg.store.vectors import list_encoders, list_vectors

FIRST = "https://sayso.example/document/a"
SECOND = "https://sayso.example/document/b"


def make_vectors(*values: int) -> tuple[Vector, ...]:
    return tuple(Vector(attribution=f"a{n}", values=bytes([value] * 4)) for n, value in enumerate(values, 1))


def make_row(annotation: Annotation, document: str, vectors: tuple[Vector, ...] | None, sha256: str = "0" * 64) -> Converted:
    return Converted(document, sha256, "1", "digest", pack_annotation(annotation), (), vectors, "encoder-1")


def read(kept: AnnotationFile) -> dict[str, tuple[Vector, ...]]:
    return {item.document: item.vectors for item in list_vectors(kept)}


def test_vectors_are_read_back_with_what_tells_whether_they_are_the_graphs(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1, 255))])
        (found,) = list_vectors(kept)
    assert found == (FIRST, "0" * 64, "1", "encoder-1", make_vectors(1, 255))


def test_replacing_a_document_replaces_its_vectors(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1, 2)), make_row(lake_talks, SECOND, make_vectors(3))])
        kept.put([make_row(lake_talks, FIRST, make_vectors(4))])
        assert read(kept) == {FIRST: make_vectors(4), SECOND: make_vectors(3)}


def test_removing_a_document_removes_its_vectors(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1)), make_row(lake_talks, SECOND, make_vectors(3))])
        kept.remove([FIRST])
        assert read(kept) == {SECOND: make_vectors(3)}


def test_a_document_without_vectors_forgets_those_of_before(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1))])
        kept.put([make_row(lake_talks, FIRST, ())])
        assert read(kept) == {}


def test_an_extraction_that_is_used_again_keeps_its_vectors(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1))])
        kept.put([make_row(lake_talks, FIRST, None, "1" * 64)])
        (found,) = list_vectors(kept)
    assert (found.sha256, found.vectors) == ("1" * 64, make_vectors(1))


def test_nothing_is_written_where_one_document_of_several_fails(tmp_path: Path, lake_talks: Annotation) -> None:
    uneven = (*make_vectors(1), Vector(attribution="a2", values=b"12345"))
    with AnnotationFile(tmp_path) as kept:
        with pytest.raises(ValueError, match="differ in length"):
            kept.put([make_row(lake_talks, FIRST, make_vectors(1)), make_row(lake_talks, SECOND, uneven)])
        assert read(kept) == {}


def test_it_is_told_which_documents_have_vectors_of_which_encoder(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, SECOND, make_vectors(1)), make_row(lake_talks, FIRST, ())])
        assert list_encoders(kept) == [(SECOND, "0" * 64, "1", "encoder-1")]


def test_one_documents_vectors_can_be_asked_for(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1)), make_row(lake_talks, SECOND, make_vectors(3))])
        assert [item.vectors for item in list_vectors(kept, SECOND)] == [make_vectors(3)]


def test_a_file_from_before_vectors_has_none(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1))])
        with kept.transaction() as connection:
            connection.execute("DROP TABLE vector")
        assert [list(list_vectors(kept)), list_encoders(kept)] == [[], []]


def test_the_packed_annotation_does_not_hold_vectors_twice(lake_talks: Annotation) -> None:
    extraction = lake_talks.extraction.model_copy(update={"vectors": make_vectors(1)})
    with_vectors = lake_talks.model_copy(update={"extraction": extraction})
    assert unpack_annotation(pack_annotation(with_vectors)).extraction.vectors == ()


def test_an_annotation_is_read_with_its_vectors(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1, 2)), make_row(lake_talks, SECOND, ())])
        assert kept.get_annotation(FIRST).extraction.vectors == make_vectors(1, 2)
        assert kept.get_annotation(SECOND) == lake_talks


def test_the_vectors_of_one_document_are_asked_for_alone(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, FIRST, make_vectors(1)), make_row(lake_talks, SECOND, make_vectors(3, 4))])
        assert [(item.document, item.vectors) for item in list_vectors(kept, SECOND)] == [(SECOND, make_vectors(3, 4))]
        assert list(list_vectors(kept, f"{SECOND}c")) == []
