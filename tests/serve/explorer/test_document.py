"""Documents and evidence of texts that were really read."""

from __future__ import annotations

import pytest

from kg.serve.explorer.links import make_link
from tests.cli.desk import TEXTS
from tests.serve.explorer.conftest import DOCUMENT, Explorer, Page


def find_document(built: Explorer, title: str) -> str:
    found = built.get("/api/documents", params={"q": title}).json()["documents"]
    return str(found[0]["document"]["iri"])


@pytest.fixture
def talks(built: Explorer) -> Page:
    return built.open(make_link("/document", iri=find_document(built, "Narva")))


def read_passage(page: Page) -> str:
    """Return the text of a document as the page has it, without the small links at the beginnings of claims."""
    (passage,) = page.select("//div[contains(@class, 'passage')]")
    for handle in passage.xpath(".//a[contains(@class, 'handle')]"):
        handle.drop_tree()
    return str(passage.text_content())


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_text_is_shown_whole_and_verbatim(built: Explorer, name: str) -> None:
    documents = {
        entry["document"]["path"].rpartition("/")[2]: entry["document"]["iri"]
        for entry in built.get("/api/documents").json()["documents"]
    }
    page = built.open(make_link("/document", iri=documents[name]))
    assert read_passage(page) == TEXTS[name]


def test_every_mention_claim_and_event_is_marked_and_leads_somewhere(built: Explorer, talks: Page) -> None:
    page = built.get("/api/document", params={"iri": find_document(built, "Narva")}).json()
    handles = {handle.get("href") for handle in talks.select("//div[contains(@class, 'passage')]//a[contains(@class, 'handle')]")}
    assert handles == {
        *(make_link("/claim", iri=claim["iri"]) for claim in page["claims"]),
        *(make_link("/event", iri=event["iri"]) for event in page["events"]),
    }
    shown = {link.get("href") for link in talks.select("//a[contains(concat(' ', @class, ' '), ' m ')]")}
    assert {make_link("/actor", iri=entry["actor"]["iri"]) for entry in page["actors"]} <= shown
    for address in sorted(handles | shown):
        assert built.get(address).status_code == 200


def test_marks_hold_the_characters_that_the_graph_says(built: Explorer) -> None:
    page = built.get("/api/document", params={"iri": find_document(built, "Narva")}).json()
    assert page["is_whole"]
    (passage,) = page["passages"]
    contents = {claim["iri"]: claim["content"] for claim in page["claims"]}
    for iri, content in contents.items():
        marks = [mark for mark in page["marks"] if mark["node"] == iri and mark["part"] == "content"]
        assert " … ".join(passage["text"][mark["begin"] : mark["end"]] for mark in marks) == content


def test_kinds_of_marks_can_be_hidden_without_a_script(talks: Page) -> None:
    boxes = {box.get("id") for box in talks.select("//fieldset//input[@type='checkbox']")}
    assert boxes == {"show-mentions", "show-claims", "show-events", "show-roles"}


def test_claims_beside_the_text_lead_to_their_place_in_it(talks: Page) -> None:
    ids = set(talks.select("//div[contains(@class, 'passage')]//@id"))
    leads = {href[1:] for href in talks.select("//aside//a[contains(@class, 'handle')]/@href")}
    assert leads
    assert leads <= ids


def test_a_claim_shows_its_sentence_in_what_stands_around_it(built: Explorer) -> None:
    claims = built.get("/api/claims", params={"frame": "stalling"}).json()["claims"]
    claim = next(claim for claim in claims if "playing for time" in claim["content"])
    page = built.open(make_link("/claim", iri=claim["iri"]))
    (evidence,) = page.select("//*[@id='evidence']")
    text = evidence.text_content()
    assert '"Moscow is playing for time," Tohvri told reporters in Tallinn.' in text
    assert "Russia rejected the accusation." in text
    parts = {
        name: " ".join(
            element.text_content() for element in evidence.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        )
        for name in ("source", "cue", "content")
    }
    assert (parts["source"], parts["cue"]) == ("Tohvri", "told")
    assert "Moscow is playing for time" in parts["content"]


def test_a_store_that_kept_no_text_shows_the_sentences_that_it_quotes(desk: Explorer) -> None:
    page = desk.open(make_link("/document", iri=f"{DOCUMENT}wire"))
    assert "did not keep the text" in page.text
    passages = [element.text_content() for element in page.select("//div[contains(@class, 'passage')]")]
    assert any("European diplomats argue that Putin is dragging the talks out." in text for text in passages)


def test_the_search_box_finds_an_actor_by_a_part_of_its_name(built: Explorer) -> None:
    page = built.open("/search?q=tohvri")
    assert [link.text_content() for link in page.select("//section[@aria-labelledby='h-actors']//li/a")] == ["Maarika Tohvri"]


def test_a_question_is_answered_with_how_it_was_understood(built: Explorer) -> None:
    page = built.open("/search?q=who%20claims%20that%20Russia%20is%20stalling")
    assert "about Russia" in page.select("//p[@class='understood']")[0].text_content()
    assert "Maarika Tohvri" in page.select("//section[@aria-labelledby='h-claims']")[0].text_content()


def test_what_somebody_says_is_found_in_other_words(built: Explorer) -> None:
    found = built.get("/api/search", params={"q": "Moscow is buying time", "mode": "search"}).json()
    assert "playing for time" in found["claims"][0]["claim"]["content"]
    assert found["claims"][0]["match"] == "meaning"
