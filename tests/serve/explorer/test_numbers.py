"""Numbers lead to lists, and the lists have as many entries."""

from __future__ import annotations

import pytest

from kg.serve.explorer.links import make_link
from tests.serve.explorer.conftest import ACTOR, DOCUMENT, Explorer

PAGES = (
    "/",
    make_link("/actor", iri=f"{ACTOR}putin"),
    make_link("/actor", iri=f"{ACTOR}anna"),
    "/frame?name=stalling",
    "/frames",
    "/actors",
    "/documents",
    "/theses",
    "/timeline",
    "/timeline?actor=Putin",
    "/timeline?frame=stalling&by=month",
    "/network?actor=Putin",
    "/network?view=does-to",
    make_link("/event", iri=f"{DOCUMENT}wire#e1"),
)


def count(desk: Explorer, address: str) -> int:
    """Return the number that a list has at its head."""
    (total,) = desk.open(address).select("//h1/span[@class='total']")
    return int(total.text.replace(",", ""))


@pytest.mark.parametrize("path", PAGES)
def test_the_list_behind_a_number_has_as_many_entries(desk: Explorer, path: str) -> None:
    links = [
        (link.text_content().strip(), link.get("href"))
        for link in desk.open(path).select("//main//a[starts-with(@href, '/claims') or starts-with(@href, '/events')]")
    ]
    numbers = dict.fromkeys((text, address) for text, address in links if text.replace(",", "").isdecimal())
    assert numbers
    for text, address in list(numbers)[:40]:
        assert count(desk, address) == int(text.replace(",", "")), f"{path}: {address}"


def test_the_bars_of_a_timeline_add_up_to_what_it_says(desk: Explorer) -> None:
    page = desk.get("/api/timeline").json()
    series = page["series"]
    claims = sum(bucket["claims"] for bucket in series["buckets"]) + series["earlier_claims"] + series["undated_claims"]
    events = sum(bucket["events"] for bucket in series["buckets"]) + series["earlier_events"] + series["undated_events"]
    assert (claims, events) == (page["claims"], page["events"])
    assert claims == desk.get("/api/claims").json()["paging"]["total"] > 0


def test_pages_of_a_list_hold_every_entry_once(desk: Explorer) -> None:
    first = desk.get("/api/claims").json()
    found = [
        claim["iri"]
        for number in range(1, first["paging"]["pages"] + 1)
        for claim in desk.get(f"/api/claims?page={number}").json()["claims"]
    ]
    assert first["paging"]["pages"] > 1
    assert len(found) == len(set(found)) == first["paging"]["total"]


def test_a_page_beyond_the_last_is_the_last(desk: Explorer) -> None:
    beyond = desk.get("/api/claims?page=9999").json()
    assert beyond["paging"]["number"] == beyond["paging"]["pages"]
    assert beyond["claims"]


def test_lists_link_to_the_page_before_and_after(desk: Explorer) -> None:
    rel = {
        link.get("rel"): link.get("href")
        for link in desk.open("/claims?since=2000-01-01&page=1").select("//nav[@class='pages']//a")
    }
    assert rel == {"next": "/claims?since=2000-01-01&page=2"}
    rel = {link.get("rel"): link.get("href") for link in desk.open("/claims?page=2").select("//nav[@class='pages']//a")}
    assert rel["prev"] == "/claims"


def test_the_numbers_of_a_built_store_lead_to_as_many_entries(built: Explorer) -> None:
    """Stances are found in texts that are really read."""
    actors = built.get("/api/actors").json()["actors"]
    pages = [built.get("/api/actor", params={"iri": entry["actor"]["iri"]}).json() for entry in actors]
    assert any(page["stances_given"] for page in pages)
    for page in pages:
        if not (page["stances_given"] or page["stances_received"] or page["frames_received"]):
            continue
        shown = built.open(make_link("/actor", iri=page["actor"]["iri"]))
        for link in shown.select("//main//a[starts-with(@href, '/claims?')]"):
            text = link.text_content().strip()
            if text.isdecimal():
                assert count(built, link.get("href")) == int(text), link.get("href")
