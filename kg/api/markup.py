"""What a notebook shows: small tables and marked sentences in HTML, every text escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from kg.export.text import replace_forbidden
from kg.query.evidence import Explanation

#: A notebook keeps what it shows: more would make its file large.
MAX_ROWS = 20
_MAX_CELL = 200
_LEFT = ' style="text-align:left"'
#: Colours of the exported page; the mark's own text says which part it is.
_COLOURS = {
    "source": "#cfe8ff", "actors": "#cfe8ff", "recipients": "#cfe8ff",
    "cue": "#ffe08a", "trigger": "#ffe08a", "content": "#e3f4dc",
}  # fmt: skip
#: Where parts overlap, the one that is named first is shown.
_PRIORITY = ("cue", "trigger", "source", "actors", "recipients", "content")


def escape(text: str) -> str:
    """Return the text for content or a quoted attribute; characters that no page can hold are U+FFFD."""
    return html.escape(replace_forbidden(text))


def shorten(text: str, length: int = _MAX_CELL) -> str:
    """Return the text, or its beginning with `…` where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def make_table(columns: Sequence[str], rows: Iterable[Sequence[str]], total: int, notes: Iterable[str] = ()) -> str:
    """Return a table of at most `MAX_ROWS` rows, long cells cut, with a line that says how many rows there are.

    Cells take their own direction, so that characters which reorder text stay within theirs.

    Args:
        columns: of the table; those that end in `_iri` repeat in full what a name says, and are left out.
        rows: the cells, at least the first `MAX_ROWS`.
        total: how many rows there are.
        notes: further lines.
    """
    shown = [index for index, name in enumerate(columns) if not name.endswith("_iri")]
    head = "".join(f"<th{_LEFT}>{escape(columns[index])}</th>" for index in shown)
    body = []
    for row, _ in zip(rows, range(MAX_ROWS), strict=False):
        cells = "".join(f'<td dir="auto"{_LEFT}>{escape(shorten(row[index]))}</td>' for index in shown)
        body.append(f"<tr>{cells}</tr>")
    more = f"{total - MAX_ROWS} more of {total} rows" if total > MAX_ROWS else f"{total} row{'' if total == 1 else 's'}"
    lines = "".join(f"<p>{escape(line)}</p>" for line in (more, *notes))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{lines}"


def make_evidence(explanation: Explanation) -> str:
    """Return the sentence with its parts marked, and what is known of it."""
    facts = [(part.name, part.text) for part in explanation.parts] + list(explanation.details)
    if explanation.rule:
        facts.append(("found by", f"{explanation.rule}, confidence {explanation.confidence or 0:.2f}"))
    where = (explanation.title, explanation.path, explanation.published)
    facts.append(("in", " · ".join(value for value in where if value) or explanation.document))
    rows = "".join(
        f'<tr><th{_LEFT}>{escape(name)}</th><td dir="auto"{_LEFT}>{escape(shorten(value))}</td></tr>' for name, value in facts
    )
    return f'<blockquote dir="auto">{_mark(explanation)}</blockquote><table><tbody>{rows}</tbody></table>'


def _mark(explanation: Explanation) -> str:
    sentence = explanation.sentence
    names = [""] * len(sentence)
    spans_of = {part.name: part.spans for part in explanation.parts}
    for name in reversed(_PRIORITY):
        for begin, end in spans_of.get(name, ()):  # type: ignore[call-overload]  # every name is a part's
            for index in range(max(begin, 0), min(end, len(sentence))):
                names[index] = name
    pieces, begin = [], 0
    for end in range(1, len(sentence) + 1):
        if end == len(sentence) or names[end] != names[begin]:
            text = escape(sentence[begin:end])
            name = names[begin]
            style = f"background:{_COLOURS.get(name, '')};color:#1a1a1a"
            pieces.append(f'<mark title="{name}" style="{style}">{text}</mark>' if name else text)
            begin = end
    return "".join(pieces)
