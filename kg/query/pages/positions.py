"""Who takes the same side as an actor, and who the other: on a frame of somebody, or on a thesis that takes no frame up.

What counts as a position is what the named query `agreements` counts: not what is hedged, only possible, under a condition or
asked, and not what was only left unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model.base import Frozen
from kg.query.pages.nodes import Actor, Names, describe_nodes, list_nodes, name_nodes, to_node
from kg.query.reader import Reader, read_rows, to_text

#: Matters named for each other speaker.
_MATTERS = 4


class Matter(Frozen):
    """What two speakers take sides on: a frame of an actor, or a thesis.

    Attributes:
        frame: its notation, empty for a thesis; `of` is of whom it is said.
        thesis: IRI, empty for a frame; `content` are the words of its most typical claim.
    """

    frame: str = ""
    of: Actor | None = None
    thesis: str = ""
    content: str = ""


class Relation(Frozen):
    """How another speaker stands to an actor.

    Attributes:
        agreements: matters on which both take one side; disagreements: on which they take different ones. Who has said both
            counts in both.
        shared: some of the matters that they agree on; disputed: some of those that they do not.
    """

    other: Actor
    agreements: int
    disagreements: int
    shared: tuple[Matter, ...]
    disputed: tuple[Matter, ...]


#: A frame's IRI and its target's, or a thesis's IRI and nothing.
_Topic = tuple[str, str]
_Sides = dict[str, dict[_Topic, set[bool]]]


def read_relations(reader: Reader, actor: str, number: int) -> tuple[Relation, ...]:
    """Return those who agree or disagree with an actor, those who share most matters first.

    Args:
        reader: an open store.
        actor: IRI of a speaker.
        number: the most to return.
    """
    said = _list_claims(reader, _BY_SPEAKER, list_nodes([actor]))
    own = _read_sides(reader, said, said).get(actor, {})
    pairs = " ".join(f"({to_node(frame)} {to_node(target)})" for frame, target in sorted(own) if target)
    theses = list_nodes(thesis for thesis, target in own if not target)
    everyone = _read_sides(reader, _list_claims(reader, _BY_FRAME, pairs), _list_claims(reader, _BY_THESIS, theses))
    # A claim that shares one topic may have others, too.
    others = {other: {t: taken for t, taken in sides.items() if t in own} for other, sides in everyone.items()}
    counted = [(other, *_compare(own, sides)) for other, sides in others.items() if other != actor and sides]
    counted.sort(key=lambda entry: (-len(entry[1]) - len(entry[2]), -len(entry[1]), entry[0]))
    chosen = counted[:number]
    contents = _read_contents(reader, {topic[0] for _, *parts in chosen for part in parts for topic in part if not topic[1]})
    named = {iri for other, *parts in chosen for iri in (other, *(end for part in parts for topic in part for end in topic))}
    names = name_nodes(reader, named)
    return tuple(
        Relation(
            other=names.actor(other),
            agreements=len(shared),
            disagreements=len(disputed),
            shared=_to_matters(shared, names, contents),
            disputed=_to_matters(disputed, names, contents),
        )
        for other, shared, disputed in chosen
    )


def _compare(own: Mapping[_Topic, set[bool]], sides: Mapping[_Topic, set[bool]]) -> tuple[list[_Topic], list[_Topic]]:
    shared = sorted(topic for topic, taken in sides.items() if taken & own[topic])
    disputed = sorted(topic for topic, taken in sides.items() if len(taken | own[topic]) > 1)
    return shared, disputed


def _to_matters(topics: Iterable[_Topic], names: Names, contents: Mapping[str, str]) -> tuple[Matter, ...]:
    matters = [
        Matter(frame=names.concept(first).notation, of=names.actor(target))
        if target
        else Matter(thesis=first, content=contents.get(first, ""))
        for first, target in topics
    ]
    return tuple(matters[:_MATTERS])


def _list_claims(reader: Reader, text: str, cells: str) -> set[str]:
    return {to_text(claim) for (claim,) in read_rows(reader, text.replace(_CELLS, cells))} if cells else set()


def _read_sides(reader: Reader, framed: Iterable[str], stated: Iterable[str]) -> _Sides:
    """Return by speaker and topic on which sides a speaker is: True for affirming.

    Args:
        reader: an open store.
        framed: claims of which frames are looked at.
        stated: claims of which theses are looked at.
    """
    sides: _Sides = {}
    for text, claims in ((_FRAMED, framed), (_STATED, stated)):
        cells = list_nodes(claims)
        for speaker, first, target, affirms in read_rows(reader, text.replace(_CELLS, cells)) if cells else ():
            topics = sides.setdefault(to_text(speaker), {})
            topics.setdefault((to_text(first), to_text(target)), set()).add(to_text(affirms) == "true")
    return sides


def _read_contents(reader: Reader, theses: set[str]) -> dict[str, str]:
    exemplars = {iri: node.one("exemplar") for iri, node in describe_nodes(reader, theses).items()}
    claims = describe_nodes(reader, exemplars.values())
    return {iri: claims[claim].one("content") for iri, claim in exemplars.items()}


# Stands where the cells of a VALUES block go; nothing but terms as the engine writes them is put there.
_CELLS = "<urn:cells>"
_BY_SPEAKER = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim WHERE { GRAPH ?document { VALUES ?speaker { <urn:cells> } ?claim kg:speaker ?speaker } }
"""
_BY_FRAME = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim
WHERE { GRAPH ?document { VALUES (?frame ?target) { <urn:cells> } ?claim kg:frameTarget ?target ; kg:frame ?frame } }
"""
_BY_THESIS = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim
WHERE { GRAPH ?claims { VALUES ?thesis { <urn:cells> } VALUES ?side { kg:affirms kg:denies } ?claim ?side ?thesis } }
"""
# Claims are listed first: engines then look at these alone.
_FRAMED = """
PREFIX cue: <https://sayso.example/scheme/cue-type/>
PREFIX frame: <https://sayso.example/scheme/frame/>
PREFIX kg: <https://sayso.example/ontology#>
PREFIX modality: <https://sayso.example/scheme/modality/>
SELECT DISTINCT ?speaker ?frame ?target ?affirms
WHERE {
  GRAPH ?document {
    VALUES ?claim { <urn:cells> }
    ?claim kg:speaker ?speaker ; kg:frameTarget ?target ; kg:frame ?frame .
    FILTER(?frame != frame:denial)
    # Of several frames of a claim each has its own targets.
    FILTER(
      NOT EXISTS { ?claim kg:framing ?any }
      || EXISTS { ?claim kg:framing ?framing . ?framing kg:inFrame ?frame ; kg:ofActor ?target }
    )
    FILTER NOT EXISTS { ?claim kg:hedged true }
    FILTER NOT EXISTS { ?claim kg:modality modality:conditional }
    FILTER NOT EXISTS { ?claim kg:modality modality:possible }
    OPTIONAL { ?claim kg:cueType ?cue_type }
    OPTIONAL { ?claim kg:cueNegated ?cue_negated }
    OPTIONAL { ?claim kg:deniedFrame ?denied . FILTER(?denied = ?frame) }
    BIND(COALESCE(?cue_negated, false) AS ?is_unsaid)
    BIND(?is_unsaid || COALESCE(?cue_type = cue:denial, false) AS ?is_turned)
    FILTER(COALESCE(?cue_type != cue:question, true))
    FILTER(!?is_unsaid || (COALESCE(?cue_type = cue:belief, false) && !BOUND(?denied)))
    BIND(BOUND(?denied) = ?is_turned AS ?affirms)
  }
}
"""
_STATED = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX modality: <https://sayso.example/scheme/modality/>
SELECT DISTINCT ?speaker ?thesis ?target ?affirms
WHERE {
  GRAPH ?claims {
    { VALUES ?claim { <urn:cells> } ?claim kg:affirms ?thesis BIND(true AS ?affirms) }
    UNION
    { VALUES ?claim { <urn:cells> } ?claim kg:denies ?thesis BIND(false AS ?affirms) }
    FILTER NOT EXISTS { ?thesis kg:frame ?taken }
  }
  GRAPH ?document {
    ?claim kg:speaker ?speaker .
    FILTER NOT EXISTS { ?claim kg:hedged true }
    FILTER NOT EXISTS { ?claim kg:modality modality:conditional }
    FILTER NOT EXISTS { ?claim kg:modality modality:possible }
  }
}
"""
