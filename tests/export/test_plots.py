from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kg.analyse.relations import Edge
from kg.errors import (
    ExportFormatError,
    OutputUnwritableError,
    PackageMissingError,
    ParameterInvalidError,
    PlotEmptyError,
)
from kg.export.network import Network, NetworkNode
from kg.export.plots import KINDS, run_plot
from kg.export.plots_data import (
    PlotFilters,
    count_events,
    count_frames,
    find_unit,
    rank_speakers,
)
from kg.export.plots_network import draw_network, keep_busiest
from kg.export.plots_style import Heading, Labels, plain_style, render
from kg.query.catalogue import find_query
from kg.query.lookup import resolve_actor
from kg.query.pages.timeline import find_step, list_steps
from kg.query.run import run_named_query

pytest.importorskip("matplotlib")

GRAPHS = Path(__file__).parent.parent / "queries" / "graphs"
ACTOR = "https://sayso.example/actor/"
SVG = "{http://www.w3.org/2000/svg}"
HEADING = Heading("Title", "subtitle", "Source: tests")


@pytest.fixture(scope="module")
def newsroom(load):
    return load((GRAPHS / "newsroom.trig").read_bytes())


def draw(reader, kind, form="svg", **options):
    stream = io.BytesIO()
    summary = run_plot(reader, kind, "-", form=form, stdout=stream, **options)
    return stream.getvalue(), summary


def list_texts(svg):
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - ours


@pytest.mark.parametrize("filters", [{}, {"about": "putin"}, {"frame": "stalling"}, {"since": date(2025, 3, 5)}])
def test_frames_are_counted_as_the_named_query_counts_them(newsroom, filters):
    given = {name: str(value) for name, value in filters.items()}
    if "about" in filters:
        filters = given = {"about": resolve_actor(newsroom, "Vladimir Putin").value}
    expected: Counter[tuple[str, str]] = Counter()
    for _, frame, _, affirming, denying, *_ in run_named_query(newsroom, find_query("frames-over-time"), given).values():
        expected[frame, "affirmed"] += affirming
        expected[frame, "denied"] += denying
    found = count_frames(newsroom, PlotFilters(**filters))
    assert found is not None
    counted: Counter[tuple[str, str]] = Counter()
    for series in found.series:
        for (_, side), number in series.counts.items():
            counted[series.name, side] += number
    assert counted == +expected
    assert len(expected) > 1


def test_a_claim_that_denies_counts_as_a_denial_and_against_what_it_denies(load):
    found = count_frames(load((GRAPHS / "denials.trig").read_bytes()), PlotFilters())
    counted = {(series.name, side): number for series in found.series for (_, side), number in series.counts.items()}
    assert counted == {("denial", "affirmed"): 2, ("denial", "denied"): 1, ("stalling", "denied"): 1}


def test_speakers_are_counted_as_the_named_query_counts_them(newsroom):
    expected = {row[0]: row[1] for row in run_named_query(newsroom, find_query("most-quoted")).values()}
    found = rank_speakers(newsroom, PlotFilters())
    assert found is not None
    totals = Counter()
    for (iri, _), number in found.counts.items():
        totals[iri] += number
    assert {label: totals[iri] for label, iri in found.names} == expected
    assert [totals[iri] for _, iri in found.names] == sorted(totals.values(), reverse=True)


def test_the_claims_of_one_speaker_can_be_asked_for(newsroom):
    every = rank_speakers(newsroom, PlotFilters())
    _, iri = every.names[0]
    found = rank_speakers(newsroom, PlotFilters(speaker=iri))
    assert found.names == every.names[:1]
    assert found.counts == {key: count for key, count in every.counts.items() if key[0] == iri}


def test_only_events_that_happened_are_counted(reader):
    found = count_events(reader, PlotFilters())
    happened = [
        row for row in run_named_query(reader, find_query("nodes-events")).values() if (row[6], row[5]) == ("actual", "affirmed")
    ]
    assert found.series[0].total + found.undated == len(happened)


def test_events_of_an_actor_are_those_where_it_takes_part(newsroom):
    happened = {
        row[0]
        for row in run_named_query(newsroom, find_query("nodes-events")).values()
        if (row[6], row[5]) == ("actual", "affirmed") and (row[4] or row[9])
    }
    parts: dict[str, set[str]] = {}
    for event, relation, other in run_named_query(newsroom, find_query("edges-statements")).values():
        if event in happened and relation in {"acts", "recipient"}:
            parts.setdefault(other, set()).add(event)
    assert len({len(events) for events in parts.values()}) > 1
    for iri, events in parts.items():
        assert count_events(newsroom, PlotFilters(about=iri)).series[0].total == len(events)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2026-01-01", "2026-01-01", "day"),
        ("2026-01-01", "2026-01-31", "day"),
        ("2026-01-01", "2026-02-01", "week"),
        ("2026-01-01", "2026-08-05", "week"),
        ("2026-01-01", "2026-08-06", "month"),
        ("2020-01-01", "2026-01-01", "year"),
    ],
)
def test_the_step_is_the_smallest_of_which_there_are_few(first, last, unit):
    assert find_unit(date.fromisoformat(first), date.fromisoformat(last)) == unit


