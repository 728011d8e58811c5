"""A generated network as large as a page is to hold: invented actors, claims and events."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

from kg.analyse.relations import Node, Relation
from kg.export.layout import Look
from kg.export.page_content import ACTOR_FAMILIES, FRAME_FAMILIES, PageContent
from kg.export.statements import Document, Link, Record, Statement
from kg.model.span import Span

_TYPES = {"Person": (0, 114, 178), "State": (213, 94, 0), "Organisation": (0, 158, 115), "Group": (230, 159, 0)}
_KINDS = ("CONSULT", "ACCUSE", "ASSAULT", "AID", "REJECT", "THREATEN")
_FRAMES = ("stalling", "threat", "sanctions", "aid-pledge", "denial")
_FIRST_DAY = date(2031, 1, 1)
_TEXT = (
    "the talks on the harbour, which had been put off twice since the spring, would have to wait until the tolls were paid, "
    "and that nobody at the table had been told by whom or when"
)
_WORDS = _TEXT.split()


def make_content(actors: int, ties: int, seed: int = 8) -> PageContent:
    """Return a content with so many actors and different ties; there are half as many statements again as ties.

    A sentence has about 30 words, and is that of one statement or two; places are those of no layout.
    """
    chance = random.Random(seed)  # noqa: S311 - made to be the same each time
    types = list(_TYPES)
    nodes = {f"x:a{number:05}": Node(f"x:a{number:05}", f"Actor {number}", types[number % 4]) for number in range(actors)}
    names = list(nodes)
    statements: dict[str, Statement] = {}
    links: list[Link] = []
    relations: dict[str, list[Relation]] = {family: [] for family in (*ACTOR_FAMILIES, *FRAME_FAMILIES)}
    pairs: set[tuple[str, str, str]] = set()
    while len(pairs) < ties:
        # A few actors have most of the ties, as in news.
        source, target = (names[int(actors * chance.random() ** 3)] for _ in range(2))
        kind = "speaks-of" if chance.random() < 0.7 else chance.choice(_KINDS)
        if source == target or (source, target, kind) in pairs:
            continue
        pairs.add((source, target, kind))
        for _ in range(chance.choice((1, 1, 2))):
            statement = _make_statement(len(statements), kind, nodes[source].label, chance)
            statements[statement.iri] = statement
            confidence, day = statement.confidence, statement.day
            relation = Relation(source, target, kind, statement.iri, confidence, day)
            relations["speaks-of" if statement.kind == "Claim" else "events"].append(relation)
            ends = ("says", "about") if statement.kind == "Claim" else ("acts", "recipient")
            links += [Link(statement.iri, name, iri) for name, iri in zip(ends, (source, target), strict=True)]
    documents = {
        iri: Document(iri, f"Report {iri[6:]}", "The Quay", "", "2031-01-01", f"{iri[6:]}.txt", f"https://quay.example/{iri[6:]}")
        for iri in sorted({statement.document for statement in statements.values()})
    }
    looks = {iri: _make_look(number, actors, nodes[iri].type) for number, iri in enumerate(names)}
    return PageContent(
        record=Record(statements, tuple(sorted(links)), nodes, documents, ()),
        roles=(),
        nodes=nodes,
        relations={family: tuple(sorted(found)) for family, found in relations.items()},
        actor_looks=looks,
        frame_looks={},
        left_out=(),
    )


def _make_statement(number: int, kind: str, speaker: str, chance: random.Random) -> Statement:
    document = f"x:doc/{number // 10}"
    content = f"{' '.join(chance.sample(_WORDS, 26))} ({number // 2})"
    quote = f"{speaker} said that {content}."
    begin = 1_000 * (number % 10)
    said = begin + len(speaker) + 1
    is_claim = kind == "speaks-of"
    parts = (
        ("source" if is_claim else "actor", (Span(begin, begin + len(speaker)),)),
        ("cue" if is_claim else "trigger", (Span(said, said + 4),)),
        ("content" if is_claim else "recipient", (Span(said + 5, begin + len(quote) - 1),)),
    )
    facts = {"rule": "rule:verb-complement", "frame" if is_claim else "type": chance.choice(_FRAMES) if is_claim else kind}
    return Statement(
        iri=f"{document}#{'a' if is_claim else 'e'}{number}",
        kind="Claim" if is_claim else "Event",
        words=content,
        quote=quote,
        span=Span(begin, begin + len(quote)),
        parts=parts,
        day=(_FIRST_DAY + timedelta(days=number % 365)).isoformat(),
        confidence=chance.choice((0.5, 0.7, 0.9)),
        document=document,
        facts=tuple(sorted(facts.items())),
    )


def _make_look(number: int, actors: int, kind: str) -> Look:
    radius = 1_000 * math.sqrt(number / actors)
    angle = number * math.pi * (3 - math.sqrt(5))
    size = 4 + 36 * (1 - number / actors) ** 8
    return Look(radius * math.cos(angle), radius * math.sin(angle), size, _TYPES[kind])
