"""Stored responses: whole conversations, and nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sightline.errors import InvalidRequest, NotFound
from sightline.store.database import Database
from sightline.store.responses import LIFETIME_S, MAX_TURNS, ResponseStore

OWNER, OTHER = "own_a", "own_b"
MIB = 1024 * 1024


class Clock:
    """A clock that stands still until it is set."""

    now = 100_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[ResponseStore]:
    database = Database(lambda: tmp_path)
    yield ResponseStore(database, 10_000, clock)
    database.close()


def run(work: Awaitable[Any]) -> Any:
    async def waited() -> Any:
        return await work

    return asyncio.run(waited())


def keep(store: ResponseStore, name: str, previous: str | None = None, owner: str = OWNER, size: int = 1) -> None:
    reply = {"id": name, "previous_response_id": previous, "output": [f"{name} out"]}
    run(store.keep(owner, reply, [f"{name} in" + "x" * (size - 1)]))  # type: ignore[list-item]


def test_a_conversation_is_read_back_in_its_order(store: ResponseStore) -> None:
    keep(store, "a")
    keep(store, "b", "a")
    keep(store, "side", "a")
    keep(store, "c", "b")
    assert run(store.history(OWNER, "c", MIB)) == ["a in", "a out", "b in", "b out", "c in", "c out"]
    assert run(store.get(OWNER, "b")).reply["previous_response_id"] == "a"


def test_what_another_owner_said_is_not_there(store: ResponseStore) -> None:
    keep(store, "theirs", owner=OTHER)
    keep(store, "mine", "theirs")
    for refused in (store.get, store.delete):
        with pytest.raises(NotFound, match="Response with id 'theirs' not found"):
            run(refused(OWNER, "theirs"))
    for name in ("theirs", "mine", "nothing"):
        with pytest.raises(InvalidRequest, match=r"Previous response with id '(theirs|nothing)' not found") as missing:
            run(store.history(OWNER, name, MIB))
        assert missing.value.code == "previous_response_not_found"


def test_a_conversation_with_a_deleted_turn_does_not_go_on_in_silence(store: ResponseStore) -> None:
    for name, previous in (("a", None), ("b", "a"), ("c", "b")):
        keep(store, name, previous)
    run(store.delete(OWNER, "a"))
    with pytest.raises(InvalidRequest, match="Previous response with id 'a' not found"):
        run(store.history(OWNER, "c", MIB))


def test_a_conversation_over_the_limits_is_refused_before_it_is_read(store: ResponseStore) -> None:
    keep(store, "a", size=2000)
    keep(store, "b", "a", size=2000)
    with pytest.raises(InvalidRequest, match="is over 3,000 bytes"):
        run(store.history(OWNER, "b", 3000))


def test_a_conversation_of_too_many_turns_is_refused(tmp_path: Path) -> None:
    database = Database(lambda: tmp_path)
    store = ResponseStore(database, MIB)
    for turn in range(MAX_TURNS + 1):
        keep(store, f"r{turn}", f"r{turn - 1}" if turn else None)
    assert len(run(store.history(OWNER, f"r{MAX_TURNS - 1}", MIB))) == 2 * MAX_TURNS
    keep(store, "one more", f"r{MAX_TURNS}")
    with pytest.raises(InvalidRequest, match=f"or {MAX_TURNS} turns"):
        run(store.history(OWNER, "one more", MIB))
    database.close()


def test_the_oldest_make_room_for_the_newest_of_the_same_owner(store: ResponseStore) -> None:
    keep(store, "theirs", owner=OTHER)
    for name in ("a", "b", "c"):
        keep(store, name, size=4000)
    with pytest.raises(NotFound):
        run(store.get(OWNER, "a"))
    assert run(store.get(OWNER, "b")).items[0].startswith("b in")
    run(store.get(OWNER, "c"))
    run(store.get(OTHER, "theirs"))


def test_after_a_month_a_response_is_not_there(store: ResponseStore, clock: Clock) -> None:
    keep(store, "a")
    clock.now += LIFETIME_S - 1
    run(store.sweep())
    run(store.get(OWNER, "a"))
    clock.now += 1
    with pytest.raises(NotFound):
        run(store.get(OWNER, "a"))
    run(store.sweep())
    clock.now -= LIFETIME_S
    with pytest.raises(NotFound):
        run(store.get(OWNER, "a"))
