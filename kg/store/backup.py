"""A store in one file: taken while others read and write, and put back elsewhere.

The file is a tar archive: first `manifest.json` with the size and SHA-256 of each file, then `store/` and `actors/` (imported
registers and judgements). What is kept beside the graph is copied before the graph is: its writers note there what is settled
only after the graph is true of it, so that a backup taken in the middle of a build has work left over, never a false note.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from kg.errors import BackupInvalidError, StoreInvalidError, StoreMissingError
from kg.store.annotations import FILE_NAME as ANNOTATIONS
from kg.store.layout import FORMAT, check_format, holds_store
from kg.store.snapshot import remove_snapshot, take_snapshot

_MANIFEST = "manifest.json"
_PARTS = ("store", "actors")
_DATABASE_ENDING = ".sqlite"
_CHUNK = 1 << 20
#: More than any manifest needs: a store has some hundred files.
_LARGEST_MANIFEST = 1 << 24


class BackupReport(NamedTuple):
    """How many files went into or came out of a backup, and their bytes."""

    files: int
    size: int


def write_backup(store: Path, actors: Path, stream: IO[bytes]) -> BackupReport:
    """Write a backup of a store and of the folder of what people decided about its actors, which may be missing.

    Raises:
        StoreMissingError: there is no store.
        StoreInvalidError: it has another format, or a file of it cannot be copied.
    """
    if not holds_store(store):
        raise StoreMissingError(str(store))
    check_format(store)
    with tempfile.TemporaryDirectory(prefix="sayso-backup-", dir=store.parent) as name:
        copies = Path(name)
        files: dict[str, Path] = {}
        for path in sorted(actors.iterdir()) if actors.is_dir() else ():
            if path.is_file():
                files[f"actors/{path.name}"] = _copy(path, copies / f"actors-{path.name}")
        if (store / ANNOTATIONS).is_file():
            files[f"store/{ANNOTATIONS}"] = _copy(store / ANNOTATIONS, copies / ANNOTATIONS)
        snapshot = take_snapshot(store)
        try:
            files.update((f"store/{path.name}", path) for path in sorted(snapshot.iterdir()) if path.is_file())
            return _write(files, stream)
        finally:
            remove_snapshot(snapshot)


def _copy(path: Path, target: Path) -> Path:
    if path.suffix != _DATABASE_ENDING:
        shutil.copyfile(path, target)
        return target
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as error:
        raise StoreInvalidError(str(path), f"cannot be copied ({error}); free space, or see whether it is damaged") from error
    return target


def _write(files: dict[str, Path], stream: IO[bytes]) -> BackupReport:
    listed = {name: {"size": path.stat().st_size, "sha256": _digest(path)} for name, path in sorted(files.items())}
    manifest = json.dumps({"format": FORMAT, "files": listed}, indent=1).encode()
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_describe(_MANIFEST, len(manifest)), io.BytesIO(manifest))
        for name, path in sorted(files.items()):
            with path.open("rb") as content:
                archive.addfile(_describe(name, path.stat().st_size), content)
    return BackupReport(len(files), sum(path.stat().st_size for path in files.values()))


def _describe(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o644
    return info


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def restore_backup(stream: IO[bytes], name: str, store: Path, actors: Path) -> BackupReport:
    """Put a backup back; both folders appear whole or not at all.

    Args:
        stream: the backup.
        name: of its file, for messages.
        store: the folder of the store to be; it does not exist or is empty.
        actors: the folder for imported registers and judgements, likewise.

    Raises:
        StoreInvalidError: a folder holds files.
        BackupInvalidError: the file is no backup, is of a later version, or is damaged; nothing is left of it.
    """
    for folder in (store, actors):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StoreInvalidError(str(folder), "is not empty; name a new folder with --store")
    store.parent.mkdir(parents=True, exist_ok=True)
    actors.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{store.name}.", dir=store.parent) as unpacked:
        report = _unpack(stream, name, Path(unpacked))
        if (Path(unpacked) / "actors").is_dir():
            _put_in_place(Path(unpacked) / "actors", actors)
        _put_in_place(Path(unpacked) / "store", store)
    return report


def _put_in_place(source: Path, target: Path) -> None:
    if target.is_dir():
        target.rmdir()
    try:
        source.rename(target)
    except OSError:  # another file system
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        shutil.copytree(source, part)
        part.rename(target)


def _unpack(stream: IO[bytes], name: str, folder: Path) -> BackupReport:
    with _named_failures(name), tarfile.open(fileobj=stream, mode="r|*") as archive:
        members = iter(archive)
        wanted = _read_manifest(archive, next(members, None), name)
        for member in members:
            expected = wanted.pop(member.name, None)
            content = archive.extractfile(member) if member.isreg() else None
            if expected is None or content is None:
                raise BackupInvalidError(name, f"holds {member.name!r}, which its manifest does not list")
            target = folder / member.name
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file, _CHUNK)
            if (target.stat().st_size, _digest(target)) != expected:
                raise BackupInvalidError(name, f"{member.name} is damaged; take another backup")
        if wanted:
            raise BackupInvalidError(name, f"lacks {min(wanted)}; it was cut short, take another backup")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return BackupReport(len(files), sum(path.stat().st_size for path in files))


@contextmanager
def _named_failures(name: str) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BackupInvalidError(name, f"is no backup, or was cut short ({error})") from error


def _read_manifest(archive: tarfile.TarFile, member: tarfile.TarInfo | None, name: str) -> dict[str, tuple[int, str]]:
    content = archive.extractfile(member) if member is not None and member.name == _MANIFEST else None
    if content is None or member is None or member.size > _LARGEST_MANIFEST:
        raise BackupInvalidError(name, "is no backup: it does not begin with a manifest")
    try:
        manifest = json.loads(content.read())
        made_for = manifest["format"]
        files = {path: (int(entry["size"]), str(entry["sha256"])) for path, entry in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupInvalidError(name, f"has no manifest that can be read ({error})") from error
    if not isinstance(made_for, int) or made_for > FORMAT:
        raise BackupInvalidError(name, f"has format {made_for}, this version of sayso knows {FORMAT}; use a later version")
    for path in files:
        part, _, file = path.partition("/")
        if part not in _PARTS or not file or file in {".", ".."} or "/" in file or "\\" in file:
            raise BackupInvalidError(name, f"lists {path!r}, which is no file of a store")
    return files
