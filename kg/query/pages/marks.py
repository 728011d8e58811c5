"""What is marked in a text: mentions, and the parts of claims and events, each with what it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from kg.model.base import Frozen
from kg.model.span import Span
from kg.query.evidence import parse_spans
from kg.query.pages.nodes import Names, Node

MarkKind = Literal["mention", "claim", "event", "role"]
MarkPart = Literal["mention", "source", "cue", "content", "trigger", "actor", "recipient", "role"]

_Parts = Mapping[MarkPart, Sequence[Span]]
_CLAIM_PARTS: tuple[tuple[MarkPart, str], ...] = (("source", "sourceSpans"), ("cue", "cueSpans"), ("content", "contentSpans"))
_EVENT_PARTS: tuple[tuple[MarkPart, str], ...] = (
    ("trigger", "triggerSpans"),
    ("actor", "actorSpans"),
    ("recipient", "recipientSpans"),
)


class Mark(Frozen):
    """A marked stretch of a text, in code points of the whole document, half-open.

    Attributes:
        node: IRI of the mention, claim, event or role that it is a part of.
        target: IRI that it leads to: of a mention the actor, else the node itself; empty for a mention of nobody known.
        label: in words, for people: the actor's name, or "claim by …".
    """

    begin: int
    end: int
    kind: MarkKind
    part: MarkPart
    node: str
    target: str
    label: str


def list_marks(nodes: Iterable[Node], names: Names) -> tuple[Mark, ...]:
    """Return the marks of the mentions, claims, events and roles among some nodes of a document: in order, longer ones first."""
    marks = {mark for node in nodes for mark in _find_marks(node, names)}
    return tuple(sorted(marks, key=lambda mark: (mark.begin, -mark.end, mark.kind, mark.part, mark.node)))


def _find_marks(node: Node, names: Names) -> Iterator[Mark]:
    if "Mention" in node.kinds:
        actor = node.one("refersTo")
        label = names.actor(actor).label if actor else "unresolved"
        yield from _make(node, "mention", {"mention": [_read_span(node)]}, actor, label)
    elif "Claim" in node.kinds:
        speakers = " and ".join(actor.label for actor in names.actors_of(node.all("speaker"))) or node.one("sourceText")
        label = f"claim by {speakers}" if speakers else "claim without a source"
        yield from _make(node, "claim", _read_parts(node, _CLAIM_PARTS), node.iri, label)
    elif "Event" in node.kinds:
        label = f"event: {names.concept(node.one('eventType')).label}"
        yield from _make(node, "event", _read_parts(node, _EVENT_PARTS), node.iri, label)
    elif "Role" in node.kinds:
        title = node.one("postTitle") or "affiliation"
        yield from _make(node, "role", {"role": [_read_span(node)]}, node.one("org:member"), f"post: {title}")


def _read_span(node: Node) -> Span:
    return Span(node.number("nif:beginIndex"), node.number("nif:endIndex"))


def _read_parts(node: Node, parts: Sequence[tuple[MarkPart, str]]) -> _Parts:
    return {part: [span for value in node.all(name) for span in parse_spans(value)] for part, name in parts}


def _make(node: Node, kind: MarkKind, parts: _Parts, target: str, label: str) -> Iterator[Mark]:
    for part, spans in parts.items():
        for begin, end in spans:
            if begin < end:
                yield Mark(begin=begin, end=end, kind=kind, part=part, node=node.iri, target=target, label=label)
