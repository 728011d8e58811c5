"""The head of a plain text: title, host, date, byline and dateline, as pages and wires write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.model.document import ZoneKind
from kg.read.dates import to_iso
from kg.read.layout import MAX_MARKED_LINE, Line, find_lines
from kg.read.lexicon import load_lexicon
from kg.read.names import NAME, is_name, read_names

#: Header lines stand among the first so many lines that are not blank.
_HEAD_LINES = 10
#: Lines between a title and the body.
_MAX_DECK = 2
_MAX_TITLE = 200
_HOST = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24})(/\S*)?", re.IGNORECASE)
_LABEL = re.compile(
    r"(title|headline|author|by|byline|date|published|posted|publisher|site|website|url|link|language|section)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|date|modified)(?:\s+(?:on|at))?)\s*:?\s+", re.IGNORECASE
)
_BY = re.compile(r"(?:(?:written|text|story|analysis|opinion|reported|reporting|report)\s+)?by:?\s+(\S.*)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[|•·]|\s[–—-]\s)\s*")
_PLACE = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}"
_NAME_AND_PLACE = re.compile(rf"({NAME}),\s+({_PLACE}(?:,\s+{_PLACE})?)")
_ENDS = re.compile(r"[.…!?][\"'”’»)\]]*$")
_STOPS = re.compile(r"(?:[.,;:…]|[–—-])[\"'”’»)\]]*$")
_MARKDOWN = re.compile(r"#{1,2}\s+(\S.*?)\s*#*")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.'’/-]*(?:[ /][^\W\d_][\w.'’/-]*){0,3})"
    r"(?P<region>,\s+[^\W\d_][\w.'’ -]{1,30}?)??"
    r"(?:,\s+(?P<date>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?))?,?"
    r"(?P<agency>\s+\([^()\n]{2,30}\))?"
    r"\s+(?:--?|[–—])\s*(?=[\"'“‘«]?[^\W\d_a-z])|"
    r"(?P<glued>[^\W\d_a-z]{4,}(?: [^\W\d_a-z]{3,}){0,2})(?P<glued_agency>\s+\([^()\n]{2,30}\))?[–—](?=[\"'“‘«]?[^\W\d_a-z])"
)


@dataclass(slots=True)
class Marks:
    """What a text says of itself, and where: the zones in order of their weight, as kind, begin, end."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    section: str | None = None
    url: str | None = None
    is_opinion: bool = False
    zones: list[tuple[ZoneKind, int, int]] = field(default_factory=list)
    body: int = 0


def read_header(text: str, title: str | None = None) -> Marks:
    """Return what the first lines of a text say of it; `body` is where running text begins.

    Args:
        text: a document's text, verbatim.
        title: the title, where metadata gives it: then only a line that repeats it is a title line.
    """
    lines: list[Line] = []
    for line in find_lines(text):
        if line.text:
            lines.append(line)
        if len(lines) == _HEAD_LINES or len(line.text) > MAX_MARKED_LINE:
            break
    marks = Marks()
    kinds = [_read_line(line, marks) for line in lines]
    last = _find_last_header(lines, kinds)
    if last is None:
        marks = Marks()
        first_is_title = bool(lines) and _is_bare_title(text, lines, title)
    else:
        marks = Marks()
        for line, kind in zip(lines[: last + 1], kinds, strict=False):
            if kind is not None:
                marks.zones.append((kind, line.begin, line.end))
                _read_line(line, marks)
        first_is_title = kinds[0] is None and (title is None or _is_same(lines[0].text, title))
        marks.body = lines[last].end
    if first_is_title:
        heading = _MARKDOWN.fullmatch(lines[0].text)
        marks.title = marks.title or (heading[1] if heading else lines[0].text)
        marks.zones.append(("title", lines[0].begin, lines[0].end))
        marks.body = max(marks.body, lines[0].end)
    begin = _read_dateline(text, marks)
    if begin is not None and marks.body == 0 and begin > lines[0].begin and (title is None or _is_same(lines[0].text, title)):
        marks.title = lines[0].text
        marks.zones.append(("title", lines[0].begin, lines[0].end))
        marks.body = begin
    return marks


def _find_last_header(lines: list[Line], kinds: list[ZoneKind | None]) -> int | None:
    """Return the index of the last header line; at most a title and two lines of deck come before the first one."""
    last: int | None = None
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is not None and index - (-1 if last is None else last) <= (4 if last is None else 1):
            if last is None and index > 0 and not _may_precede(lines[:index]):
                return None
            last = index
        elif last is not None or len(line.text) > MAX_MARKED_LINE:
            break
    return last


def _may_precede(lines: list[Line]) -> bool:
    """Tell whether these lines can be a title and its deck: running text cannot."""
    title, *deck = lines
    is_short = len(title.text) <= _MAX_TITLE and not re.search(r"[,;:]$", title.text)
    return is_short and (not deck or not _STOPS.search(title.text)) and all(len(line.text) <= MAX_MARKED_LINE for line in deck)


