"""Which of the exports a file's name and the options ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from kg.analyse.relations import Filters
from kg.errors import ParameterInvalidError
from kg.export.bulk import find_target, run_bulk_export
from kg.export.formats import ExportSummary, find_format, run_export
from kg.export.table_layouts import find_layout, run_table_export
from kg.store.reader import Reader

#: Writes a store, or what filters leave of it, to the file that was chosen; `-` leads to the stream that is given.
Export = Callable[[Reader, Filters, BinaryIO | None], ExportSummary]


def choose_export(
    output: str,
    *,
    file_format: str | None = None,
    view: str | None = None,
    layout: str | None = None,
    split: int | None = None,
) -> Export:
    """Return what writes `output`: packed RDF, a table in a layout, or one of the other formats; nothing is written yet.

    Args:
        output: path of the file or folder; `-` for a stream.
        file_format: overrides the ending.
        view: of a network.
        layout: of a table of events or positions.
        split: statements of one part, in a folder.

    Raises:
        ExportFormatError: the ending names no format.
        ParameterInvalidError: there is no such layout, or the options do not go together.
    """
    bulk = find_target(output, file_format, split) if view is None and layout is None else None
    if bulk is not None:
        return lambda reader, filters, stdout: run_bulk_export(reader, output, bulk, split=split, filters=filters, stdout=stdout)
    table = find_layout(output, layout) if view is None or layout is not None else None
    if table is None:
        find_format(output, file_format)
        return lambda reader, filters, stdout: run_export(
            reader, output, file_format=file_format, view=view, filters=filters, stdout=stdout
        )
    if view is not None:
        raise ParameterInvalidError(f"a table in the layout {table} has no views; leave out {view!r}")
    return lambda reader, filters, stdout: run_table_export(
        reader, output, table, file_format=file_format, filters=filters, stdout=stdout
    )
