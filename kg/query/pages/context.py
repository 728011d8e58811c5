"""The evidence of a claim or event in what stands around it, with its parts marked."""

from __future__ import annotations

from kg.model.base import Frozen
from kg.query.pages.marks import Mark, list_marks
from kg.query.pages.nodes import Node, describe_node, name_nodes
from kg.query.pages.texts import Passage, read_text
from kg.store.reader import Reader

#: Characters before and after the evidence; white space decides where it is cut.
_AROUND = 320


class Context(Frozen):
    """A stretch of a document's text around some evidence.

    Attributes:
        passage: the stretch; no more than the evidence where the store did not keep the text.
        begin, end: of the evidence's sentences, in code points of the document.
        marks: the parts of the evidence, as `kg.query.pages.marks` orders them.
        is_cut_before, is_cut_after: whether the text goes on.
    """

    passage: Passage
    begin: int
    end: int
    marks: tuple[Mark, ...]
    is_cut_before: bool
    is_cut_after: bool


def read_context(reader: Reader, node: Node) -> Context:
    """Return the evidence of a claim or event in its context.

    Args:
        reader: an open store.
        node: as the graph describes it.

    Raises:
        StoreInvalidError: the file of annotations is damaged.
    """
    begin, end = node.number("nif:beginIndex"), node.number("nif:endIndex")
    sentence = node.one("nif:anchorOf")
    marks = list_marks([node], name_nodes(reader, (*node.all("speaker"), *node.all("eventType"))))
    text = read_text(reader.path, describe_node(reader, node.document))
    if text is None or text[begin:end] != sentence:
        passage = Passage(begin=begin, text=sentence)
        return Context(passage=passage, begin=begin, end=end, marks=marks, is_cut_before=begin > 0, is_cut_after=True)
    first = min([begin, *(mark.begin for mark in marks)])
    last = max([end, *(mark.end for mark in marks)])
    first = _find_space(text, max(0, first - _AROUND), first)
    last = _rfind_space(text, last, min(len(text), last + _AROUND))
    return Context(
        passage=Passage(begin=first, text=text[first:last]),
        begin=begin,
        end=end,
        marks=marks,
        is_cut_before=first > 0,
        is_cut_after=last < len(text),
    )


def _find_space(text: str, begin: int, end: int) -> int:
    """Return where the first word after `begin` starts; `begin` itself at the start of the text or within one long word."""
    if begin == 0:
        return 0
    return next((index + 1 for index in range(begin, end) if text[index].isspace()), begin)


def _rfind_space(text: str, begin: int, end: int) -> int:
    """Return where the last word before `end` stops; `end` itself at the end of the text or within one long word."""
    if end == len(text):
        return end
    return next((index for index in range(end - 1, begin - 1, -1) if text[index].isspace()), end)
