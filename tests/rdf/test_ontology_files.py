from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.rdf import namespaces as ns
from kg.rdf.ontology import ontology_quads, read_frames


def test_the_graph_of_the_ontology_is_sorted_and_in_one_graph() -> None:
    quads = ontology_quads()
    assert list(quads) == sorted(set(quads))
    assert {quad.graph for quad in quads} == {ns.ONTOLOGY_GRAPH}


def test_frames_come_sorted_with_their_patterns() -> None:
    frames = read_frames()
    assert [frame.notation for frame in frames] == sorted(frame.notation for frame in frames)
    assert all(frame.patterns for frame in frames)


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [
        ("<urn:f> a skos:Concept ;", "not valid Turtle"),
        ("<urn:f> a skos:Concept ; skos:notation 'f' .", "kg:pattern"),
        ("<urn:f> a skos:Concept ; kg:pattern 'a' .", "skos:notation"),
        ("<urn:f> a skos:Concept ; skos:notation 'f' ; kg:pattern '(' .", "no regular expression"),
    ],
)
def test_a_malformed_frame_is_refused_by_name(tmp_path: Path, turtle: str, problem: str) -> None:
    path = tmp_path / "frames.ttl"
    path.write_text(f"@prefix skos: <{ns.SKOS}> . @prefix kg: <{ns.KG}> .\n{turtle}", "utf-8")
    with pytest.raises(ResourceInvalidError, match=problem) as caught:
        read_frames(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_frames_without_concepts_gives_none(tmp_path: Path) -> None:
    (tmp_path / "frames.ttl").write_text("", "utf-8")
    assert read_frames(tmp_path / "frames.ttl") == ()


def test_a_missing_file_of_frames_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match="no such file"):
        read_frames(tmp_path / "frames.ttl")
