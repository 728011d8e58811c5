"""What endpoint and pages ask through: bound terms, errors with their attributes, one answer for many, places set free."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from kg.errors import (
    ActorAmbiguousError,
    ActorMissingError,
    KgError,
    ParameterInvalidError,
    QueryMissingError,
    QuerySyntaxError,
    QueryTimeoutError,
    ResultTooLargeError,
    ServerBusyError,
    StoreInvalidError,
)
from kg.query.reader import read_rows
from kg.serve.asking import Asker, Limits
from kg.store.reader import Reader
from kg.store.terms import OxLiteral
from tests.serve.conftest import Loop

T = TypeVar("T")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
HOARDING = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?c ?f"
FORMS = {"table": "json", "answer": "json", "triples": "ttl"}
LABELLED = """SELECT ?s { VALUES (?label_param) { (UNDEF) } GRAPH ?g { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }
  FILTER(STR(?label) = STR(?label_param)) }"""


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def within(loop: Loop, store_path: Path) -> Callable[..., object]:
    """Gives `within(work, **limits)`, which awaits `work(asker)` with an asker that is open."""

    def run(work: Callable[[Asker], Awaitable[T]], **limits: float) -> T:
        async def open_and_run() -> T:
            async with Asker(store_path, Limits()._replace(**limits)) as asker:  # type: ignore[arg-type]
                return await work(asker)

        return loop.run(open_and_run())

    return run


def find_process(_: Reader) -> int:
    return os.getpid()


def count_letters(reader: Reader, letter: str) -> tuple[int, int]:
    rows = read_rows(reader, "SELECT DISTINCT ?l { GRAPH ?g { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } }")
    return len(rows), sum(str(label).count(letter) for (label,) in rows)


def raise_ambiguous(_: Reader) -> None:
    raise ActorAmbiguousError("Sand", (("Ada Sand", "https://e.example/1"), ("Bo Sand", "https://e.example/2")))


def fail(_: Reader) -> None:
    raise ZeroDivisionError("by nothing")


def sleep(_: Reader, seconds: float) -> None:
    time.sleep(seconds)


def test_a_bound_term_never_becomes_text_of_the_query(within) -> None:
    async def ask(asker: Asker) -> tuple[int, int]:
        known = await asker.ask(LABELLED, {"label": OxLiteral("Ukraine")})
        hostile = await asker.ask(LABELLED, {"label": OxLiteral('") } } INSERT DATA { <a:a> <a:a> <a:a> } #')})
        return len(known.rows), len(hostile.rows)

    assert within(ask) == (1, 0)


def test_a_function_is_run_where_the_store_is_open(within) -> None:
    async def ask(asker: Asker) -> tuple[tuple[int, int], int]:
        return await asker.call(count_letters, "a"), await asker.call(find_process)

    (labels, letters), process = within(ask)
    assert labels > 0
    assert letters > 0
    assert process != os.getpid()


def test_an_error_keeps_its_attributes_from_process_to_process(within) -> None:
    with pytest.raises(ActorAmbiguousError) as caught:
        within(lambda asker: asker.call(raise_ambiguous))
    assert caught.value.candidates[1] == ("Bo Sand", "https://e.example/2")
    assert "Bo Sand" in str(caught.value)


def test_a_bug_in_a_function_is_told_in_a_line_and_costs_only_its_caller(within) -> None:
    async def ask(asker: Asker) -> bool | None:
        with pytest.raises(StoreInvalidError, match="ZeroDivisionError: by nothing"):
            await asker.call(fail)
        return (await asker.ask("ASK {}")).answer

    assert within(ask) is True


@pytest.mark.parametrize(
    ("name", "parameters", "error"),
    [
        ("who-claimz", {}, QueryMissingError),
        ("who-claims", {"abut": "Putin"}, ParameterInvalidError),
        ("who-claims", {"since": "yesterday"}, ParameterInvalidError),
        ("who-claims", {"about": "Nobody of the Kind"}, ActorMissingError),
        ("claims-by", {"speaker": "\ud800"}, KgError),
    ],
)
def test_what_is_wrong_with_a_named_query_is_told_as_ever(within, name: str, parameters: dict[str, str], error: type) -> None:
    with pytest.raises(error):
        within(lambda asker: asker.ask_named(name, parameters))


def test_a_named_query_has_its_rows(within) -> None:
    result = within(lambda asker: asker.ask_named("who-claims", {"frame": "stalling"}))
    assert result.variables[:3] == ("speaker", "about", "frame")
    assert result.rows


@pytest.mark.parametrize("text", ["SELECT {", "INSERT DATA { <a:a> <a:a> <a:a> }", "SELECT * { SERVICE <a:a> {} }", "\ud800"])
def test_what_is_no_allowed_query_is_not_run(within, text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        within(lambda asker: asker.ask(text))


def test_a_result_beyond_the_limit_of_rows_is_refused_and_not_cut(within) -> None:
    for work in (
        lambda asker: asker.ask("SELECT * { ?s ?p ?o }"),
        lambda asker: asker.ask_named("who-claims"),
        lambda asker: asker.write("CONSTRUCT WHERE { ?s ?p ?o }", FORMS),
    ):
        with pytest.raises(ResultTooLargeError, match="more than 3 rows"):
            within(work, rows=3)


def test_a_query_beyond_its_memory_is_ended_and_the_next_one_answered(within) -> None:
    async def ask(asker: Asker) -> bool | None:
        with pytest.raises(QueryTimeoutError, match="memory"):
            await asker.ask(HOARDING)
        return (await asker.ask("ASK { ?s ?p ?o }")).answer

    assert within(ask, memory_bytes=200 * 1024**2, seconds=60) is True


def test_a_query_beyond_its_time_is_ended_and_the_next_one_answered(within) -> None:
    async def ask(asker: Asker) -> tuple[float, float]:
        begin = time.monotonic()
        with pytest.raises(QueryTimeoutError, match="longer than 1 s"):
            await asker.ask(ENDLESS)
        ended = time.monotonic()
        await asker.ask("ASK { ?s ?p 'something else' }")
        return ended - begin, time.monotonic() - ended

    taken, following = within(ask, seconds=1, processes=1)
    assert 1 <= taken < 10
    assert following < 10


def test_many_who_ask_the_same_at_once_are_answered_by_one_query(within) -> None:
    async def ask(asker: Asker) -> list[int]:
        return await asyncio.gather(*(asker.call(find_process) for _ in range(20)))

    assert len(set(within(ask))) == 1


def test_an_answer_is_remembered_as_long_as_the_store_is_the_same(within) -> None:
    async def ask(asker: Asker) -> bool:
        first = await asker.write("SELECT * { ?s ?p ?o } LIMIT 5", FORMS)
        return await asker.write("SELECT * { ?s ?p ?o } LIMIT 5", FORMS) is first

    assert within(ask) is True
    assert within(ask, remembered_bytes=0) is False


@pytest.mark.parametrize("call", ["RAND()", "NOW()", "STRUUID()", "uuid()"])
def test_what_gives_something_else_each_time_is_not_remembered(within, call: str) -> None:
    async def ask(asker: Asker) -> bool:
        text = f"SELECT ({call} AS ?x) {{}}"
        return (await asker.ask(text)).rows == (await asker.ask(text)).rows

    assert within(ask) is False


def test_who_hangs_up_frees_the_place(within) -> None:
    async def ask(asker: Asker) -> float:
        task = asyncio.create_task(asker.write(ENDLESS, FORMS))
        await asyncio.sleep(0.5)
        begin = time.monotonic()
        task.cancel()
        await asker.write("ASK {}", FORMS)
        return time.monotonic() - begin

    assert within(ask, processes=1, seconds=60) < 20


def test_a_query_goes_on_as_long_as_somebody_waits_for_it(within) -> None:
    async def ask(asker: Asker) -> None:
        first, second = (asyncio.create_task(asker.call(sleep, 1.0)) for _ in range(2))
        await asyncio.sleep(0.3)
        first.cancel()
        await second

    within(ask, processes=1)


def test_queries_of_people_leave_a_place_for_the_pages(within) -> None:
    async def ask(asker: Asker) -> bool | None:
        tasks = [asyncio.create_task(asker.write(f"{ENDLESS} # {number}", FORMS)) for number in range(5)]
        await asyncio.sleep(0.5)
        answer = (await asker.ask("ASK { ?s ?p ?o }")).answer
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return answer

    assert within(ask, processes=2, seconds=120) is True


def test_beyond_the_queue_a_query_is_told_to_try_again(within) -> None:
    async def ask(asker: Asker) -> int:
        tasks = [asyncio.create_task(asker.write(f"{ENDLESS} # {number}", FORMS)) for number in range(4)]
        await asyncio.sleep(0.3)
        with pytest.raises(ServerBusyError) as caught:
            await asker.write(f"{ENDLESS} # one more", FORMS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return caught.value.retry_after_seconds

    assert within(ask, processes=2, most_waiting=3, seconds=120) > 0


def test_a_query_does_not_wait_for_its_turn_for_ever(within) -> None:
    async def ask(asker: Asker) -> None:
        task = asyncio.create_task(asker.write(ENDLESS, FORMS))
        await asyncio.sleep(0.3)
        with pytest.raises(ServerBusyError):
            await asker.write("ASK {}", FORMS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    within(ask, processes=1, patience_seconds=0.5, seconds=120)
