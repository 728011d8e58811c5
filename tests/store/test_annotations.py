"""What is kept beside the graphs: read back as written, pending until settled, never trusted beyond the graph."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from kg.errors import StoreInvalidError
from kg.model.annotation import Annotation
from kg.model.identity import ActorProfile, ActorReference, Comparison
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.packing import digest_extraction, pack_annotation, unpack_annotation

DOCUMENT = "https://sayso.example/document/a"
OTHER = "https://sayso.example/document/b"


def make_profile(document: str, actor: str, name: str = "Ada Orlik") -> ActorProfile:
    return ActorProfile(document=document, actor=actor, type="Person", names=((name, 1),))


def make_row(annotation: Annotation, document: str = DOCUMENT, *profiles: tuple[str, ActorProfile]) -> Converted:
    return Converted(document, "0" * 64, "1", "digest", pack_annotation(annotation), profiles)


def compare(left: str, right: str) -> Comparison:
    return Comparison(
        left=ActorReference(actor=left), right=ActorReference(actor=right), features=(), score=0.5, verdict="unsure"
    )


def test_an_annotation_is_read_back_as_it_was_packed(lake_talks: Annotation) -> None:
    assert unpack_annotation(pack_annotation(lake_talks)) == lake_talks


def test_equal_annotations_pack_to_equal_bytes(lake_talks: Annotation) -> None:
    again = Annotation.model_validate_json(lake_talks.model_dump_json())
    assert pack_annotation(again) == pack_annotation(lake_talks)


def test_a_kept_annotation_is_found_by_what_its_extraction_depends_on(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks)])
        assert kept.find_annotation(DOCUMENT, "digest") == pack_annotation(lake_talks)
        assert kept.find_annotation(DOCUMENT, "another") is None
        assert kept.find_annotation(OTHER, "digest") is None


def test_the_digest_of_an_extraction_changes_with_text_date_and_version(lake_talks: Annotation) -> None:
    document = lake_talks.document
    changed = [
        digest_extraction(document, "2"),
        digest_extraction(document.model_copy(update={"text": document.text + "."}), "1"),
        digest_extraction(document.model_copy(update={"published": "2020-01-01"}), "1"),
    ]
    assert len({digest_extraction(document, "1"), *changed}) == 4


def test_blocks_are_pending_until_they_are_settled(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, DOCUMENT, ("person:orlik", make_profile(DOCUMENT, "urn:a")))])
    with AnnotationFile(tmp_path) as kept:
        assert kept.list_pending() == ["person:orlik"]
        kept.settle(["person:orlik"], {})
        assert kept.list_pending() == []
        kept.remove([DOCUMENT])
        assert (kept.list_pending(), kept.list_keys()) == (["person:orlik"], [])


def test_a_changed_document_makes_the_blocks_that_it_leaves_pending(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, DOCUMENT, ("old", make_profile(DOCUMENT, "urn:a")))])
        kept.settle(["old"], {DOCUMENT: {"urn:a": "urn:c"}})
        kept.put([make_row(lake_talks, DOCUMENT, ("new", make_profile(DOCUMENT, "urn:b")))])
        assert kept.list_pending() == ["new", "old"]
        assert kept.get_canonical(DOCUMENT) == {}


def test_a_block_holds_its_profiles_with_the_iris_of_the_graph(tmp_path: Path, lake_talks: Annotation) -> None:
    first, second = make_profile(DOCUMENT, "urn:a"), make_profile(OTHER, "urn:b")
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, OTHER, ("k", second)), make_row(lake_talks, DOCUMENT, ("k", first))])
        kept.settle(["k"], {OTHER: {"urn:b": "urn:a"}})
        assert kept.get_block("k") == [(first, "urn:a"), (second, "urn:a")]
        assert kept.list_members("urn:a") == [(DOCUMENT, "urn:a"), (OTHER, "urn:b")]
        assert kept.list_members("urn:b") == []


def test_blocks_are_told_in_which_all_documents_and_graphs_name_one_actor(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put(
            make_row(lake_talks, document, *((key, make_profile(document, f"urn:{key}")) for key in "klm"), ("n", own))
            for document, own in ((DOCUMENT, make_profile(DOCUMENT, "urn:n")), (OTHER, make_profile(OTHER, "urn:o")))
        )
        kept.put([make_row(lake_talks, f"{OTHER}/2", ("p", make_profile(f"{OTHER}/2", "urn:p")))])
        kept.settle(["l"], {OTHER: {"urn:l": "urn:z"}})
        assert kept.find_agreed("klmnpq") == {"k": ("urn:k", 2), "m": ("urn:m", 2), "p": ("urn:p", 1)}
        assert kept.find_agreed([]) == {}


def test_comparisons_are_replaced_with_their_block(tmp_path: Path) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put_comparisons({"k": [compare("urn:a", "urn:b")], "l": [compare("urn:c", "urn:d")]})
        kept.put_comparisons({"k": [compare("urn:a", "urn:e")]})
        assert [c.right.actor for c in kept.list_comparisons()] == ["urn:e", "urn:d"]
        assert [c.right.actor for c in kept.list_comparisons(["l"])] == ["urn:d"]
        kept.put_comparisons({"k": []})
        assert [c.right.actor for c in kept.list_comparisons()] == ["urn:d"]


def test_what_the_graph_does_not_hold_is_forgotten(tmp_path: Path, lake_talks: Annotation) -> None:
    rows = [
        make_row(lake_talks, document, (key, make_profile(document, "urn:a")))
        for document, key in ((DOCUMENT, "k"), (OTHER, "l"))
    ]
    with AnnotationFile(tmp_path) as kept:
        kept.put(rows)
        kept.settle(["k", "l"], {})
        assert kept.reconcile({DOCUMENT: ("0" * 64, "1")}) == set()
        assert (kept.list_keys(), kept.list_pending()) == (["k"], ["l"])


def test_a_document_that_only_the_graph_holds_is_lacking(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks)])
        assert kept.reconcile({DOCUMENT: ("1" * 64, "1"), OTHER: ("0" * 64, "1")}) == {DOCUMENT, OTHER}


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, lake_talks: Annotation) -> None:
    profile = make_profile(DOCUMENT, "urn:a")
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks, DOCUMENT, ("k", profile))])
        with pytest.raises(StoreInvalidError):
            kept.put([make_row(lake_talks, DOCUMENT, ("l", profile), ("l", profile))])
        assert kept.list_keys() == ["k"]


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "annotations.sqlite").write_bytes(b"no database at all, but long enough to be read as one\n" * 40)
    with pytest.raises(StoreInvalidError, match="delete the file and build again") as caught:
        AnnotationFile(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_only_read_must_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreInvalidError):
        AnnotationFile(tmp_path, is_read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_annotation_of_an_older_version_is_named_with_what_to_do(tmp_path: Path, lake_talks: Annotation) -> None:
    body = zlib.compress(b'{"what": "an older version knew"}')
    with AnnotationFile(tmp_path) as kept:
        kept.put([make_row(lake_talks)._replace(body=body)])
        with pytest.raises(StoreInvalidError, match=f"{DOCUMENT} as an older version"):
            kept.get_annotation(DOCUMENT)
