"""`kg actors`, `kg actor`: who is in the graph, and all that it says of one of them."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import registers
from kg.cli.grounds import print_grounds
from kg.cli.options import StoreOption, find_settings, open_store_reader
from kg.cli.tables import print_rows, to_safe
from kg.errors import ParameterInvalidError

_TYPES = ("Person", "State", "Organisation", "Group", "Place")


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    group = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    group.callback(invoke_without_command=True)(list_all)
    registers.add_commands(group)
    app.add_typer(group, name="actors")
    app.command("actor")(show)


def list_all(
    context: typer.Context,
    *,
    store: StoreOption = None,
    kind: Annotated[str | None, typer.Option("--type", "-t", help="Person, State, Organisation, Group or Place.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1)] = None,
) -> None:
    """List the actors: those who say most first; or import and export registers of actors."""
    if context.invoked_subcommand is not None:
        return
    from kg.query.actors import list_actors  # noqa: PLC0415 - keeps `kg --help` fast

    if kind is not None and kind.capitalize() not in _TYPES:
        raise ParameterInvalidError(f"--type {kind!r}: no such type; there are {', '.join(_TYPES)}")
    with open_store_reader(store) as reader:
        entries = [entry for entry in list_actors(reader) if kind is None or entry.type == kind.capitalize()]
    print_rows(
        ("actor", "type", "claims", "mentions", "iri"),
        [(entry.label, entry.type, entry.claims, entry.mentions, entry.iri) for entry in entries[:limit]],
    )


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, alias, QID or IRI.")],
    store: StoreOption = None,
    *,
    why: Annotated[bool, typer.Option("--why", help="Why it is one actor: what documents call it, what joined these.")] = False,
) -> None:
    """Show one actor: names, roles with dates, what they say, what is said of them, events."""
    from kg.query.actors import describe_actor  # noqa: PLC0415

    with open_store_reader(store) as reader:
        report = describe_actor(reader, name)
    entry = report.entry
    typer.echo(f"{to_safe(entry.label)} ({entry.type})  {entry.iri}")
    for title, values in (("also", report.names[1:]), ("same as", report.same_as)):
        if values:
            typer.echo(f"{title}: {'; '.join(to_safe(value) for value in values)}")
    for title, rows in (
        ("roles", report.roles),
        ("says", report.says),
        ("said of them", report.said_of),
        ("events", report.events),
    ):
        if rows:
            columns = [column for column in rows[0] if not column.endswith("_iri")]
            typer.echo(f"\n{title} ({len(rows)})")
            print_rows(columns, [[row[column] for column in columns] for row in rows])
    if why:
        print_grounds(entry.iri, find_settings(store))