def _read_line(line: Line, marks: Marks) -> ZoneKind | None:
    """Return the kind of a header line and note in `marks` what it says; None for a line of another kind."""
    text = line.text
    if len(text) > MAX_MARKED_LINE:
        return None
    label = _LABEL.fullmatch(text)
    if label:
        return _read_label(label[1].lower(), label[2], marks)
    host = _HOST.fullmatch(text)
    if host:
        marks.publisher = marks.publisher or host[1].lower()
        if text.lower().startswith("http"):
            marks.url = marks.url or text
        return "host"
    day = to_iso(_DATE_WORDS.sub("", text, count=1))
    if day:
        marks.published = marks.published or day
        return "dateline"
    if load_lexicon().opinion_line.fullmatch(text):
        marks.is_opinion = True
        return "boilerplate"
    return _read_byline(text, marks)


def _read_label(label: str, value: str, marks: Marks) -> ZoneKind | None:
    if label in {"date", "published", "posted"}:
        day = to_iso(value)
        marks.published = marks.published or day
        return "dateline" if day else None
    if label in {"author", "by", "byline"}:
        marks.author = marks.author or read_names(value)
        return "byline"
    if label in {"title", "headline"}:
        marks.title = marks.title or value
        return "title"
    if label in {"url", "link"}:
        if not _HOST.fullmatch(value):
            return None
        marks.url = marks.url or value
    elif label == "language":
        marks.language = marks.language or value
    elif label == "section":
        marks.section = marks.section or value
    else:
        marks.publisher = marks.publisher or value
    return "host"


def _read_byline(text: str, marks: Marks) -> ZoneKind | None:
    """Read "By Jane Doe", "By Jane Doe, Kyiv | 20 October 2025", "Jane Doe, Kyiv"."""
    parts = _SEPARATOR.split(text)
    by = _BY.fullmatch(parts[0])
    pair = _NAME_AND_PLACE.fullmatch(parts[0])
    rest = parts[1:]
    author: str | None = None
    if by:
        names, _, tail = by[1].partition(", ")
        whole_day = to_iso(tail)
        author = read_names(names if whole_day else by[1])
        is_staff = bool(load_lexicon().not_author.search(by[1])) and len(by[1]) <= 60
        if (author is None and not is_staff) or _ENDS.search(by[1]) or len(by[1].split()) > 20:
            return None
        marks.published = marks.published or whole_day
    elif pair and len(text) <= 80 and is_name(pair[1]):
        author = pair[1]
    elif rest and is_name(parts[0]) and any(to_iso(part) for part in rest):
        author = parts[0]
    else:
        return None
    marks.author = marks.author or author
    for part in rest:
        marks.published = marks.published or to_iso(_DATE_WORDS.sub("", part, count=1))
    return "byline"


def _is_bare_title(text: str, lines: list[Line], title: str | None) -> bool:
    """Tell whether the first line is a title although no other header line follows it."""
    first = lines[0]
    if title is not None:
        return _is_same(first.text, title)
    if len(lines) < 2 or len(first.text) > _MAX_TITLE or _STOPS.search(first.text) or first.text[0] in "-*•>([0123456789":
        return _MARKDOWN.fullmatch(first.text) is not None and len(lines) > 1
    if first.text[0].islower() or len(first.text.split()) < 3:
        return _MARKDOWN.fullmatch(first.text) is not None
    has_gap = re.fullmatch(r"[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*", text[first.end : lines[1].begin])
    second = lines[1].text
    return bool(_ENDS.search(second)) and len(second) > (40 if has_gap else 80)


def _is_same(left: str, right: str) -> bool:
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()


def _read_dateline(text: str, marks: Marks) -> int | None:
    """Mark "KYIV, Oct 20 (Wire) -" at the head of the body; its date counts only with a year.

    The body may also begin behind a title and its deck, which only the dateline then tells from running text:
    so there it must have a date or an agency, or stand straight behind the first line and be one or two words.

    Returns:
        Where its line begins; None without a dateline.
    """
    before: list[Line] = []
    for line in find_lines(text, marks.body):
        if not line.text:
            continue
        match = _match_dateline(line.text, most_words=(4, 2, 0)[len(before)])
        if match and (not before or marks.body > 0 or _may_precede(before)):
            marks.zones.append(("dateline", line.begin, line.begin + len(match[0].rstrip())))
            if match["date"]:
                marks.published = marks.published or to_iso(match["date"])
            return line.begin
        before.append(line)
        if len(before) > _MAX_DECK or len(line.text) > _MAX_TITLE:
            break
    return None


def _match_dateline(line: str, *, most_words: int) -> re.Match[str] | None:
    """Match a dateline; one without date and agency must be in capitals, and have no more words than that."""
    match = _DATELINE.match(line[:160])
    if not match or load_lexicon().not_place.match(match[0]):
        return None
    if match["date"] or match["agency"] or match["glued_agency"]:
        return match
    place = match["place"] or match["glued"]
    is_capitals = re.match(r"[^\W\d_a-z]{3,}", place) is not None and len(place.split()) <= most_words
    # A pair of dashes sets off a remark: "MOSCOW — The city — slept".
    is_alone = not re.match(r"[^.!?\n]*\s(?:--?|[–—])\s", line[match.end() :])
    return match if is_capitals and is_alone else None
