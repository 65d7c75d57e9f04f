"""Answers that are computed together: the same as alone, whoever comes, leaves or fails beside them."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from serving import until
from sightline.engines.base import EngineMessage, EngineRequest
from sightline.engines.caching import CacheLimits
from sightline.engines.native import NativeEngine
from sightline.engines.native.bounded import Floats
from sightline.engines.native.runtime import Runtime
from sightline.engines.native.slots import MIN_TOKENS, Cache, Slots
from sightline.errors import EngineFault
from sightline.model.checkpoint import load_checkpoint
from sightline.model.config import DecoderConfig
from sightline.types import Delta, Sampling, TextPart
from tiny import engine_with

OFF = CacheLimits(0, 0, 0)
SCHEMA = {
    "type": "object",
    "properties": {"vendor": {"type": "string", "maxLength": 6}, "n": {"type": "integer", "maximum": 99}},
    "required": ["vendor", "n"],
    "additionalProperties": False,
}


class WatchedRuntime(Runtime):
    """The runtime itself, which also notes how many answers each step computed, and does as it is told before it."""

    n_together: list[int]
    before_step: Callable[[Sequence[int]], None]

    def step_together(self, tokens: Sequence[int], caches: Sequence[Cache], slots: Slots) -> Floats:
        self.before_step(tokens)
        self.n_together.append(len(tokens))
        return super().step_together(tokens, caches, slots)


def watched(folder: Path, caches: CacheLimits | None = None) -> tuple[NativeEngine, WatchedRuntime]:
    engine, runtime = engine_with(WatchedRuntime, folder, caches)
    runtime.n_together, runtime.before_step = [], lambda tokens: None
    return engine, runtime


def ask(question: str, schema: dict[str, Any] | None = None, **sampling: Any) -> EngineRequest:
    settings = Sampling(**{"max_tokens": 24, "temperature": 0.0, "top_logprobs": 3, **sampling})
    return EngineRequest((EngineMessage("user", (TextPart(question),)),), settings, schema)


def endless(question: str) -> EngineRequest:
    """A request whose answer goes on, and never only repeats itself, for hundreds of tokens."""
    return ask(
        question, max_tokens=400, temperature=1.0, seed=1, logit_bias=tuple((at, 30.0) for at in range(100, 200))
    )


def mixed(n: int) -> list[EngineRequest]:
    """Requests of all kinds and lengths: greedy, drawn, biased, punished, cut by a nucleus, held to a schema."""
    kinds: list[dict[str, Any]] = [
        {}, {"temperature": 1.0, "seed": 5}, {"logit_bias": ((90, 8.0), (91, 7.0))},
        {"temperature": 0.8, "seed": 9, "top_p": 0.7}, {"frequency_penalty": 1.5, "presence_penalty": 0.5},
        {"temperature": 1.0, "seed": 3, "schema": SCHEMA, "max_tokens": 40},
    ]  # fmt: skip
    return [
        ask(f"name {at} " + "total 4.50 date " * (at * 7 % 11), **{"max_tokens": 12 + at * 5 % 17, **kinds[at % 6]})
        for at in range(n)
    ]


def stream_of(engine: NativeEngine, request: EngineRequest) -> Any:
    return engine.stream(request)


async def answer(engine: NativeEngine, request: EngineRequest, delay_s: float = 0.0) -> list[Delta]:
    await asyncio.sleep(delay_s)
    return [replace(delta, work=None) async for delta in engine.stream(request)]


async def together(engine: NativeEngine, requests: Sequence[EngineRequest]) -> list[list[Delta]]:
    return list(await asyncio.gather(*(answer(engine, request) for request in requests)))


def alone(engine: NativeEngine, requests: Sequence[EngineRequest]) -> list[list[Delta]]:
    return [asyncio.run(answer(engine, request)) for request in requests]


def test_answers_are_the_same_alone_and_beside_others(folder: Path) -> None:
    """To the last bit of each probability, where ONNX Runtime computes a row alike whatever stands beside it."""
    engine, runtime = watched(folder)
    requests = mixed(12)
    right = alone(engine, requests)
    assert set(runtime.n_together) == {1}
    assert asyncio.run(together(engine, requests)) == right
    assert max(runtime.n_together) > 6
    assert len({"".join(delta.text for delta in deltas) for deltas in right}) == 12


def test_answers_that_join_and_leave_midway_change_nobodys(folder: Path) -> None:
    engine, runtime = watched(folder)
    requests = mixed(10)
    right = alone(engine, requests)
    order = random.Random(1)

    async def left_early(request: EngineRequest) -> None:
        async with aclosing(stream_of(engine, request)) as deltas:
            async for _ in deltas:
                if order.random() < 0.3:
                    break

    async def coming_and_going() -> list[list[Delta]]:
        asked = [answer(engine, request, order.random() * 0.2) for request in requests]
        gone = [left_early(ask(f"date {at}", max_tokens=200)) for at in range(10)]
        said, _ = await asyncio.gather(asyncio.gather(*asked), asyncio.gather(*gone))
        return list(said)

    assert asyncio.run(coming_and_going()) == right
    assert len(set(runtime.n_together)) > 3


def test_more_than_there_are_rows_wait_in_line_and_all_are_answered(folder: Path) -> None:
    engine, runtime = watched(folder)
    requests = mixed(40)
    right = alone(engine, requests)
    assert asyncio.run(together(engine, requests)) == right
    assert max(runtime.n_together) == 16


def test_who_leaves_is_computed_for_no_more_from_the_next_step_on(folder: Path) -> None:
    engine, runtime = watched(folder)
    slots = engine._scheduler._slots

    async def leave() -> tuple[list[int], int]:
        staying, leaving = (stream_of(engine, endless(name)) for name in ("date", "name"))
        loop, are_answered = asyncio.get_running_loop(), threading.Event()

        def pause(tokens: Sequence[int]) -> None:
            """Hold the first step of both until each has had a token and one reader has gone."""
            if len(tokens) == 1:
                return
            are_answered.wait(10)
            runtime.before_step = lambda tokens: None
            asyncio.run_coroutine_threadsafe(leaving.aclose(), loop).result()
            runtime.n_together.clear()

        runtime.before_step = pause
        await asyncio.gather(anext(staying), anext(leaving))
        assert slots.n_taken == 2
        are_answered.set()
        await asyncio.to_thread(until, lambda: runtime.before_step is not pause and len(runtime.n_together) > 4, 10)
        steps, n_taken = list(runtime.n_together), slots.n_taken
        await staying.aclose()
        return steps, n_taken

    steps, n_taken = asyncio.run(leave())
    assert steps[0] == 2  # the one that was under way
    assert set(steps[1:]) == {1}
    assert n_taken == 1


def test_an_answer_that_fails_harms_no_other(folder: Path) -> None:
    """One fails while a token is chosen, one in the decoder itself, in a run with all the others."""
    engine, runtime = watched(folder)
    requests = mixed(6)
    right = alone(engine, requests)
    poison = 210

    def choke(tokens: Sequence[int]) -> None:
        if poison in tokens:
            raise RuntimeError("the decoder failed")

    runtime.before_step = choke
    bad_draw = ask("vendor", temperature=1.0, seed=1, logit_bias=((300, float("nan")),))
    bad_step = ask("vendor 2", logit_bias=((poison, 1000.0),))

    async def run() -> list[list[Delta] | BaseException]:
        asked = (answer(engine, request) for request in (*requests[:3], bad_draw, bad_step, *requests[3:]))
        return list(await asyncio.gather(*asked, return_exceptions=True))

    said = asyncio.run(run())
    assert [type(said[at]) for at in (3, 4)] == [EngineFault, EngineFault]
    assert said[:3] + said[5:] == right
    until(lambda: engine._scheduler._slots.n_taken == 0, 5)
    assert alone(engine, requests) == right


def test_a_request_that_is_refused_takes_no_row(folder: Path) -> None:
    engine, _ = watched(folder)
    with pytest.raises(Exception, match="512 tokens"):
        asyncio.run(answer(engine, ask("word " * 600)))
    until(lambda: not engine._scheduler._is_working, 5)
    assert engine._scheduler._slots.n_taken == 0


def test_a_short_prompt_does_not_wait_for_a_long_one_and_a_long_one_not_for_ever(folder: Path) -> None:
    engine, _ = watched(folder, OFF)
    order: list[str] = []

    async def first_piece(name: str, question: str) -> None:
        async with aclosing(stream_of(engine, ask(question, max_tokens=2))) as deltas:
            await anext(deltas)
            order.append(name)

    async def run() -> None:
        speaking = stream_of(engine, endless("date"))
        await anext(speaking)
        tasks = [asyncio.ensure_future(first_piece("long", "total 4.50 date " * 55))]
        tasks += [asyncio.ensure_future(first_piece(f"short {at}", f"name {at}")) for at in range(30)]
        await asyncio.gather(*tasks)
        await speaking.aclose()

    asyncio.run(run())
    assert 0 < order.index("long") < 30


def test_nobody_waits_longer_for_a_token_than_a_piece_of_a_prompt(folder: Path) -> None:
    """While a long prompt is read, an answer goes on after each of its pieces."""
    engine, runtime = watched(folder, OFF)
    between: list[int] = []
    step = type(runtime).step

    def counting(self: Runtime, embeddings: Floats, cache: Cache) -> Floats:
        if embeddings.shape[1] == 1:
            between.append(0)
        elif between:
            between[-1] += embeddings.shape[1]
        return step(self, embeddings, cache)

    async def run() -> None:
        speaking = stream_of(engine, endless("date"))
        await anext(speaking)
        await answer(engine, ask("total 4.50 date " * 55, max_tokens=1))
        await speaking.aclose()

    runtime.__class__ = type("Counting", (WatchedRuntime,), {"step": counting})
    asyncio.run(run())
    assert 64 < max(between) <= 128
    assert sum(between) > 256


def test_a_closed_engine_fails_what_it_was_answering_and_refuses_more(folder: Path) -> None:
    engine, _ = watched(folder)

    async def run() -> None:
        stream = stream_of(engine, endless("date"))
        await anext(stream)
        await engine.close()
        with pytest.raises(EngineFault):
            async for _ in stream:
                pass
        with pytest.raises(EngineFault):
            await answer(engine, ask("date"))

    asyncio.run(run())


def test_of_hundreds_of_mixed_requests_none_gets_anothers_answer(folder: Path) -> None:
    """With caches too small for them, many more than there are rows, some of which leave early."""
    engine, runtime = watched(folder, CacheLimits(embedding_bytes=0, prefix_bytes=12 * 2**14))
    tags = [
        replace(request, owner=owner, sampling=replace(request.sampling, max_tokens=6))
        for request in mixed(12) for owner in ("own_a", "own_b")
    ]  # fmt: skip
    right = alone(watched(folder, OFF)[0], tags)
    order = random.Random(3)

    async def one(at: int, n_read: int) -> bool:
        said: list[Delta] = []
        async with aclosing(stream_of(engine, tags[at])) as deltas:
            async for delta in deltas:
                said.append(replace(delta, work=None))
                if len(said) == n_read:
                    break
        return said == right[at][: len(said)]

    async def all_of_them() -> list[bool]:
        return list(await asyncio.gather(*(one(order.randrange(24), order.randrange(1, 12)) for _ in range(300))))

    assert asyncio.run(all_of_them()) == [True] * 300
    assert max(runtime.n_together) > 8


SMALL = DecoderConfig(100, width=32, n_layers=2, n_heads=2, n_kv_heads=1, ffn=32, context_tokens=4096)


def filled(cache: Cache, n_tokens: int, seed: int) -> Floats:
    block = np.random.default_rng(seed).standard_normal((4, 1, n_tokens, SMALL.head_dim)).astype(np.float32)
    cache.append(block)
    return block


def test_rows_keep_what_they_hold_while_the_buffer_grows_and_others_leave() -> None:
    slots = Slots(SMALL, max_rows=8, max_bytes=10**9)
    rows = []
    for at, n_tokens in enumerate((40, 300, 10, 700, 90)):
        cache = slots.take(n_tokens + 10)
        assert cache is not None
        rows.append((cache, filled(cache, n_tokens, at)))
        if at == 2:
            slots.give_back(rows.pop(0)[0])
    assert slots.n_taken == 4
    assert sorted(cache.slot for cache, _ in rows) == [0, 1, 2, 3]
    for cache, block in rows:
        assert np.array_equal(cache.copy(0, cache.n_used), block)
    _, first, used = slots.span([rows[0][0], rows[-1][0]])
    assert used[rows[0][0].slot - first] == rows[0][0].n_used
    for cache, _ in rows:
        slots.give_back(cache)
    assert slots.n_bytes == 0


def test_the_buffer_stays_within_its_bytes_and_rows_and_lets_one_in_whatever_its_length() -> None:
    row_bytes = MIN_TOKENS * 2 * 2 * 1 * SMALL.head_dim * 4
    slots = Slots(SMALL, max_rows=4, max_bytes=3 * row_bytes)
    short = [slots.take(100) for _ in range(4)]
    assert [cache is None for cache in short] == [False, False, False, True]
    assert slots.n_bytes <= 3 * row_bytes
    assert slots.take(2000) is None
    for cache in short[:3]:
        assert cache is not None
        slots.give_back(cache)
    long = slots.take(2000)
    assert long is not None
    assert slots.take(10) is None
    slots.give_back(long)
    by_rows = Slots(SMALL, max_rows=4, max_bytes=10**9)
    assert [by_rows.take(10) is None for _ in range(5)] == [False] * 4 + [True]


def test_a_long_request_is_not_passed_over_for_ever_by_short_ones(folder: Path) -> None:
    decoder = load_checkpoint(folder).config.decoder
    row_bytes = MIN_TOKENS * 2 * decoder.n_layers * decoder.n_kv_heads * decoder.head_dim * 4
    engine, runtime = watched(folder, replace(OFF, running_bytes=3 * row_bytes))
    ended: list[str] = []

    async def one(name: str, max_tokens: int) -> None:
        await answer(engine, ask(name, max_tokens=max_tokens))
        ended.append(name)

    async def run() -> None:
        tasks = [asyncio.ensure_future(one(f"name {at}", 8)) for at in range(4)]
        tasks.append(asyncio.ensure_future(one("long", 400)))
        tasks += [asyncio.ensure_future(one(f"date {at}", 8)) for at in range(8)]
        await asyncio.gather(*tasks)

    asyncio.run(run())
    assert max(runtime.n_together) <= 3
    assert all(f"name {at}" in ended[:4] for at in range(4))
    assert ended[4] == "long"
