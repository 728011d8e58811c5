"""A store that changes while it is served."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import StoreInvalidError, StoreMissingError
from kg.query.resident.messages import Message
from kg.query.resident.pool import Pool, open_pool
from kg.serve.following import Follower
from kg.store.state import measure_bytes, read_state
from kg.store.terms import NamedNode, OxLiteral, OxQuad, OxStore
from tests.serve.conftest import Client, Loop, make_store

HEAD = {
    "kind": "written", "rows": None, "response_bytes": None, "is_union": True, "default_graphs": None, "named_graphs": None,
    "forms": {"table": "csv", "answer": "json", "triples": "ttl"},
}  # fmt: skip
COUNT = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
#: Of three statements, 3^40 rows.
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?a{at} ?b{at} ?c{at}' for at in range(40))} }}".encode()


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store", "<https://e.example/g> { <https://e.example/s> <https://e.example/p> 1, 2, 3 }")


def add(store: Path, text: str) -> None:
    engine = OxStore(str(store))
    node = NamedNode("https://e.example/s")
    engine.add(OxQuad(node, node, OxLiteral(text), NamedNode("https://e.example/g")))
    engine.flush()
    del engine


async def count(pool: Pool) -> int:
    reply = await pool.run(Message(dict(HEAD), COUNT), 60)
    return int(reply.body.split()[1])


async def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 50
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        await asyncio.sleep(0.05)


def make_follower(store: Path, copied_bytes: int = 0) -> Follower:
    return Follower(store, memory_bytes=2**30, copied_bytes=copied_bytes, look_seconds=0.05)


def list_snapshots(store: Path) -> list[str]:
    folder = store / "snapshots"
    return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []


def list_children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in found.split()]


@pytest.mark.parametrize("in_memory", [False, True])
def test_new_data_appears_without_a_restart(loop: Loop, store: Path, in_memory: bool) -> None:
    async def follow() -> tuple[int, int]:
        follower = make_follower(store, 2**30 if in_memory else 0)
        await follower.open()
        try:
            if in_memory:
                await wait_for(lambda: follower.pool.is_in_memory)
            before, state = await count(follower.pool), follower.pool.state
            await asyncio.to_thread(add, store, "new")
            await wait_for(lambda: follower.pool.state != state)
            return before, await count(follower.pool)
        finally:
            await follower.close()

    assert loop.run(follow()) == (3, 4)


def test_a_small_store_is_copied_into_memory_and_its_picture_removed(loop: Loop, store: Path) -> None:
    async def follow() -> tuple[int, list[str]]:
        follower = make_follower(store, 2**30)
        await follower.open()
        try:
            await wait_for(lambda: follower.pool.is_in_memory)
            await wait_for(lambda: not list_snapshots(store))
            return await count(follower.pool), list_snapshots(store)
        finally:
            await follower.close()

    assert loop.run(follow()) == (3, [])


def test_a_store_with_larger_files_is_read_from_them(loop: Loop, store: Path) -> None:
    async def follow() -> bool:
        follower = make_follower(store, measure_bytes(store) - 1)
        await follower.open()
        try:
            await asyncio.sleep(1)
            return follower.pool.is_in_memory
        finally:
            await follower.close()

    assert loop.run(follow()) is False


def test_a_query_under_way_ends_on_the_state_that_it_began_with(loop: Loop, store: Path) -> None:
    async def follow() -> tuple[int, int]:
        follower = make_follower(store)
        await follower.open()
        try:
            old = follower.pool
            running = asyncio.create_task(old.run(Message(dict(HEAD), ENDLESS), 120))
            await asyncio.sleep(0.2)
            await asyncio.to_thread(add, store, "new")
            await wait_for(lambda: follower.pool is not old)
            pictures = len(list_snapshots(store))
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await wait_for(lambda: len(list_snapshots(store)) == 1)
            return pictures, len(list_snapshots(store))
        finally:
            await follower.close()

    pictures, _ = loop.run(follow())
    assert pictures == 2
    assert list_snapshots(store) == []


def test_a_store_that_goes_away_is_told_and_found_again(loop: Loop, store: Path, tmp_path: Path) -> None:
    def is_gone(follower: Follower) -> bool:
        try:
            return not follower.pool
        except StoreMissingError:
            return True

    async def follow() -> int:
        follower = make_follower(store)
        await follower.open()
        try:
            await asyncio.to_thread(shutil.move, store, tmp_path / "away")
            await wait_for(lambda: is_gone(follower))
            await asyncio.to_thread(shutil.move, tmp_path / "away", store)
            await wait_for(lambda: not is_gone(follower))
            return await count(follower.pool)
        finally:
            await follower.close()

    assert loop.run(follow()) == 3


def test_a_store_that_went_away_is_an_error_in_one_line(store: Path, tmp_path: Path) -> None:
    with Client(store) as client:
        shutil.move(store, tmp_path / "away")
        end = time.monotonic() + 50
        while "no store here" not in (answer := client.get("/sparql", params={"query": f"ASK {{ ?s ?p {end} }}"})).text:
            assert time.monotonic() < end
            time.sleep(0.1)
    assert answer.status_code == 500
    assert answer.text.count("\n") == 1


def test_a_store_that_is_not_there_is_told_at_once(loop: Loop, tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        loop.run(make_follower(tmp_path / "none").open())


def test_a_reading_process_that_is_killed_from_outside_is_replaced(loop: Loop, store: Path) -> None:
    async def follow() -> int:
        follower = make_follower(store)
        await follower.open()
        try:
            old = follower.pool
            old._template.kill()
            await wait_for(lambda: follower.pool is not old)
            return await count(follower.pool)
        finally:
            await follower.close()

    assert loop.run(follow()) == 3
    assert list_snapshots(store) == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for the children of a process")
@pytest.mark.parametrize("ends_by", ["close", "kill"])
def test_no_process_is_left_behind(loop: Loop, store: Path, ends_by: str) -> None:
    """Not even one in the middle of a query whose template was killed."""

    async def follow() -> list[int]:
        pool = await open_pool(store, in_memory=False, memory_bytes=2**30)
        running = asyncio.create_task(pool.run(Message(dict(HEAD), ENDLESS), 60))
        await asyncio.sleep(0.5)
        children = list_children(pool._template.pid)
        if ends_by == "kill":
            pool._template.kill()
        await pool.close()
        await asyncio.gather(running, return_exceptions=True)
        return children

    children = loop.run(follow())
    assert children
    end = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert list_snapshots(store) == []


def test_a_damaged_store_is_told(loop: Loop, store: Path) -> None:
    (store / "format.json").write_text("{")
    with pytest.raises(StoreInvalidError):
        loop.run(open_pool(store, in_memory=False, memory_bytes=2**30))


def test_the_state_differs_after_each_commit_and_only_then(store: Path) -> None:
    states = [read_state(store), read_state(store)]
    add(store, "one more")
    assert states[0] == states[1] != read_state(store)
