"""What all plots share: fonts, colours, heading and source line, and files that are the same bytes each time."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import __version__
from kg.errors import PackageMissingError
from kg.export.text import replace_forbidden

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")
INK, GREY, LIGHT = "#222222", "#595959", "#d9d9d9"

_FONT = "DejaVu Sans"
_DOTS_PER_INCH = 120
_LABEL_LENGTH = 32
#: Stands for what the font of a bitmap has no picture of.
_BOX = "\u25a1"
_STYLE: dict[Any, Any] = {
    "font.family": [_FONT],
    "font.size": 9,
    "text.color": INK,
    # A name may hold dollar signs, which would be read as formulas.
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": LIGHT,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    # Identifiers of an SVG come from this, not from chance.
    "svg.hashsalt": "sayso",
    # Text stays text: it is found, read aloud and shaped by whatever shows the file.
    "svg.fonttype": "none",
}


class Heading(NamedTuple):
    """The words around a plot.

    Attributes:
        title: what is shown, in bold.
        subtitle: what is counted, and what was asked for.
        source: below the plot: where the numbers come from, and what is left out.
    """

    title: str
    subtitle: str
    source: str


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw within this in the project's style, whatever a person's own settings of matplotlib are.

    Raises:
        PackageMissingError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise PackageMissingError("matplotlib", "plot") from error
    with mpl.rc_context(), warnings.catch_warnings():
        # In an SVG, text is shown by fonts of whoever looks at it; in a bitmap, `clean` has replaced what is missing.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def make_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches; to be used within `plain_style`."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

    return Figure(figsize=(width, height), dpi=_DOTS_PER_INCH, facecolor="white")


def add_heading(figure: Figure, heading: Heading) -> None:
    """Write title and subtitle at the top and the source line at the bottom, a fifth of an inch from the edges."""
    width, height = figure.get_size_inches()
    left = 0.2 / width
    figure.text(left, 1 - 0.18 / height, heading.title, size=13, weight="bold", ha="left", va="top")
    figure.text(left, 1 - 0.46 / height, heading.subtitle, size=9.5, color=GREY, ha="left", va="top")
    figure.text(left, 0.14 / height, heading.source, size=7.5, color=GREY, ha="left", va="bottom", linespacing=1.35)


def count_in_whole_numbers(axes: Axes, axis: str, largest: int) -> None:
    """Set ticks at whole numbers that are shown without a sign."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 - an extra

    which = axes.xaxis if axis == "x" else axes.yaxis
    which.set_major_locator(MaxNLocator(nbins=min(5, max(largest, 1)), integer=True))
    which.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))


def render(figure: Figure, form: str) -> bytes:
    """Return the figure as a PNG or SVG: the same bytes for the same figure and versions of matplotlib and Pillow.

    A PNG has 256 colours, which a drawing needs no more than, and a third of the size.
    """
    stream = io.BytesIO()
    if form == "svg":
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": f"Sayso {__version__}"})
        return stream.getvalue()
    from PIL import Image  # noqa: PLC0415 - comes with matplotlib

    figure.savefig(stream, format="png")
    drawn = Image.open(stream).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small = io.BytesIO()
    drawn.save(small, "png", optimize=True, dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return small.getvalue()


class Labels:
    """Makes names fit to be drawn, and counts those that a bitmap cannot show.

    Attributes:
        unshown: names with a character that the font has not.
    """

    def __init__(self, form: str) -> None:
        self._is_bitmap = form == "png"
        self.unshown: set[str] = set()

    def clean(self, name: str, length: int = _LABEL_LENGTH) -> str:
        """Return a name on one line, cut to a length, without control characters and marks that reorder text.

        In a bitmap, characters without a picture in the font are boxes.
        """
        text = " ".join(replace_forbidden(name[: 4 * length]).split())
        text = "".join(character for character in text if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
        if len(text) > length:
            text = f"{text[: length - 1].rstrip()}…"
        if not self._is_bitmap:
            return text
        known = _list_characters()
        shown = "".join(character if ord(character) in known else _BOX for character in text)
        if shown != text:
            self.unshown.add(name)
        return shown

    def tell(self) -> tuple[str, ...]:
        """Return a note where names could not be shown."""
        count = len(self.unshown)
        return (f"characters that the font of a PNG lacks are boxes in {count} of the names; an SVG has them",) if count else ()


@cache
def _list_characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - an extra

    return frozenset(get_font(findfont(_FONT)).get_charmap())
