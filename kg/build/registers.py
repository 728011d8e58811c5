"""Registers of actors: imported into the index beside the store, listed and removed; the store's actors as a register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.errors import DocumentRefusedError, InputMissingError
from kg.export.registers import RegisterSummary, write_actors
from kg.export.registers import find_register_format as find_export_format
from kg.resolve.entries import RegistryActor
from kg.resolve.registers.entries import ReadingOptions
from kg.resolve.registers.files import compute_file_digest, find_file_date, find_register_format, open_register
from kg.resolve.registers.imported import ImportedRegister
from kg.resolve.registers.references import References
from kg.resolve.registers.writing import list_registers, remove_register, write_register
from kg.resolve.registry import read_registry
from kg.settings import Settings
from kg.store.reader import open_reader

__all__ = ["export_actors", "forget_register", "import_registers", "read_registers"]


def import_registers(
    files: Sequence[str],
    settings: Settings,
    *,
    form: str | None = None,
    options: ReadingOptions | None = None,
    on_refusal: Callable[[DocumentRefusedError], None] = lambda _: None,
) -> tuple[ImportedRegister, ...]:
    """Import files one by one, and return what each gave; a file of the same name as one before takes its place.

    Args:
        files: paths.
        settings: the store beside which the index lies.
        form: a name of `kg.resolve.registers.files.FORMATS`; None to tell it by content.
        options: what a person adds.
        on_refusal: is told each record that cannot be used, with file and line.

    Raises:
        InputMissingError: a file is not there; none is imported then.
        RegisterInvalidError: a file cannot be read; those before it are imported.
        StoreLockedError: another import is under way.
    """
    for file in files:
        if not Path(file).is_file():
            raise InputMissingError(file)
    index = settings.imported_actors
    references = References(read_registry(settings.base))
    done: list[ImportedRegister] = []
    for file in files:
        path = Path(file)
        found = find_register_format(path, form)
        with open_register(path, found, options or ReadingOptions()) as entries:
            register = write_register(
                index,
                path.name,
                entries,
                references,
                digest=compute_file_digest(path),
                form=found,
                dated=find_file_date(path),
                on_refusal=lambda refusal, file=file: on_refusal(  # type: ignore[misc]
                    DocumentRefusedError(file, refusal.problem, refusal.line)
                ),
            )
        done.append(register)
    return tuple(done)


def read_registers(settings: Settings) -> tuple[ImportedRegister, ...]:
    """Return the imported registers, sorted by name; empty without any."""
    return list_registers(settings.imported_actors)


def forget_register(name: str, settings: Settings) -> None:
    """Remove what came from a file of this name.

    Raises:
        InputMissingError: nothing was imported from such a file.
    """
    if not remove_register(settings.imported_actors, name):
        raise InputMissingError(name)


def export_actors(output: str, settings: Settings, *, form: str | None = None, stdout: BinaryIO | None = None) -> RegisterSummary:
    """Write the actors of the store as a register (`kg.export.registers`), with posts of the registry and of documents.

    Raises:
        StoreMissingError: there is no store.
        ExportFormatError: the ending of `output` names no format.
        OutputUnwritableError: the file cannot be written.
    """
    find_export_format(output, form)
    registry = read_registry(settings.base, imported=settings.imported_actors)

    def find_registered(slug: str) -> RegistryActor | None:
        try:
            return registry.get_actor(slug)
        except KeyError:
            return None

    with open_reader(settings.store) as reader:
        return write_actors(reader, output, settings.base, find_registered, form=form, stdout=stdout)
