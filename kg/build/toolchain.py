"""The stages joined: a document in, its annotation and its quads out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import metadata
from pathlib import Path

from kg import __version__
from kg.annotate.pipeline import Annotator
from kg.errors import DocumentRefusedError, KgError
from kg.extract.attributions import CandidateRefiner, RuleAttributionFinder
from kg.extract.cue_lexicon import CueLexicon, read_cue_lexicon
from kg.extract.extractor import Extractor, RuleExtractor
from kg.model.abstention import Abstention
from kg.model.annotation import Annotation, check_spans
from kg.model.document import Document
from kg.rdf.annotation import to_quads
from kg.rdf.ontology import read_frames
from kg.rdf.terms import Quad
from kg.resolve.registry import Registry, read_registry
from kg.resolve.resolver import Resolver
from kg.resources import find_resource
from kg.settings import Settings

#: The stages whose code decides what a document yields.
_STAGES = ("model", "read", "annotate", "extract", "resolve", "rdf", "build")
_DATA_ENDINGS = frozenset({".ttl", ".toml", ".csv", ".tsv"})
_MODEL_ENDINGS = frozenset({".onnx", ".json"})
#: Packages whose releases read or parse the same bytes otherwise.
_READING_PACKAGES = ("charset-normalizer", "feedparser", "onnxruntime", "spacy", "tokenizers", "trafilatura")


class Toolchain:
    """All that turns documents into quads; loaded once for each process, on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def registry(self) -> Registry:
        """The actor registry."""
        return read_registry(self._settings.base)

    @cached_property
    def _annotator(self) -> Annotator:
        return Annotator(self._settings.model)

    @cached_property
    def _extractor(self) -> Extractor:
        lexicon = read_cue_lexicon()
        refiner = _load_refiner(lexicon) if self._settings.profile == "best" else None
        return RuleExtractor(self.registry.gazetteer(), read_frames(), RuleAttributionFinder(lexicon, refiner))

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.registry, self._settings.base)

    def annotate(self, document: Document) -> Annotation:
        """Return what a document says and whom it means.

        Raises:
            DocumentRefusedError: the text is too long, or a rule failed on it; the document is named.
            SpanMismatchError: a span does not hold its text.
        """
        with _named_failures(document):
            doc = self._annotator.annotate(document)
            extraction = self._extractor.extract(doc)
            check_spans(document, extraction)
            return Annotation(document=document, extraction=extraction, resolution=self._resolver.resolve(document, extraction))

    def find_abstentions(self, document: Document) -> tuple[Abstention, ...]:
        """Return the cues and quotations of a document that are in none of its attributions, in order of text.

        Raises:
            DocumentRefusedError: as for `annotate`.
        """
        with _named_failures(document):
            return self._extractor.find_abstentions(self._annotator.annotate(document))

    def to_quads(self, document: Document, extractor_version: str) -> tuple[Quad, ...]:
        """Return the document's graph; raises as `annotate`."""
        return to_quads(self.annotate(document), extractor_version=extractor_version)


@contextmanager
def _named_failures(document: Document) -> Iterator[None]:
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        problem = f"cannot be annotated ({type(error).__name__}: {error}); please report this with the document"
        raise DocumentRefusedError(document.path, " ".join(problem.split())) from error


def _load_refiner(lexicon: CueLexicon) -> CandidateRefiner:
    from kg.extract.learned.refiner import load_refiner  # noqa: PLC0415 - its runtime is loaded only where it is used

    return load_refiner(lexicon)


def compute_extractor_version(settings: Settings) -> str:
    """Return a version that changes with whatever can change a document's graph: code, word lists, registry, model, base.

    It is computed from file contents, so that an edited lexicon re-extracts without anybody bumping a number.
    """
    digest = hashlib.sha256(f"{settings.model}\n{settings.base}\n{settings.profile}\n".encode())
    for package in (settings.model.replace("_", "-"), *_READING_PACKAGES):
        digest.update(f"{package}=={_find_version(package)}\n".encode())
    code = Path(__file__).resolve().parents[1]
    ontology, models = find_resource("ontology"), find_resource("models")
    # Named from the folder that holds them, so that an installation and a checkout of the same files have one version.
    files = {f"kg/{path.relative_to(code).as_posix()}": path for stage in _STAGES for path in (code / stage).rglob("*.py")}
    files |= {
        f"ontology/{path.relative_to(ontology).as_posix()}": path for path in ontology.rglob("*") if path.suffix in _DATA_ENDINGS
    }
    files |= {
        f"models/{path.relative_to(models).as_posix()}": path for path in models.rglob("*") if path.suffix in _MODEL_ENDINGS
    }
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _find_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unpackaged"
