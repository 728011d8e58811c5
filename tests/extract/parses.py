"""Parses made by hand, so that another language model cannot change what a rule is given."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kg.annotate.labels import find_labels
from kg.annotate.layout import find_paragraphs
from kg.annotate.pipeline import load_pipeline
from kg.annotate.quotations import find_inner_quotations, find_quotations
from kg.model.document import Document, Zone

assert load_pipeline.__module__ == "kg.annotate.pipeline"  # imported for the Doc extensions that it sets
_VOCAB = spacy.blank("en").vocab


def parse_rows(rows: str, *, author: str | None = None, zones: tuple[Zone, ...] = ()) -> Doc:
    """Make a Doc: a token a line, as "word lemma tag pos head dep", heads counted from 0.

    A word that ends in `_` has no space behind it; an empty line starts a sentence.
    """
    tokens: list[list[str]] = []
    starts: list[bool] = []
    for sentence in rows.strip().split("\n\n"):
        for at, row in enumerate(sentence.splitlines()):
            tokens.append(row.split())
            starts.append(at == 0)
    words = [t[0].removesuffix("_") for t in tokens]
    doc = Doc(
        _VOCAB,
        words=words,
        spaces=[not t[0].endswith("_") for t in tokens],
        lemmas=[t[1] for t in tokens],
        tags=[t[2] for t in tokens],
        pos=[t[3] for t in tokens],
        heads=[int(t[4]) for t in tokens],
        deps=[t[5] for t in tokens],
        sent_starts=starts,
    )
    doc._.document = Document(
        id="https://sayso.example/document/x",
        path="x",
        location="x",
        sha256="0",
        text=doc.text,
        author=author,
        is_opinion=author is not None,
        zones=zones,
    )
    doc._.quotations = tuple(find_quotations(doc.text))
    doc._.inner_quotations = tuple(find_inner_quotations(doc.text, doc._.quotations))
    doc._.labels = tuple(find_labels(doc.text))
    doc._.paragraphs = tuple(find_paragraphs(doc.text))
    return doc
