import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an Oxigraph server of its own, with an empty store."""
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if command is None:
        pytest.skip("oxigraph, the server, is not installed")
    address = f"127.0.0.1:{find_free_port()}"
    process = subprocess.Popen(
        [command, "serve", "--location", str(tmp_path / "server"), "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail("the server does not answer")
        yield address
    finally:
        process.kill()
        process.wait()