@pytest.mark.parametrize(
    ("unit", "step"), [("day", "2026-03-05"), ("week", "2026-03-02"), ("month", "2026-03-01"), ("year", "2026-01-01")]
)
def test_a_day_is_in_the_step_that_begins_before_it(unit, step):
    assert find_step(date(2026, 3, 5), unit) == date.fromisoformat(step)


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_the_steps_have_no_gap_and_none_twice(unit):
    steps = list_steps(date(2023, 12, 30), date(2028, 3, 1), unit)
    assert list(steps) == sorted(set(steps))
    assert steps[0] == find_step(date(2023, 12, 30), unit)
    assert steps[-1] == find_step(date(2028, 3, 1), unit)
    days = (date.fromordinal(number) for number in range(steps[0].toordinal(), date(2028, 3, 1).toordinal() + 1))
    assert {find_step(day, unit) for day in days} == set(steps)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plot_says_what_it_shows_and_where_it_is_from(newsroom, kind):
    svg, _ = draw(newsroom, kind)
    texts = list_texts(svg)
    assert any(text.startswith("Source: ") and "documents" in text and "2025-" in text for text in texts)
    assert len([text for text in texts if len(text) > 10]) > 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG\r\n"), ("svg", b"<?xml ")])
def test_the_same_store_gives_the_same_bytes_and_no_date(newsroom, kind, form, magic):
    first, _ = draw(newsroom, kind, form)
    again, _ = draw(newsroom, kind, form)
    assert first == again
    assert first.startswith(magic)
    assert b"<dc:date>" not in first


@pytest.mark.slow
def test_neither_the_hash_seed_nor_a_persons_own_settings_change_a_byte(tmp_path):
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: path\naxes.facecolor: red\n")
    program = (
        "import sys, pyoxigraph; from pathlib import Path\n"
        "from kg.store.reader import Reader; from kg.export.plots import run_plot\n"
        "store = pyoxigraph.Store(); store.load(path=sys.argv[1], format=pyoxigraph.RdfFormat.TRIG)\n"
        "for kind in ('network', 'frames-over-time'): run_plot(Reader(Path('memory'), store), kind, '-', form='svg')"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program, str(GRAPHS / "newsroom.trig")],
            capture_output=True,
            check=True,
            timeout=300,
            env={**os.environ, "PYTHONHASHSEED": seed, **more},
        ).stdout
        for seed, more in (("1", {}), ("2", {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "LC_ALL": "C", "TZ": "Asia/Tokyo"}))
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"</svg>") == 2


def test_the_panels_are_of_the_frames_that_are_claimed_most(newsroom):
    found = count_frames(newsroom, PlotFilters())
    svg, _ = draw(newsroom, "frames-over-time", top=1)
    named = [text for text in list_texts(svg) if re.fullmatch(r"[a-z-]+\s+\d+", text)]
    assert named == [f"{series.name}  {series.total}" for series in found.series[:1]]
    assert any(f"{len(found.series) - 1} further frame" in text for text in list_texts(svg))


def test_the_filters_stand_in_the_subtitle(newsroom):
    svg, _ = draw(newsroom, "speakers", filters=PlotFilters(since=date(2025, 3, 1), min_confidence=0.5))
    assert "number of claims, by kind of cue; from 2025-03-01, confidence 0.5 or more" in list_texts(svg)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_an_error_and_no_file(newsroom, kind, tmp_path):
    with pytest.raises(PlotEmptyError, match="leave filters out"):
        run_plot(newsroom, kind, str(tmp_path / "x.png"), filters=PlotFilters(since=date(2099, 1, 1)))
    assert list(tmp_path.iterdir()) == []
    assert PlotEmptyError.exit_code == 1


