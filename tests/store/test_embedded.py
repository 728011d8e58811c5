import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreInvalidError, StoreLockedError, StoreMissingError
from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.embedded import DocumentRecord, open_reader, open_store
from tests.store.in_memory import open_memory

BASE = "https://sayso.example/"
ROOT = Path(__file__).parents[2]


def test_a_document_is_read_back_as_it_was_written(
    tmp_path: Path, lake_quads: tuple[Quad, ...], registry: dict[str, Actor]
) -> None:
    iri = lake_quads[0].graph.value
    with open_store(tmp_path / "s", BASE, registry) as store:
        store.replace_document(iri, lake_quads)
    with open_reader(tmp_path / "s") as reader:
        found = {(*quad[:2], quad.object.value) for quad in reader.quads(iri)}
    assert found == {(*quad[:2], quad.object.value) for quad in lake_quads}


def test_documents_are_listed_with_what_they_were_made_from(tmp_path: Path, pages, registry: dict[str, Actor]) -> None:
    with open_store(tmp_path / "s", BASE, registry) as store:
        store.replace_documents({iri: pages.make(iri, []) for iri in ("urn:doc:b", "urn:doc:a")})
        assert list(store.documents().items()) == [
            ("urn:doc:a", DocumentRecord("0" * 64, "1", "urn:doc:a.txt")),
            ("urn:doc:b", DocumentRecord("0" * 64, "1", "urn:doc:b.txt")),
        ]


def test_a_replaced_document_leaves_nothing_of_the_old_one(pages) -> None:
    store = open_memory({})
    store.replace_document("urn:d", pages.make("urn:d", [("urn:a", "Ada Old", "name", "Person", "new")]))
    store.replace_document("urn:d", pages.make("urn:d", [("urn:b", "Bo New", "name", "Person", "new")]))
    assert {quad.object.value for quad in store.quads() if quad.predicate in (ns.NAME, ns.PREF_LABEL)} == {"Bo New"}
    assert store.documents().keys() == {"urn:d"}


def test_a_removed_document_takes_its_actors_along(pages) -> None:
    store = open_memory({})
    store.replace_document("urn:d", pages.make("urn:d", [("urn:a", "Ada Old", "name", "Person", "new")]))
    store.remove_document("urn:d")
    assert (store.size, store.graphs()) == (0, ())


def test_removing_an_unknown_document_changes_nothing(pages) -> None:
    store = open_memory({})
    store.replace_document("urn:d", pages.make("urn:d", []))
    before = store.sorted_quads()
    store.remove_document("urn:other")
    assert store.sorted_quads() == before


def test_a_quad_of_another_graph_is_refused_and_nothing_is_written(pages) -> None:
    store = open_memory({})
    with pytest.raises(ValueError, match="another graph"):
        store.replace_documents({"urn:a": pages.make("urn:a", []), "urn:b": pages.make("urn:c", [])})
    assert store.size == 0


def test_an_iri_that_is_none_is_refused_and_nothing_is_written(pages) -> None:
    store = open_memory({})
    bad = Quad(Iri("urn:d> } ; DROP ALL ; #"), ns.NAME, to_text("x"), Iri("urn:d"))
    with pytest.raises(ValueError, match="IRI"):
        store.replace_document("urn:d", [*pages.make("urn:d", []), bad])
    assert store.size == 0


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["\\u0022 . } } ; CLEAR ALL ; #", "\\U0000005C", '"""', "\r\n\\", "\0"])
)
@settings(max_examples=150, deadline=None)
def test_any_words_are_data_and_never_part_of_an_update(words: str) -> None:
    store = open_memory({})
    store.replace_document("urn:kept", [Quad(Iri("urn:s"), ns.CONTENT, to_text("kept"), Iri("urn:kept"))])
    store.replace_document("urn:d", [Quad(Iri("urn:s"), ns.CONTENT, to_text(words), Iri("urn:d"))])
    assert [quad.object for quad in store.quads("urn:d")] == [to_text(words)]
    assert store.size == 2


def test_the_ontology_is_put_in_its_graph_once() -> None:
    store = open_memory({})
    quads = [Quad(Iri("urn:t"), ns.PREF_LABEL, to_text("term"), ns.ONTOLOGY_GRAPH)]
    store.replace_ontology([Quad(Iri("urn:old"), ns.PREF_LABEL, to_text("old"), ns.ONTOLOGY_GRAPH)])
    store.replace_ontology(quads)
    store.replace_ontology(quads)
    assert list(store.quads()) == quads


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", BASE, {}), pytest.raises(StoreLockedError, match=f"process {os.getpid()} on "):
        open_store(tmp_path / "s", BASE, {})


