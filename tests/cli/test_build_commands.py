from __future__ import annotations

import json
from pathlib import Path

from tests.cli.desk import TEXTS, run, write_texts


def test_a_second_build_skips_what_is_unchanged(tmp_path: Path) -> None:
    texts, store = write_texts(tmp_path / "texts"), tmp_path / "store"
    first = run("build", texts, "-s", store)
    second = run("build", texts, "-s", store)
    assert "3 added" in first.stdout
    assert "3 unchanged" in second.stdout
    assert "added" not in second.stdout


def test_an_input_that_is_not_there_ends_with_2_and_makes_no_store(tmp_path: Path) -> None:
    answer = run("build", tmp_path / "none.txt", "-s", tmp_path / "store")
    assert answer.exit_code == 2
    assert "none.txt" in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "store").exists()


def test_a_folder_of_other_files_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.doc").write_text("keep")
    answer = run("build", write_texts(tmp_path / "texts"), "-s", tmp_path / "letters")
    assert answer.exit_code == 2
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["a.doc"]


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    answer = run("build", "-", "-s", tmp_path / "store", stdin=TEXTS["aid.txt"])
    assert (answer.exit_code, "1 added" in answer.stdout) == (0, True)


def test_annotate_prints_one_object_a_line_with_the_keys_of_the_contract(texts: Path) -> None:
    answer = run("annotate", texts)
    objects = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (answer.exit_code, len(objects)) == (0, 3)
    for found in objects:
        assert {"document", "text", "mentions", "attributions", "events", "propositions"} <= set(found)
        assert found["text"] == TEXTS[Path(found["document"]["path"]).name]
        assert found["attributions"]


def test_annotate_writes_the_same_to_a_file(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.jsonl"
    printed = run("annotate", texts / "aid.txt").stdout
    assert run("annotate", texts / "aid.txt", "-o", out).stdout == ""
    assert out.read_text("utf-8") == printed


def test_annotate_makes_no_store(texts: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("annotate", texts / "aid.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_removed_document_is_gone_and_its_own_actors_with_it(tmp_path: Path) -> None:
    texts, store = write_texts(tmp_path / "texts"), tmp_path / "store"
    run("build", texts, "-s", store)
    removed = run("remove", texts / "strait.txt", "-s", store)
    assert (removed.exit_code, removed.stdout.startswith("removed https://")) == (0, True)
    assert run("actor", "Hua Qingzhao", "-s", store).exit_code == 1
    assert run("actor", "Norway", "-s", store).exit_code == 0
    assert run("validate", "-s", store).exit_code == 0


def test_a_document_can_be_removed_by_its_iri(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("build", write_texts(tmp_path / "texts"), "-s", store)
    iri = next(row[1] for row in run("stats", "-s", store).rows if row[0].endswith("aid.txt"))
    assert run("remove", iri, "-s", store).stdout == f"removed {iri}\n"


def test_removing_what_is_not_there_ends_with_1(store: Path) -> None:
    answer = run("remove", "nothing.txt", "-s", store)
    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1)


def test_removing_from_no_store_ends_with_2_and_makes_none(tmp_path: Path) -> None:
    assert run("remove", "a.txt", "-s", tmp_path / "none").exit_code == 2
    assert not (tmp_path / "none").exists()


def test_the_store_may_come_from_the_environment_or_from_kg_toml(store: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("stats").exit_code == 2
    (tmp_path / "kg.toml").write_text(f"store = {json.dumps(str(store))}\n")
    assert run("stats").exit_code == 0
    monkeypatch.setenv("KG_STORE", str(tmp_path / "none"))
    assert run("stats").exit_code == 2
    assert run("stats", "--store", store).exit_code == 0


def test_a_setting_that_cannot_be_used_ends_with_2(store: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("stroe = 'x'\n")
    answer = run("stats", "--store", store)
    assert (answer.exit_code, "stroe" in answer.stderr) == (2, True)
