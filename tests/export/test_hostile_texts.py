"""Names and texts of strangers stay text in whatever is written or shown."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph
import pytest

import kg
from kg.export.network import VIEWS
from kg.export.plots import KINDS
from kg.export.text import is_formula, replace_forbidden
from kg.store.dump import FORMATS as RDF_FORMATS
from tests.cli.desk import run
from tests.export.hostile import DOCUMENT, TEXTS, write_hostile_store, write_plain_store

_LABELS = (
    "SELECT ?actor ?label { ?actor a <https://sayso.example/ontology#Person> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?actor"
)
_CONSTRUCT = "CONSTRUCT { ?s <x:label> ?o } WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }"
#: What a terminal would act on, and what reorders the text around it.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NAMED = {name: text for name, text in TEXTS.items() if name != "blank"}


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return write_hostile_store(tmp_path_factory.mktemp("hostile") / "store")


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    return write_plain_store(tmp_path_factory.mktemp("plain") / "store")


@pytest.fixture(scope="module")
def quads(store) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.Store.read_only(str(store))}


def export(store: Path, path: Path, *options: str) -> Path:
    answer = run("export", path, "-s", store, *options)
    assert answer.exit_code == 0, answer
    return path


class Page(HTMLParser):
    """The tags with their attributes, and all text, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def list_risks(self) -> list[str]:
        """What could run or load something: handlers, scripts of an address, addresses that are no pages."""
        found = [f"{tag} {name}" for tag, attrs in self.tags for name in attrs if name.startswith("on")]
        found += [
            f"{tag} {value}"
            for tag, attrs in self.tags
            for name, value in attrs.items()
            if name in {"href", "src", "action", "data"} and not (value or "").startswith(("http://", "https://", "#", "data:,"))
        ]
        return found


def test_every_text_is_one_that_something_could_mistake() -> None:
    assert all(_STEERING.search(TEXTS[name]) for name in ("override", "escape"))
    assert all(is_formula(TEXTS[name]) for name in ("formula", "plus", "minus", "at", "tab"))
    assert len(TEXTS["long"]) == 100_000


@pytest.mark.parametrize("form", [name for name in RDF_FORMATS if name != "rdf"])
def test_rdf_reads_back_as_the_very_texts(store, quads, form, tmp_path) -> None:
    path = export(store, tmp_path / f"x.{form}")
    assert {quad.triple for quad in pyoxigraph.parse(path=str(path), format=RDF_FORMATS[form])} == quads


def test_rdf_xml_reads_back_with_the_characters_replaced_that_xml_cannot_hold(store, quads, tmp_path) -> None:
    path = export(store, tmp_path / "x.rdf")
    found = Counter(quad.object.value for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.RDF_XML))
    for text in TEXTS.values():
        expected = sum(1 for triple in quads if triple.object.value == text)
        assert found[replace_forbidden(text)] == expected > 3


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_network_file_is_well_formed_and_has_every_label(store, form, view, tmp_path) -> None:
    path = export(store, tmp_path / f"x.{form}", "--view", view)
    root = ET.parse(path).getroot()  # noqa: S314 - written by ourselves
    assert not [element for element in root.iter() if element.tag.rpartition("}")[2] in {"script", "img", "b"}]
    if form == "graphml":
        labels = {data["label"] for _, data in nx.read_graphml(path, force_multigraph=True).nodes(data=True)}
    else:
        labels = {node.get("label") for node in root.iter() if node.tag.rpartition("}")[2] == "node"}
    if view in {"network", "actors", "events", "roles"}:
        # A long name may be cut.
        for name, text in _NAMED.items():
            assert any(label.startswith(replace_forbidden(text)[:40]) for label in labels), name
        assert len(labels) == len(TEXTS)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("x.csv", ("--view", "network")),
        ("x.csv", ("--view", "claims")),
        ("events.csv", ()),
        ("discourse.csv", ()),
        ("x.csv", ("--layout", "affiliation")),
    ],
)
def test_no_cell_of_a_table_is_a_formula(store, name, options, tmp_path) -> None:
    export(store, tmp_path / name, *options)
    for path in tmp_path.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.reader(stream))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if is_formula(cell) and not re.fullmatch(r"-?[0-9.]+", cell)]


def test_the_tables_of_a_network_have_every_name(store, tmp_path) -> None:
    export(store, tmp_path / "x.csv", "--view", "actors")
    with (tmp_path / "x-nodes.csv").open(newline="", encoding="utf-8") as stream:
        labels = {row["label"] for row in csv.DictReader(stream)}
    for name, text in _NAMED.items():
        clean = replace_forbidden(text)[:40]
        assert any(label.startswith(f"'{clean}" if is_formula(clean) else clean) for label in labels), name


def test_a_page_has_the_tags_of_a_harmless_one(store, plain, tmp_path) -> None:
    hostile = Page(export(store, tmp_path / "x.html").read_text("utf-8"))
    harmless = Page(export(plain, tmp_path / "y.html").read_text("utf-8"))
    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in harmless.tags}
    assert [tag for tag, _ in hostile.tags].count("script") == [tag for tag, _ in harmless.tags].count("script")
    assert hostile.list_risks() == harmless.list_risks()
    assert "javascript:" not in " ".join(value or "" for _, attrs in hostile.tags for value in attrs.values())


