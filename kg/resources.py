"""Where `ontology/`, `queries/` and the built scripts lie: inside the wheel when installed, in the checkout when not."""

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


def find_bundle(name: str) -> Path | None:
    """Return a built file of the web part: `page.js`, `page.css`, `explorer.js`, `yasgui.js`, `yasgui.css`, `licences.txt`.

    None where it was not built (`docs/web.md`): whoever asks does without, and says so.
    """
    for folder in (_PACKAGE / "_data" / "web", _PACKAGE.parent / "build" / "web"):
        path = folder / name
        if path.is_file():
            return path
    return None
