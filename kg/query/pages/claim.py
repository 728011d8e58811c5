"""One claim: who reports whom, its evidence in context, what it says of whom, and who else says or denies the same."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kg.errors import ClaimMissingError
from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.pages.choosing import list_members
from kg.query.pages.context import Context, read_context
from kg.query.pages.lines import ClaimLine, EventLine, read_claims, read_events
from kg.query.pages.nodes import Actor, Node, describe_node, describe_nodes, name_nodes, to_node
from kg.query.pages.parameters import ThingParameters
from kg.query.pages.rivals import read_rivals
from kg.query.pages.theses import ThesisLine, count_sides, read_theses
from kg.query.reader import read_rows, to_text
from kg.store.reader import Reader

#: Other claims shown of a thesis; the list of claims has all.
_MOST = 20
#: A chain of reports is never so long; a graph that is not ours might go round.
_LONGEST_CHAIN = 20


class StanceLine(Frozen):
    """How a speaker stands to somebody, as a claim shows it."""

    holders: tuple[Actor, ...]
    towards: Actor
    stance: str
    confidence: float
    by: str


class PropositionLine(Frozen):
    """A clause of what is said: who, does or is what, to whom, and the rest.

    Attributes:
        relation: empty for an apposition.
    """

    iri: str
    subject: str
    relation: str
    object: str
    arguments: tuple[str, ...]
    is_negated: bool
    modality: str
    confidence: float


class UtterancePart(Frozen):
    """What one source said once, with all its reports.

    Attributes:
        reports: other claims that report it; `first` is the earliest of all.
    """

    iri: str
    first: str
    original_source: tuple[Actor, ...]
    relayed_by: tuple[Actor, ...]
    documents: int
    publishers: int
    reports: tuple[ClaimLine, ...]


class ClaimPage(Frozen):
    """One claim."""

    claim: ClaimLine
    context: Context
    chain: tuple[ClaimLine, ...] = Field(description="The claims that report it, the outermost first; itself is the last.")
    inner: tuple[ClaimLine, ...] = Field(description="The claims that its content reports.")
    stances: tuple[StanceLine, ...]
    propositions: tuple[PropositionLine, ...]
    events: tuple[EventLine, ...] = Field(description="Events that it reports.")
    thesis: ThesisLine | None = Field(description="What it affirms or denies together with others.")
    side: Literal["", "affirms", "denies"]
    same_side: tuple[ClaimLine, ...] = Field(description="Others that take its side, in whatever words.")
    other_side: tuple[ClaimLine, ...] = Field(description="Those that take the other side of the thesis.")
    rivals: tuple[ClaimLine, ...] = Field(description="Others that contradict it on a frame that it says of somebody.")
    utterance: UtterancePart | None = Field(description="All reports of the same words.")


def read_claim(reader: Reader, given: ThingParameters) -> ClaimPage:
    """Return one claim.

    Raises:
        ClaimMissingError: the store has no claim with this IRI.
        StoreInvalidError: the file of annotations is damaged.
    """
    node = describe_node(reader, given.iri)
    if "Claim" not in node.kinds:
        raise ClaimMissingError(f"{given.iri!r}: no claim has this IRI; the list of claims has those that there are")
    within = _list(reader, _WITHIN, given.iri)
    parts = describe_nodes(reader, within)
    (claim,) = read_claims(reader, [given.iri])
    side = "affirms" if node.all("affirms") else "denies" if node.all("denies") else ""
    thesis = node.one("affirms") or node.one("denies")
    members = list_members(reader, thesis) if thesis else {}
    same = [iri for iri in sorted(members) if members[iri] == side and iri != given.iri]
    opposite = [iri for iri in sorted(members) if members[iri] != side]
    return ClaimPage(
        claim=claim,
        context=read_context(reader, node),
        chain=read_claims(reader, [*_list_chain(reader, node), given.iri]),
        inner=read_claims(reader, [iri for iri in within if "Claim" in parts[iri].kinds]),
        stances=_list_stances(reader, [part for part in parts.values() if "Stance" in part.kinds]),
        propositions=tuple(_make_proposition(part) for part in parts.values() if "Proposition" in part.kinds),
        events=read_events(reader, _list(reader, _REPORTED, given.iri)),
        thesis=next(iter(read_theses(reader, [count_sides(thesis, members)])), None) if thesis else None,
        side=side,
        same_side=read_claims(reader, same[:_MOST]),
        other_side=read_claims(reader, opposite[:_MOST]),
        rivals=tuple(line for line in read_rivals(reader, claim, _MOST) if line.iri not in opposite),
        utterance=_read_utterance(reader, given.iri),
    )


def _list_chain(reader: Reader, node: Node) -> list[str]:
    """Return the claims around one, the outermost first."""
    chain: list[str] = []
    outer = node.one("withinClaim")
    while outer and outer not in chain and len(chain) < _LONGEST_CHAIN:
        chain.insert(0, outer)
        outer = describe_node(reader, outer).one("withinClaim")
    return chain


def _list(reader: Reader, text: str, claim: str) -> list[str]:
    node = to_node(claim)
    assert node is not None  # the store describes it
    return sorted(to_text(found) for (found,) in read_rows(reader, bind_terms(text, ["claim"], {"claim": node})))


def _list_stances(reader: Reader, nodes: list[Node]) -> tuple[StanceLine, ...]:
    names = name_nodes(reader, {iri for node in nodes for name in ("holder", "towards") for iri in node.all(name)})
    lines = (
        StanceLine(
            holders=names.actors_of(node.all("holder")),
            towards=names.actor(node.one("towards")),
            stance=node.notation("stance"),
            confidence=float(node.one("confidence") or 0),
            by=node.one("extractedBy"),
        )
        for node in nodes
    )
    return tuple(sorted(lines, key=lambda line: (line.towards.label, line.towards.iri)))


def _make_proposition(node: Node) -> PropositionLine:
    return PropositionLine(
        iri=node.iri,
        subject=node.one("subjectText"),
        relation=node.one("relationText"),
        object=node.one("objectText"),
        arguments=node.all("argumentText"),
        is_negated=node.notation("polarity") == "negated",
        modality=node.notation("modality"),
        confidence=float(node.one("confidence") or 0),
    )


def _read_utterance(reader: Reader, claim: str) -> UtterancePart | None:
    found = _list(reader, _UTTERANCE, claim)
    if not found:
        return None
    node = describe_node(reader, found[0])
    names = name_nodes(reader, (*node.all("originalSource"), *node.all("relayedBy")))
    return UtterancePart(
        iri=node.iri,
        first=node.one("firstReport"),
        original_source=names.actors_of(node.all("originalSource")),
        relayed_by=names.actors_of(node.all("relayedBy")),
        documents=node.number("documentCount"),
        publishers=node.number("publisherCount"),
        reports=read_claims(reader, [iri for iri in node.all("reportedAs") if iri != claim][:_MOST]),
    )


_WITHIN = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?part WHERE { VALUES (?claim_param) { (UNDEF) } GRAPH ?document { ?part kg:withinClaim ?claim_param } }
"""
_REPORTED = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?event WHERE { VALUES (?claim_param) { (UNDEF) } GRAPH ?document { ?event kg:reportedIn ?claim_param } }
"""
_UTTERANCE = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?utterance WHERE { VALUES (?claim_param) { (UNDEF) } GRAPH ?claims { ?utterance kg:reportedAs ?claim_param } }
"""
