"""`kg backup`, `kg restore`, `kg compact`: the care of a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption, find_settings

_MEGABYTE = 1 << 20


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("compact")(compact)


def backup(
    output: Annotated[str, typer.Argument(metavar="FILE", help="Where to (a tar archive); - for stdout.")],
    store: StoreOption = None,
) -> None:
    """Write the store, with what was decided about its actors, to one file; a build may go on meanwhile."""
    from kg.export.output import open_output  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.store.backup import write_backup  # noqa: PLC0415

    settings = find_settings(store)
    with open_output(output) as stream:
        report = write_backup(Path(settings.store), settings.actors_folder, stream)
    typer.echo(f"{settings.store}: {report.files} files, {report.size / _MEGABYTE:.1f} MB", err=True)


def restore(
    name: Annotated[str, typer.Argument(metavar="FILE", help="What `kg backup` wrote; - for stdin.")],
    store: StoreOption = None,
) -> None:
    """Put a backup back, as a new store."""
    from kg.errors import InputMissingError  # noqa: PLC0415
    from kg.store.backup import restore_backup  # noqa: PLC0415

    settings = find_settings(store)
    if name == "-":
        report = restore_backup(sys.stdin.buffer, name, Path(settings.store), settings.actors_folder)
    else:
        if not Path(name).is_file():
            raise InputMissingError(name)
        with Path(name).open("rb") as stream:
            report = restore_backup(stream, name, Path(settings.store), settings.actors_folder)
    typer.echo(f"{settings.store}: {report.files} files, {report.size / _MEGABYTE:.1f} MB")


def compact(store: StoreOption = None) -> None:
    """Give disk space back that replaced and removed documents still take; nobody else may write meanwhile."""
    from kg.build.compacting import compact_store  # noqa: PLC0415

    settings = find_settings(store)
    before, after = compact_store(settings)
    typer.echo(f"{settings.store}: {before / _MEGABYTE:.1f} MB before, {after / _MEGABYTE:.1f} MB after")
