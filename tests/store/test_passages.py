"""Copies of texts over a store's tables: many equal ones, ones like them, and what comes and goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.build.occurrences import settle_copies
from kg.model.document import Document
from kg.model.occurrence import Origin
from kg.rdf import namespaces as ns
from kg.resolve.across_events.copies import find_sample, find_shingles, pack_shingles
from kg.store.annotations import AnnotationFile
from kg.store.embedded import Store, open_store
from kg.store.passages import PassageTables
from kg.store.reports import ReportTables, Told

BASE = "https://sayso.example/"
WORDS = [f"word{number}" for number in range(400)]
TEXT = " ".join(WORDS)
#: Half of its words in a row are those of the text.
CUT = " ".join([*WORDS[:250], *(f"other{number}" for number in range(100))])
MANY = 520


def tell(document: str, text: str | None, published: str | None = None) -> Told:
    if text is None:
        return Told(document)
    shingles = find_shingles(Document(id=document, path="x", location="x", sha256="0", text=text))
    origin = Origin(document=document, publisher="", published=published, copy_of=document)
    return Told(document, origin, (), pack_shingles(shingles), find_sample(shingles))


class Desk(NamedTuple):
    """A store, its tables of reports and texts, and the file that holds them."""

    store: Store
    tables: ReportTables
    kept: AnnotationFile

    def put(self, told: Iterable[Told]) -> None:
        self.tables.replace(told)
        settle_copies(self.store, self.kept, BASE)
        self.tables.clear_touched()

    def list_links(self) -> dict[str, tuple[str, bool]]:
        """Return the original of each copy, and whether it is the same text."""
        found = {}
        for quad in self.store.quads(ns.name_occurrences_graph(BASE).value):
            if quad.predicate in (ns.COPY_OF, ns.SAME_TEXT_AS):
                found[quad.subject.value] = (quad.object.value, quad.predicate == ns.SAME_TEXT_AS)
        return found


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    with ExitStack() as stack:

        def make(name: str) -> Desk:
            store = stack.enter_context(open_store(tmp_path / name, BASE, {}))
            kept = stack.enter_context(AnnotationFile(tmp_path / name))
            return Desk(store, ReportTables(kept), kept)

        yield make


def name(number: int) -> str:
    return f"{BASE}document/d{number:04}"


def make_many(count: int = MANY) -> list[Told]:
    """Return documents of one text; the last one was published first."""
    return [tell(name(at), TEXT, f"2026-05-{28 - at * 27 // (count - 1):02}") for at in range(count)]


def test_any_number_of_equal_texts_are_copies_of_the_earliest(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    desk.put(make_many())
    first = next(at for at in range(MANY) if 28 - at * 27 // (MANY - 1) == 1)
    assert desk.list_links() == {name(at): (name(first), True) for at in range(MANY) if at != first}


def test_equal_texts_are_paired_with_the_earliest_alone(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    desk.put(make_many(40))
    _, pairs = PassageTables(desk.kept).find_connected([name(0)])
    assert len(pairs) == 39


def test_a_text_like_very_many_equal_ones_is_found(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    desk.put([*make_many(), tell(name(9000), CUT, "2026-06-01")])
    original, is_same = desk.list_links()[name(9000)]
    assert (original, is_same) == (desk.list_links()[name(0)][0], False)


def test_copies_of_a_copy_copy_the_same_text_as_it_does(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    changed = TEXT.replace("word7 ", "word7b ")
    told = [tell(name(1), TEXT, "2026-05-01"), tell(name(2), changed, "2026-05-02"), tell(name(3), changed, "2026-05-03")]
    desk.put([*told, tell(name(4), CUT, "2026-05-04"), tell(name(5), CUT, "2026-05-05")])
    assert desk.list_links() == {
        name(2): (name(1), True),
        name(3): (name(1), True),
        name(4): (name(1), False),
        name(5): (name(1), False),
    }


def test_the_next_one_is_the_original_when_the_earliest_goes(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    told = [tell(name(at), TEXT, f"2026-05-0{at}") for at in (1, 2, 3)]
    desk.put([*told, tell(name(4), CUT, "2026-05-04")])
    desk.put([tell(name(1), None)])
    assert desk.list_links() == {name(3): (name(2), True), name(4): (name(2), False)}


def test_an_earlier_document_becomes_the_original(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    desk.put([tell(name(2), TEXT, "2026-05-02"), tell(name(3), TEXT), tell(name(4), CUT, "2026-05-04")])
    desk.put([tell(name(9), TEXT, "2026-04-30")])
    assert {original for original, _ in desk.list_links().values()} == {name(9)}
    assert len(desk.list_links()) == 3


def test_texts_that_come_one_by_one_in_any_order_end_as_all_at_once(open_desk: Callable[[str], Desk]) -> None:
    told = [*make_many(6), tell(name(8), CUT, "2026-05-03"), tell(name(9), TEXT.replace("word9 ", "x "), "2026-05-20")]
    at_once, one_by_one = open_desk("one"), open_desk("two")
    at_once.put(told)
    for one in reversed(told):
        one_by_one.put([one])
    assert one_by_one.list_links() == at_once.list_links()
    assert len(at_once.list_links()) == len(told) - 1


def test_texts_too_short_to_prove_anything_are_no_copies(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("store")
    desk.put([tell(name(1), "Two words."), tell(name(2), "Two words."), tell(name(3), "")])
    assert desk.list_links() == {}
