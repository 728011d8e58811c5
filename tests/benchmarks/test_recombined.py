"""Recombined articles: other words, and spans that still hold what they held."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

from kg.model.annotation import Extraction, check_spans
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span, quote_spans
from tests.benchmarks.recombined import ADDRESS, ARTICLES_A_DAY, Recombiner, Template

TEXT = "Ilmar Kask said on Monday that Norway would close every harbour. Kask named 40 harbours."


def find(words: str, start: int = 0) -> tuple[Span, ...]:
    begin = TEXT.index(words, start)
    return (Span(begin, begin + len(words)),)


def make_template() -> Template:
    mentions = (
        Mention(id="m1", spans=find("Ilmar Kask"), text="Ilmar Kask", name="Ilmar Kask", type="Person", kind="name", by="ner",
                clauses=(TEXT.index("said"),)),
        Mention(id="m2", spans=find("Norway"), text="Norway", name="Norway", type="State", kind="name", by="gazetteer"),
        Mention(id="m3", spans=find("Kask", 20), text="Kask", name="Kask", type="Person", kind="name", by="ner", sentence=1),
    )  # fmt: skip
    attribution = Attribution(
        id="a1", source=find("Ilmar Kask"), cue=find("said"), content=find("that Norway would close every harbour"),
        sentences=find("Ilmar Kask said on Monday that Norway would close every harbour."), source_mention="m1", about=("m2",),
        speech="indirect", cue_type="statement", cue_lemma="say", confidence=0.9, by="rule:test",
    )  # fmt: skip
    extraction = Extraction(mentions=mentions, attributions=(attribution,))
    tokens = []
    for word in ("Ilmar", "Kask", "Norway", "close", "every", "harbour", "40", "harbours"):
        place = -1
        while (place := TEXT.find(word, place + 1)) >= 0:
            if not TEXT[place + len(word)].isalpha():
                tokens.append((place, place + len(word)))
    return Template(
        text=TEXT,
        published=dt.date(2026, 1, 1),
        extraction=json.loads(extraction.model_dump_json(exclude={"vectors"})),
        vectors={"a1": np.eye(1, 384, dtype=np.float32)[0]},
        tokens=tuple(sorted(tokens)),
        persons=(("Ilmar", "Kask"), ("Kask",)),
        kept=frozenset({"said"}),
        sentences=2,
    )


@pytest.fixture(scope="module")
def recombiner() -> Recombiner:
    return Recombiner([make_template()])


@pytest.mark.parametrize("number", range(5))
def test_every_span_of_an_article_holds_its_words(recombiner: Recombiner, number: int) -> None:
    text, extraction = recombiner.make_record(number)["text"], recombiner.make_extraction(number)
    check_spans(Document(id="x", path="x", location="x", sha256="0", text=text), extraction)
    assert len(extraction.attributions) == 3
    for attribution in extraction.attributions:
        assert quote_spans(text, attribution.cue) == "said"
        assert quote_spans(text, attribution.content).startswith("that ")
        assert quote_spans(text, attribution.source) == next(
            mention.text for mention in extraction.mentions if mention.id == attribution.source_mention
        )


def test_sections_have_ids_and_sentences_of_their_own(recombiner: Recombiner) -> None:
    mentions = recombiner.make_extraction(0).mentions
    assert [mention.id for mention in mentions] == [f"m{number}" for number in range(1, 10)]
    assert [mention.sentence for mention in mentions] == [0, 0, 1, 2, 2, 3, 4, 4, 5]


def test_a_bare_surname_is_exchanged_as_the_full_name_is(recombiner: Recombiner) -> None:
    full, _, bare = recombiner.make_extraction(1).mentions[:3]
    assert full.text.split()[-1] == bare.text != "Kask"


def test_an_article_is_the_same_whatever_was_made_before(recombiner: Recombiner) -> None:
    assert Recombiner([make_template()]).make_record(77) == recombiner.make_record(77)


def test_a_hundred_articles_are_published_a_day(recombiner: Recombiner) -> None:
    days = {recombiner.make_record(number)["published"] for number in range(2 * ARTICLES_A_DAY)}
    assert days == {"2020-01-01", "2020-01-02"}


def test_some_articles_print_what_another_one_printed(recombiner: Recombiner) -> None:
    records = [recombiner.make_record(number) for number in range(400)]
    assert 360 < len({record["text"] for record in records}) < 400
    assert len({record["url"] for record in records}) == 400
    assert records[3]["url"] == f"{ADDRESS}3"


def test_persons_grow_with_the_articles_and_some_come_again(recombiner: Recombiner) -> None:
    names = [recombiner.make_extraction(number).mentions[0].name for number in range(150)]
    assert 50 < len(set(names)) < 150
