"""Coordinates of the small pictures."""

from __future__ import annotations

import pytest

from kg.query.pages.nodes import Actor
from kg.query.pages.picture import Picture, PictureNode
from kg.serve.explorer.charts import draw_network

#: More than a letter of a name is wide on the average, and the longest name, as the page writes it.
_LETTER, _LONGEST = 7.5, 28


@pytest.mark.parametrize("x", [-1.0, -0.8, 0.0, 0.8, 1.0])
@pytest.mark.parametrize("y", [-1.0, 1.0])
def test_the_name_of_a_node_at_the_edge_is_within_the_picture(x: float, y: float) -> None:
    node = PictureNode(actor=Actor(iri="urn:one", label="A long name", type="Person"), x=x, y=y, weight=1)
    drawing = draw_network(Picture(view="speaks-of", actor=None, nodes=(node,), ties=(), ties_total=0))
    (dot,) = drawing.dots
    length = _LETTER * _LONGEST
    left = dot.x - length * {"start": 0.0, "middle": 0.5, "end": 1.0}[dot.anchor]
    assert 0 <= left <= drawing.width - length
    assert dot.radius + 3 + 11 <= dot.y <= drawing.height - dot.radius
