"""Rows of queries as tables whose cells lead to pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kg.model.base import Frozen
from kg.query.pages.lines import read_documents
from kg.query.pages.nodes import list_nodes, to_node
from kg.query.reader import Reader, read_rows, to_text

Thing = Literal["", "actor", "claim", "event", "document", "frame", "thesis", "role"]

_THINGS: Mapping[str, Thing] = {
    **dict.fromkeys(("Actor", "Person", "State", "Organisation", "Group", "Place"), "actor"),
    "Claim": "claim",
    "Event": "event",
    "CodedEvent": "event",
    "Occurrence": "event",
    "Document": "document",
    "Thesis": "thesis",
    "Role": "role",
}
_FRAMES = "https://sayso.example/scheme/frame/"
_SUFFIX = "_iri"


class Cell(Frozen):
    """One cell.

    Attributes:
        text: what is read: of a document its title, of other things of which the row has nothing but the IRI, its last part.
        iri: what it is about; empty for a mere value.
        thing: what that is, where a page shows it.
    """

    text: str
    iri: str = ""
    thing: Thing = ""


class Table(Frozen):
    """Rows in the order of the query; a column `speaker_iri` is what the cells of `speaker` are about, and no column itself.

    Attributes:
        is_cut: whether there are more rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool = False


def make_table(reader: Reader, columns: Sequence[str], rows: Iterable[Sequence[str]], *, is_cut: bool = False) -> Table:
    """Return a table.

    Args:
        reader: the store that the rows are of.
        columns: names, in order.
        rows: their values as text, empty where there is none.
        is_cut: whether there are more rows.
    """
    kept = [name for name in columns if not (name.endswith(_SUFFIX) and name.removesuffix(_SUFFIX) in columns)]
    places = {name: number for number, name in enumerate(columns)}
    pairs = [(places[name], places.get(f"{name}{_SUFFIX}")) for name in kept]
    listed = [tuple(row) for row in rows]
    iris = {row[iri] if iri is not None else row[text] for row in listed for text, iri in pairs}
    things = find_things(reader, iris)
    titles = {line.iri: line.title for line in read_documents(reader, sorted(i for i in things if things[i] == "document"))}
    cells = tuple(
        tuple(_make_cell(row[text], row[iri] if iri is not None else row[text], things, titles) for text, iri in pairs)
        for row in listed
    )
    return Table(columns=tuple(kept), rows=cells, is_cut=is_cut)


def find_things(reader: Reader, iris: Iterable[str]) -> dict[str, Thing]:
    """Return which page shows each of some nodes; those that none shows are left out."""
    nodes = [iri for iri in iris if ":" in iri and to_node(iri) is not None]
    found: dict[str, Thing] = {iri: "frame" for iri in nodes if iri.startswith(_FRAMES)}
    cells = list_nodes(nodes)
    for node, kind in read_rows(reader, _TYPES.replace(_CELLS, cells)) if cells else ():
        thing = _THINGS.get(to_text(kind).rpartition("#")[2])
        if thing is not None:
            found[to_text(node)] = thing
    return found


def _make_cell(text: str, iri: str, things: Mapping[str, Thing], titles: Mapping[str, str]) -> Cell:
    thing = things.get(iri, "")
    if not thing:
        return Cell(text=text)
    if text not in ("", iri):
        return Cell(text=text, iri=iri, thing=thing)
    return Cell(text=titles.get(iri) or iri.rpartition("#")[2] or iri.rpartition("/")[2], iri=iri, thing=thing)


_CELLS = "<urn:cells>"
_TYPES = "SELECT DISTINCT ?node ?kind WHERE { GRAPH ?graph { VALUES ?node { <urn:cells> } ?node a ?kind } }"