def test_a_closed_store_can_be_opened_by_the_next_writer(tmp_path: Path, pages) -> None:
    for _ in range(2):
        with open_store(tmp_path / "s", BASE, {}) as store:
            store.replace_document("urn:d", pages.make("urn:d", []))
    assert not (tmp_path / "s" / "writer.json").exists()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s", BASE, {})
    store.close()
    store.close()
    with pytest.raises(StoreInvalidError, match="closed already"):
        store.documents()


def test_a_folder_of_other_files_is_never_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("precious")
    with pytest.raises(StoreInvalidError, match="holds other files"):
        open_store(tmp_path, BASE, {})
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("x")
    with pytest.raises(StoreInvalidError, match="is a file"):
        open_store(tmp_path / "s", BASE, {})


def test_reading_a_store_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="kg build"):
        open_reader(tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_damaged_store_is_refused_in_one_line(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", BASE, {}):
        pass
    (tmp_path / "s" / "CURRENT").write_text("no manifest\n")
    for opened in (lambda: open_reader(tmp_path / "s"), lambda: open_store(tmp_path / "s", BASE, {})):
        with pytest.raises(StoreInvalidError) as caught:
            opened()
        assert "\n" not in str(caught.value)


def test_a_reader_sees_what_was_committed_beside_a_writer_and_nothing_later(tmp_path: Path, pages) -> None:
    with open_store(tmp_path / "s", BASE, {}) as store:
        store.replace_document("urn:a", pages.make("urn:a", []))
        with open_reader(tmp_path / "s") as reader:
            store.replace_document("urn:b", pages.make("urn:b", []))
            store.flush()
            assert list(reader.documents()) == ["urn:a"]
        with open_reader(tmp_path / "s") as reader:
            assert list(reader.documents()) == ["urn:a", "urn:b"]


def test_a_reader_leaves_no_files_behind(tmp_path: Path, pages) -> None:
    with open_store(tmp_path / "s", BASE, {}) as store:
        store.replace_document("urn:a", pages.make("urn:a", []))
        with open_reader(tmp_path / "s"):
            assert len(list((tmp_path / "s" / "snapshots").iterdir())) == 1
        assert list((tmp_path / "s" / "snapshots").iterdir()) == []


def test_what_a_killed_reader_left_is_removed_by_the_next(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", BASE, {}):
        pass
    script = "import os, sys; from kg.store.embedded import open_reader; r = open_reader(sys.argv[1]); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "s")], cwd=ROOT, check=False)
    assert len(list((tmp_path / "s" / "snapshots").iterdir())) == 1
    with open_reader(tmp_path / "s"):
        assert len(list((tmp_path / "s" / "snapshots").iterdir())) == 1


def test_a_query_gives_rows_over_named_graphs(pages) -> None:
    store = open_memory({})
    store.replace_document("urn:a", pages.make("urn:a", [("urn:x", "Ada Ek", "name", "Person", "new")]))
    rows = store.query(
        "SELECT ?label WHERE { GRAPH ?g { ?m kg:refersTo ?x } GRAPH ?h { ?x skos:prefLabel ?label } }",
        prefixes={"kg": ns.KG, "skos": ns.SKOS},
    )
    assert [row["label"].value for row in rows] == ["Ada Ek"]


def test_a_writer_killed_at_any_point_leaves_complete_documents_and_true_actors(tmp_path: Path) -> None:
    for kill_after in (3, 40):
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "endless_writer.py"), str(tmp_path / "s")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout is not None
            for _ in range(kill_after):
                assert process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        with open_store(tmp_path / "s", BASE, {}) as store:
            documents = store.documents()
            assert len(documents) >= min(3, kill_after)
            for iri, record in documents.items():
                assert len(list(store.quads(iri))) == 4 + 5 * int(record.path)
            before = store.sorted_quads()
            store.refresh_actors()
            assert store.sorted_quads() == before


def test_readers_beside_a_busy_writer_never_fail(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "endless_writer.py"), str(tmp_path / "s")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            for _ in range(10):
                with open_reader(tmp_path / "s") as reader:
                    for iri, record in reader.documents().items():
                        assert len(list(reader.quads(iri))) == 4 + 5 * int(record.path)
        finally:
            process.stdout.close()
            process.kill()
