"""`kg serve`: the read-only endpoint."""

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
) -> None:
    """Answer SPARQL at /sparql on this machine only; nothing can be written."""
    from kg.serve.server import run_server  # noqa: PLC0415 - keeps `kg --help` fast

    run_server(find_settings(store).store, port)
