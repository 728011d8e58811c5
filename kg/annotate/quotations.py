"""Finding quotations by their marks: curly, straight, angled; unbalanced, continued over paragraphs, glued."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.annotate.layout import find_paragraphs
from kg.model.quotation import Quotation

#: Each opening mark with the marks that may close it; `''` is two typewriter apostrophes.
_OPENING: dict[str, tuple[str, ...]] = {
    "“": ("”",),
    "«": ("»",),
    "„": ("“", "”"),
    "‘": ("’",),
    '"': ('"',),
    "'": ("'",),
    "``": ("''",),
    "''": ("''",),
}
_MARKS = re.compile("``|''|[“”«»„\"‘’']")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z“\"‘])")
#: A closing mark behind the comma or stop that ends what is said, where a cue can follow.
_UNOPENED = re.compile(r"(?:(?<=[^\W_][,.!?])[”»\"]|(?<=[,.!?] )'')(?=\s+[^\W\d_]|$)")
#: What stands before a quotation that may run over several sentences; nothing at the start of a paragraph.
_LEADING = frozenset({"", ":", ".", "!", "?", ","})
_BEFORE_OPENING = frozenset(" \t\r\n\u00a0([{-–—/:")
_AFTER_CLOSING = frozenset(" \t\r\n\u00a0)]}.,;:!?-–—/")
#: A quotation in single marks longer than this is an apostrophe that met another one.
_LONGEST_SINGLE = 400


def find_quotations(text: str) -> Iterator[Quotation]:
    """Yield the outermost quotations in order of text.

    A mark whose direction shows (curly, or a space on one side only) is taken at its word; a straight mark
    between two letters or stops (`UN."But`) closes what is open and opens otherwise. A mark that opens while
    another quotation is open means that the first was never closed: it ends where its paragraph or, within
    one paragraph, the sentence before the new mark ends. A paragraph that opens with a mark after an unclosed
    one continues it (the newspaper rule). A closing mark that nothing opened closes the sentence before it, if a cue
    may follow (`We wait,” she said`).
    """
    unclosed_before = False
    for begin, end in find_paragraphs(text):
        found = list(_add_unopened(text, begin, end, _find_in_paragraph(text, begin, end)))
        for number, quotation in enumerate(found):
            is_first = number == 0 and not text[begin : quotation.begin].strip()
            yield quotation._replace(is_continued=unclosed_before and is_first)
        unclosed_before = bool(found) and not found[-1].is_closed and found[-1].end == end


def find_inner_quotations(text: str, quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Yield, in order, the closed quotations that stand within each of these; one that holds only its inner one has none."""
    for outer in quotations:
        opening = _MARKS.match(text, outer.begin)
        begin = outer.begin + (len(opening.group()) if opening else 0)
        end = outer.end - 1 if outer.is_closed else outer.end
        yield from (inner for inner in _find_in_paragraph(text, begin, end) if inner.is_closed)


def _add_unopened(text: str, begin: int, end: int, found: Iterator[Quotation]) -> Iterator[Quotation]:
    """Yield the quotations of a paragraph and those that only their closing mark shows."""
    at = begin
    for quotation in (*found, None):
        stop = end if quotation is None else quotation.begin
        first = scanned = at
        for match in _UNOPENED.finditer(text, at, stop):
            # Without a sentence before it the mark closes what the paragraph opens with.
            for ended in _SENTENCE_END.finditer(text, scanned, match.start()):
                first = ended.end()
            scanned = match.start()
            first = _skip_spaces(text, first, scanned)
            if first < scanned and text[first].isupper():
                yield Quotation(first, match.end())
                first = scanned = match.end()
        if quotation is not None:
            yield quotation
            at = quotation.end


def _skip_spaces(text: str, begin: int, end: int) -> int:
    while begin < end and text[begin].isspace():
        begin += 1
    return begin


def _find_in_paragraph(text: str, begin: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    closing: tuple[str, ...] = ()
    for match in _MARKS.finditer(text, begin, end):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at > begin else " "
        after = text[match.end()] if match.end() < end else " "
        if opened is None:
            if _can_open(mark, before, after):
                opened, closing = at, _OPENING[mark]
        elif mark in closing and _can_close(mark, before, after):
            yield Quotation(opened, match.end())
            opened = None
        elif mark == text[opened : opened + len(mark)] and mark not in "‘'" and _can_open(mark, before, after):
            stop = _last_sentence_end(text, opened, at)
            if stop is not None:
                yield Quotation(opened, stop, is_closed=False)
            opened = at
        if opened is not None and _is_single(closing) and at - opened > _LONGEST_SINGLE:
            opened = None
    if opened is not None and not _is_single(closing):
        stop = opened + len(text[opened:end].rstrip())
        if text[begin:opened].rstrip()[-1:] not in _LEADING:
            # It opened in the middle of a sentence: nothing shows that it goes on behind that sentence.
            stop = min(stop, _first_sentence_end(text, opened, end))
        if stop > opened + 1:
            yield Quotation(opened, stop, is_closed=False)


def _can_open(mark: str, before: str, after: str) -> bool:
    if mark == "``":
        return True  # in tokenised text a blank stands behind it
    if mark not in _OPENING or after.isspace():
        return False
    if mark in "“«„":
        return True
    if mark in "‘'":
        return before in _BEFORE_OPENING and after.isalpha() and after not in "st"
    return not (before.isalnum() and after in _AFTER_CLOSING)


def _can_close(mark: str, before: str, after: str) -> bool:
    if mark in "”»“":
        return True
    if mark in "’'":
        return not before.isspace() and (after in _AFTER_CLOSING or not after.isalnum())
    return not (before.isspace() and not after.isspace() and after not in _AFTER_CLOSING)


def _first_sentence_end(text: str, begin: int, end: int) -> int:
    match = _SENTENCE_END.search(text, begin, end)
    return match.end() if match is not None else end


def _is_single(closing: tuple[str, ...]) -> bool:
    return closing in {("’",), ("'",)}


def _last_sentence_end(text: str, begin: int, end: int) -> int | None:
    """Return where the last sentence between two opening marks ends; None where there is no full one."""
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)", text[begin:end])]
    return begin + ends[-1] if ends else None
