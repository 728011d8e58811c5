"""One event, many reports: the graph of occurrences brought up to date at the end of a run.

Only what a changed document can change is looked at again: its text against texts that share five words in a row with it, its
reports against those of the same weeks and parties, and the occurrences that its reports are, were or may become part of.
Killed at any point, the next run that writes goes on: what is not in the graph yet is noted in the tables, until
`kg.build.identity`, which takes these steps, has it on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.build.groups import Described, Groups, Replacement, list_groups
from kg.build.parts import Apply, apply_here
from kg.build.reading import closing_tables, open_tables
from kg.model.occurrence import EventReport
from kg.rdf import namespaces as ns
from kg.rdf.occurrences import copy_quads, occurrence_quads
from kg.rdf.terms import Quad
from kg.resolve.across_events.cluster import cluster_reports
from kg.resolve.across_events.compare import prepare
from kg.resolve.across_events.copies import (
    LEAST_SHARE,
    SHARED_SAMPLES,
    Likeness,
    compare_texts,
    find_copies,
    unpack_shingles,
)
from kg.resolve.across_events.describe import describe_occurrence
from kg.resolve.across_events.pairs import find_pairs
from kg.store.annotations import AnnotationFile
from kg.store.batches import split
from kg.store.embedded import Store
from kg.store.passages import PassagePair, PassageTables
from kg.store.reports import ReportTables
from kg.store.terms import to_lines, to_ox_quads

#: Texts of a part, and those of which the graph is told in one transaction.
_BATCH_SIZE = 200
#: Blocks of a part: many, as parts that follow each other share reports, which each process reads.
_BLOCKS_TOGETHER = 256


class _Texts(NamedTuple):
    """Texts that are to be compared with all others, and the folder of the store."""

    folder: Path
    texts: tuple[str, ...]


def settle_copies(store: Store, kept: AnnotationFile, base: str, apply: Apply = apply_here) -> None:
    """Compare texts that are new, and write which documents have the text of an earlier one.

    Equal texts are compared with others once; the time grows with the number of documents that have them. `apply` has texts
    compared.
    """
    passages = PassageTables(kept)
    fresh = passages.list_fresh()
    parts = (_Texts(kept.folder, tuple(texts)) for texts in split(fresh, _BATCH_SIZE))
    with closing_tables():
        passages.put_pairs(fresh, [pair for found in apply(_compare_texts, parts) for pair in found])
    published, found = passages.find_connected(passages.list_touched())
    copies = find_copies(published, {(p.one, p.other): Likeness(p.contained, p.resemblance) for p in found})
    passages.set_copies(published, copies)
    for batch in split(passages.list_touched(), _BATCH_SIZE):
        quads = [
            quad
            for document, (original, is_same) in passages.list_copies(batch).items()
            for quad in copy_quads(document, original, base, is_same=is_same)
        ]
        store.replace_subjects(ns.name_occurrences_graph(base).value, batch, to_lines(to_ox_quads(quads)))


def _compare_texts(part: _Texts) -> list[PassagePair]:
    passages = open_tables(part.folder).passages
    return [pair for text in part.texts for pair in _find_copies(passages, text)]


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


class _Blocks(NamedTuple):
    """Blocks of which the reports are to be compared, by number, and the folder of the store."""

    folder: Path
    numbers: tuple[int, ...]


def compare_fresh(tables: ReportTables, apply: Apply = apply_here) -> None:
    """Compare the reports that are new with those that share a block with them."""
    parts = (_Blocks(tables.folder, tuple(batch)) for batch in split(tables.list_fresh_blocks(), _BLOCKS_TOGETHER))
    with closing_tables():
        tables.put_pairs(pair for found in apply(_compare, parts) for pair in found)


def _compare(part: _Blocks) -> list[tuple[int, int, float]]:
    """Return the pairs of reports that may tell of one event."""
    tables = open_tables(part.folder)
    blocks = tables.reports.get_blocks(part.numbers)
    members = tables.report_members.get(number for numbers in blocks.values() for number in numbers)
    return [
        (numbers[at], numbers[beside], score)
        for block, numbers in blocks.items()
        for at, beside, score in find_pairs([members[number] for number in numbers], block)
    ]


def describe_reports(store: Store, tables: ReportTables, base: str, apply: Apply = apply_here) -> Iterator[Replacement]:
    """Group the reports that are touched and all that are connected with them, and yield what they tell of.

    What is yielded is written in this order, then or later. `apply` has groups described.
    """
    graph = ns.name_occurrences_graph(base).value

    def replace(events: Sequence[str], lines: tuple[str, ...]) -> Replacement:
        return Replacement(graph, frozenset(store.find_subjects(graph, ns.REPORTS.value, events)), lines)

    touched = tables.list_touched()
    yield replace([event for event, number in touched if number is None], ())
    parts = list_groups(tables.folder, base, [number for _, number in touched if number is not None], tables.find_connected)
    with closing_tables():
        for members, lines in apply(_describe, parts):
            yield replace(members, lines)


def _describe(part: Groups) -> Described:
    tables = open_tables(part.folder).reports
    events: list[str] = []
    quads: list[Quad] = []
    for group in part.groups:
        reports = tables.get_reports(group)
        events += [report.event for report in reports.values()]
        quads += _describe_group(tables, reports, part.base)
    return Described(tuple(events), tuple(to_lines(to_ox_quads(quads))))


def _describe_group(tables: ReportTables, reports: dict[int, EventReport], base: str) -> Iterator[Quad]:
    scores = {}
    for number, report in reports.items():
        for other, score in tables.list_pairs(number):
            one, two = sorted((report.event, reports[other].event))
            scores[one, two] = score
    by_event = {report.event: report for report in reports.values()}
    origins = tables.find_origins(report.document for report in reports.values())
    for group in cluster_reports(map(prepare, reports.values()), scores):
        yield from occurrence_quads(describe_occurrence((by_event[event] for event in group), origins), base)
