"""The stages joined: a document in, its annotation and its quads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.build.telling import digest_telling, tell
from kg.build.versions import Versions, compute_versions
from kg.embedding.packing import ENCODER_VERSION
from kg.errors import DocumentRefusedError, KgError
from kg.model.abstention import Abstention
from kg.model.annotation import Annotation, Extraction, check_spans
from kg.model.document import Document
from kg.rdf.annotation import to_quads
from kg.resolve.across.keys import find_key
from kg.resolve.across.profiles import make_profiles
from kg.resolve.registry import Registry, read_registry
from kg.resolve.resolver import Resolver
from kg.settings import Settings
from kg.store.converted import Converted
from kg.store.packed import PackedGraph, pack_graph
from kg.store.packing import digest_extraction, pack_annotation, unpack_annotation
from kg.store.tellings import pack_telling

if TYPE_CHECKING:
    from kg.build.text_reading import TextReader


class Result(NamedTuple):
    """What one document yields: its graph, and what is kept beside it."""

    graph: PackedGraph
    kept: Converted


class Toolchain:
    """All that turns documents into quads; loaded once for each process, on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def registry(self) -> Registry:
        """The actor registry, with what was imported for this store."""
        return read_registry(self._settings.base, imported=self._settings.imported_actors)

    @cached_property
    def versions(self) -> Versions:
        """What this toolchain's results depend on beside the documents."""
        return compute_versions(self._settings, self.registry.gazetteer(), self.registry.imported_digest)

    @cached_property
    def _text_reader(self) -> TextReader:
        from kg.build.text_reading import TextReader  # noqa: PLC0415 - spaCy and the models are loaded only where texts are read

        return TextReader(self._settings, self.registry.gazetteer())

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.registry, self._settings.base)

    def load(self) -> None:
        """Load what reads texts and what tells whom they mean, as the first document does otherwise."""
        _ = self._text_reader, self._resolver, self.versions

    def annotate(self, document: Document) -> Annotation:
        """Return what a document says and whom it means, without vectors.

        Raises:
            DocumentRefusedError: the text is too long, or a rule failed on it; the document is named.
            SpanMismatchError: a span does not hold its text.
        """
        with _named_failures(document):
            extraction = self._text_reader.extract(document)
            return self._resolve(document, extraction)

    def annotate_in_full(self, document: Document) -> Annotation:
        """Return the annotation of a document with the vectors of its claims, as a store keeps it; raises as `annotate`."""
        annotation = self.annotate(document)
        with _named_failures(document):
            vectors = self._text_reader.find_vectors(annotation)
        return annotation.model_copy(update={"extraction": annotation.extraction.model_copy(update={"vectors": vectors})})

    def _resolve(self, document: Document, extraction: Extraction) -> Annotation:
        check_spans(document, extraction)
        return Annotation(document=document, extraction=extraction, resolution=self._resolver.resolve(document, extraction))

    def find_abstentions(self, document: Document) -> tuple[Abstention, ...]:
        """Return the cues and quotations of a document that are in none of its attributions, in order of text.

        Raises:
            DocumentRefusedError: as for `annotate`.
        """
        with _named_failures(document):
            return self._text_reader.find_abstentions(document)

    def convert(self, document: Document, canonical: Mapping[str, str], body: bytes | None = None) -> Result:
        """Return the document's graph and what is kept beside it; raises as `annotate`.

        Args:
            document: what was read.
            canonical: the IRIs that actors of this document are known by from others.
            body: a packed annotation of this document, whose extraction is then used.
        """
        if body is None:
            annotation = self.annotate_in_full(document)
        else:
            with _named_failures(document):
                annotation = self._resolve(document, unpack_annotation(body).extraction)
        profiles = tuple(make_profiles(annotation, self.registry))
        kept = Converted(
            document=document.id,
            sha256=document.sha256,
            version=self.versions.extractor,
            extraction=digest_extraction(document, self.versions.extraction),
            body=pack_annotation(annotation),
            profiles=tuple((find_key(profile), profile) for profile in profiles),
            vectors=annotation.extraction.vectors if body is None else None,
            encoder=ENCODER_VERSION,
            telling=pack_telling(tell(annotation, profiles)),
            method=digest_telling(),
        )
        return Result(pack_graph(document.id, to_quads(annotation, extractor_version=kept.version, canonical=canonical)), kept)


@contextmanager
def _named_failures(document: Document) -> Iterator[None]:
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        problem = f"cannot be annotated ({type(error).__name__}: {error}); please report this with the document"
        raise DocumentRefusedError(document.path, " ".join(problem.split())) from error
