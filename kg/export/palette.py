"""The one set of colours of everything that is drawn: by type for nodes, by kind for edges."""

from __future__ import annotations

from typing import get_args

from kg.model.event import EventType
from kg.model.plover import QUAD_CLASSES

#: Red, green and blue, 0 to 255.
Colour = tuple[int, int, int]

#: After Okabe and Ito, "Color Universal Design" (2008): told apart by people with any colour vision. Their yellow, which
#: no one sees on white, is darker here.
NODE_COLOURS: dict[str, Colour] = {
    "Person": (0, 114, 178),
    "State": (213, 94, 0),
    "Organisation": (0, 158, 115),
    "Group": (230, 159, 0),
    "Place": (86, 180, 233),
    "Frame": (204, 121, 167),
    "Event": (184, 168, 32),
    "Claim": (153, 153, 153),
}
OTHER_COLOUR: Colour = (90, 90, 90)

_CONFLICT: Colour = (213, 94, 0)
_COOPERATION: Colour = (0, 114, 178)
_EVENT_COLOURS: dict[str, Colour] = {
    "verbal-cooperation": (86, 180, 233),
    "material-cooperation": _COOPERATION,
    "verbal-conflict": (230, 159, 0),
    "material-conflict": _CONFLICT,
}
_KIND_COLOURS: dict[str, Colour] = {
    "role": (0, 158, 115),
    "supportive": _COOPERATION,
    "critical": _CONFLICT,
    "affirms": _COOPERATION,
    "rejects": _CONFLICT,
    "asks": (204, 121, 167),
}
#: Edges are drawn in the colour as it looks at this share over white: many programs draw transparent ones slowly or black.
_OPACITY = 0.55


def find_node_colour(node_type: str) -> Colour:
    """Return the colour of a class of nodes; dark grey for one without a colour of its own."""
    return NODE_COLOURS.get(node_type, OTHER_COLOUR)


def find_edge_colour(kind: str) -> Colour:
    """Return the opaque, light colour of a kind of edges; light grey for one without a colour of its own.

    Events have the colour of their quad class: blue for cooperation, orange for conflict, the deeper where it is material.
    """
    event_types: tuple[str, ...] = get_args(EventType)
    colour = _EVENT_COLOURS[QUAD_CLASSES[kind]] if kind in event_types else _KIND_COLOURS.get(kind, OTHER_COLOUR)  # type: ignore[index]
    red, green, blue = (round(255 - (255 - part) * _OPACITY) for part in colour)
    return red, green, blue


def to_hex(colour: Colour) -> str:
    """Return a colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
