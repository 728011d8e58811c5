"""Sentences that only credit those who made a report."""

from __future__ import annotations

from functools import cache

import pytest

from kg.annotate.pipeline import Annotator
from kg.extract.extractor import RuleExtractor
from kg.extract.furniture import find_eventless_spans, find_furniture, is_credit
from kg.extract.token_table import read_table
from kg.model.document import Document, Zone
from kg.model.span import Span
from kg.resolve.registry import read_registry
from kg.settings import Settings


@cache
def tools() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def make_document(text: str, *zones: Zone) -> Document:
    return Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text, zones=zones)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters contributed to this report.",
        "The Associated Press contributed to this report from Larvik.",
        "AFP and dpa also contributed to this story.",
        "(Reporting by Nila Ost and Bo Ek in Larvik; editing by Ann Reed)",
        "Additional reporting by Nila Ost in Larvik; Writing by Bo Ek",
        "Writing and editing by Nila Ost",
        "With reporting by Agence France-Presse",
        "With files from the Canadian Press",
        "Compiled by Nila Ost from agencies",
        "Edited by Bo Ek",
        "— Nila Ost contributed reporting from Larvik.",
        "Nila Ost, Bo Ek and Ann Reed contributed research.",
        "Associated Press writers Nila Ost in Larvik and Bo Ek in Tønsberg contributed.",
        "This story was first published by the Larvik Courier.",
        "A version of this article appeared in the Larvik Courier on 3 May.",
        "This report was produced with support from the Harbour Fund.",
    ],
)
def test_a_credit_is_told_by_its_words(text: str) -> None:
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Norway contributed three million euros to Sweden.",
        "Norway contributed to the report of the commission and rejected its findings.",
        "Research by Norland's institute accused Vostia of poisoning the river.",
        "Editing by hand, the ministry condemned Norway.",
        "Reporters from Larvik accused the mayor of blocking the road.",
        "This report accuses Vostia of war crimes.",
        "This article was published by the ministry to threaten Norland's fishermen.",
        "Edited by the censors, the film angered Vostia.",
        "Reuters reported that Norway had attacked Sweden.",
        "Additional troops from Norway contributed to this war.",
        "Information from Oslo helped the police to arrest the smugglers.",
        "x" * 1000 + " contributed to this report",
    ],
)
def test_a_sentence_of_news_is_no_credit(text: str) -> None:
    assert not is_credit(text)


@pytest.mark.parametrize(
    "credit",
    ["Reuters contributed to this report.", "(Reporting by Nila Ost; editing by Bo Ek)", "Nila Ost contributed reporting."],
)
def test_a_credit_behind_the_news_tells_of_no_event(credit: str) -> None:
    annotator, extractor = tools()
    text = f"Spain attacked Portugal on Monday. {credit}"
    events = extractor.extract(annotator.annotate(make_document(text))).events
    assert [event.type for event in events] == ["ASSAULT"]


def test_a_credit_alone_tells_of_no_event() -> None:
    annotator, extractor = tools()
    assert extractor.extract(annotator.annotate(make_document("AFP contributed to this report."))).events == ()


def test_a_credit_is_read_for_no_claims_wherever_it_stands() -> None:
    annotator, _ = tools()
    doc = annotator.annotate(make_document("Spain attacked Portugal. Reuters contributed to this report."))
    assert [find_furniture(doc, sentence) for sentence in doc.sents] == [None, "byline"]


def test_a_headline_is_eventless_unless_it_is_all_there_is() -> None:
    annotator, _ = tools()
    zone = Zone(kind="title", span=Span(0, 22))
    with_body = read_table(annotator.annotate(make_document("Spain attacks Portugal\n\nIt rained.", zone)))
    alone = read_table(annotator.annotate(make_document("Spain attacks Portugal\n", zone)))
    assert find_eventless_spans(with_body) == [zone.span]
    assert find_eventless_spans(alone) == []
