"""`kg build`, `kg annotate`, `kg remove`, `kg push`: documents in and out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli.options import ProfileOption, StoreOption, find_settings, open_client
from kg.cli.progress import show_progress
from kg.cli.tables import to_safe

if TYPE_CHECKING:
    from kg.build.engines import Engine
    from kg.build.toolchain import Toolchain
    from kg.settings import Settings

_PARTLY_DONE = 5
#: Processes beside a cluster where nobody says how many: they wait for the one that writes.
_MOST_COMPARING = 8

InputsArgument = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for stdin.")]

LanguagesOption = Annotated[
    str | None,
    typer.Option("--languages", metavar="en,...", help="Only documents in these languages, and those too short to tell."),
]


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("build")(build)
    app.command("annotate")(annotate)
    app.command("remove")(remove)
    app.command("push")(push)


def build(
    inputs: InputsArgument,
    *,
    store: StoreOption = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, help="Processes of this machine that extract [1]; with a cluster, that compare [its cores]."
        ),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Forget documents that are not among the inputs.")] = False,
    languages: LanguagesOption = None,
    near_duplicates: Annotated[
        Literal["keep", "skip"],
        typer.Option("--near-duplicates", help="Of texts that are nearly one another: all, or the first published alone."),
    ] = "keep",
    prefilter: Annotated[
        bool, typer.Option("--prefilter", help="Leave out texts that have no name, no reporting word and no quotation mark.")
    ] = False,
    profile: ProfileOption = None,
    engine: Annotated[
        Literal["local", "dask"], typer.Option("--engine", help="Where documents are converted: here, or on a Dask cluster.")
    ] = "local",
    scheduler: Annotated[str | None, typer.Option("--scheduler", metavar="tcp://HOST:PORT", help="Of the Dask cluster.")] = None,
    work: Annotated[
        str | None, typer.Option("--work", metavar="DIR", help="A folder that the cluster's workers see too [STORE-work].")
    ] = None,
) -> None:
    """Read documents, extract, and bring the store up to date."""
    from kg.build.filtering import Selection  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.build.run import run_build  # noqa: PLC0415

    settings = find_settings(store, profile)
    make_engine = _find_engine(settings, engine, scheduler, work, jobs or min(os.cpu_count() or 1, _MOST_COMPARING))
    with show_progress() as show:
        report = run_build(
            inputs,
            settings,
            jobs=jobs or 1,
            make_engine=make_engine,
            is_pruning=prune,
            selection=Selection(_read_languages(languages), near_duplicates == "skip", prefilter),
            stdin=sys.stdin.buffer if "-" in inputs else None,
            on_progress=show,
        )
    for error in report.refused:
        sys.stderr.write(f"kg: {to_safe(error)}\n")
    for skipped in report.skipped:
        if skipped.is_new:
            sys.stderr.write(f"kg: {to_safe(repr(skipped.path))}: skipped, {to_safe(skipped.reason)}\n")
    parts = [f"{len(items)} {name}" for name, items in _name_parts(report) if items] or ["nothing to do"]
    typer.echo(f"{settings.store}: {', '.join(parts)}; {report.statements} statements")
    if settings.remote:
        push_to_remote(settings)
    if report.refused:
        raise typer.Exit(_PARTLY_DONE)


def _read_languages(languages: str | None) -> frozenset[str]:
    from kg.read.filters import read_languages  # noqa: PLC0415

    return frozenset() if languages is None else read_languages(languages)


def _find_engine(
    settings: Settings, engine: str, scheduler: str | None, work: str | None, processes: int
) -> Callable[[Toolchain], Engine] | None:
    """Return what makes the engine that was asked for; None for this machine's processes."""
    if engine == "local":
        if scheduler or work:
            raise typer.BadParameter("--scheduler and --work go with --engine dask")
        return None
    if not scheduler:
        raise typer.BadParameter("--engine dask needs --scheduler tcp://HOST:PORT")
    from kg.build.cluster import DaskEngine  # noqa: PLC0415

    store = Path(settings.store)
    folder = Path(work) if work else store.with_name(f"{store.name}-work")
    return lambda toolchain: DaskEngine(settings, toolchain.versions.extractor, scheduler, folder, processes)


def push(
    endpoint: Annotated[str, typer.Argument(metavar="URL", help="sparql+http://HOST:PORT/PATH; credentials by KG_SPARQL_...")],
    store: StoreOption = None,
) -> None:
    """Make the graphs of a SPARQL 1.1 endpoint those of the store; only what differs is sent."""
    push_to_remote(find_settings(store).model_copy(update={"remote": endpoint}))


def push_to_remote(settings: Settings) -> None:
    """Push the store of the settings to their endpoint, and say what was done."""
    from kg.store.reader import open_reader  # noqa: PLC0415
    from kg.store.remote.push import push_store  # noqa: PLC0415

    with open_reader(settings.store) as reader, open_client(settings.remote) as client:
        report = push_store(reader, client)
    typer.echo(
        f"{settings.remote}: {report.written} graphs written, {report.dropped} dropped, {report.unchanged} unchanged; "
        f"{report.statements} statements sent"
    )


def _name_parts(report: object) -> list[tuple[str, list[object]]]:
    return [(name, getattr(report, name)) for name in ("added", "changed", "unchanged", "removed", "skipped", "refused")]


def annotate(
    inputs: InputsArgument,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to; - for stdout.")] = "-",
    profile: ProfileOption = None,
) -> None:
    """Print what is found in each document, one JSON object a line, without a store."""
    from kg.build.annotation import run_annotation  # noqa: PLC0415
    from kg.errors import DocumentRefusedError  # noqa: PLC0415
    from kg.export.annotation import to_json  # noqa: PLC0415
    from kg.export.output import open_text_output  # noqa: PLC0415

    refused = 0
    with open_text_output(output) as stream:
        for item in run_annotation(inputs, find_settings(None, profile), stdin=sys.stdin.buffer if "-" in inputs else None):
            if isinstance(item, DocumentRefusedError):
                sys.stderr.write(f"kg: {to_safe(item)}\n")
                refused += 1
            else:
                stream.write(json.dumps(to_json(item), ensure_ascii=False) + "\n")
    if refused:
        raise typer.Exit(_PARTLY_DONE)


def remove(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="IRI of the document, or its path as `kg build` was given it.")
    ],
    store: StoreOption = None,
) -> None:
    """Forget one document and all that only it says."""
    from kg.build.forget import remove_document  # noqa: PLC0415

    settings = find_settings(store)
    for iri in remove_document(document, settings):
        typer.echo(f"removed {iri}")
    if settings.remote:
        push_to_remote(settings)
