"""The pipeline: offsets stay, boundaries are repaired, bad input is refused in words."""

from __future__ import annotations

import importlib
from functools import cache

import pytest
from spacy.tokens import Doc
from thinc.api import get_current_ops

from kg.annotate.pipeline import LONGEST_TEXT, Annotator, load_pipeline
from kg.errors import DocumentRefusedError, SettingInvalidError
from kg.model.document import Document, Zone
from kg.model.span import Span
from kg.settings import Settings

_HOSTILE = [
    "",
    " ",
    "\n\n\t\r\n",
    "A\x00B\x07 said\x1b[31m “yes”.",
    "He said \u202eseY\u202c and \u2066left\u2069.",
    "\u0301\u0308 lone marks \u0327",
    "👩‍👩‍👧‍👦 met 🇺🇦 at noon.🙂He left.",
    "a.B" * 40,
    '"' * 60,
    "“" * 30 + "x" + "”" * 30,
    "\u200b\ufeff\u00ad\u2028\u2029 and \x85 x",
    "<script>alert('x')</script> {{ }} \\N{BULLET} %s ${HOME}",
    "\U0010ffff\U000e0001 x",
    "." * 100,
]


@cache
def _annotator() -> Annotator:
    return Annotator(Settings().model)


def _document(text: str, zones: tuple[Zone, ...] = ()) -> Document:
    return Document(id="https://sayso.example/document/x", path="x.txt", location="x", sha256="0", text=text, zones=zones)


def _annotate(text: str) -> Doc:
    return _annotator().annotate(_document(text))


def _sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: ascii(text)[:30])
def test_a_doc_has_the_text_of_its_document(text: str) -> None:
    doc = _annotate(text)
    assert doc.text == text
    assert doc._.document.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: ascii(text)[:30])
def test_no_sentence_of_hostile_text_starts_with_white_space_alone(text: str) -> None:
    starts = [token for token in _annotate(text)[1:] if token.is_sent_start]
    assert not [token for token in starts if token.is_space]


def test_a_glued_stop_is_a_token_of_its_own_and_ends_its_sentence() -> None:
    doc = _annotate("Both sides want peace.But nobody came to the talks.")
    assert [token.text for token in doc][3:6] == ["peace", ".", "But"]
    assert _sentences(doc) == ["Both sides want peace.", "But nobody came to the talks."]


def test_a_glued_quotation_mark_is_a_token_of_its_own() -> None:
    doc = _annotate('The envoy left the UN."But nobody came," he said.')
    assert '"But' not in [token.text for token in doc]
    assert _sentences(doc) == ["The envoy left the UN.", '"But nobody came," he said.']


def test_a_comma_glued_to_a_quotation_mark_and_a_name_is_a_token_of_its_own() -> None:
    doc = _annotate('"The ferry sails on Monday,"Petra Holm said.')
    assert [token.text for token in doc][5:9] == ["Monday", ",", '"', "Petra"]


def test_a_heading_without_a_stop_is_a_sentence() -> None:
    doc = _annotate("Talks open on the lake\n\nThe envoys met on Monday.")
    assert _sentences(doc) == ["Talks open on the lake", "The envoys met on Monday."]


def test_a_zone_begins_and_ends_a_sentence() -> None:
    text = "Read more about the lake The envoys met on Monday."
    zone = Zone(kind="boilerplate", span=Span(0, 24))
    doc = _annotator().annotate(_document(text, (zone,)))
    assert _sentences(doc) == ["Read more about the lake", "The envoys met on Monday."]


def test_what_follows_a_quotation_in_lower_case_stays_in_its_sentence() -> None:
    assert len(_sentences(_annotate("“Who paid for the road?” the judge asked."))) == 1


def test_a_doc_does_not_depend_on_the_documents_before_it() -> None:
    texts = ["The envoys met on Monday.", "", "“We wait,” said Petra Holm."]
    docs = [_annotate(text) for text in reversed(texts)][::-1]
    assert [doc.text for doc in docs] == texts
    alone = [_annotate(text) for text in texts]
    assert [[(t.text, t.dep_, t.head.i) for t in doc] for doc in docs] == [
        [(t.text, t.dep_, t.head.i) for t in doc] for doc in alone
    ]


def test_a_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(DocumentRefusedError, match=r"^'x.txt': 500,001 characters, more than the 500,000 .*; split it$"):
        _annotate("x" * (LONGEST_TEXT + 1))


def test_a_pipeline_that_is_not_installed_is_a_setting_to_correct() -> None:
    with pytest.raises(SettingInvalidError, match="no spaCy pipeline 'en_no_such_model' is installed"):
        load_pipeline("en_no_such_model")


def test_the_version_of_the_model_names_language_package_and_number() -> None:
    assert _annotator().model_version.startswith("en_core_web_")
    assert _annotator().model_version.rpartition("-")[2][0].isdigit()


def test_models_of_the_pipeline_multiply_by_numpy_and_others_as_before() -> None:
    nlp = load_pipeline(Settings().model)
    nodes = [node for name in ("tok2vec", "ner") for node in nlp.get_pipe(name).model.walk() if node.name == "maxout"]  # type: ignore[attr-defined]
    assert nodes
    assert not any(node.ops.use_blis for node in nodes)
    assert get_current_ops().use_blis  # type: ignore[attr-defined]


def test_the_library_of_products_does_not_change_the_analysis() -> None:
    text = "The envoy of Norland told reporters in Geneva that talks with Ostania would resume on Monday. “We will go,” he said."
    plain = importlib.import_module(Settings().model).load()
    ours, theirs = (nlp(text) for nlp in (load_pipeline(Settings().model), plain))
    assert [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in ours] == [
        (t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in theirs
    ]
