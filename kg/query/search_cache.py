"""The search index kept beside a store, so that a question need not make it again.

A folder `search/KEY` in the store's folder. The key is a digest of all that the index depends on, so an index is never
changed: a store that has changed has another key. It is written under another name and renamed when it is complete; a run
that is killed leaves a folder that nobody reads and the next one removes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION
from kg.model.identifier import mint_part_iri
from kg.query.search_index import SearchIndex, build_index, read_contents
from kg.query.search_words import WordIndex
from kg.store.annotations import FILE_NAME, AnnotationFile
from kg.store.lock import Writer
from kg.store.reader import Reader
from kg.store.vectors import list_encoders, list_vectors

FOLDER = "search"
#: To be raised when the files, or how texts become words, change.
_FORMAT = 2
_ARRAYS = ("starts", "days", "vectors", "word-starts", "word-rows", "word-weights", "word-rarity")
_DONE = "complete.json"
_UNFINISHED = "unfinished-"
_TEXTS = "texts-"


def load_index(reader: Reader) -> SearchIndex:
    """Return the index of a store: the one kept beside it where it is of this store, else a new one, which is then kept.

    Where the folder cannot be written the index is made each time. Vectors of documents that were written after the reader
    was opened, or by another encoder, are not used.

    Raises:
        StoreInvalidError: the file of annotations is damaged.
    """
    records = {iri: (record.sha256, record.extractor_version) for iri, record in reader.documents().items()}
    if not (reader.path / FILE_NAME).is_file():
        return _find_index(reader, _digest(records, []), dict)
    with AnnotationFile(reader.path, is_read_only=True) as kept:
        usable = [item for item in list_encoders(kept) if _is_usable(records, *item)]
        return _find_index(reader, _digest(records, usable), lambda: _read_vectors(kept, records))


def load_texts(
    reader: Reader, name: str, texts: Sequence[str], encode: Callable[[str], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return the vectors of some texts, shape (texts, 384): kept beside the store under a name, made again when they differ."""
    folder = reader.path / FOLDER
    digest = hashlib.sha256(json.dumps([_FORMAT, ENCODER_VERSION, *texts]).encode()).hexdigest()[:32]
    path = folder / f"{_TEXTS}{name}-{digest}.npy"
    if path.is_file():
        kept: NDArray[np.float32] = np.load(path)
        return kept
    vectors = np.stack([encode(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)
    if os.access(reader.path, os.W_OK):
        folder.mkdir(exist_ok=True)
        for other in folder.glob(f"{_TEXTS}{name}-*"):
            other.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_TEXTS, suffix=".part", delete=False) as part:
            np.save(part, vectors)
            os.fsync(part.fileno())
        Path(part.name).replace(path)
    return vectors


def _find_index(reader: Reader, key: str, read_vectors: Callable[[], dict[str, bytes]]) -> SearchIndex:
    folder = reader.path / FOLDER
    if (folder / key / _DONE).is_file():
        return _read(folder / key)
    index = build_index(read_contents(reader), read_vectors())
    if os.access(reader.path, os.W_OK):
        _write(folder, key, index)
    return index


def _is_usable(records: Mapping[str, tuple[str, str]], document: str, sha256: str, version: str, encoder: str) -> bool:
    return encoder == ENCODER_VERSION and records.get(document) == (sha256, version)


def _digest(records: Mapping[str, tuple[str, str]], usable: Iterable[tuple[str, str, str, str]]) -> str:
    content = json.dumps([_FORMAT, ENCODER_VERSION, sorted(records.items()), [item[0] for item in usable]])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _read_vectors(kept: AnnotationFile, records: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    return {
        mint_part_iri(item.document, vector.attribution): vector.values
        for item in list_vectors(kept)
        if _is_usable(records, *item[:4])
        for vector in item.vectors
    }


def _read(folder: Path) -> SearchIndex:
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    claims = (folder / "claims.txt").read_text("utf-8").split("\n")[:-1]
    stems = (folder / "stems.txt").read_text("utf-8").split("\n")[:-1]
    words = WordIndex(
        vocabulary={stem: number for number, stem in enumerate(stems)},
        starts=arrays["word-starts"],
        rows=arrays["word-rows"],
        weights=arrays["word-weights"],
        rarity=arrays["word-rarity"],
        size=len(arrays["starts"]) - 1,
    )
    return SearchIndex(tuple(claims), arrays["starts"], arrays["days"], words, arrays["vectors"])


def _write(folder: Path, key: str, index: SearchIndex) -> None:
    """Put the index at its place in one step, and remove those of other states of the store."""
    folder.mkdir(exist_ok=True)
    for other in folder.iterdir():
        if other.is_dir() and not (other.name.startswith(_UNFINISHED) and _is_written(other)):
            shutil.rmtree(other, ignore_errors=True)
    target = Path(tempfile.mkdtemp(prefix=f"{_UNFINISHED}{os.getpid()}@{socket.gethostname()}@", dir=folder))
    words = index.words
    arrays: Iterable[NDArray[Any]] = (
        index.starts,
        index.days,
        index.vectors,
        words.starts,
        words.rows,
        words.weights,
        words.rarity,
    )
    for name, array in zip(_ARRAYS, arrays, strict=True):
        np.save(target / f"{name}.npy", array)
    (target / "claims.txt").write_text("".join(f"{claim}\n" for claim in index.claims), "utf-8")
    (target / "stems.txt").write_text("".join(f"{stem}\n" for stem in sorted(words.vocabulary)), "utf-8")
    for path in target.iterdir():
        _sync(path)
    (target / _DONE).write_text(json.dumps({"claims": len(index.claims)}), "utf-8")
    try:
        target.rename(folder / key)
    except OSError:
        # Another reader of the same state was quicker; its index is the same.
        if not (folder / key / _DONE).is_file():
            raise
        shutil.rmtree(target, ignore_errors=True)


def _is_written(folder: Path) -> bool:
    """Whether the process that writes an unfinished index may be alive."""
    pid, host, _ = folder.name.removeprefix(_UNFINISHED).split("@", 2)
    return Writer(int(pid), host).may_be_alive


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
