"""Packed files whose bytes depend on what is in them alone: no name, no time, no number of threads."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO, Protocol, cast

from kg.errors import PackageMissingError

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


class Sink(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""
        ...


class HashingSink:
    """Hands bytes on, counts them, and takes their SHA-256.

    Attributes:
        size: bytes so far.
    """

    def __init__(self, stream: Sink | None = None) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""
        self._digest.update(data)
        self.size += len(data)
        if self._stream is not None:
            self._stream.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the stream behind it is flushed by whoever opened it."""

    @property
    def sha256(self) -> str:
        """The hex digest of all bytes so far."""
        return self._digest.hexdigest()


def pack_gzip(sink: Sink) -> AbstractContextManager[Sink]:
    """Return a sink whose bytes go to another one, packed by gzip; its end is written when the context ends."""
    stream = gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=cast("BinaryIO", sink), mtime=0)
    return cast("AbstractContextManager[Sink]", stream)


def pack_zstd(sink: Sink) -> AbstractContextManager[Sink]:
    """Return a sink whose bytes go to another one, packed by Zstandard with a checksum.

    Raises:
        PackageMissingError: the library is not installed.
    """
    try:
        import zstandard  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise PackageMissingError("zstandard", "archive") from error
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    return cast("AbstractContextManager[Sink]", packer.stream_writer(cast("BinaryIO", sink), closefd=False))


def pack_nothing(sink: Sink) -> AbstractContextManager[Sink]:
    """Return the sink itself."""
    return nullcontext(sink)


#: How a file is packed, by the end of its name.
PACKINGS: dict[str, Callable[[Sink], AbstractContextManager[Sink]]] = {
    "nq": pack_nothing,
    "nq.gz": pack_gzip,
    "nq.zst": pack_zstd,
}
