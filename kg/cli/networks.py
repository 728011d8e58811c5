"""`kg path`, `kg centrality`, `kg communities`, `kg balance`: networkx measures over a projection of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
from kg.cli.tables import print_rows, to_safe

if TYPE_CHECKING:
    from kg.analyse.projections import Projection
    from kg.analyse.relations import Filters

_DEFAULT_PROJECTIONS = ["speaks-of", "events", "roles"]

ProjectionOption = Annotated[
    list[str],
    typer.Option("--projection", "-P", help="speaks-of, events, roles, reports, discourse, stances; repeat to join."),
]


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("path")(path)
    app.command("centrality")(centrality)
    app.command("communities")(communities)
    app.command("balance")(balance)


def path(
    begin: Annotated[str, typer.Argument(metavar="A")],
    end: Annotated[str, typer.Argument(metavar="B")],
    *,
    projection: ProjectionOption = _DEFAULT_PROJECTIONS,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    directed: Annotated[bool, typer.Option("--directed", help="Only along the arrows.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1)] = 3,
    store: StoreOption = None,
) -> None:
    """Show the shortest paths between two actors, with the evidence of each step."""
    from kg.analyse.paths import find_paths  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.analyse.projections import read_projection  # noqa: PLC0415
    from kg.query.lookup import resolve_actor  # noqa: PLC0415

    with open_store_reader(store) as reader:
        ends = [resolve_actor(reader, name).value for name in (begin, end)]
        found = find_paths(
            read_projection(reader, projection, to_filters(kind, since, until, confidence)), *ends, directed=directed, limit=limit
        )
    if not found.is_found:
        typer.echo(f"no path between {to_safe(begin)} and {to_safe(end)}")
        raise typer.Exit(1)
    for number, hops in enumerate(found.paths, 1):
        typer.echo(
            f"path {number}: {' - '.join(to_safe(node.label) for node in [hops[0].begin, *(hop.end for hop in hops)])}"
            if hops
            else "the same actor"
        )
        for hop in hops:
            for edge in hop.edges:
                arrow = "->" if edge.source == hop.begin.iri else "<-"
                typer.echo(f"  {to_safe(hop.begin.label)} {arrow} {to_safe(hop.end.label)}: {edge.kind} x{edge.weight}")
                for iri in edge.evidence:
                    typer.echo(f"    {iri}")
    if found.is_cut:
        typer.echo(f"there are more of this length; --limit shows them (now {limit})")


def centrality(
    measure: Annotated[
        str, typer.Argument(help="degree, in-degree, out-degree, weighted-..., pagerank, betweenness, closeness.")
    ] = "pagerank",
    *,
    projection: ProjectionOption = _DEFAULT_PROJECTIONS,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1)] = None,
    store: StoreOption = None,
) -> None:
    """Rank the actors by a measure of centrality."""
    from kg.analyse.measures import measure_centrality  # noqa: PLC0415
    from kg.analyse.projections import to_digraph  # noqa: PLC0415

    graph = to_digraph(_read(store, projection, to_filters(kind, since, until, confidence)))
    scores = measure_centrality(graph, measure).scores[:limit]
    print_rows(
        ("actor", "type", measure, "edges", "iri"),
        [
            (score.node.label, score.node.type, f"{score.score:.6g}", graph.degree(score.node.iri), score.node.iri)
            for score in scores
        ],
    )


def communities(
    *,
    projection: ProjectionOption = _DEFAULT_PROJECTIONS,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    resolution: Annotated[float, typer.Option(help="Above 1 for smaller communities.")] = 1.0,
    store: StoreOption = None,
) -> None:
    """Group the actors by the method of Louvain (fixed seed)."""
    from kg.analyse.measures import find_communities  # noqa: PLC0415
    from kg.analyse.projections import to_digraph  # noqa: PLC0415

    found = find_communities(
        to_digraph(_read(store, projection, to_filters(kind, since, until, confidence))), resolution=resolution
    )
    print_rows(
        ("community", "actor", "type", "iri"),
        [(community.number, node.label, node.type, node.iri) for community in found.communities for node in community.members],
    )


def balance(
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    confidence: ConfidenceOption = 0.0,
    edges: Annotated[bool, typer.Option("--edges", help="Who supports or criticises whom, with the claims.")] = False,
    store: StoreOption = None,
) -> None:
    """Show who stands with whom: camps of supporters and critics, and how well the stances fit into them."""
    from kg.analyse.signed import measure_balance, sum_stances  # noqa: PLC0415 - keeps `kg --help` fast

    projection = _read(store, ["stances"], to_filters(None, since, until, confidence))
    found = measure_balance(projection)
    if edges:
        wrong = set(found.frustrated)
        print_rows(
            ("speaker", "towards", "weight", "supportive", "critical", "fits", "first", "last", "evidence"),
            [
                (
                    projection.nodes[edge.source].label,
                    projection.nodes[edge.target].label,
                    f"{edge.weight:.4g}",
                    edge.supportive,
                    edge.critical,
                    "no" if tuple(sorted((edge.source, edge.target))) in wrong else "yes",
                    edge.first_seen,
                    edge.last_seen,
                    " ".join(edge.evidence),
                )
                for edge in sum_stances(projection.relations)
            ],
        )
        return
    share = "none" if found.balanced is None else f"{found.balanced:.4g}"
    typer.echo(
        f"ties: {found.positive} positive, {found.negative} negative; triangles by negative ties 0/1/2/3: "
        f"{'/'.join(map(str, found.triangles))}; balanced: {share}; frustration: {found.frustration:.4g}"
        f"{'' if found.is_exact else ' (at most)'}",
        err=True,
    )
    print_rows(
        ("part", "camp", "actor", "type", "iri"),
        [(camp.part, camp.number, node.label, node.type, node.iri) for camp in found.camps for node in camp.members],
    )


def _read(store: str | None, projection: list[str], filters: Filters) -> Projection:
    from kg.analyse.projections import read_projection  # noqa: PLC0415

    with open_store_reader(store) as reader:
        return read_projection(reader, projection, filters)
