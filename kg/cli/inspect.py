"""`kg validate`, `kg stats`, `kg diff`: is the graph sound, what is in it, what has changed."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from kg.cli.options import StoreOption, open_store_reader
from kg.cli.tables import print_rows, to_safe

_FAILED = 1


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("validate")(validate)
    app.command("stats")(stats)
    app.command("diff")(diff)


def validate(store: StoreOption = None) -> None:
    """Check the graph by its SHACL shapes and the queries in `queries/checks`."""
    from kg.query.catalogue import list_queries  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.query.run import run_named_query  # noqa: PLC0415
    from kg.store.validate import validate_store  # noqa: PLC0415

    with open_store_reader(store) as reader:
        rows: list[tuple[object, ...]] = [
            ("shape", finding.focus, finding.path.rpartition("#")[2], f"{finding.message} {finding.value}".strip())
            for finding in validate_store(reader).findings
        ]
        checks = [item for item in list_queries() if item.folder == "checks"]
        for check in checks:
            result = run_named_query(reader, check)
            rows.extend((check.name, *_to_finding(values, check.header.summary)) for values in result.values())
        size = reader.size
    if rows:
        print_rows(("check", "what", "where", "why"), rows)
        typer.echo(f"{len(rows)} findings in {size} statements", err=True)
        raise typer.Exit(_FAILED)
    typer.echo(f"valid: {size} statements, all shapes and {len(checks)} checks")


def _to_finding(values: tuple[object, ...], summary: str) -> tuple[object, object, object]:
    first, *rest = (*values, "")
    return first, " ".join(str(value) for value in rest if value not in {None, ""}), summary


def stats(store: StoreOption = None) -> None:
    """Count what is in the store, and list its documents."""
    from kg.query.statistics import count_contents  # noqa: PLC0415

    with open_store_reader(store) as reader:
        counts = count_contents(reader)
        documents = sorted((record.path, iri) for iri, record in reader.documents().items())
        print_rows(("what", "count"), [*counts, ("statements", reader.size)])
    print_rows(("document", "iri"), documents)


def diff(
    left: Annotated[str, typer.Argument(metavar="A", help="A store or a dump (nq, trig, ttl, nt).")],
    right: Annotated[str, typer.Argument(metavar="B")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Lines to print.")] = 1000,
) -> None:
    """Show the statements that only one of two stores or dumps has; exit 1 where there are any."""
    from kg.store.difference import find_differences  # noqa: PLC0415

    found = list(islice(find_differences(left, right), limit + 1))
    for sign, statement in found[:limit]:
        typer.echo(f"{sign} {to_safe(statement)}")
    if len(found) > limit:
        typer.echo(f"and more; --limit shows them (now {limit})", err=True)
    if found:
        raise typer.Exit(_FAILED)
