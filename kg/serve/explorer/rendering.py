"""Pages as HTML: templates in which everything is escaped, and what they write texts, dates and links with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.resources import find_bundle
from kg.serve.explorer.charts import draw_bars, draw_network, draw_terms
from kg.serve.explorer.links import change_link, link_tie, make_link, to_outside
from kg.serve.explorer.marking import cut_passage, name_part

_TEMPLATES = Path(__file__).parent / "templates"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?)?")
# No HTML can hold them; a browser would drop some and take others for letters of Windows.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: (name, address, text) of the menu.
MENU = (
    ("actors", "/actors", "Actors"),
    ("claims", "/claims", "Claims"),
    ("events", "/events", "Events"),
    ("frames", "/frames", "Frames"),
    ("theses", "/theses", "Theses"),
    ("documents", "/documents", "Documents"),
    ("timeline", "/timeline", "Timeline"),
    ("network", "/network", "Network"),
    ("queries", "/queries", "Queries"),
    ("editor", "/editor", "SPARQL"),
)
#: What the page of a thing lights up in the menu.
PLACES = {"actor": "actors", "claim": "claims", "event": "events", "frame": "frames", "document": "documents", "query": "queries"}


def render(template: str, **values: Any) -> str:
    """Return a page.

    Args:
        template: its name, without `.html`.
        values: what the template is given; a name that it uses and that is not there is an error.
    """
    return make_environment().get_template(f"{template}.html").render(**values)


@cache
def make_environment() -> Environment:
    """Return the one environment of all templates."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=to_shown,
        auto_reload=False,
    )
    environment.filters |= {
        "when": to_words,
        "count": to_count,
        "short": shorten,
        "outside": to_outside,
        "before": to_day_before,
    }
    environment.tests["moment"] = is_moment
    environment.globals |= {
        "link": make_link,
        "relink": change_link,
        "link_tie": link_tie,
        "cut_passage": cut_passage,
        "name_part": name_part,
        "draw_bars": draw_bars,
        "draw_terms": draw_terms,
        "draw_network": draw_network,
        "menu": MENU,
        "places": PLACES,
        "has_bundle": has_bundle,
    }
    return environment


def has_bundle(name: str) -> bool:
    """Return whether a script of the web part was built."""
    return find_bundle(name) is not None


def to_shown(value: Any) -> Any:
    """Return a text with U+FFFD for what no page can hold; other values, and what is markup already, as they are."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSHOWN.sub("\ufffd", value)
    return value


def to_words(text: str) -> str:
    """Return a date for people: "4 Mar 2026", "Mar 2026", "2026"; as it is where it is no date."""
    match = _DATE.match(text)
    if not match:
        return text
    year, month, day = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def is_moment(text: str) -> bool:
    """Return whether a text is a day, or a time of a day, as the graph writes them."""
    return bool(_MOMENT.fullmatch(text))


def to_day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def to_count(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}"


def shorten(text: str, most: int = 320) -> str:
    """Return a text of so many characters at most, cut at a space where there is one near, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[:most]
    space = cut.rfind(" ", most * 3 // 4)
    return (cut[:space] if space > 0 else cut).rstrip() + "…"
