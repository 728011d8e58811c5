"""Who is who across documents, from texts to rows; what people decide of it, and its undoing."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.store.annotations import AnnotationFile
from kg.store.difference import find_differences
from kg.store.embedded import Store
from tests.cli.desk import run

FULL = """Envoys meet in the harbour hall

By Leelo Randmaa
BERGEN, 3 March 2026

Norwegian Deputy Foreign Minister Torunn Bekkhaug said on Tuesday that Russia was stalling the talks.
Bekkhaug met the Estonian delegation in the evening.
"""
BARE = """Live: second day in the harbour hall

4 March 2026

The delegations arrived at nine. Reporters waited outside the hall.

Bekkhaug: "Russia is playing for time, and we will not wait for it."

The doors closed again at ten.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "full.txt").write_text(FULL, "utf-8")
    (folder / "bare.txt").write_text(BARE, "utf-8")
    return folder


def build(store: Path, *inputs: Path) -> Path:
    for path in inputs:
        assert run("build", path, "-s", store).exit_code == 0
    return store


def ask(store: Path, name: str, parameter: str) -> list[dict[str, str]]:
    answer = run("query", name, "-p", parameter, "-f", "csv", "-s", store)
    assert answer.exit_code == 0
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def find_speakers(store: Path, name: str, parameter: str) -> set[tuple[str, str]]:
    """Return (speaker, slug of the document) of the claims about Russia."""
    rows = [row for row in ask(store, name, parameter) if row["about"] == "Russia"]
    return {(row["speaker"], row["document"].rpartition("/")[2].partition("-")[0]) for row in rows}


@pytest.mark.parametrize("order", [("full.txt", "bare.txt"), ("bare.txt", "full.txt")])
def test_a_full_name_finds_the_claims_under_the_bare_surname_in_either_order(
    tmp_path: Path, texts: Path, order: tuple[str, str]
) -> None:
    store = build(tmp_path / "store", *(texts / name for name in order))
    both = {("Torunn Bekkhaug", "full"), ("Torunn Bekkhaug", "bare")}
    assert find_speakers(store, "claims-by", "speaker=Torunn Bekkhaug") == both
    assert find_speakers(store, "claims-by", "speaker=Bekkhaug") == both
    assert find_speakers(store, "who-claims", "about=Russia") == both
    assert {row["document"].rpartition("/")[2][:4] for row in ask(store, "claims-about", "about=Torunn Bekkhaug")} == {"bare"}
    assert run("validate", "-s", store).exit_code == 0
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_bare_surname_is_by_itself_again_when_the_full_name_is_removed(tmp_path: Path, texts: Path) -> None:
    store = build(tmp_path / "store", texts)
    assert run("remove", texts / "full.txt", "-s", store).exit_code == 0
    assert find_speakers(store, "claims-by", "speaker=Bekkhaug") == {("Bekkhaug", "bare")}
    clean = build(tmp_path / "clean", texts / "bare.txt")
    answer = run("diff", store, clean)
    assert (answer.exit_code, answer.stdout) == (0, "")


SPELLINGS = {
    "kyiv.txt": """Aid for the grid

By Sindre Vollan
OSLO, 5 March 2026

Ukrainian Energy Minister Taras Hrynevetskyi said on Thursday that Russia had attacked the grid again.
""",
    "lviv.txt": """Lights go out in the west

By Mei-Lin Ostrander
LVIV, 6 March 2026

Ukrainian Energy Minister Taras Hrynevetsky said on Friday that repairs would take a week.
""",
}
NAMESAKES = {
    "oslo.txt": "OSLO, 5 March 2026\n\nNorwegian Finance Minister Erik Solbakk said that Norway would wait.\n",
    "town.txt": "OSLO, 6 March 2026\n\nMr Erik Solbakk told reporters on Friday that the ferry would sail again.\n",
}


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def decide(store: Path, *words: str | Path) -> str:
    answer = run(*words, "-s", store)
    assert answer.exit_code == 0, answer
    return answer.stdout


def list_people(store: Path) -> list[str]:
    return [row[0] for row in run("actors", "--type", "person", "-s", store).rows[1:]]


def test_two_spellings_of_one_minister_are_one_actor(tmp_path: Path) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))
    assert [name for name in list_people(store) if "Hrynev" in name] == ["Taras Hrynevetskyi"]
    assert len(ask(store, "claims-by", "speaker=Taras Hrynevetsky")) == 2


def test_the_reasons_for_joining_two_spellings_are_told(tmp_path: Path) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))
    told = decide(store, "actor", "Taras Hrynevetsky", "--why")
    assert "joined (1)" in told
    assert "Taras Hrynevetskyi" in told
    assert "kyiv.txt" in told
    assert "lviv.txt" in told


