"""The store: an Oxigraph store on disk with one graph a document, one for actors and one for the ontology.

Documents are replaced in one transaction that also brings the graph of actors up to date (`kg.store.actors`), so that the
store is the same as one built from scratch after every commit: killed at any point, it holds complete documents only, and
there is nothing to repair. Commits become durable at `flush`, which `close` does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kg.errors import StoreInvalidError, StoreLockedError
from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Quad
from kg.store.actors import ActorDeriver, DocumentPart, find_actors
from kg.store.lock import name_holder, remove_note, write_note
from kg.store.reader import ENGINE_ERRORS, DocumentRecord, Reader, open_reader
from kg.store.snapshot import remove_stale_snapshots
from kg.store.terms import NamedNode, OxQuad, OxStore, RdfFormat, to_ox_quad, to_statements

__all__ = ["DocumentRecord", "Reader", "Store", "open_reader", "open_store"]

#: Files that the engine may leave when it is killed before the first store is complete.
_ENGINE_FILES = ("LOCK", "LOG", "IDENTITY", "MANIFEST-", "OPTIONS-", "writer.json", "snapshots", "annotations.sqlite", "0")


class Store(Reader):
    """A store that is open for writing; one process at a time. Made by `open_store`."""

    def __init__(self, path: Path, inner: OxStore, deriver: ActorDeriver) -> None:
        super().__init__(path, inner)
        self._deriver = deriver

    def replace_document(self, iri: str, quads: Iterable[Quad]) -> None:
        """Put a document's graph in place of what it had; see `replace_documents`."""
        self.replace_documents({iri: quads})

    def replace_documents(self, documents: Mapping[str, Iterable[Quad]]) -> None:
        """Replace the graphs of documents, and what is said of their actors, in one transaction.

        Args:
            documents: every quad of each document by the document's IRI. Several at once are faster than one by one.

        Raises:
            ValueError: a quad is in another graph than its document's, or holds what cannot be an IRI.
        """
        staged = OxStore()
        statements: list[str] = []
        for iri in sorted(documents):
            quads = tuple(documents[iri])
            if any(quad.graph.value != iri for quad in quads):
                raise ValueError(f"a quad of {iri} is in another graph")
            ox_quads = [to_ox_quad(quad) for quad in quads]
            staged.extend(ox_quads)
            statements.extend((_drop(iri), _insert(iri, ox_quads)))
        parts = (DocumentPart(self._inner, documents), DocumentPart(staged))
        touched = find_actors(self._inner, documents) | find_actors(staged)
        self._inner.update(" ;\n".join((*statements, *self._change_actors(touched, parts))))

    def load_document(self, iri: str, statements: bytes, actors: Iterable[Quad]) -> None:
        """Put a large graph in place of what a document had: ten times as fast as `replace_document`, in two commits.

        The first one forgets the old graph and describes the new one's actors, the second one holds the whole new graph:
        killed in between, the store lacks the document, and the next run that reads it finds so.

        Args:
            iri: of the document, which names its graph.
            statements: the graph as N-Triples, in UTF-8.
            actors: those of its quads that tell of actors (`kg:refersTo` and what goes with it).
        """
        staged = OxStore()
        staged.extend([to_ox_quad(quad) for quad in actors])
        parts = (DocumentPart(self._inner, (iri,)), DocumentPart(staged))
        touched = find_actors(self._inner, (iri,)) | find_actors(staged)
        self._inner.update(" ;\n".join((_drop(iri), *self._change_actors(touched, parts))))
        self._inner.bulk_load(statements, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(iri))

    def remove_document(self, iri: str) -> None:
        """Forget a document and the actors that only it mentions; an unknown one is no error."""
        parts = (DocumentPart(self._inner, (iri,)),)
        self._inner.update(" ;\n".join((_drop(iri), *self._change_actors(find_actors(self._inner, (iri,)), parts))))

    def replace_ontology(self, quads: Iterable[Quad]) -> None:
        """Put these quads in place of the ontology's graph; nothing is written where they are there already."""
        self._replace_graph(ns.ONTOLOGY_GRAPH.value, quads)

    def replace_registry(self, quads: Iterable[Quad]) -> None:
        """Put these quads in place of the graph of what the registry knows; only what differs is written."""
        self._replace_graph(ns.name_registry_graph(self._deriver.base).value, quads)

    def replace_subjects(self, graph: str, subjects: Iterable[str], quads: Iterable[Quad]) -> None:
        """Put quads of a graph in place of all that it says of these subjects and of theirs; only what differs is written."""
        name = NamedNode(graph)
        told = tuple(quads)
        wanted = {to_ox_quad(quad) for quad in told}
        stored = {
            quad
            for subject in {*subjects, *(quad.subject.value for quad in told)}
            for quad in self._inner.quads_for_pattern(NamedNode(subject), None, None, name)
        }
        if changes := _change(graph, stored - wanted, wanted - stored):
            self._inner.update(" ;\n".join(changes))

    def find_subjects(self, graph: str, predicate: str, values: Iterable[str]) -> set[str]:
        """Return the IRIs of which a graph says this of one of these IRIs."""
        node, name = NamedNode(predicate), NamedNode(graph)
        return {
            quad.subject.value
            for value in values
            for quad in self._inner.quads_for_pattern(None, node, NamedNode(value), name)
            if isinstance(quad.subject, NamedNode)
        }

    def _replace_graph(self, iri: str, quads: Iterable[Quad]) -> None:
        wanted = {to_ox_quad(quad) for quad in quads}
        stored = set(self._inner.quads_for_pattern(None, None, None, NamedNode(iri)))
        if changes := _change(iri, stored - wanted, wanted - stored):
            self._inner.update(" ;\n".join(changes))

    def refresh_actors(self) -> None:
        """Derive every actor again, as when the registry has changed while no document has."""
        touched = self.list_actors() | find_actors(self._inner)
        if changes := self._change_actors(touched, (DocumentPart(self._inner),)):
            self._inner.update(" ;\n".join(changes))

    def list_actors(self) -> set[str]:
        """Return the IRIs of the actors that are described."""
        return {quad.subject.value for quad in self.quads(self._deriver.graph.value)}

    def flush(self) -> None:
        """Make all commits so far durable (10 to 20 calls a second at most)."""
        self._inner.flush()

    def close(self) -> None:
        """Flush, and let others write; closing twice is no error."""
        if self._open_inner is not None:
            self._open_inner.flush()
            remove_note(self.path)
        super().close()

    def _change_actors(self, touched: set[str], parts: Sequence[DocumentPart]) -> list[str]:
        """Return the updates that make the graph of actors true of `parts`; empty where it is."""
        graph = self._deriver.graph.value
        removed: list[OxQuad] = []
        added: list[OxQuad] = []
        for actor in sorted(self._deriver.add_parents(touched)):
            stored = set(self._inner.quads_for_pattern(NamedNode(actor), None, None, NamedNode(graph)))
            wanted = {to_ox_quad(quad) for quad in self._deriver.derive(actor, parts)}
            removed.extend(stored - wanted)
            added.extend(wanted - stored)
        return _change(graph, removed, added)


