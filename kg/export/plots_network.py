"""The picture of a network: nodes where the layout has them, edges as arrows, names where there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.export.layout import Look, find_looks
from kg.export.network import Network, NetworkNode
from kg.export.palette import find_edge_colour, find_node_colour, to_hex
from kg.export.plots_style import GREY, INK, Heading, Labels, add_heading, make_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Inches.
_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 9.6, 4.6, 8.4
_ABOVE, _BELOW = 1.15, 0.5
_LABEL_LENGTH = 26
#: Room for names around the outermost nodes, of the whole.
_MARGIN_X, _MARGIN_Y = 0.12, 0.05
#: Sizes of the layout, and radii in points here.
_SMALLEST, _LARGEST = 4.0, 40.0
_LEAST_RADIUS, _MOST_RADIUS = 3.5, 15.0
#: Points, by weight: the square root of it, at most.
_THICKEST = 3.2
#: Where a name may stand: to which side of its node, at what distance in points.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75))
_GAPS = (2.0, 7.0, 13.0)


class _Box(NamedTuple):
    """A part of the picture, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top

    def is_within(self, other: _Box) -> bool:
        return other.left <= self.left and self.right <= other.right and other.bottom <= self.bottom and self.top <= other.top


class _Disc(NamedTuple):
    """A node in the picture, in pixels."""

    x: float
    y: float
    radius: float

    def overlaps(self, box: _Box) -> bool:
        nearest_x = min(max(self.x, box.left), box.right)
        nearest_y = min(max(self.y, box.bottom), box.top)
        return (nearest_x - self.x) ** 2 + (nearest_y - self.y) ** 2 < self.radius**2

    def list_places(self, width: float, height: float, scale: float) -> Iterator[_Box]:
        """Yield where a name of this size may stand, the best place first."""
        for gap in _GAPS:
            for side_x, side_y in _SIDES:
                reach = self.radius + gap * scale
                left = self.x + side_x * reach - width * (1 - side_x) / 2
                bottom = self.y + side_y * reach - height * (1 - side_y) / 2
                yield _Box(left, bottom, left + width, bottom + height)


def keep_busiest(network: Network, top: int) -> Network:
    """Return the network of the nodes whose edges weigh most, and the edges between them; nodes without one are left out."""
    weights: Counter[str] = Counter()
    for edge in network.edges:
        if edge.source != edge.target:
            weights.update({edge.source: edge.weight, edge.target: edge.weight})
    kept = set(sorted(weights, key=lambda iri: (-weights[iri], iri))[:top])
    edges = tuple(edge for edge in network.edges if {edge.source, edge.target} <= kept and edge.source != edge.target)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = tuple(node for node in network.nodes if node.iri in ends)
    return network._replace(nodes=nodes, edges=edges, relation_count=sum(edge.weight for edge in edges))


def draw_network(network: Network, heading: Heading, labels: Labels) -> tuple[Figure, int]:
    """Return the picture, and how many names found no room in it.

    The busiest nodes are named first, each at the first place beside it where the name covers nothing.
    """
    looks = find_looks(network)
    left, right, low, high = _find_bounds(looks.values())
    shape = (high - low) / (right - left) * (1 - 2 * _MARGIN_X) / (1 - 2 * _MARGIN_Y)
    height = min(max(_WIDTH * shape + _ABOVE + _BELOW, _LEAST_HEIGHT), _MOST_HEIGHT)
    figure = make_figure(_WIDTH, height)
    panel = figure.add_axes((0.01, _BELOW / height, 0.98, 1 - (_ABOVE + _BELOW) / height))
    panel.set_axis_off()
    _fit(panel, looks.values())
    _draw_edges(panel, network, looks)
    panel.scatter(
        [look.x for look in looks.values()],
        [look.y for look in looks.values()],
        s=[(2 * _find_radius(look)) ** 2 for look in looks.values()],
        c=[to_hex(look.colour) for look in looks.values()],
        edgecolors="white",
        linewidths=0.8,
        zorder=3,
    )
    hidden = _draw_names(figure, panel, network.nodes, looks, labels)
    _add_key(figure, network)
    add_heading(figure, heading)
    return figure, hidden


def _find_radius(look: Look) -> float:
    """Return a node's radius in points: the layout gives nodes room, of which names take a part here."""
    share = (look.size - _SMALLEST) / (_LARGEST - _SMALLEST)
    return _LEAST_RADIUS + share * (_MOST_RADIUS - _LEAST_RADIUS)


def _find_bounds(looks: Iterable[Look]) -> tuple[float, float, float, float]:
    """Return the layout's left, right, lower and upper end, each pair apart even where all nodes are on one line."""
    every = list(looks)
    left, right = min(look.x - look.size for look in every), max(look.x + look.size for look in every)
    return left, right, min(look.y - look.size for look in every), max(look.y + look.size for look in every)


