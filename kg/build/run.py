"""One build, top to bottom: files to documents, documents to quads, quads to the store."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from kg.build.collecting import collecting_rarely
from kg.build.engines import Engine, LocalEngine
from kg.build.event_tables import TableWriter, collect_tables, split_inputs
from kg.build.filtering import Gate, Selection, SkippedDocument
from kg.build.identity import settle_identities
from kg.build.progress import Progress, Watch
from kg.build.toolchain import Result, Toolchain
from kg.build.workers import Job, Outcome
from kg.build.writing import ResultWriter, open_annotations, open_for_writing
from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.rdf.ontology import ontology_quads
from kg.read.files import InputFile, find_files
from kg.read.inputs import WHOLE_FORMATS, Unchanged, read_changes
from kg.settings import Settings
from kg.store.embedded import DocumentRecord
from kg.store.layout import holds_store
from kg.store.packing import digest_extraction

_Item = TypeVar("_Item")

#: Documents of which what was found is kept in one transaction: no kill costs the reading of more.
_BATCH_SIZE = 32
_EVERYTHING = Selection()


@dataclass
class BuildReport:
    """What a build did, in document IRIs, in the order of the inputs.

    Attributes:
        refused: documents and records that could not be read or annotated, with the reason.
        skipped: documents that the selection leaves out.
        statements: statements in the store afterwards.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[DocumentRefusedError] = field(default_factory=list)
    skipped: list[SkippedDocument] = field(default_factory=list)
    statements: int = 0

    def leave_out(self, skipped: Mapping[str, SkippedDocument]) -> None:
        """Count documents as skipped alone that were so at the end, and as unchanged alone those that were not stored again."""
        self.skipped = list(skipped.values())
        self.added, self.changed = ([iri for iri in items if iri not in skipped] for items in (self.added, self.changed))
        stored = {*self.added, *self.changed, *skipped}
        self.unchanged = [iri for iri in self.unchanged if iri not in stored]


