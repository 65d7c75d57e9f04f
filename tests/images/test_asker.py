"""Nobody takes every turn to fetch: two at a time for each asker, and the others go on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from sightline.errors import ImageError
from sightline.images.asker import ASKER
from sightline.images.fetch import Fetcher, FetchPolicy

Serve = Callable[..., AbstractAsyncContextManager[Any]]
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"


class Slow:
    """Answers after a while and notes how many asked at once, by the first part of the path."""

    def __init__(self) -> None:
        self.n_now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    def route(self, name: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.n_now[name] = self.n_now.get(name, 0) + 1
            self.most[name] = max(self.most.get(name, 0), self.n_now[name])
            await asyncio.sleep(0.2)
            self.n_now[name] -= 1
            writer.write(REPLY)

        return answer


def policy(port: int, **more: Any) -> FetchPolicy:
    return FetchPolicy(
        allowed_cidrs=("127.0.0.2/32",),
        ports=frozenset({port}),
        resolver=lambda host, port: ["127.0.0.2"],
        **more,
    )


async def fetch_as(asker: str, fetcher: Fetcher, url: str) -> bytes:
    ASKER.set(asker)
    return await fetcher.fetch(url, "image")


def test_an_asker_fetches_two_at_a_time_and_whoever_is_nobody_in_particular_as_many_as_all(serve: Serve) -> None:
    async def run() -> tuple[Slow, list[bytes]]:
        slow = Slow()
        async with serve({f"/{name}": slow.route(name) for name in ("anna", "bert", "nobody")}) as origin:
            fetcher = Fetcher(policy(origin.port), 1000)
            names = ["anna"] * 6 + ["bert"] * 2 + ["nobody"] * 4
            tasks = [
                fetch_as("" if name == "nobody" else name, fetcher, f"http://a.example.com:{origin.port}/{name}")
                for name in names
            ]
            bodies = await asyncio.gather(*tasks)
            fetcher.close()
        return slow, bodies

    slow, bodies = asyncio.run(run())
    assert bodies == [b"body"] * 12
    assert (slow.most["anna"], slow.most["bert"]) == (2, 2)
    assert slow.most["nobody"] > 2


def test_waiting_for_a_turn_is_not_taken_from_the_fetchs_own_time_and_has_an_end(serve: Serve) -> None:
    async def run(**more: Any) -> list[Any]:
        slow = Slow()
        async with serve({"/anna": slow.route("anna")}) as origin:
            fetcher = Fetcher(policy(origin.port, max_fetches_per_asker=1, **more), 1000)
            url = f"http://a.example.com:{origin.port}/anna"
            done = await asyncio.gather(*(fetch_as("anna", fetcher, url) for _ in range(6)), return_exceptions=True)
            fetcher.close()
        return done

    started = time.monotonic()
    assert asyncio.run(run(total_s=1.0)) == [b"body"] * 6
    assert time.monotonic() - started > 1.1
    late = [error for error in asyncio.run(run(turn_s=0.05)) if isinstance(error, BaseException)]
    assert late
    assert all(isinstance(error, ImageError) for error in late)


@pytest.mark.parametrize("asker", ["", "anna"])
def test_a_turn_is_given_back_when_a_fetch_fails(serve: Serve, asker: str) -> None:
    async def run() -> list[Any]:
        async with serve({"/anna": b"nonsense\r\n\r\n"}) as origin:
            fetcher = Fetcher(policy(origin.port, max_fetches_per_asker=1, turn_s=5.0), 1000)
            url = f"http://a.example.com:{origin.port}/anna"
            done = [await asyncio.gather(fetch_as(asker, fetcher, url), return_exceptions=True) for _ in range(3)]
            fetcher.close()
        return [error for (error,) in done]

    assert ["Error while downloading" in str(error) for error in asyncio.run(run())] == [True] * 3
