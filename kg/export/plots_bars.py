"""Plots of bars: frames and events over time, speakers by kind of cue."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.export.plots_data import Ranking, Series, TimeSeries
from kg.export.plots_style import GREY, INK, Heading, Labels, add_heading, count_in_whole_numbers, make_figure
from kg.query.pages.timeline import Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: After Okabe and Ito, as the project's other colours.
_SIDES = {"affirmed": "#0072b2", "denied": "#d55e00"}
_CUE_TYPES = {
    "statement": "#0072b2",
    "belief": "#56b4e9",
    "intention": "#009e73",
    "promise": "#b8a820",
    "demand": "#e69f00",
    "accusation": "#d55e00",
    "denial": "#cc79a7",
    "question": "#999999",
}
#: From the line upwards, and from the line downwards.
_COOPERATION = {"material-cooperation": "#0072b2", "verbal-cooperation": "#56b4e9"}
_CONFLICT = {"material-conflict": "#d55e00", "verbal-conflict": "#e69f00"}
_COLUMNS = 3
_MAX_TICKS = 7


def draw_frames(found: TimeSeries, heading: Heading, labels: Labels, top: int) -> Figure:
    """Return one panel a frame on common axes: affirming claims upwards, denying ones downwards."""
    shown = found.series[:top]
    columns = 2 if len(shown) == 4 else min(_COLUMNS, len(shown))
    rows = math.ceil(len(shown) / columns)
    height = 1.55 * rows + 1.7
    figure = make_figure(9.6, height)
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    figure.subplots_adjust(left=0.07, right=0.985, top=1 - 1.22 / height, bottom=0.85 / height, hspace=0.42, wspace=0.08)
    largest = 0
    for panel, series in zip(grid.flat, shown, strict=False):
        ups = _take(found, series, "affirmed")
        downs = _take(found, series, "denied")
        largest = max(largest, *ups, *downs)
        panel.bar(range(len(ups)), ups, width=0.82, color=_SIDES["affirmed"])
        panel.bar(range(len(downs)), [-down for down in downs], width=0.82, color=_SIDES["denied"])
        panel.axhline(0, color=GREY, linewidth=0.8)
        panel.set_title(f"{labels.clean(series.name)}  {series.total}", loc="left", size=9.5, weight="bold", pad=4)
        _set_time(panel, found)
        panel.grid(axis="y")
    for panel in list(grid.flat)[len(shown) :]:
        panel.set_visible(False)
    for column in range(columns):
        # The lowest panel of a column carries the dates, also where the last row is not full.
        lowest = grid[(len(shown) - 1 - column) // columns][column]
        lowest.tick_params(axis="x", labelbottom=True)
    count_in_whole_numbers(grid[0][0], "y", largest)
    figure.supylabel(f"claims per {found.unit}", size=9, x=0.01)
    _add_key(figure, {"affirmed (upwards)": _SIDES["affirmed"], "denied (downwards)": _SIDES["denied"]}, height)
    add_heading(figure, heading)
    return figure


def draw_events(found: TimeSeries, heading: Heading) -> Figure:
    """Return one panel: cooperation upwards, conflict downwards, what is done nearer to the line than what is said."""
    height = 4.6
    figure = make_figure(9.6, height)
    panel = figure.subplots()
    figure.subplots_adjust(left=0.07, right=0.985, top=1 - 1.15 / height, bottom=0.95 / height)
    (series,) = found.series
    key: dict[str, str] = {}
    heights = []
    for sign, classes in ((1, _COOPERATION), (-1, _CONFLICT)):
        base = [0] * len(found.steps)
        for name, colour in classes.items():
            counts = _take(found, series, name)
            bottom = [sign * value for value in base]
            panel.bar(range(len(counts)), [sign * count for count in counts], bottom=bottom, width=0.82, color=colour)
            base = [left + right for left, right in zip(base, counts, strict=True)]
            key[name.replace("-", " ")] = colour
        heights.append(max(base))
    panel.axhline(0, color=INK, linewidth=0.8)
    _set_time(panel, found)
    panel.grid(axis="y")
    count_in_whole_numbers(panel, "y", sum(heights))
    panel.set_ylabel(f"reports per {found.unit}: conflict ↓  ↑ cooperation")
    _add_key(figure, key, height)
    add_heading(figure, heading)
    return figure


def draw_speakers(found: Ranking, heading: Heading, labels: Labels, top: int) -> Figure:
    """Return one bar a speaker, most claims first, in the colours of the kinds of cue."""
    shown = found.names[:top]
    height = 0.27 * len(shown) + 2.1
    figure = make_figure(9.6, height)
    panel = figure.subplots()
    names = [labels.clean(label) for label, _ in shown]
    figure.subplots_adjust(left=0.03 + 0.0074 * max(map(len, names)), right=0.97, top=1 - 1.2 / height, bottom=0.8 / height)
    places = range(len(shown))
    ends = [0] * len(shown)
    key: dict[str, str] = {}
    for cue_type, colour in _CUE_TYPES.items():
        counts = [found.counts.get((iri, cue_type), 0) for _, iri in shown]
        if any(counts):
            panel.barh(places, counts, left=ends, height=0.74, color=colour, edgecolor="white", linewidth=0.7)
            ends = [end + count for end, count in zip(ends, counts, strict=True)]
            key[cue_type] = colour
    for place, end in zip(places, ends, strict=True):
        panel.annotate(str(end), (end, place), xytext=(4, 0), textcoords="offset points", va="center", size=8.5)
    panel.set_yticks(places, names)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    panel.set_ylim(len(shown) - 0.4, -0.6)
    panel.set_xlim(0, max(ends) * 1.06)
    panel.grid(axis="x")
    count_in_whole_numbers(panel, "x", max(ends))
    panel.set_xlabel("claims")
    _add_key(figure, key, height)
    add_heading(figure, heading)
    return figure


def _take(found: TimeSeries, series: Series, kind: str) -> list[int]:
    return [series.counts.get((step, kind), 0) for step in found.steps]


def _set_time(panel: Axes, found: TimeSeries) -> None:
    """Name some of the steps, evenly; bars stand at 0, 1, 2, ..., so that each step is as wide, whatever its days."""
    every = math.ceil(len(found.steps) / _MAX_TICKS)
    ticks = range(0, len(found.steps), every)
    panel.set_xticks(ticks, _name_steps([found.steps[tick] for tick in ticks], found.unit))
    panel.tick_params(axis="x", labelsize=8)
    panel.set_xlim(-0.7, len(found.steps) - 0.3)


def _name_steps(steps: Sequence[date], unit: Unit) -> list[str]:
    """Return what each step is called; the year is told where it changes."""
    names = []
    for number, step in enumerate(steps):
        is_told = number == 0 or steps[number - 1].year != step.year
        day = f"{step.day} " if unit in {"day", "week"} else ""
        month = "" if unit == "year" else f"{_MONTHS[step.month - 1]}"
        year = f"{step.year}" if is_told or unit == "year" else ""
        names.append(f"{day}{month}\n{year}".strip())
    return names


#: Not those of the locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _add_key(figure: Figure, colours: Mapping[str, str], height: float) -> None:
    """Write what the colours stand for, in one line below the subtitle."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - an extra

    width, _ = figure.get_size_inches()
    figure.legend(
        handles=[Patch(color=colour, label=name) for name, colour in colours.items()],
        loc="upper left",
        bbox_to_anchor=(0.2 / width, 1 - 0.68 / height),
        borderaxespad=0,
        borderpad=0,
        ncols=len(colours),
        frameon=False,
        handlelength=0.9,
        handleheight=0.9,
        handletextpad=0.5,
        columnspacing=1.4,
        fontsize=8.5,
    )
