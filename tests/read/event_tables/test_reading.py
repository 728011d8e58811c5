"""Event tables from files: plain, packed, damaged, and of more than one part."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from kg.errors import DocumentRefusedError
from kg.model.coded_event import EventTablePart
from kg.read.event_tables import reading
from kg.read.event_tables.reading import find_event_table, read_event_table
from kg.read.files import find_files
from tests.read.conftest import BASE, Desk

from .samples import ICEWS_HEADER, make_gdelt, make_icews, to_lines


def read_all(desk: Desk, name: str) -> list[EventTablePart | DocumentRefusedError]:
    (file,) = find_files((name,), working_directory=desk.folder)
    table = find_event_table(file, working_directory=desk.folder)
    assert table is not None
    return list(read_event_table(file, table, BASE, working_directory=desk.folder))


def read_one(desk: Desk, name: str) -> EventTablePart:
    (part,) = read_all(desk, name)
    assert isinstance(part, EventTablePart), part
    return part


def zip_up(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_a_plain_table_is_one_part_with_its_rows(desk: Desk) -> None:
    part = read_one(desk, desk.write("day.CSV", to_lines(make_gdelt(), make_gdelt(id="700000002"))))
    assert [event.identifier for event in part.events] == ["700000001", "700000002"]
    assert [event.line for event in part.events] == [1, 2]
    assert (part.path, part.layout) == ("day.CSV#1", "gdelt-1.0")
    assert part.title == "GDELT 1.0 events, day.CSV, lines 1 to 2"
    assert part.id.startswith(f"{BASE}document/day-1-")


def test_packed_tables_hold_the_same_rows(desk: Desk) -> None:
    text = to_lines(make_gdelt())
    plain = read_one(desk, desk.write("a.csv", text))
    for name, data in (("a.csv.gz", gzip.compress(text.encode(), mtime=0)), ("19790101.zip", zip_up(table=text))):
        part = read_one(desk, desk.write(name, data))
        assert (part.events, part.sha256) == (plain.events, plain.sha256)


def test_a_table_under_the_ending_of_texts_is_told_by_its_first_line(desk: Desk) -> None:
    part = read_one(desk, desk.write("events.txt", to_lines(ICEWS_HEADER, make_icews())))
    assert [event.line for event in part.events] == [2]


def test_bad_rows_cost_a_line_each_and_nothing_else(desk: Desk) -> None:
    rows = (make_gdelt(), make_gdelt(event="---"), make_gdelt()[:40], make_gdelt(id="700000009"))
    *errors, part = read_all(desk, desk.write("day.csv", to_lines(*rows)))
    assert [str(error) for error in errors] == [
        "'day.csv' line 2: is no coded event ('---' is no CAMEO code); correct the row",
        "'day.csv' line 3: the row has 40 cells, not 58; correct the row",
    ]
    assert isinstance(part, EventTablePart)
    assert [event.line for event in part.events] == [1, 4]


def test_blank_lines_and_a_missing_last_line_end_are_no_errors(desk: Desk) -> None:
    part = read_one(desk, desk.write("day.csv", to_lines(make_gdelt()) + "\n\r\n" + to_lines(make_gdelt()).rstrip("\n")))
    assert [event.line for event in part.events] == [1, 4]


def test_a_byte_order_mark_and_a_byte_that_is_no_utf8_cost_no_row(desk: Desk) -> None:
    data = b"\xef\xbb\xbf" + to_lines(make_gdelt(actor1_name="TR?MSO")).encode().replace(b"?", b"\xf8", 1)
    part = read_one(desk, desk.write("day.csv", data))
    assert part.events[0].actors[0].name == "TR\ufffdMSO"
    assert part.events[0].identifier == "700000001"


def test_a_long_table_is_cut_into_parts_of_which_a_change_concerns_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PART_LINES", 2)
    rows = [make_gdelt(id=str(number)) for number in range(5)]
    before = read_all(desk, desk.write("day.csv", to_lines(*rows)))
    rows[2] = make_gdelt(id="2", event="190", scale="-10")
    after = read_all(desk, desk.write("day.csv", to_lines(*rows)))
    assert [len(part.events) for part in before if isinstance(part, EventTablePart)] == [2, 2, 1]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]
    assert [part.id for part in after if isinstance(part, EventTablePart)] == [
        part.id for part in before if isinstance(part, EventTablePart)
    ]


def test_a_line_longer_than_any_row_is_refused_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MAX_LINE_LENGTH", 1000)
    *errors, part = read_all(desk, desk.write("day.csv", to_lines(make_gdelt(), make_gdelt(url="x" * 5000), make_gdelt())))
    assert len(errors) == 1
    assert isinstance(part, EventTablePart)
    assert [event.line for event in part.events] == [1, 3]


def test_a_packed_table_that_breaks_off_keeps_its_whole_parts_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PART_LINES", 2)
    rows = [make_gdelt(id=str(number), url=f"https://harbour.example/{number * 7919 % 5003}") for number in range(3000)]
    packed = gzip.compress(to_lines(*rows).encode(), mtime=0)
    found = read_all(desk, desk.write("day.csv.gz", packed[: len(packed) // 2]))
    assert all(isinstance(part, EventTablePart) for part in found[:-1])
    assert len(found) > 2
    assert "is damaged" in str(found[-1])


def test_files_that_hold_no_events_are_no_event_tables(desk: Desk) -> None:
    names = [desk.write("a.csv", "id,text\n1,Words.\n"), desk.write("b.txt", "Words.\n"), desk.write("c.zip", b"PK no"),
             desk.write("d.zip", zip_up(a=to_lines(make_gdelt()), b="x")), desk.write("e.csv", "")]  # fmt: skip
    files = find_files(names, working_directory=desk.folder)
    assert [find_event_table(file, working_directory=desk.folder) for file in files] == [None] * 5


def test_reading_documents_refuses_a_table_of_events_and_an_archive_without_one(desk: Desk) -> None:
    assert "holds coded events and no text" in str(desk.refuse("day.csv", to_lines(make_gdelt())))
    assert "without a table of coded events" in str(desk.refuse("c.zip", b"PK no"))


def test_a_folder_gives_packed_tables_whose_name_tells_so(desk: Desk) -> None:
    for name in ("in/a.csv.zip", "in/b.zip", "in/c.TSV.gz", "in/d.tar.gz", "in/e.tab"):
        desk.write(name, "x")
    assert [file.path for file in find_files(("in",), working_directory=desk.folder)] == [
        "in/a.csv.zip",
        "in/c.TSV.gz",
        "in/e.tab",
    ]