def run_build(
    inputs: Sequence[str],
    settings: Settings,
    *,
    jobs: int = 1,
    make_engine: Callable[[Toolchain], Engine] | None = None,
    is_pruning: bool = False,
    selection: Selection = _EVERYTHING,
    stdin: BinaryIO | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> BuildReport:
    """Bring the store up to date with the inputs.

    Documents whose bytes and extractor are those of the store are skipped; changed ones replaced in one transaction; a
    refused one keeps what the store has of it. Interrupted anywhere, the same call finishes the work.

    Args:
        inputs: files, folders, globs, `-`.
        settings: the store, the base of IRIs, and the language model.
        jobs: processes of this machine that convert; the result is the same for any number.
        make_engine: where documents are converted instead; the result is the same.
        is_pruning: whether documents of the store that are not among the inputs are forgotten.
        selection: which documents of the inputs go into the store.
        stdin: what `-` reads.
        on_progress: is told how far the build is.

    Raises:
        InputMissingError: an input names nothing; the store is not touched.
        StoreLockedError: another process writes to the store.
        StoreFullError: the disk is full; what was written before is kept.
        EngineFailedError: a cluster cannot be used; what it did is kept for the next run.
    """
    tables, files = split_inputs(find_files(inputs))
    toolchain = Toolchain(settings)
    engine = make_engine(toolchain) if make_engine is not None else LocalEngine(toolchain, settings, jobs)
    report = BuildReport()
    watch = Watch(on_progress, report.refused, _count_documents(files, tables))
    with (
        collecting_rarely(),
        _open_engine(engine, is_sure=bool(files) and not holds_store(Path(settings.store))),
        open_for_writing(settings, toolchain.registry) as store,
        open_annotations(store) as kept,
    ):
        versions = toolchain.versions
        store.replace_ontology(ontology_quads())
        known = store.documents()
        lacking = kept.reconcile({iri: (record.sha256, record.extractor_version) for iri, record in known.items()})
        if any(record.extractor_version != versions.extractor for record in known.values()):
            # The registry may have changed: documents that are refused this time keep their graphs, not old actors.
            store.refresh_actors()
        seen: set[str] = set()
        gate = Gate(selection, store, kept, versions.extractor, known)
        current = gate.find_current(
            {
                (record.path, record.sha256): iri
                for iri, record in known.items()
                if record.extractor_version == versions.extractor and iri not in lacking
            }
        )
        items = (
            item
            for file in files
            for item in read_changes(file, settings.base, lambda path, sha256: (path, sha256) in current, stdin=stdin)
        )

        def find_stale() -> Iterator[Job]:
            for document in _find_changed(items, current, seen, report, watch):
                if not gate.admits(document):
                    watch.add(document.path)
                    continue
                body = kept.find_annotation(document.id, digest_extraction(document, versions.extraction))
                yield Job(document, kept.get_canonical(document.id), body)

        def take_in(jobs: Iterable[Job]) -> list[str]:
            writer, stored = ResultWriter(store, kept), list[str]()
            for batch in _batch(_count(engine.convert(jobs), report, watch)):
                accepted: dict[str, Result] = {}
                for document, outcome in batch:
                    if isinstance(outcome, DocumentRefusedError):
                        continue
                    accepted[document.id] = outcome
                    (report.changed if document.id in known else report.added).append(document.id)
                stored += accepted
                if writer.put(accepted):
                    watch.note_stored()
            writer.write()
            watch.note_stored()
            return stored

        stored = take_in(find_stale())
        written = TableWriter(store, kept, toolchain, settings.base, known, lacking).write(tables)
        lists = (report.added, report.changed, report.unchanged, report.refused)
        seen.update(collect_tables(written, known, lists, watch.add))
        if is_pruning:
            report.removed.extend(sorted(_find_unnamed(known, seen, report.refused)))
            kept.remove(report.removed)
            for iri in report.removed:
                store.remove_document(iri)
            gate.prune(lambda records: _find_unnamed(records, seen, report.refused))
        gate.settle(stored, report.removed, take_in)
        engine.finish()
        report.leave_out(gate.list_skipped(seen))
        watch.settle()
        settle_identities(store, kept, toolchain.registry, settings, engine.apply)
        report.statements = store.size
    return report


@contextmanager
def _open_engine(engine: Engine, *, is_sure: bool) -> Iterator[None]:
    """Close an engine at the end; where it is sure that there are documents to be converted, have it start at once."""
    with closing(engine):
        if is_sure:
            engine.start()
        yield


def _find_changed(
    items: Iterable[Document | DocumentRefusedError | Unchanged],
    current: Mapping[tuple[str, str], str],
    seen: set[str],
    report: BuildReport,
    watch: Watch,
) -> Iterator[Document]:
    """Yield the documents that are to be extracted, note the others in the report, and add all to `seen`."""
    for item in items:
        if isinstance(item, DocumentRefusedError):
            report.refused.append(item)
        elif isinstance(item, Unchanged):
            seen.add(current[item])
            report.unchanged.append(current[item])
        elif item.id in seen:
            problem = f"is the same document ({item.location}) as one before it; give it a URL or id of its own"
            report.refused.append(DocumentRefusedError(item.path, problem))
        else:
            seen.add(item.id)
            yield item
            continue
        watch.add(item.path)


def _count(results: Iterable[tuple[Document, Outcome]], report: BuildReport, watch: Watch) -> Iterator[tuple[Document, Outcome]]:
    """Pass on what documents yield as it comes, and note each, and the refused ones in the report."""
    for document, outcome in results:
        if isinstance(outcome, DocumentRefusedError):
            report.refused.append(outcome)
        watch.add(document.path)
        yield document, outcome


def _count_documents(files: Sequence[InputFile], tables: Sequence[object]) -> int | None:
    """Return how many documents the inputs hold; None where that shows only as they are read."""
    return len(files) if not tables and all(file.format in WHOLE_FORMATS for file in files) else None


def _find_unnamed(
    known: Mapping[str, DocumentRecord], seen: Container[str], refused: Iterable[DocumentRefusedError]
) -> Iterator[str]:
    """Yield the documents that no input holds any more; one that may only have become unreadable is kept."""
    unreadable = {error.path if error.line is None else f"{error.path}#{error.line}" for error in refused}
    for iri, record in known.items():
        if iri not in seen and not {record.path, record.path.rpartition("#")[0]} & unreadable:
            yield iri


def _batch(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch
