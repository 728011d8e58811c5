"""What is said once in many words, and one statement in many papers: the graph of claims compared, at the end of a run.

Only what a changed document can change is looked at again: the wordings of its claims against those about the same actors in
like words, and the theses and utterances that its claims are, were or may become part of. Which texts are copies must be
settled before. Killed at any point, the next run that writes goes on: what is not in the graph yet is noted in the tables,
until `kg.build.identity`, which takes these steps, has it on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.build.groups import Described, Groups, Replacement, list_groups
from kg.build.parts import Apply, apply_here
from kg.build.reading import closing_tables, open_tables
from kg.model.cluster import Relation
from kg.rdf import namespaces as ns
from kg.rdf.claim_clusters import thesis_quads, utterance_quads
from kg.rdf.terms import Quad
from kg.resolve.across_claims.cluster import MOST_IN_BLOCK, Score, cluster_wordings
from kg.resolve.across_claims.compare import prepare
from kg.resolve.across_claims.describe import describe_thesis, describe_utterance
from kg.resolve.across_claims.pairs import find_pairs
from kg.resolve.across_claims.utterances import find_utterances
from kg.store.batches import split
from kg.store.claims import ClaimTables
from kg.store.embedded import Store
from kg.store.reports import ReportTables
from kg.store.terms import NamedNode, to_lines, to_ox_quads

#: Blocks of a part: many, as parts that follow each other share wordings, which each process reads.
_BLOCKS_TOGETHER = 256


class _Blocks(NamedTuple):
    """Blocks of which the wordings are to be compared, by number, and the folder of the store.

    Attributes:
        reopened: blocks, these or others, in which nothing was compared before.
    """

    folder: Path
    numbers: tuple[int, ...]
    reopened: frozenset[int]


def compare_fresh(tables: ClaimTables, apply: Apply = apply_here) -> None:
    """Compare the wordings that are new with those that share a block with them."""
    tables.mark_common(MOST_IN_BLOCK)
    with closing_tables():
        tables.put_pairs(pair for found in apply(_compare, _list_blocks(tables)) for pair in found)


def _list_blocks(tables: ClaimTables) -> Iterator[_Blocks]:
    reopened = tables.list_reopened_blocks()
    for batch in split(tables.list_fresh_blocks(), _BLOCKS_TOGETHER):
        yield _Blocks(tables.folder, tuple(batch), reopened)


def _compare(part: _Blocks) -> list[tuple[int, int, float, Relation]]:
    """Return the pairs of wordings that may be of one thesis, or of one utterance."""
    tables = open_tables(part.folder)
    blocks = tables.claims.get_blocks(part.numbers)
    members = tables.wording_members.get(number for numbers in blocks.values() for number in numbers)
    return [
        (numbers[at], numbers[beside], score, relation)
        for block, numbers in blocks.items()
        for at, beside, score, relation in find_pairs([members[number] for number in numbers], block, part.reopened)
    ]


def describe_wordings(store: Store, tables: ClaimTables, base: str, apply: Apply = apply_here) -> Iterator[Replacement]:
    """Group the wordings that are touched and all that are connected with them, and yield what their claims share.

    What is yielded is written in this order, then or later. `apply` has groups described.
    """
    yield _replace(store, tables.list_gone(), (), base)
    parts = list_groups(tables.folder, base, tables.list_touched(), tables.find_connected)
    with closing_tables():
        for members, lines in apply(_describe, parts):
            yield _replace(store, members, lines, base)


def _describe(part: Groups) -> Described:
    tables = open_tables(part.folder)
    claims: list[str] = []
    quads: list[Quad] = []
    for group in part.groups:
        found = tables.claims.list_claim_iris(group)
        claims += found
        if len(found) > 1:
            quads += _describe_group(tables.claims, tables.reports, group, part.base)
    return Described(tuple(claims), tuple(to_lines(to_ox_quads(quads))))


def _describe_group(tables: ClaimTables, origins: ReportTables, numbers: Sequence[int], base: str) -> Iterator[Quad]:
    """Yield what the claims with connected wordings share."""
    stored = tables.get_wordings(numbers)
    place = {number: at for at, number in enumerate(numbers)}
    claims = {at: tables.list_claims(one) for at, one in enumerate(stored)}
    reports = [report for at in sorted(claims) for report in claims[at]]
    scores: dict[tuple[int, int], Score] = {}
    for number in numbers:
        for other, score, relation in tables.list_pairs(number):
            one, two = sorted((place[number], place[other]))
            scores[one, two] = (score, relation)
    where = origins.find_origins(report.document for report in reports)
    for sides in cluster_wordings({at: prepare(one.wording) for at, one in enumerate(stored)}, scores):
        members = [(report, side.is_turned) for side in sides for report in claims[side.wording]]
        thesis = describe_thesis(members, where)
        if thesis is not None:
            yield from thesis_quads(thesis, base)
    for utterance in find_utterances(reports):
        yield from utterance_quads(describe_utterance(utterance, where), base)


def _replace(store: Store, claims: Sequence[str], lines: tuple[str, ...], base: str) -> Replacement:
    """Return lines in place of what the graph says of claims, and of the theses and utterances that they are in."""
    graph = ns.name_claims_graph(base).value
    theses = {
        quad.object.value
        for claim in claims
        for predicate in (ns.AFFIRMS, ns.DENIES)
        for quad in store.inner.quads_for_pattern(NamedNode(claim), NamedNode(predicate.value), None, NamedNode(graph))
        if isinstance(quad.object, NamedNode)
    }
    utterances = store.find_subjects(graph, ns.REPORTED_AS.value, claims)
    return Replacement(graph, frozenset((*claims, *theses, *utterances)), lines)
