from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryHeaderError, QueryMissingError
from kg.query.catalogue import find_query, list_queries, read_query

TEXT = "#+ id: {name}\n#+ summary: One\n#+ params: {{}}\n#+ columns: [x]\nSELECT ?x {{ GRAPH ?g {{ ?x ?y ?z }} }} ORDER BY ?x\n"

CLAIM = ["speaker", "about", "frame", "content", "cue", "speech", "published", "document", "claim"]
EVENT = ["actor", "type", "recipient", "date", "modality", "polarity", "quote", "document", "event"]
CONTRACT = {
    "who-claims": (["about", "frame", "since", "until"], CLAIM),
    "who-claims-putin-is-stalling": ([], CLAIM),
    "who-denies": (["about", "frame", "since", "until"], CLAIM),
    "claims-by": (["speaker"], CLAIM),
    "nested-claims": (["speaker"], ["outer_speaker", "inner_speaker", "content", "published", "document", "claim"]),
    "events-between": (["actor", "recipient", "type"], EVENT),
    "who-met-whom": ([], EVENT),
    "who-pledged-aid-to": (["recipient"], EVENT),
    "contradictions": (["about"], ["speaker_1", "content_1", "speaker_2", "content_2", "about", "frame"]),
    "position-changes": (["speaker"], ["speaker", "frame", "about", "earlier", "earlier_content", "later", "later_content"]),
}


def write(folder: Path, name: str, text: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.rq"
    path.write_text(text or TEXT.format(name=name), "utf-8")
    return path


@pytest.mark.parametrize("name", CONTRACT)
def test_a_promised_query_has_its_parameters_and_columns_in_order(name: str) -> None:
    params, columns = CONTRACT[name]
    header = find_query(name).header
    assert list(header.params)[: len(params)] == params
    assert list(header.columns)[: len(columns)] == columns
    assert all(column.endswith("_iri") for column in header.columns[len(columns) :])


def test_queries_are_listed_by_folder_and_name(tmp_path: Path) -> None:
    for folder, name in (("b", "one"), ("a", "two"), ("a", "three")):
        write(tmp_path / folder, name)
    assert [(query.folder, query.name) for query in list_queries(tmp_path)] == [("a", "three"), ("a", "two"), ("b", "one")]


def test_a_query_is_found_by_name_in_whatever_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "deep" / "er", "one")
    assert find_query("one", tmp_path).path == path


def test_a_misspelt_name_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(QueryMissingError, match="did you mean who-claims"):
        find_query("who-claim")


def test_a_name_is_no_path() -> None:
    with pytest.raises(QueryMissingError):
        find_query("../../pyproject")


def test_two_queries_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a", "one")
    write(tmp_path / "b", "one")
    with pytest.raises(QueryHeaderError, match="same name"):
        list_queries(tmp_path)


def test_a_header_that_names_another_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryHeaderError, match="'two'"):
        read_query(write(tmp_path, "one", TEXT.format(name="two")))


def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "one.rq"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryMissingError, match="cannot be read"):
        read_query(path)
