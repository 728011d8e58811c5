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
        str | None, typer.Option("--view", help="Of a network: actors, events, roles, discourse, stances, claims, all.")
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--layout", help="A table: of events polecat, gdelt; of positions dna, affiliation, congruence, conflict, subtract."
        ),
    ] = None,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    store: StoreOption = None,
) -> None:
    """Write the store, or a view of it, to a file."""
    from kg.errors import ParameterInvalidError  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.export.formats import find_format, run_export  # noqa: PLC0415
    from kg.export.table_layouts import find_layout, run_table_export  # noqa: PLC0415

    table = find_layout(out, layout) if view is None or layout is not None else None
    if table is not None and view is not None:
        raise ParameterInvalidError(f"a table in the layout {table} has no views; leave out {view!r}")
    if table is None:
        find_format(out, form)
    filters = to_filters(kind, since, until, confidence)
    with open_store_reader(store) as reader:
        if table is not None:
            summary = run_table_export(reader, out, table, file_format=form, filters=filters, stdout=sys.stdout.buffer)
        else:
            summary = run_export(reader, out, file_format=form, view=view, filters=filters, stdout=sys.stdout.buffer)
    for path in summary.paths:
        if path != "-":
            typer.echo(f"wrote {path}")
    for note in summary.notes:
        typer.echo(note, err=True)
