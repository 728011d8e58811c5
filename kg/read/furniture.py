"""What stands in a text besides its running text: author notes, disclaimers, links, copyright lines."""

from __future__ import annotations

import re

from kg.model.document import ZoneKind
from kg.read.header import Marks
from kg.read.layout import MAX_MARKED_LINE, Line, find_lines
from kg.read.lexicon import Lexicon, load_lexicon
from kg.read.names import NAME, is_name, read_names

#: Author notes and disclaimers are looked for in so many last characters.
_TAIL_LENGTH = 6000
_NOTE_NAME = re.compile(rf"[\s:–—-]*({NAME}?)(?=\s*[,.;:(–—-]|\s+(?:is|was|has|writes|teaches|works|covers)\b|\s*$)")
_CREDIT = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|written|compiled|edited|editing) (?:and (?:writing|editing) )?by:?\s+"
    r"(?P<names>[^;()\n]{3,160}?)"
    r"(?:\s+in\s+[^;()\n]{2,40})?(?:;.{0,200})?\.?\)?\.?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.…!?:][\"'”’»)\]]*$")
_BIOGRAPHY = re.compile(
    rf"({NAME})(?:,[^,.]{{2,60}},)?\s+(?:is|was|writes|teaches|works|covers|has (?:been|worked|written))\s+\S.*"
)
_PARAGRAPH_END = re.compile(r"[\r\n]")


def read_furniture(text: str, marks: Marks) -> None:
    """Add to `marks` the zones behind the header, the author that a note names, and whether it is opinion."""
    lexicon = load_lexicon()
    _read_tail(text, marks, lexicon)
    _read_lines(text, marks, lexicon)


def _read_tail(text: str, marks: Marks, lexicon: Lexicon) -> None:
    """Find notes and disclaimers in the last part of the text, also where a page has glued them to the body."""
    begin = max(marks.body, len(text) - _TAIL_LENGTH)
    opened: list[int] = []
    notes: list[tuple[int, int]] = []
    for match in lexicon.disclaimer.finditer(text, begin):
        if not _is_opening(text, match.start()):
            continue
        marks.zones.append(("boilerplate", match.start(), match.end()))
        marks.is_opinion = True
        opened.append(match.start())
    for match in lexicon.note.finditer(text, begin):
        name = _NOTE_NAME.match(text, match.end(), min(len(text), match.end() + 200))
        if not _is_opening(text, match.start()) or name is None or not is_name(name[1].rstrip(".")):
            continue
        paragraph = _PARAGRAPH_END.search(text, name.end(1))
        notes.append((match.start(), paragraph.start() if paragraph else len(text)))
        marks.author = marks.author or read_names(name[1].rstrip("."))
        opened.append(match.start())
    for start, end in notes:
        # Disclaimers are in the list before, so that they stay out of the note that they follow.
        marks.zones.append(("author-note", start, end))
    for start in opened:
        glued = lexicon.glued.search(text, max(begin, start - 30), start)
        if glued:
            marks.zones.append(("boilerplate", glued.start(), start))


def _is_opening(text: str, position: int) -> bool:
    """Tell whether a sentence can begin here: after a line end, end of sentence or link word, with a capital."""
    if not text[position].isupper():
        return False
    before = text[:position].rstrip(" \t\xa0(*_–—-")[-1:]
    return not before or before in "\r\n.!?…:”\"’'»)]" or text[position - 1].islower()


def _read_lines(text: str, marks: Marks, lexicon: Lexicon) -> None:
    """Find furniture that has a line of its own, credits, and a biography in the last lines."""
    in_list = False
    lines: list[Line] = []
    for line in find_lines(text, marks.body):
        if not line.text:
            continue
        lines.append(line)
        kind: ZoneKind | None = None
        if len(line.text) > MAX_MARKED_LINE:
            in_list = False
            continue
        bare = line.text.strip("*_#[]<>»→•| \t")
        credit = _CREDIT.fullmatch(line.text)
        if credit:
            names = read_names(credit["names"])
            kind = "byline" if names else None
            marks.author = marks.author or names
        elif lexicon.line.fullmatch(bare):
            kind, in_list = "boilerplate", bool(lexicon.heading.fullmatch(bare))
        elif in_list and not _ENDS.search(line.text):
            kind = "boilerplate"
        else:
            in_list = False
        if kind:
            marks.zones.append((kind, line.begin, line.end))
    _read_biography(lines[-4:], marks, lexicon)


def _read_biography(lines: list[Line], marks: Marks, lexicon: Lexicon) -> None:
    """Mark "Jane Doe is a fellow at …" in the last lines, where it names the author or the text is an opinion."""
    for line in reversed(lines):
        if len(line.text) > 2 * MAX_MARKED_LINE:
            return
        found = _BIOGRAPHY.fullmatch(line.text.strip("*_ "))
        if found and is_name(found[1]):
            is_author = marks.author is not None and found[1] in marks.author.split("; ")
            if is_author or (marks.author is None and marks.is_opinion and re.search(r"\bis an? |\bwrites ", line.text)):
                marks.author = marks.author or found[1]
                marks.zones.append(("author-note", line.begin, line.end))
            return
        if not lexicon.line.fullmatch(line.text) and not lexicon.disclaimer.search(line.text):
            return
