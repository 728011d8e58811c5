"""`kg export --layout`: tables of events and of positions, each in the columns that its users know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO, TextIO

from kg.analyse.relations import Filters
from kg.errors import ExportFormatError, ParameterInvalidError
from kg.export.discourse import MATRICES, read_positions, write_matrix, write_statements
from kg.export.events import read_event_records
from kg.export.events_layouts import write_gdelt, write_polecat
from kg.export.formats import ExportSummary
from kg.export.output import open_text_output
from kg.store.reader import Reader

_EVENT_LAYOUTS = ("polecat", "gdelt")
#: Positions on actors, who are supported or criticised, have layouts like those on frames.
_STANCES = "stances-"
LAYOUTS = (*_EVENT_LAYOUTS, "dna", *MATRICES, *(f"{_STANCES}{name}" for name in ("dna", *MATRICES)))
#: What a file of exactly this name holds, where no layout is asked for.
_NAMED = {"events.csv": "polecat", "events.tsv": "polecat", "discourse.csv": "dna", "stances.csv": f"{_STANCES}dna"}
_FORMATS = ("csv", "tsv")


def find_layout(output: str, layout: str | None = None) -> str | None:
    """Return the layout that is asked for, or that the file's name tells; None for files of other kinds.

    Raises:
        ParameterInvalidError: there is no such layout.
    """
    if layout is None:
        return _NAMED.get(PurePath(output).name.lower())
    if layout not in LAYOUTS:
        raise ParameterInvalidError(f"{layout!r}: no such layout; there are {', '.join(LAYOUTS)}")
    return layout


def run_table_export(
    reader: Reader,
    output: str,
    layout: str,
    *,
    file_format: str | None = None,
    filters: Filters | None = None,
    stdout: BinaryIO | None = None,
) -> ExportSummary:
    """Write events or positions as a table; the file is written whole or not at all.

    Args:
        reader: the store.
        output: path; `-` for standard output.
        layout: one of `LAYOUTS`. GDELT's is always separated by tabs and has no header.
        file_format: `csv` or `tsv`, else the ending of `output`, else `csv`.
        filters: `kinds` are PLOVER types of events, or concepts of positions.
        stdout: where `-` leads; the process's own by default.

    Raises:
        ExportFormatError: the ending is another than `csv` or `tsv`, or `tsv` for a table of positions.
        ParameterInvalidError: a filter has no sense.
        OutputUnwritableError: the file cannot be written.
    """
    ending = _find_ending(output, layout, file_format)
    limits = filters or Filters()
    if layout in _EVENT_LAYOUTS:
        records, left_out = read_event_records(reader, limits)
        with open_text_output(output, stdout) as stream:
            if layout == "gdelt":
                count, lack = write_gdelt(records, stream), "events without a CAMEO code"
            else:
                count, lack = write_polecat(records, stream, "\t" if ending == "tsv" else ","), "left out, without a PLOVER type"
        notes = [f"{lack}: {count}"] if count else []
    else:
        kind = layout.removeprefix(_STANCES)
        positions, left_out = read_positions(reader, limits, "discourse-statements" if kind == layout else "stance-statements")
        write: Callable[[TextIO], None] = (
            (lambda stream: write_statements(positions, stream))
            if kind == "dna"
            else (lambda stream: write_matrix(MATRICES[kind](positions), stream))
        )
        with open_text_output(output, stdout) as stream:
            write(stream)
        notes = []
    return ExportSummary((output,), ending, layout, (*(f"left out, {reason}: {n}" for reason, n in left_out), *notes))


def _find_ending(output: str, layout: str, file_format: str | None) -> str:
    ending = (file_format or PurePath(output).suffix.removeprefix(".") or "csv").lower()
    known = _FORMATS if layout in _EVENT_LAYOUTS else ("csv",)
    if ending not in known:
        raise ExportFormatError(f"{output!r}: the layout {layout} is written as {' or '.join(known)}, not {ending!r}")
    return ending
