from pathlib import Path

from tests.cli.desk import run


def test_a_store_that_was_backed_up_and_restored_is_the_same(store: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "b.tar", tmp_path / "again"
    assert run("backup", file, "-s", store).exit_code == 0
    restored = run("restore", file, "-s", again)
    assert (restored.exit_code, str(again) in restored.stdout) == (0, True)
    assert run("diff", store, again).exit_code == 0


def test_a_restored_store_needs_no_new_extraction(store: Path, texts: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.tar", "-s", store)
    run("restore", tmp_path / "b.tar", "-s", tmp_path / "again")
    assert "3 unchanged" in run("build", texts, "-s", tmp_path / "again").stdout


def test_a_compacted_store_is_the_same_and_not_larger(store: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.tar", "-s", store)
    run("restore", tmp_path / "b.tar", "-s", tmp_path / "again")
    for _ in range(2):
        compacted = run("compact", "-s", tmp_path / "again")
    assert (compacted.exit_code, "MB after" in compacted.stdout) == (0, True)
    assert run("diff", store, tmp_path / "again").exit_code == 0


def test_restoring_what_is_not_there_says_so(tmp_path: Path) -> None:
    answer = run("restore", tmp_path / "none.tar", "-s", tmp_path / "store")
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)


def test_a_backup_of_no_store_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    answer = run("backup", tmp_path / "b.tar", "-s", tmp_path / "none")
    assert answer.exit_code == 2
    assert not (tmp_path / "b.tar").exists()


def test_compacting_no_store_makes_none(tmp_path: Path) -> None:
    answer = run("compact", "-s", tmp_path / "none")
    assert answer.exit_code == 2
    assert not (tmp_path / "none").exists()
