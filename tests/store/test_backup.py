import io
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from kg.errors import BackupInvalidError, StoreInvalidError, StoreMissingError
from kg.store.annotations import AnnotationFile
from kg.store.backup import restore_backup, write_backup
from kg.store.embedded import open_reader, open_store

BASE = "https://sayso.example/"


@pytest.fixture
def store(tmp_path: Path, pages) -> Path:
    folder = tmp_path / "store"
    with open_store(folder, BASE, {}) as opened:
        opened.replace_document("urn:d", pages.make("urn:d", [("urn:x", "Ada Orlo", "name", "Person", "new")]))
    with AnnotationFile(folder) as kept:
        kept.set_note("colour", "blue")
    actors = tmp_path / "store-actors"
    actors.mkdir()
    (actors / "judgements.csv").write_text("a,b\n", "utf-8")
    return folder


def back_up(store: Path) -> bytes:
    stream = io.BytesIO()
    write_backup(store, store.with_name("store-actors"), stream)
    return stream.getvalue()


def restore(content: bytes, folder: Path) -> None:
    restore_backup(io.BytesIO(content), "b.tar", folder, folder.with_name(f"{folder.name}-actors"))


def rewrite(content: bytes, change) -> bytes:
    """The archive with other members: `change` is given (name, bytes) pairs."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        members = [(member.name, archive.extractfile(member).read()) for member in archive]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in change(members):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def test_a_restored_store_holds_what_was_backed_up(store: Path, tmp_path: Path) -> None:
    restore(back_up(store), tmp_path / "again")
    with open_reader(store) as before, open_reader(tmp_path / "again") as after:
        assert after.sorted_quads() == before.sorted_quads()
    with AnnotationFile(tmp_path / "again", is_read_only=True) as kept:
        assert kept.get_note("colour") == "blue"
    assert (tmp_path / "again-actors" / "judgements.csv").read_text("utf-8") == "a,b\n"


def test_a_restored_store_can_be_written_to(store: Path, tmp_path: Path, pages) -> None:
    restore(back_up(store), tmp_path / "again")
    with open_store(tmp_path / "again", BASE, {}) as opened:
        opened.replace_document("urn:e", pages.make("urn:e", []))
        assert opened.documents().keys() == {"urn:d", "urn:e"}


def test_a_backup_can_be_taken_while_a_writer_writes(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("endless_writer.py"), tmp_path / "busy"],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < 8:
            time.sleep(0.01)
        stream = io.BytesIO()
        write_backup(tmp_path / "busy", tmp_path / "none", stream)
    finally:
        writer.kill()
        writer.communicate()
    restore(stream.getvalue(), tmp_path / "again")
    with open_reader(tmp_path / "again") as reader:
        assert set(reader.documents()) == {f"urn:doc:{number}" for number in range(7)}


def test_nothing_is_left_behind_beside_the_store(store: Path, tmp_path: Path) -> None:
    back_up(store)
    assert {path.name for path in tmp_path.iterdir()} == {"store", "store-actors"}
    assert not list((store / "snapshots").iterdir())


def test_a_store_that_is_there_is_never_written_over(store: Path) -> None:
    content = back_up(store)
    with pytest.raises(StoreInvalidError, match="not empty"):
        restore(content, store)


def test_a_missing_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        write_backup(tmp_path / "none", tmp_path / "none-actors", io.BytesIO())


def damage_first_file(members):
    return [(name, data if name == "manifest.json" or at > 1 else b"x" * len(data)) for at, (name, data) in enumerate(members)]


def name_a_file_outside(members):
    manifest = json.loads(members[0][1])
    manifest["files"]["store/../../escaped"] = {"size": 1, "sha256": "0"}
    return [("manifest.json", json.dumps(manifest).encode()), *members[1:], ("store/../../escaped", b"x")]


def make_it_of_a_later_version(members):
    return [("manifest.json", json.dumps({**json.loads(members[0][1]), "format": 99}).encode()), *members[1:]]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (damage_first_file, "is damaged"),
        (name_a_file_outside, "no file of a store"),
        (make_it_of_a_later_version, "use a later version"),
        (lambda members: members[:-1], "cut short"),
        (lambda members: [*members, ("store/more", b"x")], "does not list"),
        (lambda members: members[1:], "does not begin with a manifest"),
        (lambda members: [("manifest.json", b"[]"), *members[1:]], "no manifest that can be read"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_and_leaves_nothing(store: Path, tmp_path: Path, change, problem: str) -> None:
    with pytest.raises(BackupInvalidError, match=problem):
        restore(rewrite(back_up(store), change), tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"store", "store-actors"}


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_backup_that_was_cut_short_is_refused(store: Path, tmp_path: Path, share: float) -> None:
    content = back_up(store)
    with pytest.raises(BackupInvalidError):
        restore(content[: int(len(content) * share)], tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_any_other_file_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupInvalidError, match="is no backup"):
        restore(b"Oslo said it would not.", tmp_path / "again")
