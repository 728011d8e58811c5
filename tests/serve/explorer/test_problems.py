"""What is wrong with a request is said on a page of its own, and as JSON to programs."""

from __future__ import annotations

import pytest

from kg.serve.explorer.links import make_link
from tests.serve.explorer.conftest import Explorer


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/static/../app.py",
        "/static/nothing.css",
        make_link("/actor", iri="https://sayso.example/actor/nobody"),
        make_link("/actor", iri="no iri at all"),
        make_link("/actor", iri="https://sayso.example/document/wire"),
        make_link("/claim", iri="https://sayso.example/actor/putin"),
        make_link("/claim", iri="a b c"),
        make_link("/event", iri="https://sayso.example/document/wire#a1"),
        make_link("/document", iri="https://sayso.example/document/none"),
        "/claims?speaker=Nobody%20At%20All",
        "/queries/no-such-query",
    ],
)
def test_what_is_not_there_is_a_page_that_helps_on(desk: Explorer, address: str) -> None:
    page = desk.open(address, 404)
    assert page.select("//p[@class='problem']")[0].text_content().strip()
    assert {"/", "/actors", "/claims", "/documents"} <= set(page.list_links())
    assert page.select("//form[@role='search']")


@pytest.mark.parametrize(
    "address",
    [
        "/claims?colour=red",
        "/claims?page=0",
        "/claims?page=one",
        "/claims?since=yesterday",
        "/claims?side=both",
        "/claims?frame=no-such-frame",
        "/claims?frame=stalling&frame=threat",
        "/claims?cue=shouting",
        "/events?type=WALTZ",
        "/events?modality=maybe",
        "/actors?type=Robot",
        "/actor",
        "/frame?name=no-such-frame",
        "/timeline?by=fortnight",
        "/network?view=likes",
        "/queries/who-claims?run=yes&colour=red",
        "/queries/who-claims?run=yes&since=soon",
        "/queries/who-claims/rows.exe",
        "/claims?speaker=" + 20_000 * "a",
    ],
)
def test_a_parameter_that_cannot_be_read_is_a_bad_request_in_words(desk: Explorer, address: str) -> None:
    page = desk.open(address, 400)
    assert len(page.select("//p[@class='problem']")[0].text_content().strip()) > 20
    assert "Traceback" not in page.text


def test_a_name_of_several_actors_shows_them_to_choose_from(desk: Explorer) -> None:
    page = desk.open("/claims?speaker=Kask", 400)
    assert "'Kask' fits several actors" in page.text
    names = [link.text_content() for link in page.select("//main//ul//a")]
    assert {"Ilmar Kask", "Jane Kask"} <= set(names)


def test_parameters_that_are_left_empty_are_not_given(desk: Explorer) -> None:
    empty = desk.open("/claims?speaker=&about=&frame=&side=&since=&until=&cue=")
    assert empty.select("//h1")[0].text_content() == desk.open("/claims").select("//h1")[0].text_content()


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/nowhere", 404), ("/api/claim?iri=x", 404), ("/api/claims?page=0", 400), ("/api/queries/nothing", 404)],
)
def test_programs_are_told_as_problem_json(desk: Explorer, address: str, status: int) -> None:
    answer = desk.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert "\n" not in problem["detail"]


def test_candidates_of_a_name_are_told_to_programs_too(desk: Explorer) -> None:
    problem = desk.get("/api/claims?speaker=Kask").json()
    assert {candidate["label"] for candidate in problem["candidates"]} == {"Ilmar Kask", "Jane Kask"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_but_reading_is_allowed(desk: Explorer, method: str) -> None:
    for address in ("/", "/claims", "/api/overview", "/queries/who-claims"):
        assert desk.request(method, address).status_code == 405


def test_a_query_whose_parameter_is_missing_shows_its_form(desk: Explorer) -> None:
    page = desk.open("/queries/claims-by?run=yes")
    assert page.select("//input[@name='speaker'][@required]")
    assert not page.select("//table[@class='rows']")
