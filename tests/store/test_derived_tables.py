"""What a document tells that is what it told before is left alone; another way of telling is looked at from the beginning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.occurrence import EventReport, Origin
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables, pack_claim
from kg.store.passages import PassageTables
from kg.store.reports import ReportTables, Told, pack_report
from tests.resolve.across_claims.samples import SUDRIA, make_claim, make_wording
from tests.resolve.across_events.samples import make_origin, make_report

FIRST, SECOND = make_report("a#e1", date="2026-03-03"), make_report("a#e2", date="2026-03-04")
OTHER = make_report("b#e1", date="2026-03-03")
CLAIMS = tuple(
    pack_claim(make_claim("a", make_wording(text, SUDRIA)).model_copy(update={"claim": f"a#a{at}"}), (at, 2))
    for at, text in enumerate(("S damaged the bridge", "S opened the harbour"))
)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[AnnotationFile]:
    with AnnotationFile(tmp_path) as file:
        yield file


def tell(document: str, *reports: EventReport, origin: Origin | None = None) -> Told:
    return Told(document, origin or make_origin(document), tuple(pack_report(report, (1,)) for report in reports), b"", ())


def settle(tables: ReportTables | ClaimTables) -> None:
    tables.put_pairs([])
    tables.clear_touched()


def test_reports_that_are_told_again_are_not_compared_again(kept: AnnotationFile) -> None:
    tables = ReportTables(kept)
    tables.replace([tell("a", FIRST, SECOND), tell("b", OTHER)])
    settle(tables)
    tables.replace([tell("a", FIRST, SECOND)])
    assert tables.list_touched() == []
    assert tables.list_fresh_blocks() == []
    assert PassageTables(kept).list_touched() == []
    tables.replace([tell("a", FIRST, SECOND.model_copy(update={"date": "2026-03-09"}))])
    assert [event for event, _ in tables.list_touched()] == ["a#e2"]
    assert len(tables.list_fresh_blocks()) == 1
    settle(tables)
    tables.replace([tell("a", FIRST)])
    assert tables.list_touched() == [("a#e2", None)]


def test_what_was_paired_with_a_report_that_changes_is_touched(kept: AnnotationFile) -> None:
    tables = ReportTables(kept)
    tables.replace([tell("a", FIRST, SECOND), tell("b", OTHER)])
    numbers = dict(tables.list_touched())
    one, other = numbers["a#e1"], numbers["b#e1"]
    assert one is not None
    assert other is not None
    tables.put_pairs([(min(one, other), max(one, other), 1.0)])
    tables.clear_touched()
    tables.replace([tell("b", OTHER.model_copy(update={"date": "2026-03-09"}))])
    assert [event for event, _ in tables.list_touched()] == ["a#e1", "b#e1"]
    assert tables.list_pairs(one) == []


def test_another_publisher_touches_all_that_its_document_tells(kept: AnnotationFile) -> None:
    reports, claims = ReportTables(kept), ClaimTables(kept)
    reports.replace([tell("a", FIRST, SECOND)])
    claims.replace([("a", CLAIMS)])
    settle(reports)
    settle(claims)
    reports.replace([tell("a", FIRST, SECOND, origin=make_origin("a", "harbour-post.example"))])
    assert [event for event, _ in reports.list_touched()] == ["a#e1", "a#e2"]
    assert len(claims.list_touched()) == 2
    assert reports.find_origins(["a"])["a"].publisher == "harbour-post.example"


def test_claims_that_are_told_again_are_not_touched(kept: AnnotationFile) -> None:
    ReportTables(kept)
    tables = ClaimTables(kept)
    tables.replace([("a", CLAIMS)])
    settle(tables)
    tables.replace([("a", CLAIMS)])
    assert tables.list_touched() == []
    tables.replace([("a", CLAIMS[:1])])
    assert tables.list_gone() == ["a#a1"]
    assert len(tables._kept.select("SELECT id FROM wording")) == 1


def test_another_method_forgets_all_and_touches_what_the_graph_has_of_it(kept: AnnotationFile) -> None:
    reports, claims = ReportTables(kept), ClaimTables(kept)
    reports.replace([tell("a", FIRST, SECOND)])
    claims.replace([("a", CLAIMS)])
    settle(reports)
    settle(claims)
    for tables in (reports, claims):
        tables.mark_stale({"a"}, is_everything=True)
    assert reports.list_touched() == [("a#e1", None), ("a#e2", None)]
    assert PassageTables(kept).list_touched() == ["a"]
    assert claims.list_gone() == ["a#a0", "a#a1"]
    claims.replace([("a", CLAIMS)])
    assert claims.list_gone() == []
    assert len(claims.list_touched()) == 2
    assert len(claims.list_fresh_blocks()) == 1
