"""`kg plot`: pictures of a store, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kg import __version__
from kg.errors import ExportFormatError, ParameterInvalidError, PlotEmptyError
from kg.export.network import read_network
from kg.export.output import open_output
from kg.export.plots_bars import draw_events, draw_frames, draw_speakers
from kg.export.plots_data import PlotFilters, count_events, count_frames, rank_speakers
from kg.export.plots_network import draw_network, keep_busiest
from kg.export.plots_style import FORMATS, Heading, Labels, plain_style, render
from kg.query.evidence import name_term
from kg.store.reader import Reader
from kg.store.terms import NamedNode

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEFAULT_VIEW = "actors"
_WIDER = "leave filters out, or build a store with more texts"


class PlotSummary(NamedTuple):
    """What was written.

    Attributes:
        path: the file; `-` for standard output.
        notes: what is left out, one sentence each, without a full stop.
    """

    path: str
    notes: tuple[str, ...]


class _Order(NamedTuple):
    """What is to be drawn: the store, the filters and their words, the most of things to show, the view of a network."""

    reader: Reader
    filters: PlotFilters
    words: str
    top: int | None
    view: str
    labels: Labels


class _Drawn(NamedTuple):
    """A figure, and notes on what is not in it."""

    figure: Figure
    notes: tuple[str, ...] = ()


def run_plot(
    reader: Reader,
    kind: str,
    output: str,
    *,
    form: str | None = None,
    filters: PlotFilters | None = None,
    view: str | None = None,
    top: int | None = None,
    stdout: BinaryIO | None = None,
) -> PlotSummary:
    """Draw one of `KINDS` into a file, which is written whole or not at all.

    The same store and version of matplotlib give the same bytes, whatever a person's own settings of matplotlib are.

    Args:
        reader: the store.
        kind: `frames-over-time`, `speakers`, `timeline`, `network`.
        output: path; `-` for standard output.
        form: `png` or `svg`; the ending of `output` by default.
        filters: what is counted.
        view: of a network, as `kg export` has them; `actors` by default.
        top: the most frames, speakers or nodes that are shown: 9, 15 and 40 by default.
        stdout: where `-` leads; the process's own by default.

    Raises:
        ParameterInvalidError: there is no such kind or view, or a filter has no sense for it.
        ExportFormatError: the ending is neither `png` nor `svg`.
        PackageMissingError: matplotlib is not installed.
        PlotEmptyError: nothing passes the filters; no file is written.
        OutputUnwritableError: the file cannot be written.
    """
    if kind not in KINDS:
        raise ParameterInvalidError(f"{kind!r}: no such plot; there are {', '.join(KINDS)}")
    if view is not None and kind != "network":
        raise ParameterInvalidError(f"only a network has views; leave out {view!r}")
    name = _find_format(output, form)
    limits = filters or PlotFilters()
    labels = Labels(name)
    with plain_style():
        order = _Order(reader, limits, _describe(reader, limits), top, view or DEFAULT_VIEW, labels)
        figure, notes = KINDS[kind](order)
        data = render(figure, name)
    with open_output(output, stdout) as stream:
        stream.write(data)
    return PlotSummary(output, (*notes, *labels.tell()))


def _find_format(output: str, form: str | None) -> str:
    name = (form or PurePath(output).suffix.removeprefix(".")).lower()
    if name not in FORMATS:
        raise ExportFormatError(
            f"{output!r}: {name or 'no ending'!r} is no picture that can be drawn; there are {', '.join(FORMATS)}"
        )
    return name


def _draw_frames(order: _Order) -> _Drawn:
    top = order.top or 9
    found = count_frames(order.reader, order.filters)
    if found is None:
        raise PlotEmptyError(f"no claim with a date takes up a frame here; {_WIDER}")
    rest = found.series[top:]
    left = [f"{_count(found.undated, 'claim')} without a date"] if found.undated else []
    left += [f"{_count(len(rest), 'further frame')} ({_count(sum(series.total for series in rest), 'claim')})"] if rest else []
    total = sum(series.total for series in found.series[:top])
    heading = Heading(
        "Claims over time by frame",
        _join(f"{_count(total, 'time')} that a claim affirms or denies a frame, by {found.unit} of publication", order.words),
        _name_source(found.documents, f"{found.first} to {found.last}", left),
    )
    return _Drawn(draw_frames(found, heading, order.labels, top))


def _draw_events(order: _Order) -> _Drawn:
    found = count_events(order.reader, order.filters)
    if found is None:
        raise PlotEmptyError(f"no event with a date is reported as having happened here; {_WIDER}")
    left = [f"{_count(found.undated, 'report')} without a date"] if found.undated else []
    heading = Heading(
        "Events over time: cooperation and conflict",
        _join(f"{_count(found.series[0].total, 'report')} of events that happened, by {found.unit}", order.words),
        _name_source(found.documents, f"{found.first} to {found.last}", left),
    )
    return _Drawn(draw_events(found, heading))


def _draw_speakers(order: _Order) -> _Drawn:
    top = order.top or 15
    found = rank_speakers(order.reader, order.filters)
    if found is None:
        raise PlotEmptyError(f"no claim has a known speaker here; {_WIDER}")
    rest = len(found.names) - top
    left = [_count(rest, "further speaker")] if rest > 0 else []
    left += [f"{_count(found.unknown, 'claim')} without a known speaker"] if found.unknown else []
    days = f"{found.first} to {found.last}" if found.first else ""
    heading = Heading(
        "Who says most, and how",
        _join("number of claims, by kind of cue", order.words),
        _name_source(found.documents, days, left),
    )
    return _Drawn(draw_speakers(found, heading, order.labels, top))


def _draw_network(order: _Order) -> _Drawn:
    if order.filters.speaker or order.filters.frame or order.filters.about:
        raise ParameterInvalidError("a network is filtered by dates and confidence alone; leave out about, speaker and frame")
    whole = read_network(order.reader, order.view, order.filters.to_relation_filters())
    network = keep_busiest(whole, order.top or 40)
    if not network.edges:
        raise PlotEmptyError(f"nothing ties two nodes together here; {_WIDER}")
    days = sorted(day for edge in network.edges for day in (edge.first_seen, edge.last_seen) if day)
    documents = {iri.partition("#")[0] for edge in network.edges for iri in edge.evidence}
    rest = len(whole.nodes) - len(network.nodes)
    left = [f"{_count(rest, 'node')} with fewer or no ties"] if rest else []
    heading = Heading(
        _TITLES.get(order.view, f"The view {order.view}"),
        _join(
            f"{_count(len(network.nodes), 'node')}, {_count(network.relation_count, _TIES.get(order.view, 'tie'))}", order.words
        ),
        _name_source(len(documents), f"{days[0]} to {days[-1]}" if days else "", left),
    )
    figure, hidden = draw_network(network, heading, order.labels)
    return _Drawn(figure, (f"{_count(hidden, 'name')} found no room; draw fewer nodes with --top",) if hidden else ())


_TITLES = {
    "actors": "Who speaks of whom",
    "network": "Who speaks of whom, what they do to each other, who belongs where",
    "events": "Who does what to whom",
    "roles": "Who holds a post where",
    "reports": "Who quotes whom",
    "discourse": "Who takes up which frame, and how",
    "stances": "Who supports or criticises whom",
}
_TIES = {"actors": "claim", "events": "event report", "roles": "post report", "stances": "claim"}

#: What can be drawn, by name.
KINDS: dict[str, Callable[[_Order], _Drawn]] = {
    "frames-over-time": _draw_frames,
    "speakers": _draw_speakers,
    "timeline": _draw_events,
    "network": _draw_network,
}


def _describe(reader: Reader, filters: PlotFilters) -> str:
    """Return the filters in words, as a subtitle has them."""
    parts = [
        f"{word} {Labels('svg').clean(name_term(reader, NamedNode(iri)))}"
        for word, iri in (("about", filters.about), ("by", filters.speaker))
        if iri
    ]
    parts += [f"frame {filters.frame}"] if filters.frame else []
    parts += [f"from {filters.since}"] if filters.since else []
    parts += [f"to {filters.until}"] if filters.until else []
    parts += [f"confidence {filters.min_confidence:g} or more"] if filters.min_confidence else []
    return ", ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _name_source(documents: int, days: str, left_out: Sequence[str]) -> str:
    lines = [
        ", ".join(part for part in (f"Source: {_count(documents, 'document')}", days, f"read by Sayso {__version__}") if part)
    ]
    lines += [f"Not shown: {'; '.join(left_out)}"] if left_out else []
    return "\n".join(lines)
