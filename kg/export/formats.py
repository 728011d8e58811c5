"""`kg export`: from a store to a file whose ending names the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import PurePath
from typing import BinaryIO, NamedTuple, TextIO

from kg.analyse.relations import Filters, check_filters
from kg.errors import ExportFormatError, ParameterInvalidError
from kg.export.columns import EVIDENCE_LIMIT
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.network import DEFAULT_VIEW, Network, read_network
from kg.export.output import open_output, open_text_output
from kg.export.page import write_page
from kg.export.page_content import PageContent, read_page
from kg.export.tables import write_edges_csv, write_nodes_csv
from kg.export.text import count_forbidden, is_formula
from kg.store.dump import FORMATS as RDF_FORMATS
from kg.store.dump import write_dump
from kg.store.reader import Reader

#: Writers of a network, by the ending of the file.
NETWORK_FORMATS: dict[str, Callable[[Network, TextIO], None]] = {
    "gexf": write_gexf,
    "graphml": write_graphml,
    "csv": write_edges_csv,
}
#: Writers of a page; they return whether it has a graph.
PAGE_FORMATS: dict[str, Callable[[PageContent, TextIO], bool]] = {"html": write_page}


class ExportSummary(NamedTuple):
    """What was written, and what was summed, changed or left out on the way.

    Attributes:
        paths: the files, in the order of writing; `-` for standard output.
        format: the ending.
        view: of a network; empty for other formats.
        notes: one sentence each, without a full stop; empty where everything is in the file as it is in the store.
    """

    paths: tuple[str, ...]
    format: str
    view: str
    notes: tuple[str, ...]


def find_format(output: str, file_format: str | None = None) -> str:
    """Return the name of the format: `file_format`, else the ending of `output`, in lower case.

    Raises:
        ExportFormatError: it is not known, or `output` is `-` and no format is given.
    """
    formats = (*RDF_FORMATS, *NETWORK_FORMATS, *PAGE_FORMATS)
    known = ", ".join(formats)
    if file_format is None and output == "-":
        raise ExportFormatError(f"'-' has no ending that names a format; give one with --format: {known}")
    name = (PurePath(output).suffix.removeprefix(".") if file_format is None else file_format).lower()
    if name not in formats:
        raise ExportFormatError(f"{output!r}: {name or 'no ending'!r} is no format that can be written; there are {known}")
    return name


def run_export(
    reader: Reader,
    output: str,
    *,
    file_format: str | None = None,
    view: str | None = None,
    filters: Filters | None = None,
    stdout: BinaryIO | None = None,
) -> ExportSummary:
    """Write the store, or a view of it, to `output`; the file is written whole or not at all.

    `x.csv` holds the edges; the nodes go to `x-nodes.csv` beside it (nowhere, when the edges go to standard output).

    Args:
        reader: the store.
        output: path of the file; `-` for standard output.
        file_format: overrides the ending of `output`.
        view: one of `kg.export.network.VIEWS`, for formats that hold a network.
        filters: for networks and pages; RDF holds everything. A page has no kinds to choose from and shows events
            that did not happen, too.
        stdout: where `-` leads; the process's own by default.

    Raises:
        ExportFormatError: the ending names no format.
        ParameterInvalidError: the view is unknown or the format has none; a filter has no sense or no effect.
        OutputUnwritableError: the file cannot be written.
    """
    name = find_format(output, file_format)
    if name in NETWORK_FORMATS:
        return _write_network(read_network(reader, view or DEFAULT_VIEW, filters), name, output, stdout)
    if view is not None:
        raise ParameterInvalidError(f"{name} has no views; leave out {view!r}, or choose {', '.join(NETWORK_FORMATS)}")
    limits = filters or Filters()
    if name in RDF_FORMATS:
        if limits != Filters():
            raise ParameterInvalidError(f"{name} holds the whole store; leave the filters out, or run a CONSTRUCT query")
        with open_output(output, stdout) as stream:
            replaced = write_dump(reader, stream, name).replaced_characters
        return ExportSummary((output,), name, "", tuple(_tell_replaced(replaced)))
    return _write_page(reader, limits, name, output, stdout)


def name_nodes_file(output: str) -> str:
    """Return the name of the file for nodes beside a file of edges: `x.csv` has `x-nodes.csv`."""
    path = PurePath(output)
    return str(path.with_name(f"{path.stem}-nodes{path.suffix}"))


def _write_page(reader: Reader, filters: Filters, name: str, output: str, stdout: BinaryIO | None) -> ExportSummary:
    if filters.kinds is not None:
        raise ParameterInvalidError(f"{name} is not filtered by kind; leave it out, or choose {', '.join(NETWORK_FORMATS)}")
    check_filters(filters)
    content = read_page(reader, filters)
    with open_text_output(output, stdout) as stream:
        has_graph = PAGE_FORMATS[name](content, stream)
    statements = (*content.record.statements.values(), *content.roles)
    texts = [text for statement in statements for text in (statement.quote, statement.words)]
    notes = [*_tell_left_out(content.left_out), *_tell_replaced(sum(map(count_forbidden, texts)))]
    if not has_graph:
        notes.insert(0, "the page has tables and no graph: its scripts were not built with this installation (docs/web.md)")
    return ExportSummary((output,), name, "", tuple(notes))


def _write_network(network: Network, name: str, output: str, stdout: BinaryIO | None) -> ExportSummary:
    paths = [output]
    with ExitStack() as files:
        # Both files are complete before either takes its name.
        NETWORK_FORMATS[name](network, files.enter_context(open_text_output(output, stdout)))
        if name == "csv" and output != "-":
            paths.append(name_nodes_file(output))
            write_nodes_csv(network, files.enter_context(open_text_output(paths[-1])))
    return ExportSummary(tuple(paths), name, network.view, tuple(_tell_network(network, name, output)))


def _tell_network(network: Network, name: str, output: str) -> Iterator[str]:
    if network.relation_count > len(network.edges):
        yield f"{network.relation_count} claims, events and roles are summed in {len(network.edges)} edges"
    yield from _tell_left_out(network.left_out)
    yield from _tell_replaced(sum(map(count_forbidden, _list_texts(network))))
    undated = sum(not edge.first_seen for edge in network.edges)
    if name == "gexf" and undated:
        yield f"{undated} edges have no date: the timeline shows them at any time"
    crowded = sum(len(edge.evidence) > EVIDENCE_LIMIT for edge in network.edges)
    if name != "csv" and crowded:
        yield f"{crowded} edges list the first {EVIDENCE_LIMIT} of their claims as evidence; their weights count all"
    formulas = sum(map(is_formula, _list_texts(network)))
    if name == "csv" and formulas:
        yield f"{formulas} texts that a spreadsheet would run as formulas begin with ' now"
    if name == "csv" and output == "-":
        yield "the table of nodes is left out; name a file to have both"


def _list_texts(network: Network) -> Iterator[str]:
    """Yield the texts of strangers in a network."""
    for node in network.nodes:
        yield node.label
        yield from (value for _, value in node.details)
    for edge in network.edges:
        yield from (value for _, value in edge.details)


def _tell_left_out(left_out: tuple[tuple[str, int], ...]) -> list[str]:
    return [f"left out, {reason}: {count}" for reason, count in left_out]


def _tell_replaced(count: int) -> list[str]:
    return [f"{count} control characters are replaced by U+FFFD"] if count else []
