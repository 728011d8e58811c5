"""`kg export`: the graph as a file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.options import (
    ConfidenceOption,
    KindOption,
    SinceOption,
    StoreOption,
    UntilOption,
    open_store_reader,
    to_filters,
)


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("export")(export)


def export(
    out: Annotated[str, typer.Argument(metavar="OUT.{ttl,trig,nt,nq,jsonld,rdf,graphml,gexf,csv,html}", help="- for stdout.")],
    *,
    form: Annotated[str | None, typer.Option("--format", "-f", help="Overrides the ending.")] = None,
    view: Annotated[
        str | None, typer.Option("--view", help="Of a network: actors, events, roles, discourse, claims, all.")
    ] = None,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    store: StoreOption = None,
) -> None:
    """Write the store, or a view of it, to a file."""
    from kg.export.formats import find_format, run_export  # noqa: PLC0415 - keeps `kg --help` fast

    find_format(out, form)
    with open_store_reader(store) as reader:
        summary = run_export(
            reader, out, file_format=form, view=view, filters=to_filters(kind, since, until, confidence), stdout=sys.stdout.buffer
        )
    for path in summary.paths:
        if path != "-":
            typer.echo(f"wrote {path}")
    for note in summary.notes:
        typer.echo(note, err=True)
