"""What tells whether a step over documents goes on as it did: a digest of the code and the words that it reads."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.resources import find_resource

_RESOLVE = Path(__file__).resolve().parents[1] / "resolve"
_DIGITS = 16


def digest_method(*folders: str, modules: tuple[str, ...] = (), lexicons: tuple[str, ...] = ()) -> str:
    """Return a digest of the modules in folders of `kg.resolve`, of others of it, and of word lists of the package.

    The order is the one given.
    """
    digest = hashlib.sha256()
    paths = (path for folder in folders for path in sorted((_RESOLVE / folder).glob("*.py")))
    for path in (*paths, *(_RESOLVE / module for module in modules), *map(find_resource, lexicons)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
