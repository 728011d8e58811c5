"""`kg plot`: pictures of the store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.options import ConfidenceOption, SinceOption, StoreOption, UntilOption, open_store_reader, to_day
from kg.cli.tables import to_safe


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("plot")(plot)


def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="frames-over-time, speakers, timeline, network.")],
    out: Annotated[str, typer.Argument(metavar="OUT.{png,svg}", help="- for stdout.")],
    *,
    form: Annotated[str | None, typer.Option("--format", "-f", metavar="png|svg", help="Overrides the ending.")] = None,
    about: Annotated[str | None, typer.Option(metavar="ACTOR", help="Whom claims are about; who takes part in events.")] = None,
    speaker: Annotated[str | None, typer.Option(metavar="ACTOR", help="Who makes the claims.")] = None,
    frame: Annotated[str | None, typer.Option(metavar="FRAME", help="Notation of a frame, such as stalling.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    view: Annotated[
        str | None, typer.Option("--view", help="Of a network: actors [default], events, roles, reports, discourse, stances.")
    ] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", min=1, help="The most frames [9], speakers [15], nodes [40].")] = None,
    store: StoreOption = None,
) -> None:
    """Draw claims over time by frame, speakers, events over time, or a network."""
    from kg.export.plots import run_plot  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.export.plots_data import PlotFilters  # noqa: PLC0415
    from kg.query.lookup import resolve_actor, resolve_concept  # noqa: PLC0415
    from kg.query.search_filters import name_notation  # noqa: PLC0415

    with open_store_reader(store) as reader:
        filters = PlotFilters(
            about=resolve_actor(reader, about).value if about else "",
            speaker=resolve_actor(reader, speaker).value if speaker else "",
            frame=name_notation(resolve_concept(reader, "--frame", "frame", frame)) if frame else "",
            since=to_day("since", since),
            until=to_day("until", until),
            min_confidence=confidence,
        )
        summary = run_plot(reader, kind, out, form=form, filters=filters, view=view, top=top, stdout=sys.stdout.buffer)
    if summary.path != "-":
        typer.echo(f"wrote {to_safe(summary.path)}")
    for note in summary.notes:
        typer.echo(note, err=True)
