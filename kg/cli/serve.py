"""`kg serve`: the read-only endpoint and the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import StoreOption, find_settings


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("serve")(serve)


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8000,
    store: StoreOption = None,
    time_limit: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds that a query may run.")] = 30.0,
    cors_origin: Annotated[
        list[str] | None,
        typer.Option("--cors-origin", metavar="ORIGIN", help="Let pages of this origin read answers; repeat for several."),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="A line for each request, without what was asked.")] = False,
) -> None:
    """Answer SPARQL at /sparql, and show the store at /, on this machine only; nothing can be written."""
    from kg.serve.asking import Limits  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.serve.server import run_server  # noqa: PLC0415

    run_server(find_settings(store).store, port, Limits(seconds=time_limit), cors_origin or (), is_logged=log)
