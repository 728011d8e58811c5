"""A Virtuoso server of one's own, as Debian has it."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kg.store.remote.client import RemoteClient, read_endpoint
from tests.store.remote.conftest import find_free_port

_SQL_SECONDS = 600
SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {folder}
CheckpointInterval = 0

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 4

[SPARQL]
ResultSetMaxRows = 1000000
"""

#: Pages of 8 KiB in memory.
_BUFFERS = 10_000


class Virtuoso(NamedTuple):
    """A server of its own: its folder, its endpoint, and where `isql-vt` reaches it."""

    folder: Path
    name: str
    sql: str

    def run_sql(self, text: str) -> str:
        command = ["isql-vt", self.sql, "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF", "BANNER=OFF"]
        return subprocess.run(command, input=text, text=True, capture_output=True, timeout=_SQL_SECONDS, check=True).stdout

    def open_client(self) -> RemoteClient:
        return RemoteClient(read_endpoint(self.name, {}), timeout_seconds=60, tries=0)


def is_installed() -> bool:
    """Whether the server and its command line are there."""
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


@contextmanager
def run_virtuoso(folder: Path, buffers: int = _BUFFERS) -> Iterator[Virtuoso]:
    """Give a server that keeps its files in a folder, with so many pages of 8 KiB in memory."""
    sql_port, http_port = find_free_port(), find_free_port()
    text = SETTINGS.format(folder=folder, sql_port=sql_port, http_port=http_port, buffers=buffers, dirty=buffers * 6 // 10)
    (folder / "v.ini").write_text(text)
    process = subprocess.Popen(
        ["virtuoso-t", "+configfile", str(folder / "v.ini"), "+foreground"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{http_port}/sparql", process)
        yield Virtuoso(folder, f"sparql+http://127.0.0.1:{http_port}/sparql", f"127.0.0.1:{sql_port}")
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - a server of one's own
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")
