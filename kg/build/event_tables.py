"""Tables of coded events into the store: read, linked and written part by part."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.build.toolchain import Toolchain
from kg.errors import DocumentRefusedError
from kg.model.annotation import Annotation, Extraction, Resolution
from kg.model.coded_event import EventTablePart
from kg.model.document import Document
from kg.rdf.coded_events import to_graph
from kg.read.event_tables.reading import find_event_table, read_event_table
from kg.read.event_tables.rows import Table
from kg.read.files import InputFile
from kg.resolve.coded_parties import PartyResolver
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.embedded import DocumentRecord, Store
from kg.store.packing import digest_extraction, pack_annotation


class TableResult(NamedTuple):
    """What became of one part of a table.

    Attributes:
        is_written: whether its graph was written; False where the store had the same.
    """

    part: EventTablePart
    is_written: bool


def split_inputs(files: Iterable[InputFile]) -> tuple[list[tuple[InputFile, Table]], list[InputFile]]:
    """Return the files that hold tables of coded events, with how each is read, and the other files, in their order."""
    tables: list[tuple[InputFile, Table]] = []
    others: list[InputFile] = []
    for file in files:
        table = find_event_table(file)
        if table is None:
            others.append(file)
        else:
            tables.append((file, table))
    return tables, others


@dataclass(frozen=True)
class TableWriter:
    """Writes tables of coded events to a store that is open for writing.

    Attributes:
        toolchain: its registry and version are used.
        base: what IRIs start with.
        known: what the store holds.
        lacking: IRIs of documents that `kept` lacks, so that they are written again.
    """

    store: Store
    kept: AnnotationFile
    toolchain: Toolchain
    base: str
    known: Mapping[str, DocumentRecord]
    lacking: Container[str]

    def write(self, tables: Iterable[tuple[InputFile, Table]]) -> Iterator[TableResult | DocumentRefusedError]:
        """Bring the store up to date with tables of `split_inputs`, one part in memory at a time.

        Yields what became of each part, and each row that cannot be used as an error. A part whose lines and extractor
        are those of the store is not written again; one that is written is durable when it is yielded.
        """
        resolver: PartyResolver | None = None
        version = self.toolchain.versions.extractor
        for file, table in tables:
            for item in read_event_table(file, table, self.base):
                if isinstance(item, DocumentRefusedError):
                    yield item
                    continue
                record = DocumentRecord(item.sha256, version, item.path)
                if self.known.get(item.id) == record and item.id not in self.lacking:
                    yield TableResult(item, is_written=False)
                    continue
                resolver = resolver or PartyResolver(self.toolchain.registry)
                graph = to_graph(item, resolver.resolve, extractor_version=version)
                self.kept.put((_to_converted(item, version),))
                self.store.load_document(item.id, graph.statements, graph.cells)
                self.store.flush()
                yield TableResult(item, is_written=True)


def collect_tables(
    results: Iterable[TableResult | DocumentRefusedError],
    known: Container[str],
    lists: tuple[list[str], list[str], list[str], list[DocumentRefusedError]],
    on_document: Callable[[str], None],
) -> Iterator[str]:
    """Sort results into a report's lists (added, changed, unchanged, refused) and yield the IRIs that were seen."""
    added, changed, unchanged, refused = lists
    for result in results:
        if isinstance(result, DocumentRefusedError):
            refused.append(result)
            continue
        on_document(result.part.path)
        if not result.is_written:
            unchanged.append(result.part.id)
        else:
            (changed if result.part.id in known else added).append(result.part.id)
        yield result.part.id


def _to_converted(part: EventTablePart, version: str) -> Converted:
    """Return what is kept of a part beside its graph: that it is there. It has no text, so no profiles."""
    document = Document(id=part.id, path=part.path, location=part.location, sha256=part.sha256, title=part.title, text="")
    return Converted(
        document=part.id,
        sha256=part.sha256,
        version=version,
        extraction=digest_extraction(document, version),
        body=pack_annotation(Annotation(document=document, extraction=Extraction(), resolution=Resolution())),
        profiles=(),
    )
