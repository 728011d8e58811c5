"""What is said once in many words, and one statement in many papers: the graph of claims compared, at the end of a run.

Only what a changed document can change is looked at again: the wordings of its claims against those about the same actors in
like words, and the theses and utterances that its claims are, were or may become part of. Killed at any point, the next run
that writes goes on: what is not in the graph yet is noted in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.build.parts import Apply, apply_here
from kg.build.recent import Recent
from kg.model.cluster import Relation
from kg.rdf import namespaces as ns
from kg.rdf.claim_clusters import thesis_quads, utterance_quads
from kg.rdf.terms import Quad
from kg.resolve.across_claims.cluster import MOST_IN_BLOCK, Score, cluster_wordings
from kg.resolve.across_claims.compare import Prepared, prepare
from kg.resolve.across_claims.describe import describe_thesis, describe_utterance
from kg.resolve.across_claims.pairs import Member, find_pairs
from kg.resolve.across_claims.utterances import find_utterances
from kg.store.batches import split
from kg.store.claims import ClaimTables, unpack_wording
from kg.store.embedded import Store
from kg.store.reports import ReportTables
from kg.store.terms import NamedNode

#: Groups of wordings written in one transaction.
_BATCH_SIZE = 200
#: Blocks compared at once, and wordings that each process keeps in memory meanwhile.
_BLOCKS_TOGETHER = 64
_MOST_WORDINGS = 20_000


class _Part(NamedTuple):
    """Blocks of which the wordings are to be compared.

    Attributes:
        wordings: as stored, with the numbers of the blocks that find them, by number.
        blocks: the numbers of the wordings of each block, and whether each is still to be compared.
        reopened: blocks in which nothing was compared before.
    """

    wordings: dict[int, tuple[bytes, frozenset[int]]]
    blocks: dict[int, list[tuple[int, bool]]]
    reopened: frozenset[int]


def settle_claims(store: Store, tables: ClaimTables, origins: ReportTables, base: str, apply: Apply = apply_here) -> int:
    """Make the graph of claims compared true of what documents claim, and return how many groups of wordings were looked at.

    Which texts are copies must be settled before. `apply` has wordings compared.
    """
    compare_fresh(tables, apply)
    looked_at = settle_groups(store, tables, origins, base)
    store.flush()
    tables.clear_touched()
    return looked_at


def compare_fresh(tables: ClaimTables, apply: Apply = apply_here) -> None:
    """Compare the wordings that are new with those that share a block with them."""
    tables.mark_common(MOST_IN_BLOCK)
    tables.put_pairs(pair for found in apply(_compare, _list_parts(tables)) for pair in found)
    _prepare.cache_clear()


def _list_parts(tables: ClaimTables) -> Iterator[_Part]:
    wordings = Recent(tables.get_packed, _MOST_WORDINGS)
    reopened = tables.list_reopened_blocks()
    for batch in split(tables.list_fresh_blocks(), _BLOCKS_TOGETHER):
        blocks = tables.get_blocks(batch)
        found = wordings.get(number for block in blocks.values() for number, _ in block)
        held = {block for _, held in found.values() for block in held} if reopened else ()
        yield _Part(found, blocks, reopened.intersection(held))


def _compare(part: _Part) -> list[tuple[int, int, float, Relation]]:
    """Return the pairs of wordings that may be of one thesis, or of one utterance."""
    found = []
    prepared = {number: (_prepare(packed), blocks) for number, (packed, blocks) in part.wordings.items()}
    for block, numbers in part.blocks.items():
        members = [Member(*prepared[number], is_fresh) for number, is_fresh in numbers]
        for at, beside, score, relation in find_pairs(members, block, part.reopened):
            found.append((numbers[at][0], numbers[beside][0], score, relation))
    return found


@lru_cache(maxsize=_MOST_WORDINGS)
def _prepare(packed: bytes) -> Prepared:
    return prepare(unpack_wording(packed))


def settle_groups(store: Store, tables: ClaimTables, origins: ReportTables, base: str) -> int:
    """Group the wordings that are touched and all that are connected with them, and write what their claims share."""
    _replace(store, tables.list_gone(), (), base)
    done: set[int] = set()
    looked_at = 0
    for batch in split(tables.list_touched(), _BATCH_SIZE):
        claims: list[str] = []
        quads: list[Quad] = []
        for number in batch:
            if number not in done:
                looked_at += 1
                connected = tables.find_connected(number)
                done.update(connected)
                found = tables.list_claim_iris(connected)
                claims += found
                if len(found) > 1:
                    quads += _describe(tables, origins, connected, base)
        _replace(store, claims, quads, base)
    return looked_at


def _describe(tables: ClaimTables, origins: ReportTables, numbers: Sequence[int], base: str) -> Iterator[Quad]:
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


def _replace(store: Store, claims: Sequence[str], quads: Sequence[Quad], base: str) -> None:
    """Put quads in place of what the graph says of claims, and of the theses and utterances that they are in."""
    graph = ns.name_claims_graph(base).value
    theses = {
        quad.object.value
        for claim in claims
        for predicate in (ns.AFFIRMS, ns.DENIES)
        for quad in store.inner.quads_for_pattern(NamedNode(claim), NamedNode(predicate.value), None, NamedNode(graph))
        if isinstance(quad.object, NamedNode)
    }
    utterances = store.find_subjects(graph, ns.REPORTED_AS.value, claims)
    store.replace_subjects(graph, (*claims, *theses, *utterances), quads)
