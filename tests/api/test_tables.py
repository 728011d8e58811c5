from __future__ import annotations

import builtins
import csv
import io
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.api.cells import PartialDay, to_cell
from kg.api.columns import find_kind
from kg.api.store import Store
from kg.api.tables import Row, Table
from kg.errors import OutputUnwritableError, PackageMissingError
from kg.store.terms import BlankNode, NamedNode, OxLiteral
from tests.api.graphs import ROWS

_XSD = "http://www.w3.org/2001/XMLSchema#"
_MARKS = "\"'><script>alert(1)</script>&amp; \x00\x1b[31m \u202egnp.exe ]]>"


class Page(HTMLParser):
    """The tags and the cells that a browser would make of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base class has it
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.tags[-1] == "td":
            self.cells[-1] += data


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("x:a"), "x:a"),
        (BlankNode("b"), "b"),
        (OxLiteral("1", datatype=NamedNode(f"{_XSD}integer")), 1),
        (OxLiteral("0.91", datatype=NamedNode(f"{_XSD}decimal")), 0.91),
        (OxLiteral("1e3", datatype=NamedNode(f"{_XSD}double")), 1000.0),
        (OxLiteral("true", datatype=NamedNode(f"{_XSD}boolean")), True),
        (OxLiteral("2026-03-05", datatype=NamedNode(f"{_XSD}date")), date(2026, 3, 5)),
        (OxLiteral("2026-03-05+02:00", datatype=NamedNode(f"{_XSD}date")), date(2026, 3, 5)),
        (OxLiteral("-0044-03-15", datatype=NamedNode(f"{_XSD}date")), "-0044-03-15"),
        (OxLiteral("12026-03-15", datatype=NamedNode(f"{_XSD}date")), "12026-03-15"),
        (OxLiteral("2026-04", datatype=NamedNode(f"{_XSD}gYearMonth")), PartialDay("2026-04")),
        (OxLiteral("gone", datatype=NamedNode(f"{_XSD}dateTime")), "gone"),
        (OxLiteral("many", datatype=NamedNode(f"{_XSD}integer")), "many"),
        (OxLiteral("chat", language="fr"), "chat"),
    ],
)
def test_a_term_is_the_value_that_python_has_for_it(term, value) -> None:
    assert to_cell(term) == value
    assert type(to_cell(term)) is type(value)


def test_a_moment_keeps_its_offset() -> None:
    moment = to_cell(OxLiteral("2026-03-03T18:20:00+02:00", datatype=NamedNode(f"{_XSD}dateTime")))
    assert moment == datetime(2026, 3, 3, 18, 20, tzinfo=timezone(timedelta(hours=2)))
    assert moment.isoformat() == "2026-03-03T18:20:00+02:00"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([], "text"),
        ([None], "text"),
        ([1, None], "integer"),
        ([1, 2**63], "text"),
        ([1, 0.5], "number"),
        ([True, None], "boolean"),
        ([True, 1], "text"),
        ([date(2026, 1, 1), PartialDay("2026")], "day"),
        ([PartialDay("2026-04"), datetime(2026, 1, 1)], "moment"),  # noqa: DTZ001 - the graph has such
        ([date(2026, 1, 1), "soon"], "text"),
        (["a", 1], "text"),
    ],
)
def test_a_column_has_the_kind_that_all_its_values_have(values, kind) -> None:
    assert find_kind(values) == kind


def test_a_row_is_read_by_name_by_place_and_as_a_tuple() -> None:
    row = Row(("speaker", "_x", "class"), ("Mira", 1, None))
    assert (row.speaker, row["_x"], row[2], row[-1], len(row)) == ("Mira", 1, None, None, 3)
    speaker, *rest = row
    assert (speaker, rest) == ("Mira", [1, None])
    assert row == ("Mira", 1, None)
    assert row == Row(("speaker", "_x", "class"), ("Mira", 1, None))
    assert row != Row(("actor", "_x", "class"), ("Mira", 1, None))
    assert len({row, Row(("speaker", "_x", "class"), ("Mira", 1, None))}) == 1
    assert row._asdict() == {"speaker": "Mira", "_x": 1, "class": None}
    assert repr(row) == "Row(speaker='Mira', _x=1, class=None)"


def test_a_column_that_is_not_there_is_named() -> None:
    row = Row(("speaker",), ("Mira",))
    with pytest.raises(AttributeError, match="no column 'speeker'; there are speaker"):
        row.speeker  # noqa: B018
    with pytest.raises(KeyError):
        row["speeker"]


def test_a_table_is_a_sequence_of_rows() -> None:
    table = Table(("n",), [(1,), (2,), (3,)])
    assert [row.n for row in table] == [1, 2, 3]
    assert (table[-1].n, [row.n for row in table[1:]], len(table)) == (3, [2, 3], 3)
    assert (2,) in table
    assert repr(table) == "<Table: 3 rows; n>"


def test_the_columns_of_pandas_have_one_type_each(plain: Store) -> None:
    pd = pytest.importorskip("pandas")
    frame = plain.query(ROWS).df()
    assert [str(kind) for kind in frame.dtypes] == [
        "string", "Int64", "datetime64[s]", "datetime64[us, UTC]", "string", "boolean", "float64",
    ]  # fmt: skip
    assert frame.n.tolist() == [1, 2, pd.NA]
    assert frame.d.dt.strftime("%F").tolist() == ["2026-03-05", "2026-04-01", "2026-01-01"]
    assert frame.t.dt.strftime("%F %T").tolist() == ["2026-03-03 16:20:00", "2026-03-05 00:00:00", "2026-03-03 18:20:00"]
    assert frame.m.tolist() == ["1", "one", pd.NA]
    assert frame.f.tolist() == [0.5, 2.0, 1.5]


def test_the_columns_of_polars_have_one_type_each(plain: Store) -> None:
    pl = pytest.importorskip("polars")
    frame = plain.query(ROWS).pl()
    assert list(frame.schema.values()) == [
        pl.String, pl.Int64, pl.Date, pl.Datetime("us", "UTC"), pl.String, pl.Boolean, pl.Float64,
    ]  # fmt: skip
    assert frame["n"].to_list() == [1, 2, None]
    assert frame["d"].to_list() == [date(2026, 3, 5), date(2026, 4, 1), date(2026, 1, 1)]
    assert [moment.isoformat() for moment in frame["t"]] == [
        "2026-03-03T16:20:00+00:00", "2026-03-05T00:00:00+00:00", "2026-03-03T18:20:00+00:00",
    ]  # fmt: skip
    assert frame["m"].to_list() == ["1", "one", None]


def test_moments_without_any_offset_have_no_zone() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    table = Table(("t",), [(datetime(2026, 3, 3, 18, 20),), (date(2026, 3, 4),)])  # noqa: DTZ001 - the graph has such
    assert str(table.df().t.dtype) == "datetime64[us]"
    assert table.pl()["t"].dtype.time_zone is None


def test_a_result_without_rows_keeps_its_columns(plain: Store) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    found = plain.query("who-claims", since="2099-01-01")
    assert tuple(found.df().columns) == tuple(found.pl().columns) == found.columns
    assert (found.df().shape[0], found.pl().height) == (0, 0)


def test_rows_without_columns_are_counted(plain: Store) -> None:
    pytest.importorskip("pandas")
    assert plain.query("SELECT * WHERE { }").df().shape == (1, 0)


@pytest.mark.parametrize(("package", "name"), [("pandas", "df"), ("polars", "pl")])
def test_a_package_that_is_missing_is_named_with_its_extra(package, name, monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(wanted, *others, **more):
        if wanted == package:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return load(wanted, *others, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(PackageMissingError, match=rf"^{package} is not installed; install sayso\[notebook\]$"):
        getattr(Table(("n",), [(1,)]), name)()


def test_a_package_that_is_broken_tells_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(wanted, *others, **more):
        if wanted == "pandas":
            raise ModuleNotFoundError("No module named 'dateutil'", name="dateutil")
        return load(wanted, *others, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ModuleNotFoundError, match="dateutil"):
        Table(("n",), [(1,)]).df()


def test_a_table_for_spreadsheets_reads_back_as_it_was() -> None:
    rows = [('a,b\n"c"', 1, None, date(2026, 3, 5), True), ("", 0.5, "x", datetime(2026, 3, 5, 1, 2), False)]  # noqa: DTZ001
    text = Table(("s", "n", "o", "d", "b"), rows).to_csv()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["s", "n", "o", "d", "b"],
        ['a,b\n"c"', "1", "", "2026-03-05", "true"],
        ["", "0.5", "x", "2026-03-05T01:02:00", "false"],
    ]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_and_a_number_has_none(text: str) -> None:
    assert list(csv.reader(io.StringIO(Table(("s", "n"), [(text, -1)]).to_csv())))[1] == [f"'{text}", "-1"]


def test_a_table_is_written_to_a_file(tmp_path: Path) -> None:
    table = Table(("name",), [("Ærøskøbing",)])
    assert table.to_csv(tmp_path / "x.csv") is None
    assert (tmp_path / "x.csv").read_bytes() == table.to_csv().encode() == "name\r\nÆrøskøbing\r\n".encode()
    with pytest.raises(OutputUnwritableError):
        table.to_csv(tmp_path / "none" / "x.csv")


def test_a_notebook_shows_text_as_text() -> None:
    shown = Table((_MARKS, "n"), [(_MARKS, 1)], [_MARKS])._repr_html_()
    page = Page(shown)
    assert set(page.tags) == {"table", "thead", "tbody", "tr", "th", "td", "p"}
    assert page.cells[0] == _MARKS.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert '<td dir="auto"' in shown


def test_a_notebook_shows_the_first_rows_and_says_how_many_there_are() -> None:
    shown = Table(("n",), [(number,) for number in range(131)])._repr_html_()
    assert Page(shown).tags.count("tr") == 1 + 20
    assert "<p>111 more of 131 rows</p>" in shown
    assert "<p>1 row</p>" in Table(("n",), [(1,)])._repr_html_()


def test_a_notebook_shows_the_beginning_of_a_long_text() -> None:
    shown = Table(("word",), [("x" * 100_000,)])._repr_html_()
    assert len(shown) < 1000
    assert "x" * 199 + "…" in shown


def test_a_notebook_leaves_out_the_iris_that_repeat_a_name() -> None:
    shown = Table(("speaker", "speaker_iri"), [("Mira", "x:mira")])._repr_html_()
    assert "x:mira" not in shown
    assert Page(shown).cells[0] == "Mira"
