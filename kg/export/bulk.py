"""Bulk files: a store as sorted N-Quads for the loaders of other engines, in one file or in parts with a manifest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from kg.analyse.relations import Filters
from kg.errors import ExportFormatError, ParameterInvalidError
from kg.export.bulk_folder import GUIDE_NAME, FolderManifest, PartRecord, open_folder
from kg.export.bulk_lines import Lines, find_blocks
from kg.export.bulk_loaders import describe_loading
from kg.export.bulk_packing import PACKINGS, HashingSink
from kg.export.formats import ExportSummary
from kg.export.output import open_output
from kg.export.parquet import write_statements
from kg.export.parquet_tables import write_tables
from kg.store.reader import Reader

PARQUET = "parquet"
#: What `run_bulk_export` writes into a file; into a folder, each of these and `nq`.
FORMATS = ("nq.gz", "nq.zst", PARQUET)
#: Statements of one part, where nothing else is asked for: a file that every loader takes, a second's work for most.
PART_LENGTH = 1_000_000


class BulkTarget(NamedTuple):
    """Where a bulk export goes, and how it is written.

    Attributes:
        is_folder: whether it is parts in a folder, with a manifest.
        format: one of `FORMATS`, or `nq` for a folder.
    """

    is_folder: bool
    format: str


def find_target(output: str, file_format: str | None = None, split: int | None = None) -> BulkTarget | None:
    """Return how a bulk export to `output` is written; None where its name and format ask for an export of another kind.

    A folder is named by a `/` at its end, or is one already; its format is `nq.gz` where none is given.

    Raises:
        ExportFormatError: a folder is to hold something else than `nq`, `nq.gz`, `nq.zst` or `parquet`.
        ParameterInvalidError: a file is to be split.
    """
    asked = file_format.lower().removeprefix(".") if file_format is not None else None
    if output != "-" and (output.endswith(("/", os.sep)) or Path(output).is_dir()):
        form = asked or "nq.gz"
        if form not in (*PACKINGS, PARQUET):
            raise ExportFormatError(f"{output!r}: a folder takes parts in {', '.join((*PACKINGS, PARQUET))}, not {form!r}")
        if split is not None and form == PARQUET:
            raise ParameterInvalidError("--split: parquet is split into groups of rows by itself; leave it out")
        return BulkTarget(is_folder=True, format=form)
    if split is not None:
        raise ParameterInvalidError(f"--split writes a folder of parts, {output!r} is a file; end the name with /")
    name = asked or _find_ending(output)
    return BulkTarget(is_folder=False, format=name) if name in FORMATS else None


def _find_ending(output: str) -> str:
    name = PurePath(output).name.lower()
    return next((form for form in FORMATS if name.endswith(f".{form}")), "")


def run_bulk_export(
    reader: Reader,
    output: str,
    target: BulkTarget,
    *,
    split: int | None = None,
    filters: Filters | None = None,
    stdout: BinaryIO | None = None,
) -> ExportSummary:
    """Write the whole store; a file, or all of a folder, is there complete or not at all.

    Memory holds a few hundred thousand statements and the names of the graphs. What is too large to be sorted in memory
    is sorted on disk, beside the output.

    Args:
        reader: the store.
        output: path of the file or folder; `-` for standard output.
        target: what `find_target` gave for it.
        split: statements of one part in a folder; `PART_LENGTH` by default.
        filters: none can be applied: what is written is the whole store.
        stdout: where `-` leads; the process's own by default.

    Raises:
        ParameterInvalidError: there are filters.
        PackageMissingError: the packing, or Parquet, needs a package that is not installed.
        OutputUnwritableError: the file cannot be written, or the folder holds what this did not write.
    """
    if (filters or Filters()) != Filters():
        raise ParameterInvalidError(f"{target.format} holds the whole store; leave the filters out, or run a CONSTRUCT query")
    if target.is_folder:
        return _write_folder(reader, output, target.format, split or PART_LENGTH)
    if target.format == PARQUET:
        with open_output(output, stdout) as stream:
            write_statements(reader, stream, _find_spool(output))
        return ExportSummary((output,), target.format, "", ())
    with open_output(output, stdout) as stream, PACKINGS[target.format](stream) as packed:
        for _, lines in find_blocks(reader, _find_spool(output)):
            packed.write(b"".join(lines))
    return ExportSummary((output,), target.format, "", ())


def _find_spool(output: str) -> Path:
    """Return the folder for temporary files: that of the output, which has room for as much; else the working directory."""
    folder = Path(os.path.realpath(output)).parent if output != "-" else Path.cwd()
    return folder if os.access(folder, os.W_OK) else Path.cwd()


def _write_folder(reader: Reader, output: str, form: str, split: int) -> ExportSummary:
    with open_folder(output) as folder:
        parts = write_tables(reader, folder) if form == PARQUET else _write_parts(reader, folder, form, split)
        manifest = FolderManifest(
            format=form,
            statements=parts[0].rows if form == PARQUET else sum(part.rows for part in parts),
            graphs=len(reader.graphs()),
            parts=parts,
        )
        manifest.write(folder)
        names = [part.name for part in parts]
        if form != PARQUET:
            (folder / GUIDE_NAME).write_text(describe_loading(names, form), "utf-8")
    count = f"{manifest.statements} statements of {manifest.graphs} graphs in {len(parts)} files"
    return ExportSummary((output,), form, "", (count,))


def _write_parts(reader: Reader, folder: Path, form: str, split: int) -> tuple[PartRecord, ...]:
    pieces = _cut(find_blocks(reader, folder), split)
    parts = tuple(_write_part(folder, number, form, part) for number, part in groupby(pieces, key=itemgetter(0)))
    # An empty store has one part without a statement.
    return parts or (_write_part(folder, 1, form, ()),)


def _write_part(folder: Path, number: int, form: str, pieces: Iterable[tuple[int, str, Lines]]) -> PartRecord:
    name = f"part-{number:05}.{form}"
    content = HashingSink()
    count, first, last = 0, "", ""
    with (folder / name).open("wb") as raw:
        file = HashingSink(raw)
        with PACKINGS[form](file) as packed:
            for _, graph, lines in pieces:
                block = b"".join(lines)
                content.write(block)
                packed.write(block)
                count, first, last = count + len(lines), first or graph, graph
        raw.flush()
        os.fsync(raw.fileno())
    return PartRecord(name, count, file.size, file.sha256, content.sha256, first, last)


def _cut(blocks: Iterable[tuple[str, Lines]], split: int) -> Iterator[tuple[int, str, Lines]]:
    """Yield the blocks, cut where a part of `split` lines ends, each with the number of its part."""
    done = 0
    for graph, lines in blocks:
        rest = iter(lines)
        while piece := list(islice(rest, split - done % split)):
            yield done // split + 1, graph, piece
            done += len(piece)
