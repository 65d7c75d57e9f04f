"""Requests that are answered together, as clients of a real server see them: the openai SDK and a tiny random model."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from serving import Running, running, until
from sightline.api.server import build_chat
from sightline.api.settings import Settings
from sightline.engines.native import NativeEngine
from tiny import make_checkpoint

N_TOKENS = 200
BIAS = {str(token): 30 for token in range(100, 200)}  # words only: no answer ends early, none repeats itself


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("together")
    make_checkpoint(folder / "tiny")
    settings = Settings(port=0, playground=False, default_model=str(folder / "tiny"), data_dir=folder / "data")
    with running(settings, chat=build_chat(settings)) as it:
        yield it


def client_of(server: Running) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0)


def body(at: int, **more: Any) -> dict[str, Any]:
    said = [{"role": "user", "content": f"name {at} " + "total " * (at % 4)}]
    sampling = {"max_tokens": N_TOKENS, "temperature": 1.0, "seed": at, "logit_bias": BIAS}
    return {"model": "tiny", "messages": said, **sampling, **more}


def test_eight_streams_go_on_side_by_side_and_each_says_what_it_says_alone(server: Running) -> None:
    events: list[int] = []

    async def one(client: openai.AsyncOpenAI, at: int) -> str:
        text = ""
        async for chunk in await client.chat.completions.create(**body(at), stream=True):
            if chunk.choices and chunk.choices[0].delta.content:
                events.append(at)
                text += chunk.choices[0].delta.content
        return text

    async def run() -> tuple[list[str], list[str]]:
        async with client_of(server) as client:
            alone = [await one(client, at) for at in range(8)]
            events.clear()
            return alone, list(await asyncio.gather(*(one(client, at) for at in range(8))))

    alone, together = asyncio.run(run())
    assert together == alone
    assert len(set(alone)) == 8
    last_to_begin = max(events.index(at) for at in range(8))
    first_to_end = min(len(events) - 1 - events[::-1].index(at) for at in range(8))
    between = events[last_to_begin:first_to_end]
    assert set(between) == set(range(8))
    assert all(between.count(at) > 5 for at in range(8))


def test_choices_of_one_request_are_those_of_a_request_alone(server: Running) -> None:
    async def run() -> tuple[list[str], list[str]]:
        async with client_of(server) as client:
            one = await client.chat.completions.create(**body(3, max_tokens=40))
            many = await client.chat.completions.create(**body(3, n=3, max_tokens=40))
            both = await asyncio.gather(
                *(client.chat.completions.create(**body(3, n=3, max_tokens=40)) for _ in range(2))
            )
        texts = [[choice.message.content or "" for choice in reply.choices] for reply in (many, *both)]
        assert texts[0] == texts[1] == texts[2]
        return texts[0], [choice.message.content or "" for choice in one.choices]

    choices, alone = asyncio.run(run())
    assert choices[:1] == alone
    assert len(set(choices)) == 3


def test_a_client_that_hangs_up_gives_its_row_to_the_next(server: Running) -> None:
    (engine,) = (server.chat.engine_for(name) for name in server.chat.engine_ids)
    assert isinstance(engine, NativeEngine)

    async def run() -> None:
        async with client_of(server) as client:
            streams = [await client.chat.completions.create(**body(at, max_tokens=400), stream=True) for at in range(8)]
            for stream in streams:
                await anext(stream)
                await stream.close()

    asyncio.run(run())
    until(lambda: engine._scheduler._slots.n_taken == 0, 10)
    until(lambda: server.chat.n_inside("tiny") == 0, 10)
