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
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT.{ttl,trig,nt,nq,jsonld,rdf,graphml,gexf,csv,html,nq.gz,nq.zst,parquet}|OUT/", help="- for stdout."
        ),
    ],
    *,
    form: Annotated[str | None, typer.Option("--format", "-f", help="Overrides the ending.")] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view",
            help="Of a network: network (three in one), actors, events, roles, reports, discourse, stances, claims (all).",
        ),
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
    unreal: Annotated[bool, typer.Option("--unreal", help="Events too that are negated, future or hypothetical.")] = False,
    split: Annotated[
        int | None, typer.Option("--split", min=1, help="Of a folder OUT/ of packed N-Quads: statements of one part [1000000].")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the store, or a view of it, to a file, or to a folder of files for other stores' loaders."""
    from kg.export.choice import choose_export  # noqa: PLC0415 - keeps `kg --help` fast

    write = choose_export(out, file_format=form, view=view, layout=layout, split=split)
    filters = to_filters(kind, since, until, confidence, unreal=unreal)
    with open_store_reader(store) as reader:
        summary = write(reader, filters, sys.stdout.buffer)
    for path in summary.paths:
        if path != "-":
            typer.echo(f"wrote {path}")
    for note in summary.notes:
        typer.echo(note, err=True)
