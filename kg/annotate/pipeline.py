"""The spaCy pipeline: tokens, tags, parse and names, with boundaries repaired before the parser runs."""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from thinc.api import get_current_ops, use_ops

from kg.annotate.attributes import FACTORY as ATTRIBUTE_RULER
from kg.annotate.boundaries import find_sentence_insides, find_sentence_starts, find_token_breaks
from kg.annotate.labels import find_labels
from kg.annotate.layout import find_paragraphs
from kg.annotate.quotations import find_inner_quotations, find_quotations
from kg.errors import DocumentRefusedError, SettingInvalidError
from kg.model.document import Document

#: spaCy needs about 1 KB of memory a character; a longer text is refused rather than the machine brought down.
LONGEST_TEXT = 500_000
_COMPONENT = "kg_sentence_boundaries"

#: How the shipped pipeline is loaded: without what those need who do without its parser, and with quicker parts of ours.
_CHANGES: dict[str, Any] = {
    "exclude": ("senter",),
    "config": {"components": {"attribute_ruler": {"factory": ATTRIBUTE_RULER}}},
}

# A mark or stop glued between two sentences is a token of its own.
_INFIXES = (
    r"[\"“”«»]",
    r"(?<=[A-Za-z0-9)%])[.!?](?=[\"“”][A-Z])",
    r"(?<=[A-Za-z0-9)%]),(?=[\"“”])",
    r"(?<=[a-z0-9)%])[.!?](?=[\"“”‘(]?[A-Z])",
    r"(?<=[A-Z][A-Z])\.(?=[A-Z][a-z])",
    r"[–—]",
    r"(?<=[A-Za-z]):(?=[\"“‘])",
    r"(?<=[a-z])[)\]](?=[A-Z])",
)
#: A typewriter's opening mark is one token, as its closing one is.
_PREFIXES = (r"``",)
_SUFFIXES = (r"[–—]", r"(?<=[a-z0-9])[.!?](?=[\"”’]?$)")

for _name in ("document", "quotations", "inner_quotations", "labels", "paragraphs"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


@Language.component(_COMPONENT)
def mark_boundaries(doc: Doc) -> Doc:
    """Set `is_sent_start` where the characters leave no doubt; the parser decides the rest."""
    starts = set(find_sentence_starts(doc.text, doc._.document.zones if doc._.document else (), doc._.quotations))
    insides = set(find_sentence_insides(doc.text, doc._.quotations))
    pending, previous_end = False, len(doc[0]) if len(doc) else 0
    for token in doc[1:]:
        begin = token.idx
        is_start = begin in starts or previous_end in starts
        previous_end = begin + len(token)
        if token.is_space:
            pending = pending or is_start
            token.is_sent_start = False
        elif is_start or pending:
            token.is_sent_start = True
            pending = False
        elif begin in insides:
            token.is_sent_start = False
    return doc


def load_pipeline(name: str) -> Language:
    """Load a spaCy pipeline by package name and fit it with the boundary repair.

    Raises:
        SettingInvalidError: there is no such pipeline, or it lacks a parser or a named-entity recogniser.
    """
    try:
        with _multiply_by_numpy():
            nlp: Language = (
                importlib.import_module(name).load(**_CHANGES) if name.startswith("en_core_web_sm_") else spacy.load(name)
            )
    except (ImportError, OSError) as error:
        raise SettingInvalidError(f"setting 'model': no spaCy pipeline {name!r} is installed; install it or unset it") from error
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise SettingInvalidError(f"setting 'model': pipeline {name!r} has no {', '.join(sorted(missing))}; choose another")
    defaults, tokenizer = nlp.Defaults, cast("Any", nlp.tokenizer)  # compiled, without type stubs
    # Each setting is tried out on all exceptions at once: they are put back when all is set.
    exceptions, tokenizer.rules = tokenizer.rules, {}
    tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer
    tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES]).search
    tokenizer.rules = exceptions
    nlp.add_pipe(_COMPONENT, before="parser")
    return nlp


def _multiply_by_numpy() -> AbstractContextManager[None]:
    """Let models that are loaded multiply by NumPy's library: the one that spaCy brings takes four times as long (AVX-512)."""
    return use_ops("numpy", use_blis=False) if get_current_ops().name == "numpy" else nullcontext()


class Annotator:
    """Turns documents into spaCy docs.

    Each `Doc` has `doc.text == document.text`, `doc._.document` (the Document), `doc._.quotations` (a tuple of the
    outermost `Quotation`s, in order), `doc._.inner_quotations` (those within them), `doc._.labels` (of `Label`s) and
    `doc._.paragraphs` (of `Span`s).
    """

    def __init__(self, model: str) -> None:
        self._nlp = load_pipeline(model)
        self.model_version = f"{self._nlp.meta['lang']}_{self._nlp.meta['name']}-{self._nlp.meta['version']}"

    def annotate(self, document: Document) -> Doc:
        """Return the doc of one document.

        Raises:
            DocumentRefusedError: the text is longer than `LONGEST_TEXT` code points.
        """
        doc: Doc = self._nlp(self._prepare(document))
        return doc

    def _prepare(self, document: Document) -> Doc:
        if len(document.text) > LONGEST_TEXT:
            problem = f"{len(document.text):,} characters, more than the {LONGEST_TEXT:,} that one text may have; split it"
            raise DocumentRefusedError(document.path, problem)
        doc = self._nlp.make_doc(document.text)
        doc._.document = document
        doc._.quotations = tuple(find_quotations(document.text))
        doc._.inner_quotations = tuple(find_inner_quotations(document.text, doc._.quotations))
        doc._.labels = tuple(find_labels(document.text))
        doc._.paragraphs = tuple(find_paragraphs(document.text))
        _split_tokens(doc, set(find_token_breaks(document.text, doc._.quotations, doc._.labels)))
        return doc


def _split_tokens(doc: Doc, breaks: set[int]) -> None:
    """Split the tokens that run across one of these offsets, which text without spaces makes of two."""
    with doc.retokenize() as retokenizer:
        for token in doc:
            cuts = [at for at in range(token.idx + 1, token.idx + len(token)) if at in breaks]
            if cuts and not _is_double_mark(token.text):
                parts = [doc.text[a:b] for a, b in pairwise([token.idx, *cuts, token.idx + len(token)])]
                retokenizer.split(token, parts, heads=[(token, at) for at in range(len(parts))])


def _is_double_mark(word: str) -> bool:
    return word in {"''", "``"}
