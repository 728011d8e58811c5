"""The store: an Oxigraph store on disk with one graph a document, one for actors and one for the ontology.

Documents are written with what is said of their actors (`kg.store.actors`), so that the store is the same as one built from
scratch after every call: killed at any point, it holds complete documents only. New documents are written in a commit of
their own, after that of their actors; which these are is noted first (`kg.store.unsettled`), for the next writer to put right.
Commits become durable at `flush`, which `close` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from kg.errors import StoreInvalidError, StoreLockedError
from kg.model.actor import Actor
from kg.rdf import namespaces as ns
from kg.rdf.terms import Quad
from kg.store.actors import ActorDeriver, DocumentPart, find_actors
from kg.store.batches import split
from kg.store.changes import compare_subjects, find_changes, replace_quads
from kg.store.full_disk import find_full_disk
from kg.store.layout import FILE_NAME as LAYOUT
from kg.store.layout import check_format, holds_store, write_format
from kg.store.lock import name_holder, remove_note, write_note
from kg.store.packed import PackedGraph, join_lines, pack_graph
from kg.store.reader import ENGINE_ERRORS, DocumentRecord, Reader, open_reader
from kg.store.renaming import copy_descriptions, find_renaming
from kg.store.snapshot import remove_stale_snapshots
from kg.store.staged import StagedPart
from kg.store.terms import NamedNode, OxQuad, OxStore, RdfFormat, to_ox_quads
from kg.store.unsettled import FILE_NAME as UNSETTLED
from kg.store.unsettled import forget_unsettled, note_unsettled, read_unsettled
from kg.store.updates import change_lines, change_quads, drop_graph

__all__ = ["DocumentRecord", "Reader", "Store", "open_reader", "open_store"]

#: Files that the engine may leave when it is killed before the first store is complete.
_ENGINE_FILES = ("LOCK", "LOG", "IDENTITY", "MANIFEST-", "OPTIONS-", "0")
#: Files of ours that may be there as well.
_OWN_FILES = ("writer.json", "snapshots", "annotations.sqlite", "pushed.sqlite", UNSETTLED, LAYOUT)
#: Documents whose actors get other IRIs, and actors that are described again, in one transaction.
_RENAMED_TOGETHER, _DERIVED_TOGETHER = 512, 4096
#: New graphs that the engine is given at once: hundreds of kilobytes each, and a few times that while it sorts them.
_LOADED_TOGETHER = 128
#: Lines from which on sorted files cost less than the log, in the end a quarter.
_LOADED_AT_ONCE = 4096


class Store(Reader):
    """A store that is open for writing; one process at a time. Made by `open_store`."""

    def __init__(self, path: Path, inner: OxStore, deriver: ActorDeriver) -> None:
        super().__init__(path, inner)
        self._deriver = deriver
        self._known: dict[str, DocumentRecord] | None = None

    def documents(self) -> dict[str, DocumentRecord]:
        """Return every document by IRI, sorted; asked of the engine once between writes, as each stage of a run wants them."""
        if self._known is None:
            self._known = super().documents()
        return dict(self._known)

    def replace_document(self, iri: str, quads: Iterable[Quad] | PackedGraph) -> None:
        """See `replace_documents`."""
        self.replace_documents({iri: quads})

    def replace_documents(self, documents: Mapping[str, Iterable[Quad] | PackedGraph]) -> None:
        """Replace the graphs of documents, and what is said of their actors.

        Those that the store has already become what they shall be, with the actors of all, in one transaction; new ones
        follow in further ones, which write sorted files past the log at half the cost. Killed in between, the store lacks
        some of these documents, which the next run that reads them finds, and the next writer puts their actors right.

        Args:
            documents: every quad of each document by its IRI, or its packed graph. Several at once are faster than one by one.

        Raises `ValueError` where a quad is in another graph than its document's, or holds what cannot be an IRI.
        """
        self._known = None
        packed = {
            iri: graph if isinstance(graph, PackedGraph) else pack_graph(iri, graph) for iri, graph in sorted(documents.items())
        }
        statements: list[str] = []
        new: list[PackedGraph] = []
        for iri, graph in packed.items():
            if self._holds_quads(iri):
                statements.extend(replace_quads(self._inner, iri, set(graph.read_quads())))
            else:
                new.append(graph)
        replaced = find_actors(self._inner, documents)
        part = StagedPart(quad for iri, graph in packed.items() for quad in graph.read_telling(iri))
        if new:
            note_unsettled(self.path, replaced | part.actors)
        statements.extend(self._change_actors(replaced, DocumentPart(self._inner, documents), part))
        if statements:
            self._inner.update(" ;\n".join(statements))
        if new:
            self._save_log()
        for batch in split(new, _LOADED_TOGETHER):
            self._inner.bulk_load(join_lines(batch), format=RdfFormat.N_QUADS)

    def load_document(self, iri: str, statements: bytes, actors: Iterable[Quad]) -> None:
        """Put a large graph in place of what a document had: ten times as fast as `replace_document`.

        Where less than half of it differs, only that is written, in one commit. Else the first of two commits forgets the old
        graph and describes the new one's actors, the second one holds the whole new graph: killed in between, the store
        lacks the document, and the next run that reads it finds so.

        Args:
            iri: of the document, which names its graph.
            statements: the graph as N-Triples, in UTF-8.
            actors: those of its quads that tell of actors (`kg:refersTo` and what goes with it).
        """
        self._known = None
        part = StagedPart(actors)
        told, stored = find_actors(self._inner, (iri,)), DocumentPart(self._inner, (iri,))
        note_unsettled(self.path, told | part.actors)
        changes = find_changes(self._inner, iri, statements)
        if changes is not None:
            if updates := (
                *change_lines(iri, *([line.decode() for line in lines] for lines in changes)),
                *self._change_actors(told, stored, part),
            ):
                self._inner.update(" ;\n".join(updates))
            return
        self._inner.update(" ;\n".join((drop_graph(iri), *self._change_actors(told, stored, part))))
        self._save_log()
        self._inner.bulk_load(statements, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(iri))

    def rename_actors(self, documents: Mapping[str, Mapping[str, str]]) -> set[str]:
        """Give actors other IRIs in the graphs of documents, and make what is said of these actors true of that.

        Each commit of graphs says of actors that are new what was said of those that had their place; when all are written,
        each actor is described anew, once, however many documents name it. Killed in between, the next writer does that.

        Args:
            documents: old IRI -> new one, for each document.

        Returns:
            The documents that were left as they are, as two of their actors would have become one.
        """
        left: set[str] = set()
        touched: set[str] = set()
        for batch in split(sorted(documents), _RENAMED_TOGETHER):
            found = {iri: find_renaming(self._inner, iri, documents[iri]) for iri in batch}
            renamings = [renaming for renaming in found.values() if renaming is not None]
            left |= {iri for iri, renaming in found.items() if renaming is None}
            if updates := [update for renaming in renamings for update in renaming.updates]:
                changed = {actor for renaming in renamings for actor in renaming.touched}
                note_unsettled(self.path, changed)
                names = (pair for iri in batch if iri not in left for pair in documents[iri].items())
                self._inner.update(" ;\n".join((*updates, *copy_descriptions(self._inner, self._deriver.graph.value, names))))
                touched |= changed
        self._derive_again(touched)
        return left

    def _save_log(self) -> None:
        """Make commits durable before sorted files follow, which are so at once.

        A power cut could else leave these with a log that ends before them, and such a store the engine does not open.
        """
        self._inner.flush()

    def remove_document(self, iri: str) -> None:
        """Forget a document and the actors that only it mentions; an unknown one is no error."""
        self._known = None
        changes = self._change_actors(find_actors(self._inner, (iri,)), DocumentPart(self._inner, (iri,)))
        self._inner.update(" ;\n".join((drop_graph(iri), *changes)))

    def replace_ontology(self, quads: Iterable[Quad]) -> None:
        """Put these quads in place of the ontology's graph; nothing is written where they are there already."""
        self._replace_graph(ns.ONTOLOGY_GRAPH.value, quads)

    def replace_registry(self, quads: Iterable[Quad]) -> None:
        """Put these quads in place of the graph of what the registry knows; only what differs is written."""
        self._replace_graph(ns.name_registry_graph(self._deriver.base).value, quads)

    def replace_subjects(self, graph: str, subjects: Iterable[str], lines: Iterable[str]) -> None:
        """Put lines in place of all that a graph says of these subjects and of theirs; only what differs is written.

        The lines are N-Triples by the engine's own serializer (`kg.store.terms.to_lines`).
        """
        removed, added = compare_subjects(self._inner, graph, subjects, lines)
        if not removed and len(added) >= _LOADED_AT_ONCE:
            self._save_log()
            self._inner.bulk_load("".join(added).encode(), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
        elif changes := change_lines(graph, removed, added):
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
        wanted = set(to_ox_quads(quads))
        stored = set(self._inner.quads_for_pattern(None, None, None, NamedNode(iri)))
        if changes := change_quads(iri, stored - wanted, wanted - stored):
            self._inner.update(" ;\n".join(changes))

    def refresh_actors(self) -> None:
        """Derive every actor again, as when the registry has changed while no document has."""
        self._derive_again(self.list_actors() | find_actors(self._inner))

    def settle_actors(self) -> None:
        """Derive the actors again that a writer which was killed may have left untrue; for most stores there are none."""
        if unsettled := read_unsettled(self.path):
            self._derive_again(unsettled)
        self.flush()

    def _derive_again(self, actors: Iterable[str]) -> None:
        for batch in split(sorted(actors), _DERIVED_TOGETHER):
            if changes := self._change_actors(set(batch), DocumentPart(self._inner)):
                self._inner.update(" ;\n".join(changes))

    def list_actors(self) -> set[str]:
        """Return the IRIs of the actors that are described."""
        graph = NamedNode(self._deriver.graph.value)
        found = self._inner.quads_for_pattern(None, NamedNode(ns.TYPE.value), None, graph)
        return {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}

    def flush(self) -> None:
        """Make all commits so far durable (10 to 20 calls a second at most)."""
        self._inner.flush()
        forget_unsettled(self.path)

    def compact(self) -> None:
        """Write the files anew without what was replaced or removed."""
        self._inner.optimize()
        self.flush()

    def close(self) -> None:
        """Flush, and let others write; closing twice is no error."""
        if self._open_inner is not None:
            self.flush()
            remove_note(self.path)
        super().close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the store; where the disk is full, say so, and leave what was not flushed to the engine's log.

        Raises:
            StoreFullError: the disk was or is full.
        """
        if full := find_full_disk(self.path, error):
            super().close()
            raise full from error
        try:
            self.close()
        except ENGINE_ERRORS as failure:
            super().close()
            if full := find_full_disk(self.path, failure):
                raise full from failure
            raise

    def _change_actors(self, told: set[str], stored: DocumentPart, staged: StagedPart | None = None) -> list[str]:
        """Return the updates that make the graph of actors true of documents; empty where it is.

        They must be carried out before anything else is asked of this store; one that fails at that is of no more use.

        Args:
            told: actors of which documents tell that are being replaced or removed.
            stored: the other documents that the store holds.
            staged: those that are being written.
        """
        self._deriver.forget(told)
        touched = told if staged is None else told | staged.actors
        graph = self._deriver.graph.value
        removed: list[OxQuad] = []
        added: list[OxQuad] = []
        for actor in sorted(self._deriver.add_parents(touched)):
            before = set(self._inner.quads_for_pattern(NamedNode(actor), None, None, NamedNode(graph)))
            wanted = set(to_ox_quads(self._deriver.derive(actor, stored, staged)))
            removed.extend(before - wanted)
            added.extend(wanted - before)
        return change_quads(graph, removed, added)


def open_store(path: str | Path, base: str, registry: Mapping[str, Actor]) -> Store:
    """Open the store at `path` for writing; it is created where there is none.

    Args:
        path: a folder: an existing store, an empty one, or one that does not exist.
        base: IRI that data IRIs start with.
        registry: every registered actor by IRI: what is known of actors beyond the documents.

    Raises:
        StoreLockedError: another process writes to it.
        StoreInvalidError: the folder holds other files, or a store that cannot be opened.
        StoreFullError: the disk is full.
    """
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise StoreInvalidError(str(path), "is a file; a store is a folder")
    try:
        if folder.is_dir() and not holds_store(folder) and not _is_unfinished(folder):
            raise StoreInvalidError(str(path), "the folder holds other files and no store; name an empty or a new one")
        folder.mkdir(parents=True, exist_ok=True)
        check_format(folder)
        inner = OxStore(str(folder))
        write_note(folder)
        write_format(folder)
        remove_stale_snapshots(folder)
    except ENGINE_ERRORS as error:
        if "lock" in str(error).lower():
            raise StoreLockedError(str(path), name_holder(folder)) from error
        if full := find_full_disk(folder, error):
            raise full from error
        raise StoreInvalidError(str(path), f"the store cannot be opened for writing ({error})") from error
    store = Store(folder, inner, ActorDeriver(base, registry))
    try:
        store.settle_actors()
    except ENGINE_ERRORS as error:
        if full := find_full_disk(folder, error):
            raise full from error
        raise
    return store


def _is_unfinished(folder: Path) -> bool:
    return all(entry.name.startswith(_ENGINE_FILES + _OWN_FILES) for entry in folder.iterdir())
