"""The index on disk: what imports leave, and how the registry looks behind its own actors."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError, StoreLockedError
from kg.model.annotation import Resolution
from kg.resolve.registers.imported import ImportedIndex
from kg.resolve.registers.references import References
from kg.resolve.registers.writing import _rewrite, list_registers, remove_register
from kg.resolve.registry import read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build, to_labels
from tests.resolve.registers.importing import BASE, dump, import_file, person_of_norway, position_of_norway, read_with, write

_PLAIN = "name,type,aliases,country,wikidata,posts\n"


def _import(index: Path, references: References, rows: str, name: str = "plain.csv") -> None:
    _, refused = import_file(index, write(index.parent.parent / name, _PLAIN + rows), references)
    assert refused == []


def _resolve(index: Path, marked: str, **given: str) -> Resolution:
    document, extraction = build(marked, **given)
    return Resolver(read_with(index), BASE).resolve(document, extraction)


def test_a_second_file_adds_to_the_first(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,\n", "one.csv")
    _import(index, references, "Bo Fjellro,Person,,Norway,,\n", "two.csv")
    registry = read_with(index)
    assert [len(registry.lookup(name)) for name in ("Aud Fjellro", "Bo Fjellro")] == [1, 1]
    assert [register.name for register in list_registers(index)] == ["one.csv", "two.csv"]


def test_a_file_imported_again_replaces_what_came_from_it(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,mayor@state/no:2020..\n")
    _import(index, references, "Bo Fjellro,Person,,Norway,,\n")
    registry = read_with(index)
    assert [len(registry.lookup(name)) for name in ("Aud Fjellro", "Bo Fjellro")] == [0, 1]
    assert registry.find_holders("mayor", "state/no", "2021-01-01") == ()
    assert [register.actors for register in list_registers(index)] == [1]


def test_a_source_is_removed_with_all_that_only_it_says(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,A. Fjellro,Norway,Q990050,\n", "one.csv")
    _import(index, references, "Aud Fjellro,Person,Aud Fjellro-Ro,Norway,Q990050,\n", "two.csv")
    assert remove_register(index, "one.csv")
    registry = read_with(index)
    assert (registry.lookup("A. Fjellro"), len(registry.lookup("Aud Fjellro-Ro"))) == ((), 1)
    assert not remove_register(index, "one.csv")


def test_records_of_one_qid_are_one_actor_with_all_names(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,A. Fjellro,Norway,Q990050,\n", "one.csv")
    _import(index, references, "Aud B. Fjellro,Person,,,Q990050,mayor@state/no:2020..\n", "two.csv")
    (actor,) = read_with(index).lookup("A. Fjellro")
    assert (actor.label, actor.aliases, len(actor.posts)) == ("Aud Fjellro", ("Aud B. Fjellro", "A. Fjellro"), 1)


def test_the_order_of_imports_changes_neither_answers_nor_digest(tmp_path: Path, references: References) -> None:
    files = {"one.csv": "Aud Fjellro,Person,A. Fjellro,Norway,Q990050,\n", "two.csv": "Audny Fjellro,Person,,Sweden,Q990050,\n"}
    found = []
    for folder, order in (("a", sorted(files)), ("b", sorted(files, reverse=True))):
        index = tmp_path / folder / "store-actors" / "imported.sqlite"
        index.parent.mkdir(parents=True)
        for name in order:
            _import(index, references, files[name], name)
        found.append((read_with(index).lookup("Aud Fjellro"), ImportedIndex(index).digest))
    assert found[0] == found[1]
    assert found[0][0][0].label == "Aud Fjellro"


def test_the_digest_tells_contents_apart(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,\n")
    first = read_with(index).imported_digest
    _import(index, references, "Aud Fjellro,Person,,Norway,,mayor@state/no:2020..\n")
    assert read_with(index).imported_digest != first
    assert read_registry(BASE).imported_digest == ""


def test_a_failed_import_leaves_the_old_index_and_no_other_file(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,\n")
    before = index.read_bytes()
    with pytest.raises(ResourceInvalidError), _rewrite(index) as connection:
        connection.executescript("DELETE FROM rows; INSERT INTO nothing VALUES (1)")
    assert index.read_bytes() == before
    assert {path.name for path in index.parent.iterdir()} == {"imported.sqlite", ".imported.sqlite.lock"}


def test_an_import_that_is_killed_leaves_the_old_index(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,\n")
    before = index.read_bytes()
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom kg.resolve.registers.writing import _rewrite\n"
        "with _rewrite(Path(sys.argv[1])) as connection:\n"
        "    connection.execute('DELETE FROM rows')\n    connection.commit()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program, str(index)], check=False, cwd=root, timeout=60)
    assert (done.returncode, index.read_bytes() == before) == (-signal.SIGKILL, True)
    _import(index, references, "Bo Fjellro,Person,,Norway,,\n", "two.csv")
    assert [path.name for path in sorted(index.parent.glob("*.part"))] == []
    assert len(read_with(index).lookup("Aud Fjellro")) == 1


def test_a_second_import_at_the_same_time_is_refused(index: Path, references: References) -> None:
    with _rewrite(index), pytest.raises(StoreLockedError):
        _import(index, references, "Aud Fjellro,Person,,Norway,,\n")


def test_a_file_that_is_no_index_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"some\.sqlite"):
        read_with(write(tmp_path / "some.sqlite", "not a database, but long enough to be taken for one" * 9))


def test_without_an_index_nothing_changes(index: Path) -> None:
    assert read_with(index).lookup("Norway") == read_registry(BASE).lookup("Norway")


def test_a_registry_with_an_index_can_be_pickled(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,,\n")
    registry = read_with(index)
    registry.lookup("Aud Fjellro")
    again = pickle.loads(pickle.dumps(registry))  # noqa: S301 - our own
    assert again.lookup("Aud Fjellro") == registry.lookup("Aud Fjellro")


def test_a_record_with_the_qid_of_a_shipped_actor_adds_to_it(index: Path, references: References) -> None:
    shipped = read_registry(BASE).get_actor("state/no")
    _import(index, references, f"Kingdom of Fjords and Test,State,,,{shipped.wikidata},\n")
    (actor,) = read_with(index).lookup("Kingdom of Fjords and Test")
    assert (actor.slug, actor.label, actor.adjectives) == ("state/no", shipped.label, shipped.adjectives)


def test_a_shipped_actor_takes_the_qid_of_the_only_one_of_its_name_type_and_country(index: Path, references: References) -> None:
    shipped = next(a for a in references._registry.actors.values() if a.type == "Person" and not a.wikidata and a.country)
    _import(index, references, f"{shipped.label},Person,Otto Made-Up Alias,{shipped.country},Q990060,\n")
    (actor,) = read_with(index).lookup("Otto Made-Up Alias")
    assert (actor.slug, actor.wikidata, actor.posts[: len(shipped.posts)]) == (shipped.slug, "Q990060", shipped.posts)


def test_a_shipped_actor_takes_no_qid_where_two_fit(index: Path, references: References) -> None:
    shipped = next(a for a in references._registry.actors.values() if a.type == "Person" and not a.wikidata and a.country)
    row = f"{shipped.label},Person,,{shipped.country}"
    _import(index, references, f"{row},Q990060,\n{row},Q990061,\n")
    assert [(a.slug, a.wikidata) for a in read_with(index).lookup(shipped.label)] == [(shipped.slug, None)]


def test_a_name_of_a_shipped_actor_means_it_alone_unless_both_have_qids(index: Path, references: References) -> None:
    _import(index, references, "NATO,Organisation,,Norway,,\nNorway,State,,,Q990070,\nNorway,Organisation,,,Q990071,\n")
    registry = read_with(index)
    assert [a.slug for a in registry.lookup("NATO")] == ["org/nato"]
    assert [a.slug for a in registry.lookup("Norway")] == ["state/no", "state/q990070"]


def test_several_imported_actors_of_one_name_are_all_returned(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,Q990050,\nAud Fjellro,Person,,Sweden,Q990051,\n")
    assert [a.slug for a in read_with(index).lookup("Aud FJELLRO")] == ["person/q990050", "person/q990051"]


def test_an_acronym_is_compared_as_written(index: Path, references: References) -> None:
    _import(index, references, "Reed Front,Organisation,RFQX,Norway,,\n")
    registry = read_with(index)
    assert (len(registry.lookup("RFQX")), registry.lookup("rfqx")) == (1, ())


def test_a_post_is_held_by_whom_a_register_says_where_the_shipped_one_knows_nobody(
    tmp_path: Path, index: Path, references: References
) -> None:
    import_file(index, write(tmp_path / "dump.json", dump(person_of_norway(), position_of_norway())), references)
    registry = read_with(index)
    assert [a.slug for a in registry.find_holders("minister of tidal affairs", "state/no", "2024-06-01")] == ["person/q990001"]
    assert registry.find_holders("minister of tidal affairs", "state/no", "2025-06-01") == ()


def test_a_post_of_the_shipped_registry_has_no_second_holder(index: Path, references: References) -> None:
    shipped = read_registry(BASE).find_holders("president", "state/us", "2025-11-01")
    _import(index, references, "Wanda Pretender,Person,,us,,president@state/us:2020..\n")
    assert [a.slug for a in read_with(index).find_holders("president", "state/us", "2025-11-01")] == [a.slug for a in shipped]
    assert shipped


def test_an_imported_actor_is_described_for_the_graph(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,A. Fjellro,Norway,Q990050,\n")
    described = read_with(index).describe_actors()
    actor = described[f"{BASE}actor/person/q990050"]
    assert (actor.label, actor.wikidata, actor.country) == ("Aud Fjellro", "Q990050", f"{BASE}actor/state/no")
    assert described.get(f"{BASE}actor/person/q990051") is None
    assert len(described) == len(list(described)) == len(read_registry(BASE).actors)


def test_a_document_is_resolved_with_an_imported_actor(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,Q990050,trade minister@state/no:2024..\n")
    resolution = _resolve(index, "{Aud Fjellro|Person subject} said so.\n{Fjellro|Person subject} left.")
    assert to_labels(resolution) == ["Aud Fjellro", "Aud Fjellro"]
    assert {actor.wikidata for actor in resolution.actors if actor.type == "Person"} == {"Q990050"}


def test_of_two_imported_persons_the_one_of_the_mentions_country_is_meant(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,Q990050,\nAud Fjellro,Person,,Sweden,Q990051,\n")
    resolution = _resolve(index, "{Swedish|State demonym} minister {Aud Fjellro|Person of=1} spoke.")
    assert resolution.links[1].actor == f"{BASE}actor/person/q990051"


def test_of_two_imported_persons_without_context_neither_is_meant(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,Q990050,\nAud Fjellro,Person,,Sweden,Q990051,\n")
    resolution = _resolve(index, "{Aud Fjellro|Person} spoke.")
    assert [actor.wikidata for actor in resolution.actors] == [None]


def test_a_bare_surname_of_an_imported_person_needs_title_and_country(index: Path, references: References) -> None:
    _import(index, references, "Aud Fjellro,Person,,Norway,Q990050,trade minister@state/no:2024..\n")
    whole = _resolve(index, "{Norwegian|State demonym} {Fjellro|Person of=1 title=trade_minister} spoke.")
    bare = _resolve(index, "{Norwegian|State demonym} {Fjellro|Person of=1} spoke.")
    assert whole.links[1].actor == f"{BASE}actor/person/q990050"
    assert bare.links[1].by == "local"


def test_of_two_imported_bodies_the_one_of_the_mentions_country_is_meant(index: Path, references: References) -> None:
    _import(index, references, "Reed Front,Organisation,,Norway,Q990052,\nReed Front,Organisation,,Sweden,Q990053,\n")
    resolution = _resolve(index, "{Norway|State}’s {Reed Front|Organisation of=1} won.")
    assert resolution.links[1].actor == f"{BASE}actor/org/q990052"
