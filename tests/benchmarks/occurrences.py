"""`python -m tests.benchmarks.occurrences`: one event in many reports, over generated reports: seconds, memory, pairs.

Each line of the result is for so many documents of six reports each. Events are invented: a type, two of sixty states, a town,
a day of a year, a number; as in the news, few pairs of states have most of the events, and few events most of the reports. What
a report tells is drawn by chance: a third gives no date, half no place, a tenth only one side; words of the event are mixed
with words of any. `store` is the same through the tables of a store: a first run, and one more document.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from kg.build.groups import write_described
from kg.build.occurrences import compare_fresh, describe_reports
from kg.model.event import EventType
from kg.model.occurrence import EventReport, Origin, Party
from kg.model.plover import QUAD_CLASSES
from kg.resolve.across_events.blocks import find_blocks
from kg.resolve.across_events.cluster import group_reports
from kg.store.annotations import AnnotationFile
from kg.store.embedded import open_store
from kg.store.reports import ReportTables, Told, pack_report
from tests.benchmarks.memory import read_peak_mb

BASE = "https://sayso.example/"
SIZES = (1_000, 3_000, 10_000)
_REPORTS = 6
_REPORTS_PER_EVENT = 4
_STATES, _TOWNS = 60, 8
_WORDS = [f"word{number}" for number in range(3_000)]
_BEGIN = date(2025, 1, 1)


class _Truth(NamedTuple):
    """An invented event."""

    number: int
    type: EventType
    actor: int
    recipient: int
    town: int
    day: date
    amount: float
    words: tuple[str, ...]


def _make_events(count: int, chance: random.Random) -> list[_Truth]:
    shares = [1 / (rank + 3) for rank in range(_STATES)]
    types: list[EventType] = sorted(QUAD_CLASSES)
    found = []
    for number in range(count):
        actor, recipient = chance.choices(range(_STATES), shares, k=2)
        words = tuple(chance.sample(_WORDS, 6))
        day = _BEGIN + timedelta(days=chance.randrange(365))
        town, amount = chance.randrange(_TOWNS), float(chance.randrange(2, 400))
        found.append(_Truth(number, chance.choice(types), actor, recipient, town, day, amount, words))
    return found


def _to_state(number: int) -> Party:
    iri = f"{BASE}actor/state/s{number}"
    return Party(actor=iri, type="State", country=iri)


def make_reports(documents: int) -> Iterator[tuple[EventReport, int]]:
    """Yield reports with the number of the event that each is of; the same ones for the same number of documents."""
    chance = random.Random(7)  # noqa: S311 - a sample, no secret
    events = _make_events(documents * _REPORTS // _REPORTS_PER_EVENT, chance)
    by_day: dict[date, list[_Truth]] = {}
    for event in events:
        by_day.setdefault(event.day, []).append(event)
    for number in range(documents):
        document = f"{BASE}document/d{number:05}"
        published = _BEGIN + timedelta(days=chance.randrange(365))
        near = [event for back in range(4) for event in by_day.get(published - timedelta(days=back), ())]
        shares = [1 / (rank + 2) for rank in range(len(near))]
        for at in range(_REPORTS):
            if near:
                event = chance.choices(near, shares)[0]
                yield _tell(event, document, at, published, chance), event.number


def _tell(event: _Truth, document: str, at: int, published: date, chance: random.Random) -> EventReport:
    town = Party(
        actor=f"{BASE}actor/place/t{event.recipient}-{event.town}", type="Place", country=f"{BASE}actor/state/s{event.recipient}"
    )
    words = {*chance.sample(event.words, 4), *chance.sample(_WORDS, 3)}
    is_one_sided = chance.random() < 0.1
    return EventReport(
        event=f"{document}#e{at}",
        document=document,
        published=published.isoformat(),
        type=event.type,
        actors=(_to_state(event.actor),),
        recipients=() if is_one_sided else (_to_state(event.recipient),),
        places=(town,) if chance.random() < 0.5 else (),
        date=event.day.isoformat() if chance.random() < 0.67 else None,
        content=tuple(sorted(words)),
        quantities=(("people", event.amount),) if chance.random() < 0.3 else (),
        words=(document, str(at)),
    )


def score_pairs(reports: Sequence[tuple[EventReport, int]], groups: Sequence[tuple[str, ...]]) -> tuple[float, float]:
    """Return (precision, recall) of the pairs of reports that are one event."""
    number_of = {event: number for number, group in enumerate(groups) for event in group}
    cells = Counter((number_of[report.event], truth) for report, truth in reports)
    ones: Counter[int] = Counter()
    truths: Counter[int] = Counter()
    for (number, truth), count in cells.items():
        ones[number] += count
        truths[truth] += count
    right, told, wanted = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (cells, ones, truths))
    return right / max(1, told), right / max(1, wanted)


def _to_told(reports: Sequence[EventReport]) -> list[Told]:
    by_document: dict[str, list[EventReport]] = {}
    for report in reports:
        by_document.setdefault(report.document, []).append(report)
    return [
        Told(
            document,
            Origin(document=document, publisher=document[-2:], published=own[0].published, copy_of=document),
            tuple(pack_report(report, find_blocks(report)) for report in own),
        )
        for document, own in by_document.items()
    ]


def measure_store(reports: Sequence[EventReport]) -> dict[str, float]:
    """Return CPU seconds of the steps over a store's tables: of all documents but one, and of that one then."""
    told = _to_told(reports)
    found = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "store", BASE, {}) as store,
        AnnotationFile(Path(folder)) as kept,
    ):
        tables = ReportTables(kept)
        for name, part in (("first_run", told[:-1]), ("one_more", told[-1:])):
            begin = time.process_time()
            tables.replace(part)
            compare_fresh(tables)
            write_described(store, describe_reports(store, tables, BASE))
            tables.clear_touched()
            found[name] = round(time.process_time() - begin, 2)
    return found


def main() -> int:
    """Print one JSON line with the figures for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=SIZES)
    parser.add_argument("--store", action="store_true", help="measure the steps over a store's tables too")
    arguments = parser.parse_args()
    rows = []
    for size in arguments.documents:
        reports = list(make_reports(size))
        begin = time.process_time()
        groups = group_reports(report for report, _ in reports)
        seconds = time.process_time() - begin
        precision, recall = score_pairs(reports, groups)
        rows.append(
            {
                "documents": size,
                "reports": len(reports),
                "events": len({truth for _, truth in reports}),
                "found": len(groups),
                "cpu_seconds": round(seconds, 1),
                "peak_mb": read_peak_mb(),
                "pair_precision": round(precision, 4),
                "pair_recall": round(recall, 4),
                **(measure_store([report for report, _ in reports]) if arguments.store else {}),
            }
        )
    sys.stdout.write(json.dumps(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
