"""Where `ontology/` and `queries/` lie: inside the wheel when installed, at the top of a checkout when not."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceInvalidError

_PACKAGE = Path(__file__).resolve().parent


def find_resource(name: str) -> Path:
    """Return the folder or file `name` ("ontology/schemes", "queries"), relative to the project's top.

    Raises:
        ResourceInvalidError: it is in neither place.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise ResourceInvalidError(name, "is missing from this installation; install sayso again")
