"""`kg actor --why`: the reasons for which an actor is one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from kg.cli.tables import print_rows, to_safe

if TYPE_CHECKING:
    from kg.model.identity import ActorReference, Comparison
    from kg.settings import Settings


def describe_features(comparison: Comparison) -> str:
    """Return what spoke for and against identity, with weights in log-odds, on one line."""
    parts = [f"{': '.join(filter(None, (f.name, f.detail)))} ({f.weight:+.1f})" for f in comparison.features]
    return "; ".join(parts) or comparison.by


def print_grounds(name: str, settings: Settings) -> None:
    """Print what each document calls an actor, and what joined these, kept others apart, or is in doubt."""
    from kg.build.dossier import open_dossier  # noqa: PLC0415 - keeps `kg --help` fast

    with open_dossier(settings) as dossier:
        grounds = dossier.explain(name)
        sides = {
            reference: dossier.see(reference)
            for comparison in grounds.comparisons
            for reference in (comparison.left, comparison.right)
        }
    names: Counter[tuple[str, str, str]] = Counter()
    for member in grounds.members:
        for written, count in member.names:
            names[written, member.path, member.actor] += count
    typer.echo(f"\nnamed ({len(grounds.members)} documents)")
    print_rows(("name", "mentions", "document", "actor"), [(key[0], count, *key[1:]) for key, count in sorted(names.items())])
    for title, verdict in (("joined", "same"), ("kept apart", "different"), ("in doubt", "unsure")):
        rows = [
            (
                _name(sides[found.left].name, found.left),
                _name(sides[found.right].name, found.right),
                f"{found.score:.2f}",
                found.by,
                describe_features(found),
            )
            for found in grounds.comparisons
            if found.verdict == verdict
        ]
        if rows:
            typer.echo(f"\n{title} ({len(rows)})")
            print_rows(("left", "right", "score", "by", "reasons"), rows)
    if not grounds.comparisons:
        typer.echo("\nEvery document alone gives this actor; nothing had to be joined.")


def _name(name: str, reference: ActorReference) -> str:
    return to_safe(f"{name} <{reference.actor}>")