def open_store(path: str | Path, base: str, registry: Mapping[str, Actor]) -> Store:
    """Open the store at `path` for writing; it is created where there is none.

    Args:
        path: a folder: an existing store, an empty one, or one that does not exist.
        base: IRI that data IRIs start with.
        registry: every registered actor by IRI: what is known of actors beyond the documents.

    Raises:
        StoreLockedError: another process writes to it.
        StoreInvalidError: the folder holds other files, or a store that cannot be opened.
    """
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise StoreInvalidError(str(path), "is a file; a store is a folder")
    try:
        if folder.is_dir() and not (folder / "CURRENT").is_file() and not _is_unfinished(folder):
            raise StoreInvalidError(str(path), "the folder holds other files and no store; name an empty or a new one")
        folder.mkdir(parents=True, exist_ok=True)
        inner = OxStore(str(folder))
        write_note(folder)
        remove_stale_snapshots(folder)
    except ENGINE_ERRORS as error:
        if "lock" in str(error).lower():
            raise StoreLockedError(str(path), name_holder(folder)) from error
        raise StoreInvalidError(str(path), f"the store cannot be opened for writing ({error})") from error
    return Store(folder, inner, ActorDeriver(base, registry))


def _is_unfinished(folder: Path) -> bool:
    return all(entry.name.startswith(_ENGINE_FILES) for entry in folder.iterdir())


def _drop(graph: str) -> str:
    return f"DROP SILENT GRAPH {NamedNode(graph)}"


def _change(graph: str, removed: Collection[OxQuad], added: Collection[OxQuad]) -> list[str]:
    """Return the updates that take quads out of a graph and put others in; none for none."""
    return [
        *([_delete(graph, sorted(removed, key=str))] if removed else []),
        *([_insert(graph, sorted(added, key=str))] if added else []),
    ]


def _insert(graph: str, quads: Iterable[OxQuad]) -> str:
    """Return an update of terms that the engine's own serializer wrote: no text is pasted into it."""
    return f"INSERT DATA {{ GRAPH {NamedNode(graph)} {{\n{to_statements(quads)}}} }}"


def _delete(graph: str, quads: Iterable[OxQuad]) -> str:
    return f"DELETE DATA {{ GRAPH {NamedNode(graph)} {{\n{to_statements(quads)}}} }}"
