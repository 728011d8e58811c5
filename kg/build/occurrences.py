"""One event, many reports: the graph of occurrences brought up to date at the end of a run.

Only what a changed document can change is looked at again: its text against texts that share five words in a row with it, its
reports against those of the same weeks and parties, and the occurrences that its reports are, were or may become part of.
Killed at any point, the next run that writes goes on: what is not in the graph yet is noted in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.build.parts import Apply, apply_here
from kg.build.recent import Recent
from kg.model.occurrence import EventReport
from kg.rdf import namespaces as ns
from kg.rdf.occurrences import copy_quads, occurrence_quads
from kg.rdf.terms import Quad
from kg.resolve.across_events.cluster import cluster_reports
from kg.resolve.across_events.compare import Prepared, prepare
from kg.resolve.across_events.copies import (
    LEAST_SHARE,
    SHARED_SAMPLES,
    Likeness,
    compare_texts,
    find_copies,
    unpack_shingles,
)
from kg.resolve.across_events.describe import describe_occurrence
from kg.resolve.across_events.pairs import Member, find_pairs
from kg.store.annotations import AnnotationFile
from kg.store.batches import split
from kg.store.embedded import Store
from kg.store.passages import PassagePair, PassageTables
from kg.store.reports import ReportTables, unpack_report

#: Texts compared, and groups of reports written, in one transaction.
_BATCH_SIZE = 200
#: Blocks compared at once, and reports that each process keeps in memory meanwhile: those of some weeks.
_BLOCKS_TOGETHER = 64
_MOST_REPORTS = 20_000


def settle_occurrences(store: Store, kept: AnnotationFile, tables: ReportTables, base: str, apply: Apply = apply_here) -> int:
    """Make the graph of occurrences true of what documents tell, and return how many groups of reports were looked at.

    `apply` has reports compared.
    """
    settle_copies(store, PassageTables(kept), base)
    compare_fresh(tables, apply)
    looked_at = settle_reports(store, tables, base)
    store.flush()
    tables.clear_touched()
    return looked_at


def settle_copies(store: Store, passages: PassageTables, base: str) -> None:
    """Compare texts that are new, and write which documents have the text of an earlier one.

    Equal texts are compared with others once; the time grows with the number of documents that have them.
    """
    for texts in split(passages.list_fresh(), _BATCH_SIZE):
        passages.put_pairs(texts, [pair for text in texts for pair in _find_copies(passages, text)])
    published, found = passages.find_connected(passages.list_touched())
    copies = find_copies(published, {(p.one, p.other): Likeness(p.contained, p.resemblance) for p in found})
    passages.set_copies(published, copies)
    for batch in split(passages.list_touched(), _BATCH_SIZE):
        quads = [
            quad
            for document, (original, is_same) in passages.list_copies(batch).items()
            for quad in copy_quads(document, original, base, is_same=is_same)
        ]
        store.replace_subjects(ns.name_occurrences_graph(base).value, batch, quads)


def _find_copies(passages: PassageTables, text: str) -> Iterator[PassagePair]:
    """Yield the pairs of a text: its earliest document with each other one, and with the earliest of each text like it."""
    documents = passages.list_documents(text)
    if not documents:
        return
    first = documents[0]
    shingles = unpack_shingles(passages.get_shingles(first))
    others = [(other, shingles) for other in documents[1:]]
    for like in passages.find_candidates(text, SHARED_SAMPLES, LEAST_SHARE):
        other = passages.list_documents(like)[0]
        others.append((other, unpack_shingles(passages.get_shingles(other))))
    for other, compared in others:
        likeness = compare_texts(shingles, compared)
        if likeness is not None:
            one, two = sorted((first, other))
            yield PassagePair(one, two, likeness.contained, likeness.resemblance)


class _Part(NamedTuple):
    """Blocks of which the reports are to be compared.

    Attributes:
        reports: as stored, with the numbers of their blocks, by number.
        blocks: the numbers of the reports of each block, and whether each is still to be compared.
    """

    reports: dict[int, tuple[bytes, frozenset[int]]]
    blocks: dict[int, list[tuple[int, bool]]]


def compare_fresh(tables: ReportTables, apply: Apply = apply_here) -> None:
    """Compare the reports that are new with those that share a block with them."""
    tables.put_pairs(pair for found in apply(_compare, _list_parts(tables)) for pair in found)
    _prepare.cache_clear()


def _list_parts(tables: ReportTables) -> Iterator[_Part]:
    reports = Recent(tables.get_packed, _MOST_REPORTS)
    for batch in split(tables.list_fresh_blocks(), _BLOCKS_TOGETHER):
        blocks = tables.get_blocks(batch)
        yield _Part(reports.get(number for block in blocks.values() for number, _ in block), blocks)


def _compare(part: _Part) -> list[tuple[int, int, float]]:
    """Return the pairs of reports that may tell of one event."""
    found = []
    prepared = {number: (_prepare(packed), blocks) for number, (packed, blocks) in part.reports.items()}
    for block, numbers in part.blocks.items():
        members = [Member(*prepared[number], is_fresh) for number, is_fresh in numbers]
        for at, beside, score in find_pairs(members, block):
            found.append((numbers[at][0], numbers[beside][0], score))
    return found


@lru_cache(maxsize=_MOST_REPORTS)
def _prepare(packed: bytes) -> Prepared:
    return prepare(unpack_report(packed))


def settle_reports(store: Store, tables: ReportTables, base: str) -> int:
    """Group the reports that are touched and all that are connected with them, and write what they tell of."""
    graph = ns.name_occurrences_graph(base).value
    touched = tables.list_touched()
    done: set[int] = set()
    gone = [event for event, number in touched if number is None]
    for lost in split(gone, _BATCH_SIZE):
        store.replace_subjects(graph, store.find_subjects(graph, ns.REPORTS.value, lost), ())
    looked_at = 0
    for batch in split([number for _, number in touched if number is not None], _BATCH_SIZE):
        events: list[str] = []
        quads: list[Quad] = []
        for number in batch:
            if number in done:
                continue
            looked_at += 1
            connected = sorted(tables.find_connected(number))
            done.update(connected)
            reports = tables.get_reports(connected)
            events += [report.event for report in reports.values()]
            quads += _describe(tables, reports, base)
        store.replace_subjects(graph, store.find_subjects(graph, ns.REPORTS.value, events), quads)
    return looked_at


def _describe(tables: ReportTables, reports: dict[int, EventReport], base: str) -> Iterator[Quad]:
    scores = {}
    for number, report in reports.items():
        for other, score in tables.list_pairs(number):
            one, two = sorted((report.event, reports[other].event))
            scores[one, two] = score
    by_event = {report.event: report for report in reports.values()}
    origins = tables.find_origins(report.document for report in reports.values())
    for group in cluster_reports(map(prepare, reports.values()), scores):
        yield from occurrence_quads(describe_occurrence((by_event[event] for event in group), origins), base)
