"""The tokens of a Doc as plain columns, read once: what the mention rules look at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc

from kg.model.document import Document
from kg.model.label import Label
from kg.model.quotation import Quotation

#: Dependency labels of a grammatical subject, active, passive or clausal.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
_SPACES = re.compile(r"\s+")
#: Where a Doc keeps its table.
_KEY = "sayso token table"


def read_table(doc: Doc) -> TokenTable:
    """Return the table of a Doc that does not change any more; it is made once and kept with the Doc."""
    table = doc.user_data.get(_KEY)
    if not isinstance(table, TokenTable):
        table = doc.user_data[_KEY] = TokenTable(doc)
    return table


class TokenTable:
    """Columns by token index; `heads` are absolute indices, a root is its own head.

    Attributes:
        begins, ends: code point offsets of each token.
        sentences: 0-based sentence index of each token.
        bounds: of each sentence its tokens, [first, end).
        plains: lower case without full stops ("gen", "us").
        are_spaces, are_marks: whether a token is white space, or punctuation.
        children: indices of the tokens right below each one, in order.
        entities: (start, end, label) of what the pipeline's recogniser found, in order.
        document: what the Doc was made from; None for a bare Doc.
    """

    def __init__(self, doc: Doc) -> None:
        self.text: str = doc.text
        tokens = list(doc)
        self.words: list[str] = [t.text for t in tokens]
        self.lowers: list[str] = [word.lower() for word in self.words]
        self.plains: list[str] = [word.replace(".", "") if len(word) > 1 else word for word in self.lowers]
        self.are_spaces: list[bool] = [t.is_space for t in tokens]
        self.are_marks: list[bool] = [t.is_punct for t in tokens]
        self.tags: list[str] = [t.tag_ for t in tokens]
        self.kinds: list[str] = [t.pos_ for t in tokens]
        self.deps: list[str] = [t.dep_ for t in tokens]
        self.lemmas: list[str] = [t.lemma_.lower() for t in tokens]
        self.heads: list[int] = [t.head.i for t in tokens]
        self.begins: list[int] = [t.idx for t in tokens]
        self.ends: list[int] = [t.idx + len(t) for t in tokens]
        self.sentences: list[int] = []
        sentence = -1
        for t in tokens:
            sentence += t.is_sent_start is True or t.i == 0
            self.sentences.append(sentence)
        starts = [at for at, number in enumerate(self.sentences) if at == 0 or number != self.sentences[at - 1]]
        self.bounds: list[tuple[int, int]] = list(pairwise([*starts, len(tokens)]))
        self.children: list[list[int]] = [[] for _ in tokens]
        for index, head in enumerate(self.heads):
            if head != index:
                self.children[head].append(index)
        self.entities: list[tuple[int, int, str]] = [(e.start, e.end, e.label_) for e in doc.ents]
        self.document: Document | None = (doc._.document or None) if Doc.has_extension("document") else None
        self.quotations: tuple[Quotation, ...] = tuple(doc._.quotations) if Doc.has_extension("quotations") else ()
        self.labels: tuple[Label, ...] = tuple(doc._.labels) if Doc.has_extension("labels") else ()

    def __len__(self) -> int:
        return len(self.words)

    def quote(self, start: int, end: int) -> str:
        """Return the text of tokens [start, end) on one line; empty for an empty range."""
        return _SPACES.sub(" ", self.text[self.begins[start] : self.ends[end - 1]]) if start < end else ""

    def find_tokens(self, begin: int, stop: int) -> tuple[int, int]:
        """Return the tokens [start, end) that the characters [begin, stop) touch; an empty range where they touch none."""
        return bisect_right(self.ends, begin), bisect_left(self.begins, stop)

    def is_possessive(self, index: int) -> bool:
        """Tell whether the token is a possessive ending; False out of range."""
        return (
            0 <= index < len(self.words) and self.words[index] in _POSSESSIVES and self.tags[index] in {"POS", "''", "VBZ", "``"}
        )

    def is_capitalised(self, index: int) -> bool:
        """Tell whether the token begins with a capital letter; False out of range."""
        return 0 <= index < len(self.words) and self.words[index][:1].isupper()

    def is_sentence_start(self, index: int) -> bool:
        """Tell whether it is the first word of its sentence; opening marks do not count as words."""
        before = index - 1
        while before >= 0 and not self.words[before][0].isalnum() and self.sentences[before] == self.sentences[index]:
            before -= 1
        return before < 0 or self.sentences[before] != self.sentences[index]

    def is_proper(self, index: int) -> bool:
        """Tell whether the token is capitalised and tagged as a proper noun."""
        return self.is_capitalised(index) and self.tags[index] in {"NNP", "NNPS"}

    def find_head(self, start: int, end: int) -> int:
        """Return the token of [start, end) whose head lies outside; the last of several."""
        outside = [i for i in range(start, end) if not start <= self.heads[i] < end or self.heads[i] == i]
        return outside[-1] if outside else end - 1

    def has_child(self, index: int, *deps: str) -> bool:
        """Tell whether a token has a child with one of the dependency labels, the first token of the text too."""
        return any(self.deps[child] in deps for child in self.children[index])

    def iterate_subtree(self, index: int) -> Iterator[int]:
        """Yield the token and everything below it, in no order."""
        stack = [index]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(self.children[current])

    def is_subject(self, index: int) -> bool:
        """Tell whether the token is a subject, or coordinated with one."""
        for _ in range(20):
            if self.deps[index] in SUBJECTS:
                return True
            if self.deps[index] not in {"conj", "appos"} or self.heads[index] == index:
                return False
            index = self.heads[index]
        return False
