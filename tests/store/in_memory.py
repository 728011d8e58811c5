"""Stores whose quads live in memory; one folder for all takes the notes that a writer leaves beside its store."""

import atexit
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.model.actor import Actor
from kg.store.actors import ActorDeriver
from kg.store.embedded import Store
from kg.store.terms import OxStore

_FOLDER = tempfile.TemporaryDirectory(prefix="sayso-test-")
atexit.register(_FOLDER.cleanup)


def open_memory(registry: Mapping[str, Actor], inner: OxStore | None = None, base: str = "https://sayso.example/") -> Store:
    return Store(Path(_FOLDER.name), OxStore() if inner is None else inner, ActorDeriver(base, registry))