@pytest.mark.parametrize(
    ("kind", "output", "options", "error"),
    [
        ("pie", "none/x.png", {}, ParameterInvalidError),
        ("speakers", "none/x.pdf", {}, ExportFormatError),
        ("speakers", "-", {}, ExportFormatError),
        ("speakers", "none/x.png", {"view": "actors"}, ParameterInvalidError),
        ("network", "none/x.png", {"view": "friends"}, ParameterInvalidError),
        ("network", "none/x.png", {"filters": PlotFilters(frame="stalling")}, ParameterInvalidError),
        ("timeline", "none/x.png", {"filters": PlotFilters(frame="stalling")}, ParameterInvalidError),
        ("speakers", "none/x.png", {"filters": PlotFilters(min_confidence=2.0)}, ParameterInvalidError),
    ],
)
def test_what_has_no_sense_is_refused(newsroom, kind, output, options, error):
    with pytest.raises(error):
        run_plot(newsroom, kind, output, **options)


def test_a_file_that_cannot_be_written_is_named(newsroom, tmp_path):
    with pytest.raises(OutputUnwritableError):
        run_plot(newsroom, "speakers", str(tmp_path / "none" / "x.png"))


def test_without_matplotlib_the_extra_is_named(newsroom, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PackageMissingError, match=r"^matplotlib is not installed; install sayso\[plot\]$"):
        run_plot(newsroom, "speakers", str(tmp_path / "x.png"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mira\nSolano\t", "Mira Solano"),
        ("evil \u202eexe.gnp\u202c\x1b[31m", "evil exe.gnp\ufffd[31m"),
        ("$\\frac{1}{$ \\alpha", "$\\frac{1}{$ \\alpha"),
        ("x" * 100_000, "x" * 31 + "…"),
    ],
)
def test_a_name_is_one_short_line_without_control_characters(name, shown):
    assert Labels("svg").clean(name) == shown


def test_a_name_that_the_font_lacks_is_boxes_in_a_png_and_itself_in_an_svg():
    with plain_style():
        labels = Labels("png")
        assert labels.clean("王毅 Wang") == "\u25a1\u25a1 Wang"
        assert labels.clean("שלום محمد Мира") == "שלום محمد Мира"
        assert Labels("svg").clean("王毅 Wang") == "王毅 Wang"
    assert labels.tell() == ("characters that the font of a PNG lacks are boxes in 1 of the names; an SVG has them",)


def make_star(names):
    nodes = tuple(NetworkNode(f"x:{number}", name, "Person") for number, name in enumerate(names))
    edges = tuple(
        Edge("x:0", node.iri, "speaks-of", number, 0.9, (f"x:c{number}",)) for number, node in enumerate(nodes) if number
    )
    return Network("actors", nodes, edges, len(edges))


def test_the_names_of_a_network_cover_neither_each_other_nor_a_node():
    network = make_star([f"Delegate number {number}" for number in range(25)])
    with plain_style():
        figure, hidden = draw_network(network, HEADING, Labels("svg"))
        svg = render(figure, "svg").decode()
        (panel,) = figure.axes
        boxes = [text.get_window_extent() for text in panel.texts]
    assert len(boxes) + hidden == 25
    assert hidden < 5
    assert not [1 for i, box in enumerate(boxes) for other in boxes[:i] if box.overlaps(other) and box.padded(-1).overlaps(other)]
    assert svg.count("Delegate number") == len(boxes)


@pytest.mark.parametrize(
    "names", [["A", "B"], ["王毅", "محمد بن سلمان"], ["$", "<script>alert(1)</script>"], ["x" * 100_000, "\x00"]]
)
@pytest.mark.parametrize("form", ["png", "svg"])
def test_any_name_can_be_drawn(names, form):
    with plain_style():
        data = render(draw_network(make_star(names), HEADING, Labels(form))[0], form)
    if form == "svg":
        tags = {element.tag for element in ET.fromstring(data).iter()}  # noqa: S314 - ours
        assert f"{SVG}script" not in tags
    else:
        assert data.startswith(b"\x89PNG")


def test_a_network_is_drawn_with_its_busiest_nodes_and_what_is_between_them():
    kept = keep_busiest(make_star("ABCDEF"), 3)
    assert [node.iri for node in kept.nodes] == ["x:0", "x:4", "x:5"]
    assert [edge.target for edge in kept.edges] == ["x:4", "x:5"]
    assert kept.relation_count == 9


def test_nodes_without_a_tie_among_those_kept_are_left_out():
    edges = (Edge("x:0", "x:1", "AID", 1, 0.9, ("x:e",)), Edge("x:2", "x:2", "AID", 9, 0.9, ("x:f",)))
    nodes = tuple(NetworkNode(f"x:{number}", str(number), "State") for number in range(3))
    assert [node.iri for node in keep_busiest(Network("events", nodes, edges, 10), 3).nodes] == ["x:0", "x:1"]
