"""Reading a store: queries, documents and quads, beside a writer or alone."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kg.errors import StoreInvalidError, StoreMissingError
from kg.rdf import namespaces as ns
from kg.rdf.terms import Quad
from kg.store.layout import check_format, holds_store
from kg.store.snapshot import remove_snapshot, take_snapshot
from kg.store.terms import (
    DefaultGraph,
    NamedNode,
    OxLiteral,
    OxStore,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Variable,
    from_ox_quad,
)

#: What the engine raises where files are missing, locked or damaged; damage is a bare RuntimeError.
ENGINE_ERRORS = (OSError, RuntimeError)

_DOCUMENTS = """
SELECT ?document ?sha256 ?version ?path WHERE {
  GRAPH ?document { ?document a kg:Document ; kg:sha256 ?sha256 ; kg:extractorVersion ?version ; kg:path ?path }
}
"""

_LANGUAGES = "SELECT ?document ?language WHERE { GRAPH ?document { ?document a kg:Document ; dcterms:language ?language } }"


class DocumentRecord(NamedTuple):
    """What a store knows of a document's origin: enough to tell whether it must be read again."""

    sha256: str
    extractor_version: str
    path: str


class Reader:
    """A store that is only read; a context manager.

    Attributes:
        path: the store's folder.
        files: the folder that is read: a picture of the store's files, or they themselves.
    """

    def __init__(self, path: Path, inner: OxStore, files: Path | None = None) -> None:
        self.path = path
        self.files = files or path
        self._open_inner: OxStore | None = inner

    @property
    def _inner(self) -> OxStore:
        if self._open_inner is None:
            raise StoreInvalidError(str(self.path), "was closed already; open it again")
        return self._open_inner

    @property
    def inner(self) -> OxStore:
        """The engine's own store, for views and serializers; not to be written to."""
        return self._inner

    @property
    def size(self) -> int:
        """The number of quads in all graphs."""
        return len(self._inner)

    def query(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[Variable, NamedNode | OxLiteral] | None = None,
        use_default_graph_as_union: bool = False,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the results of a SPARQL query, lazily.

        Raises:
            SyntaxError: the text is no SPARQL query.
        """
        return self._inner.query(
            sparql,
            prefixes=dict(prefixes) if prefixes else None,
            substitutions=dict(substitutions) if substitutions else None,
            use_default_graph_as_union=use_default_graph_as_union,
        )

    def documents(self) -> dict[str, DocumentRecord]:
        """Return every document by IRI, sorted; empty for an empty store."""
        solutions = self._inner.query(_DOCUMENTS, prefixes={"kg": ns.KG})
        assert isinstance(solutions, QuerySolutions)
        return {
            row["document"].value: DocumentRecord(row["sha256"].value, row["version"].value, row["path"].value)
            for row in sorted(solutions, key=lambda row: row["document"].value)
        }

    def languages(self) -> dict[str, str]:
        """Return the language of every document that has one, by IRI."""
        solutions = self._inner.query(_LANGUAGES, prefixes={"kg": ns.KG, "dcterms": ns.DCTERMS})
        assert isinstance(solutions, QuerySolutions)
        return {row["document"].value: row["language"].value for row in solutions}

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs that hold quads, sorted."""
        names = (graph.value for graph in self._inner.named_graphs())
        return tuple(sorted(name for name in names if self._holds_quads(name)))

    def _holds_quads(self, graph: str) -> bool:
        return next(self._inner.quads_for_pattern(None, None, None, NamedNode(graph)), None) is not None

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph, or of all, in the engine's order."""
        pattern = None if graph is None else NamedNode(graph)
        for quad in self._inner.quads_for_pattern(None, None, None, pattern):
            if not isinstance(quad.graph_name, DefaultGraph):
                yield from_ox_quad(quad)

    def sorted_quads(self, graph: str | None = None) -> Sequence[Quad]:
        """Return the quads of one named graph, or of all, sorted."""
        return sorted(self.quads(graph))

    def close(self) -> None:
        """Give the files back; closing twice is no error."""
        self._open_inner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _SnapshotReader(Reader):
    """A reader over its own picture of the files, which goes when the reader does."""

    def __init__(self, path: Path, snapshot: Path) -> None:
        self._finalizer = weakref.finalize(self, remove_snapshot, snapshot)
        super().__init__(path, OxStore.read_only(str(snapshot)), snapshot)

    def close(self) -> None:
        super().close()
        self._finalizer()


def open_reader(path: str | Path) -> Reader:
    """Open the store at `path` as it is now; what is written later does not show.

    It waits for nobody and nobody waits for it: a store that is being written to is read as of the last commit. Where
    the folder cannot be written, its files are read in place, as nothing of ours can change them.

    Raises:
        StoreMissingError: there is no store.
        StoreInvalidError: it cannot be opened.
    """
    folder = Path(path)
    if not holds_store(folder):
        raise StoreMissingError(str(path))
    check_format(folder)
    try:
        snapshot = take_snapshot(folder)
    except OSError:
        return Reader(folder, _open_in_place(folder))
    try:
        return _SnapshotReader(folder, snapshot)
    except ENGINE_ERRORS as error:
        raise StoreInvalidError(str(path), f"the store is damaged ({error}); build it again in another folder") from error


def _open_in_place(folder: Path) -> OxStore:
    try:
        return OxStore.read_only(str(folder))
    except ENGINE_ERRORS as error:
        raise StoreInvalidError(str(folder), f"the store cannot be opened ({error})") from error
