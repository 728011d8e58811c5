from pathlib import Path

from kg.rdf import namespaces as ns
from kg.store.embedded import open_store
from kg.store.terms import to_lines, to_ox_quads
from kg.store.unsettled import FILE_NAME, forget_unsettled, note_unsettled, read_unsettled

BASE = "https://sayso.example/"


def test_actors_are_noted_until_they_are_settled(tmp_path: Path) -> None:
    assert read_unsettled(tmp_path) == set()
    note_unsettled(tmp_path, {"urn:b", "urn:a"})
    note_unsettled(tmp_path, {"urn:c"})
    assert read_unsettled(tmp_path) == {"urn:a", "urn:b", "urn:c"}
    forget_unsettled(tmp_path)
    assert read_unsettled(tmp_path) == set()


def test_a_line_that_a_kill_cut_short_is_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("urn:a\nurn:actor-of-wh", "utf-8")
    assert read_unsettled(tmp_path) == {"urn:a"}


def test_an_actor_of_documents_that_were_never_written_is_described_no_more(tmp_path: Path, pages) -> None:
    with open_store(tmp_path, BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada Orlo", "name", "Person", "new")]))
        before = store.sorted_quads()
        # What a writer killed between its two commits leaves: an actor, and the note.
        described = [
            quad._replace(subject=quad.subject._replace(value="urn:y")) for quad in store.quads(store._deriver.graph.value)
        ]
        store.replace_subjects(store._deriver.graph.value, ["urn:y"], to_lines(to_ox_quads(described)))
    assert not (tmp_path / FILE_NAME).exists()
    note_unsettled(tmp_path, {"urn:y"})
    with open_store(tmp_path, BASE, {}) as store:
        assert store.sorted_quads() == before
    assert not (tmp_path / FILE_NAME).exists()


def test_an_actor_whose_description_was_lost_is_described_again(tmp_path: Path, pages) -> None:
    with open_store(tmp_path, BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada Orlo", "name", "Person", "new")]))
        before = store.sorted_quads()
        store.replace_subjects(store._deriver.graph.value, ["urn:x"], [])
        assert store.sorted_quads() != before
    note_unsettled(tmp_path, {"urn:x"})
    with open_store(tmp_path, BASE, {}) as store:
        assert store.sorted_quads() == before


def test_new_documents_leave_a_note_until_the_next_flush(tmp_path: Path, pages) -> None:
    with open_store(tmp_path, BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada Orlo", "name", "Person", "new")]))
        assert read_unsettled(tmp_path) == {"urn:x"}
        store.flush()
        assert read_unsettled(tmp_path) == set()


def test_new_and_changed_documents_of_one_call_are_all_written(tmp_path: Path, pages) -> None:
    with open_store(tmp_path, BASE, {}) as store:
        store.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada Orlo", "name", "Person", "new")]))
        changed = pages.make("urn:d", [("urn:z", "Bo Vell", "name", "Person", "new")])
        new = pages.make("urn:e", [("urn:z", "Bo Vell", "name", "Person", "new")])
        store.replace_documents({"urn:d": changed, "urn:e": new})
        assert store.sorted_quads("urn:d") == sorted(set(changed))
        assert store.sorted_quads("urn:e") == sorted(set(new))
        labels = {quad.subject.value for quad in store.quads() if quad.predicate == ns.PREF_LABEL}
        assert labels == {"urn:z"}