def test_a_split_parts_two_spellings_and_its_undoing_leaves_no_trace(tmp_path: Path) -> None:
    texts = write(tmp_path / "spellings", SPELLINGS)
    store, clean = build(tmp_path / "store", texts), build(tmp_path / "clean", texts)
    assert "1 documents rewritten" in decide(store, "split", "Taras Hrynevetskyi", "Taras Hrynevetsky")
    assert len(ask(store, "claims-by", "speaker=Taras Hrynevetsky")) == 1
    assert list(find_differences(store, clean)) != []
    decide(store, "split", "Taras Hrynevetskyi", "Taras Hrynevetsky", "--undo")
    assert list(find_differences(store, clean)) == []


def test_a_split_survives_a_rebuild_of_the_store(tmp_path: Path) -> None:
    texts = write(tmp_path / "spellings", SPELLINGS)
    store = build(tmp_path / "store", texts)
    decide(store, "split", "Taras Hrynevetskyi", "Taras Hrynevetsky")
    shutil.rmtree(store)
    build(store, texts)
    assert len(ask(store, "claims-by", "speaker=Taras Hrynevetsky")) == 1


def test_namesakes_are_parted_by_document_and_keep_one_iri_each(tmp_path: Path) -> None:
    texts = write(tmp_path / "namesakes", NAMESAKES)
    store, clean = build(tmp_path / "store", texts), build(tmp_path / "clean", texts)
    left, right = f"Erik Solbakk@{texts / 'oslo.txt'}", f"Erik Solbakk@{texts / 'town.txt'}"
    assert list_people(store).count("Erik Solbakk") == 1
    decide(store, "split", left, right)
    assert list_people(store).count("Erik Solbakk") == 2
    assert run("validate", "-s", store).exit_code == 0
    decide(store, "split", left, right, "--undo")
    assert list(find_differences(store, clean)) == []


def test_a_merge_joins_what_nothing_joins_and_its_undoing_leaves_no_trace(tmp_path: Path) -> None:
    texts = write(
        tmp_path / "married",
        {
            "a.txt": "OSLO, 5 March 2026\n\nRagna Fjellheim said that Norway would wait.\n",
            "b.txt": "OSLO, 6 March 2026\n\nRagna Dahl said that Norway would not wait.\n",
        },
    )
    store, clean = build(tmp_path / "store", texts), build(tmp_path / "clean", texts)
    assert len([name for name in list_people(store) if name.startswith("Ragna")]) == 2
    decide(store, "merge", "Ragna Fjellheim", "Ragna Dahl", "--note", "married name")
    assert len(ask(store, "claims-by", "speaker=Ragna Dahl")) == 2
    assert "married name" in decide(store, "review", "--judged")
    decide(store, "merge", "Ragna Fjellheim", "Ragna Dahl", "--undo")
    assert list(find_differences(store, clean)) == []


def test_what_a_document_brings_later_joins_as_if_all_had_come_at_once(tmp_path: Path) -> None:
    texts = write(tmp_path / "both", SPELLINGS | NAMESAKES)
    together = build(tmp_path / "together", texts)
    one_by_one = build(tmp_path / "one", *(texts / name for name in reversed([*SPELLINGS, *NAMESAKES])))
    assert list(find_differences(together, one_by_one)) == []


def test_a_decision_reads_no_text_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))

    def fail(*_: object) -> None:
        raise AssertionError("a text is read again")

    monkeypatch.setattr("kg.build.toolchain.Toolchain.annotate", fail)
    decide(store, "split", "Taras Hrynevetskyi", "Taras Hrynevetsky")
    assert len(ask(store, "claims-by", "speaker=Taras Hrynevetsky")) == 1


def test_another_way_to_describe_reads_no_text_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = write(tmp_path / "spellings", SPELLINGS)
    store, clean = build(tmp_path / "store", texts), build(tmp_path / "clean", texts)

    def fail(*_: object) -> None:
        raise AssertionError("a text is read again")

    with monkeypatch.context() as patch:
        patch.setattr("kg.build.toolchain.Toolchain.annotate", fail)
        patch.setattr("kg.build.versions._DESCRIBING", ("resolve",))
        assert "2 changed" in decide(store, "build", texts)
    assert [item for item in find_differences(store, clean) if "extractorVersion" not in str(item)] == []


def test_a_run_that_was_killed_before_it_settled_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = write(tmp_path / "spellings", SPELLINGS)
    clean = build(tmp_path / "clean", texts)
    with monkeypatch.context() as patch:
        patch.setattr("kg.build.run.settle_identities", lambda *_: 0)
        store = build(tmp_path / "store", texts)
    assert list(find_differences(store, clean)) != []
    build(store, texts)
    assert list(find_differences(store, clean)) == []


def test_a_store_without_its_annotations_is_built_again(tmp_path: Path) -> None:
    texts = write(tmp_path / "spellings", SPELLINGS)
    store = build(tmp_path / "store", texts)
    for path in store.glob("annotations.sqlite*"):
        path.unlink()
    answer = run("merge", "Taras Hrynevetskyi", "Taras Hrynevetsky", "-s", store)
    assert (answer.exit_code, "2 of its documents were not built to the end" in answer.stderr) == (2, True)
    assert "2 changed" in decide(store, "build", texts)