def _fit(panel: Axes, looks: Iterable[Look]) -> None:
    """Set the limits so that all nodes are in the picture, undistorted, with room for names at the sides."""
    left, right, low, high = _find_bounds(looks)
    box = panel.get_window_extent()
    pixels = min(box.width * (1 - 2 * _MARGIN_X) / (right - left), box.height * (1 - 2 * _MARGIN_Y) / (high - low))
    for middle, size, set_limits in (
        ((left + right) / 2, box.width, panel.set_xlim),
        ((low + high) / 2, box.height, panel.set_ylim),
    ):
        set_limits(middle - size / 2 / pixels, middle + size / 2 / pixels)


def _draw_edges(panel: Axes, network: Network, looks: dict[str, Look]) -> None:
    """Draw light edges first, bent a little, so that both directions are seen; several kinds of a pair bend further."""
    from matplotlib.patches import FancyArrowPatch  # noqa: PLC0415 - an extra

    seen: Counter[tuple[str, str]] = Counter()
    for edge in sorted(network.edges, key=lambda edge: (edge.weight, edge.source, edge.target, edge.kind)):
        source, target = looks[edge.source], looks[edge.target]
        bend = 0.13 + 0.1 * seen[edge.source, edge.target]
        seen[edge.source, edge.target] += 1
        width = min(0.7 + 0.5 * (edge.weight - 1), _THICKEST)
        panel.add_patch(
            FancyArrowPatch(
                (source.x, source.y),
                (target.x, target.y),
                arrowstyle=f"-|>,head_length={1.8 + width:.2f},head_width={0.8 + 0.45 * width:.2f}",
                connectionstyle=f"arc3,rad={bend:.2f}",
                shrinkA=_find_radius(source) + 0.5,
                shrinkB=_find_radius(target) + 1.0,
                mutation_scale=1.6,
                linewidth=width,
                color=to_hex(find_edge_colour(edge.kind)),
                joinstyle="miter",
                zorder=2,
            )
        )


def _draw_names(figure: Figure, panel: Axes, nodes: Sequence[NetworkNode], looks: dict[str, Look], labels: Labels) -> int:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra

    canvas = FigureCanvasAgg(figure)
    scale = figure.get_dpi() / 72
    frame = panel.get_window_extent()
    limits = _Box(frame.x0, frame.y0, frame.x1, frame.y1)
    places = panel.transData.transform([(look.x, look.y) for look in looks.values()])
    discs = {
        iri: _Disc(float(x), float(y), _find_radius(look) * scale)
        for (iri, look), (x, y) in zip(looks.items(), places, strict=True)
    }
    taken: list[_Box] = []
    hidden = 0
    for node in sorted(nodes, key=lambda node: (-looks[node.iri].size, node.iri)):
        look, disc = looks[node.iri], discs[node.iri]
        share = (look.size - _SMALLEST) / (_LARGEST - _SMALLEST)
        text = panel.text(
            look.x,
            look.y,
            labels.clean(node.label, _LABEL_LENGTH),
            size=7.5 + 2.5 * share,
            color=INK,
            ha="left",
            va="bottom",
            zorder=4,
        )
        extent = text.get_window_extent(canvas.get_renderer())  # type: ignore[no-untyped-call]
        free = (
            box
            for box in disc.list_places(extent.width, extent.height, scale)
            if box.is_within(limits)
            and not any(box.overlaps(other) for other in taken)
            and not any(other.overlaps(box) for other in discs.values())
        )
        box = next(free, None)
        if box is None:
            text.remove()
            hidden += 1
            continue
        taken.append(box)
        x, y = panel.transData.inverted().transform((box.left, box.bottom))
        text.set_position((float(x), float(y)))
        text.set_bbox({"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "pad": 0.4})
    return hidden


def _add_key(figure: Figure, network: Network) -> None:
    """Write what the colours of nodes and arrows stand for."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra

    types = sorted({node.type for node in network.nodes})
    kinds = Counter(edge.kind for edge in network.edges)
    dots = [
        Line2D([], [], linestyle="", marker="o", markersize=7, color=to_hex(find_node_colour(name)), label=name) for name in types
    ]
    named: dict[str, str] = {}
    for kind in sorted(kinds):
        colour = to_hex(find_edge_colour(kind))
        named.setdefault(_name_colour(colour, kinds), colour)
    arrows = [Line2D([], [], linewidth=2.5, color=colour, label=name) for name, colour in sorted(named.items())]
    height = float(figure.get_size_inches()[1])
    for top, handles in ((0.68, dots), (0.9, arrows if len(kinds) > 1 else [])):
        figure.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0.2 / _WIDTH, 1 - top / height),
            borderaxespad=0,
            borderpad=0,
            ncols=max(len(handles), 1),
            frameon=False,
            handlelength=1.2,
            handletextpad=0.4,
            columnspacing=1.2,
            fontsize=8.5,
            labelcolor=GREY,
        )


def _name_colour(colour: str, kinds: Iterable[str]) -> str:
    """Return the kinds of edges that have a colour, as one word where they are events of one quad class."""
    from kg.model.plover import QUAD_CLASSES  # noqa: PLC0415

    named = sorted({kind for kind in kinds if to_hex(find_edge_colour(kind)) == colour})
    classes: dict[str, str] = dict(QUAD_CLASSES)  # type: ignore[arg-type]
    return ", ".join(sorted({classes.get(kind, kind).replace("-", " ") for kind in named}))