def query(store: Path, form: str, text: str = _LABELS) -> str:
    answer = run("query", text, "-f", form, "-s", store)
    assert answer.exit_code == 0, answer
    return answer.stdout


def test_json_and_tsv_of_a_query_hold_the_very_texts(store) -> None:
    rows = json.loads(query(store, "json"))["results"]["bindings"]
    assert {row["label"]["value"] for row in rows} == set(TEXTS.values())
    solutions = pyoxigraph.parse_query_results(query(store, "tsv").encode(), pyoxigraph.QueryResultsFormat.TSV)
    assert {row["label"].value for row in solutions} == set(TEXTS.values())


def test_xml_of_a_query_is_well_formed(store) -> None:
    root = ET.fromstring(query(store, "xml"))  # noqa: S314 - written by ourselves
    literals = {element.text for element in root.iter("{http://www.w3.org/2005/sparql-results#}literal")}
    expected = {replace_forbidden(text) for text in TEXTS.values()}
    # A parser makes one line end of all.
    assert {" ".join((text or "").split()) for text in literals} == {" ".join(text.split()) for text in expected}


def test_csv_of_a_query_is_the_w3cs_with_the_very_texts(store) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "kg", "query", _LABELS, "-f", "csv", "-s", str(store)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    rows = list(csv.reader(io.StringIO(answer.stdout.decode(), newline="")))
    assert {label for _, label in rows[1:]} == set(TEXTS.values())


def read_terminal(*words: str) -> str:
    """Run `kg` on a terminal that knows no styles; return all that it was sent."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200", "NO_COLOR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *words], stdin=follower, stdout=follower, stderr=follower, env=environment
    ) as process:
        os.close(follower)
        sent = bytearray()
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if not select.select([leader], [], [], 0.2)[0]:
                if process.poll() is not None:
                    break
                continue
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            sent += part
        process.kill()
    os.close(leader)
    return sent.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize(
    "words",
    [
        *(("query", _LABELS, "-f", form) for form in ("table", "csv", "tsv", "json", "xml")),
        *(("query", _CONSTRUCT, "-f", form) for form in ("ttl", "nt")),
        ("query", "who-claims"),
        ("query", "who-claims", "--explain"),
        ("actors",),
        ("stats",),
        ("centrality", "degree"),
        ("explain", f"{DOCUMENT}9#a1"),
        ("search", "bell red title"),
    ],
    ids=lambda words: " ".join(word for word in words if "{" not in word)[:40],
)
def test_nothing_that_steers_a_terminal_is_sent_to_one(store, words) -> None:
    shown = read_terminal(*words, "-s", str(store))
    assert "bell" in shown or "Person" in shown, shown[-300:]
    assert _STEERING.findall(shown) == []


def test_a_notebook_shows_every_text_as_text(store) -> None:
    with kg.open(store) as opened:
        shown = [
            opened.query(_LABELS),
            opened.actors(),
            opened.documents(),
            opened.query("who-claims"),
            opened.search("alert red"),
        ]
        shown += [opened.explain(f"{DOCUMENT}{number}#a1") for number in range(len(TEXTS))]
        shown += [opened.actor(row.actor) for row in opened.query(_LABELS)]
        pages = [Page(item._repr_html_()) for item in shown]
    allowed = {"table", "thead", "tbody", "tr", "th", "td", "p", "blockquote", "mark", "h4"}
    assert {tag for page in pages for tag, _ in page.tags} == allowed
    assert [risk for page in pages for risk in page.list_risks()] == []
    for text in (TEXTS["script"], TEXTS["attribute"], TEXTS["entity"]):
        assert text in pages[0].text
    assert max(len(page.text) for page in pages[:5]) < 100_000


def test_a_table_of_a_notebook_has_no_formula(store) -> None:
    with kg.open(store) as opened:
        rows = list(csv.reader(io.StringIO(opened.query(_LABELS).to_csv(), newline="")))
    assert len(rows) == len(TEXTS) + 1
    assert not [cell for row in rows for cell in row if is_formula(cell)]


def test_data_frames_hold_the_very_texts(store) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    with kg.open(store) as opened:
        found = opened.query(_LABELS)
    assert set(found.df().label) == set(found.pl()["label"]) == set(TEXTS.values())


def test_a_network_of_networkx_can_be_written_whatever_its_names(store, tmp_path) -> None:
    with kg.open(store) as opened:
        network = opened.to_networkx("network")
    nx.write_graphml(network, tmp_path / "x.graphml")
    read = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert {data["type"] for _, data in read.nodes(data=True)} == {"Person"}
    assert len(read) == len(TEXTS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plot_shows_names_as_text(store, kind, tmp_path) -> None:
    pytest.importorskip("matplotlib")
    for form in ("svg", "png"):
        answer = run("plot", kind, tmp_path / f"x.{form}", "-s", store)
        assert answer.exit_code == 0, answer
    root = ET.parse(tmp_path / "x.svg").getroot()  # noqa: S314 - written by ourselves
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "img", "foreignObject", "a", "b"}
    text = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text"))
    assert not _STEERING.search(text.replace("\n", " "))
    if kind in {"speakers", "network"}:
        assert TEXTS["script"] in text