def test_open_questions_are_asked_with_their_sentences_and_answered_by_letters(tmp_path: Path) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))
    answer = run("review", "--all", "-s", store, stdin="n\n")
    assert answer.exit_code == 0
    assert "Ukrainian Energy Minister Taras Hrynevetskyi said on Thursday" in answer.stdout
    assert len(ask(store, "claims-by", "speaker=Taras Hrynevetsky")) == 1


def test_a_table_of_questions_goes_out_and_comes_back_with_verdicts(tmp_path: Path) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))
    table = tmp_path / "questions.csv"
    decide(store, "review", "--all", "--csv", table)
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["suggested"] for row in rows] == ["same"]
    rows[0]["verdict"] = "different"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert decide(store, "review", "--import", table).startswith("1 decisions; 1 documents rewritten")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("merge", "Taras Hrynevetsky", "Nobody Known"), "no such actor"),
        (("split", "Taras Hrynevetskyi", "Taras Hrynevetskyi"), "the same mentions"),
        (("split", "Taras Hrynevetskyi", "Taras Hrynevetsky", "--undo"), "no such decision"),
        (("review", "--import", "nowhere.csv"), "cannot be read"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_told_in_one_line(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    store = build(tmp_path / "store", write(tmp_path / "spellings", SPELLINGS))
    answer = run(*words, "-s", store)
    assert answer.exit_code in {1, 2}
    assert message in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_the_store_holds_the_times_in_office_of_the_registered_actors_that_it_mentions(tmp_path: Path) -> None:
    text = "OSLO, 5 March 2024\n\nNATO Secretary General Jens Stoltenberg said on Tuesday that Norway would wait.\n"
    store = build(tmp_path / "store", write(tmp_path / "posts", {"nato.txt": text}))
    rows = run("query", POSTS_OF_THE_REGISTRY, "-f", "tsv", "-s", store).rows[1:]
    assert ['"Jens Stoltenberg"', '"secretary-general"', '"NATO"'] in [row[:3] for row in rows]
    assert run("validate", "-s", store).exit_code == 0
    assert run("remove", tmp_path / "posts" / "nato.txt", "-s", store).exit_code == 0
    assert run("query", POSTS_OF_THE_REGISTRY, "-f", "tsv", "-s", store).rows[1:] == []


POSTS_OF_THE_REGISTRY = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?person ?title ?organisation WHERE {
  GRAPH ?registry { ?time a org:Membership ; org:member ?holder ; org:organization ?body ; org:role/skos:prefLabel ?title }
  GRAPH ?actors { ?holder skos:prefLabel ?person . ?body skos:prefLabel ?organisation }
}
"""


def die(*_: object) -> None:
    raise KeyboardInterrupt


def build_unnoted(store: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store whose build was killed when the graphs had their identities, before that was noted."""
    with monkeypatch.context() as patch:
        patch.setattr(AnnotationFile, "settle", die)
        assert run("build", texts, "-s", store).exit_code != 0
    return store


def test_a_run_killed_before_identities_were_noted_is_put_right_by_one_with_other_texts(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph of one text has the name that another text gave, when that one goes before anything was noted."""
    store = build_unnoted(tmp_path / "store", texts, monkeypatch)
    (texts / "full.txt").unlink()
    assert run("build", texts, "-s", store, "--prune").exit_code == 0
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_a_text_that_two_killed_runs_left_half_changed_is_read_again(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its graph is of the old text, what is kept beside it of the new one, and the run between them reads other texts."""
    store = build_unnoted(tmp_path / "store", texts, monkeypatch)
    (texts / "bare.txt").write_text(BARE.replace("nine", "ten"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Store, "replace_documents", die)
        assert run("build", texts / "bare.txt", "-s", store).exit_code != 0
    build(store, texts / "full.txt", texts)
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_another_name_changes_statements_and_writes_no_graph(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the second time: a name that another text gives, takes along as it goes, and gives again."""
    store = build(tmp_path / "store", texts / "bare.txt")
    written: list[str] = []
    replace = Store.replace_documents

    def note(self: Store, documents: Mapping[str, Any]) -> None:
        written.extend(documents)
        replace(self, documents)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "replace_documents", note)
        build(store, texts / "full.txt")
        assert run("remove", texts / "full.txt", "-s", store).exit_code == 0
        build(store, texts)
    assert [iri.rpartition("/")[2].partition("-")[0] for iri in written] == ["full", "full"]
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []


def test_what_documents_tell_is_found_again_where_it_was_not_kept(tmp_path: Path, texts: Path) -> None:
    """As in a store that was written before it was kept."""
    store = build(tmp_path / "store", texts / "bare.txt")
    with AnnotationFile(store) as kept, kept.transaction() as connection:
        assert connection.execute("DELETE FROM telling").rowcount == 1
    build(store, texts)
    with AnnotationFile(store) as kept:
        assert len(kept.select("SELECT document FROM telling")) == 2
    assert list(find_differences(store, build(tmp_path / "clean", texts))) == []
