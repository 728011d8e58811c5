"""Versions that are computed from file contents, so that an edited lexicon re-extracts without anybody bumping a number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from kg import __version__
from kg.model.gazetteer import GazetteerEntry
from kg.resources import find_resource
from kg.settings import Settings

#: The stages whose code decides what is found in a text, and those that decide what its graph says of it.
_EXTRACTING = ("model", "embedding", "read", "annotate", "extract")
_DESCRIBING = ("resolve", "rdf", "build")
#: Of the ontology, what extraction reads; of the registry it sees names alone, which the gazetteer holds.
_LEXICONS = (
    "lexicons/", "schemes/frames.ttl", "schemes/cameo.csv", "schemes/plover-modes.csv", "actors/given_names.csv",
    "actors/titles.csv",
)  # fmt: skip
_DATA_ENDINGS = frozenset({".ttl", ".toml", ".csv", ".tsv"})
_MODEL_ENDINGS = frozenset({".onnx", ".json", ".npz"})
#: Packages whose releases read or parse the same bytes otherwise.
_READING_PACKAGES = (
    "charset-normalizer",
    "feedparser",
    "onnxruntime",
    "spacy",
    "tokenizers",
    "trafilatura",
)
_LENGTH = 12


class Versions(NamedTuple):
    """What results depend on beside their documents.

    Attributes:
        extraction: of what is found in a text: code, word lists, names of the registry, models, packages.
        extractor: of a document's whole graph: that, and how it is resolved and described; stands in the graph.
    """

    extraction: str
    extractor: str


def compute_versions(settings: Settings, gazetteer: Iterable[GazetteerEntry], imported: str = "") -> Versions:
    """Return the versions of everything that can change a document's graph; `imported` is the imported registers' digest."""
    digest = hashlib.sha256(f"{settings.model}\n{settings.base}\n{settings.profile}\n".encode())
    for package in (settings.model.replace("_", "-"), *_READING_PACKAGES):
        digest.update(f"{package}=={_find_version(package)}\n".encode())
    code = Path(__file__).resolve().parents[1]
    ontology, models = find_resource("ontology"), find_resource("models")
    # Named from the folder that holds them, so that an installation and a checkout of the same files have one version.
    data = {path.relative_to(ontology).as_posix(): path for path in ontology.rglob("*") if path.suffix in _DATA_ENDINGS}
    files = _list_code(code, _EXTRACTING)
    files |= {f"ontology/{name}": path for name, path in data.items() if name.startswith(_LEXICONS)}
    files |= {
        f"models/{path.relative_to(models).as_posix()}": path for path in models.rglob("*") if path.suffix in _MODEL_ENDINGS
    }
    _add(digest, files)
    for entry in gazetteer:
        digest.update(f"{entry.name}\0{entry.type}\0{entry.kind}\0{entry.actor}\0{entry.is_ambiguous}\n".encode())
    extraction = digest.hexdigest()[:_LENGTH]
    _add(digest, _list_code(code, _DESCRIBING) | {f"ontology/{name}": path for name, path in data.items()})
    digest.update(imported.encode())
    return Versions(f"{__version__}+{extraction}", f"{__version__}+{digest.hexdigest()[:_LENGTH]}")


def _list_code(code: Path, stages: Iterable[str]) -> dict[str, Path]:
    return {f"kg/{path.relative_to(code).as_posix()}": path for stage in stages for path in (code / stage).rglob("*.py")}


def _add(digest: hashlib._Hash, files: dict[str, Path]) -> None:
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].read_bytes() + b"\0")


def _find_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unpackaged"
