"""Numbers as the coordinates of small pictures: bars over time, terms of office, networks. No script draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.query.pages.picture import Picture
from kg.query.pages.posts import PostLine
from kg.query.pages.timeline import Bucket, Series, to_day

_LABEL_WIDTH = 76


class Bar(NamedTuple):
    """A stretch of time in a chart: where it stands, and how high its claims and events are."""

    bucket: Bucket
    x: float
    width: float
    claims_height: float
    events_height: float
    label: str


class Bars(NamedTuple):
    """A chart of `width` by `height`: claims grow up from the middle line, events down from it.

    Attributes:
        middle: where the line is.
        most: the highest number of all.
    """

    bars: tuple[Bar, ...]
    width: int
    height: int
    middle: float
    most: int


def draw_bars(series: Series, width: int = 1200, height: int = 120) -> Bars:
    """Return the bars of a series; none for an empty one."""
    buckets = series.buckets
    up = max((bucket.claims for bucket in buckets), default=0)
    down = max((bucket.events for bucket in buckets), default=0)
    scale = (height - 2) / ((up + down) or 1)
    middle = round(up * scale + 1, 2)
    slot = width / max(len(buckets), 1)
    every = max(1, -(-_LABEL_WIDTH // max(1, int(slot))))
    bars = tuple(
        Bar(
            bucket=bucket,
            x=round(number * slot, 2),
            width=round(max(1.0, min(slot * 0.82, 28.0)), 2),
            claims_height=round(bucket.claims * scale, 2),
            events_height=round(bucket.events * scale, 2),
            label=bucket.label if number % every == 0 else "",
        )
        for number, bucket in enumerate(buckets)
    )
    return Bars(bars=bars, width=width, height=height, middle=middle, most=max(up, down))


class Term(NamedTuple):
    """A post as a bar over time, in percent of the time that all posts of a list span; None where it has no dates."""

    post: PostLine
    x: float | None
    width: float


def draw_terms(posts: Sequence[PostLine]) -> tuple[Term, ...]:
    """Return posts with their places in time, in their order; one without an end reaches as far as the last day of all."""
    spans = [(to_day(post.since), to_day(post.until)) for post in posts]
    days = [day for span in spans for day in span if day is not None]
    if not days:
        return tuple(Term(post, None, 0.0) for post in posts)
    first, last = min(days), max(days)
    length = max(1, (last - first).days)
    terms = []
    for post, (since, until) in zip(posts, spans, strict=True):
        if since is None:
            terms.append(Term(post, None, 0.0))
            continue
        x = 100 * (since - first).days / length
        width = 100 * ((until or last) - since).days / length
        terms.append(Term(post, round(min(x, 98.0), 2), round(max(2.0, min(width, 100 - min(x, 98.0))), 2)))
    return tuple(terms)


class Dot(NamedTuple):
    """A node of a drawn network, in pixels; its name stands over it, and near a side of the picture begins or ends with it.

    Attributes:
        anchor: what part of the name is over the node, as SVG calls it: `start`, `middle` or `end`.
    """

    iri: str
    label: str
    type: str
    x: float
    y: float
    radius: float
    anchor: str
    is_named: bool


class Line(NamedTuple):
    """A tie of a drawn network, in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Drawing(NamedTuple):
    """A network of `width` by `height` pixels; dots in the order of the nodes, the heaviest first."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


_NAMED_DOTS = 28
#: Half of the longest name.
_HALF_NAME = 120


def draw_network(picture: Picture, width: int = 900, height: int = 560) -> Drawing:
    """Return a network's nodes and ties as coordinates."""
    margin_x, margin_y = 40, 32
    places = {
        node.actor.iri: (
            round(margin_x + (node.x + 1) / 2 * (width - 2 * margin_x), 1),
            round(height - margin_y - (node.y + 1) / 2 * (height - 2 * margin_y), 1),
        )
        for node in picture.nodes
    }
    heaviest = max((node.weight for node in picture.nodes), default=1)
    strongest = max((tie.weight for tie in picture.ties), default=1)
    named = {n.actor.iri for n in sorted(picture.nodes, key=lambda n: (-n.weight, n.actor.iri))[:_NAMED_DOTS]}
    dots = tuple(
        Dot(
            iri=node.actor.iri,
            label=node.actor.label,
            type=node.actor.type,
            x=places[node.actor.iri][0],
            y=places[node.actor.iri][1],
            radius=round(3 + 11 * (node.weight / heaviest) ** 0.5, 1),
            anchor=_find_anchor(places[node.actor.iri][0], width),
            is_named=node.actor.iri in named,
        )
        for node in picture.nodes
    )
    lines = tuple(
        Line(*places[tie.source], *places[tie.target], width=round(0.6 + 3.4 * (tie.weight / strongest) ** 0.5, 1))
        for tie in picture.ties
    )
    return Drawing(dots=dots, lines=lines, width=width, height=height)


def _find_anchor(x: float, width: int) -> str:
    if x < _HALF_NAME:
        return "start"
    return "end" if x > width - _HALF_NAME else "middle"
