"""Prompts that begin alike are computed once, and answers do not change for it; nobody gets another's answer."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sightline.chat.asking import each_choice
from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.caching import CacheLimits
from sightline.engines.native import NativeEngine
from sightline.engines.native.prefix_cache import BLOCK_TOKENS, PrefixCache, block_keys
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.reading.lines import Reading, TextLine
from sightline.types import Delta, PromptWork, Sampling, TextPart
from tiny import CountingRuntime, engine_with

OFF = CacheLimits(0, 0, 0)


def engine_of(folder: Path, caches: CacheLimits | None = None) -> tuple[NativeEngine, CountingRuntime]:
    return engine_with(CountingRuntime, folder, caches)


def picture(seed: int, n_lines: int = 12) -> SeenImage:
    pixels = np.random.default_rng(seed).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    receipt = ImageReceipt("PNG", 0, 64, 48, 1, "high")
    lines = tuple(TextLine(f"total {at}.50 date", (0, 5.0 * at, 50, 5.0 * at + 4), 0.9, at) for at in range(n_lines))
    return SeenImage(PreparedImage(pixels, plan_tiles(64, 48, "high"), str(seed), receipt), Reading(lines, 64, 48))


def about(*seeds: int, question: str = "total?", owner: str = "local", max_tokens: int = 8) -> EngineRequest:
    parts: tuple[SeenImage | TextPart, ...] = (*(picture(seed) for seed in seeds), TextPart(question))
    sampling = Sampling(max_tokens=max_tokens, temperature=0.0, top_logprobs=5)
    return EngineRequest((EngineMessage("user", parts),), sampling, owner=owner)


async def deltas_of(engine: NativeEngine, request: EngineRequest) -> list[Delta]:
    return [delta async for delta in engine.stream(request)]


def answer(engine: NativeEngine, request: EngineRequest) -> tuple[PromptWork, list[Delta]]:
    """What the prompt took, and the answer with every probability, to the bit."""
    first, *rest = asyncio.run(deltas_of(engine, request))
    assert first.work is not None
    assert all(delta.work is None for delta in rest)
    return first.work, [replace(first, work=None), *rest]


def test_the_second_question_about_a_picture_computes_only_what_is_new_and_says_so(folder: Path) -> None:
    engine, runtime = engine_of(folder)
    first, _ = answer(engine, about(1))
    second, _ = answer(engine, about(1, question="name?"))
    assert (first.n_reused, first.images[0].cached) == (0, False)
    assert first.images[0].ms > 0
    assert second.n_reused >= BLOCK_TOKENS
    assert second.n_tokens - second.n_reused < 2 * BLOCK_TOKENS
    assert (second.images[0].cached, second.images[0].ms) == (True, 0.0)
    assert runtime.n_encoded == 1


def test_answers_are_the_same_to_the_bit_with_and_without_what_is_kept(folder: Path) -> None:
    kept, none = engine_of(folder)[0], engine_of(folder, OFF)[0]
    asked = [about(1), about(1, question="name?"), about(1, 2), about(1), about(1, 3, question="date?"), about(3, 1)]
    for request in asked:
        assert answer(kept, request)[1] == answer(none, request)[1]
    assert answer(kept, asked[4])[0].n_reused > 0
    assert answer(none, asked[4])[0].n_reused == 0


def test_the_same_question_about_another_picture_reuses_nothing_of_the_picture(folder: Path) -> None:
    engine, runtime = engine_of(folder)
    answer(engine, about(1))
    work, said = answer(engine, about(2))
    assert work.n_reused == 0
    assert runtime.n_encoded == 2
    assert said == answer(engine_of(folder, OFF)[0], about(2))[1]


def test_two_owners_share_no_prefix_and_no_encoding(folder: Path) -> None:
    engine, runtime = engine_of(folder)
    works = [answer(engine, about(1, owner=owner))[0] for owner in ("own_a", "own_b", "own_b")]
    assert [work.images[0].cached for work in works] == [False, False, True]
    assert works[0].n_reused == works[1].n_reused == 0 < works[2].n_reused
    assert runtime.n_encoded == 2


def test_requests_about_one_picture_that_come_together_encode_it_once(folder: Path) -> None:
    engine, runtime = engine_of(folder)

    async def together() -> list[list[Delta]]:
        return list(await asyncio.gather(*(deltas_of(engine, about(1, question=f"name {at}?")) for at in range(8))))

    said = asyncio.run(together())
    assert runtime.n_encoded == 1
    works = [deltas[0].work for deltas in said]
    assert sum(work is not None and not work.images[0].cached for work in works) == 1
    for at, deltas in enumerate(said):
        alone = answer(engine_of(folder, OFF)[0], about(1, question=f"name {at}?"))[1]
        assert [replace(deltas[0], work=None), *deltas[1:]] == alone


def test_choices_of_one_request_encode_once_even_without_caches(folder: Path) -> None:
    engine, runtime = engine_of(folder, OFF)
    said = [answer(engine, choice)[1] for choice in each_choice(about(1), 3)]
    assert runtime.n_encoded == 1
    assert said[0] == said[1] == said[2] == answer(engine, about(1))[1]


def test_0_bytes_turn_each_cache_off(folder: Path) -> None:
    no_prefix, runtime = engine_of(folder, CacheLimits(10**6, 0, 0))
    assert [answer(no_prefix, about(1))[0].n_reused for _ in range(2)] == [0, 0]
    assert runtime.n_encoded == 1
    no_pictures, runtime = engine_of(folder, CacheLimits(0, 0, 10**7))
    assert answer(no_pictures, about(1))[0].n_reused == 0
    assert answer(no_pictures, about(1))[0].n_reused > 0


def test_the_last_token_is_always_computed_and_a_key_stands_for_all_before_it() -> None:
    ids = np.arange(3 * BLOCK_TOKENS)
    keys = block_keys(ids, [(5, b"picture")], "a")
    assert len(keys) == 2
    assert len(block_keys(np.append(ids, 1), [], "a")) == 3
    for other in (block_keys(ids, [(5, b"another")], "a"), block_keys(ids, [(5, b"picture")], "b")):
        assert not set(other) & set(keys)
    late = ids.copy()
    late[BLOCK_TOKENS + 3] += 1
    assert [key in keys for key in block_keys(late, [(5, b"picture")], "a")] == [True, False]


def test_what_a_block_stands_on_goes_after_it() -> None:
    block = np.zeros(10, np.float32)
    cache = PrefixCache(2 * block.nbytes)
    cache.put(b"first", block)
    cache.put(b"second", block)
    assert cache.get([b"first"]) is not None
    assert cache.get([b"first", b"second"]) is not None
    cache.put(b"third", block)
    assert cache.get([b"first"]) is not None
    assert cache.get([b"first", b"second"]) is None


@pytest.mark.parametrize("n_requests", [300, pytest.param(10_000, marks=pytest.mark.slow)], ids=["300", "ten_thousand"])
def test_of_many_tagged_requests_in_any_order_none_gets_anothers_answer(folder: Path, n_requests: int) -> None:
    """Small caches, so that all the time something is thrown out and computed anew."""
    small = CacheLimits(embedding_bytes=3 * 4 * 64 * 4, prefix_bytes=12 * 2**14)
    engine, runtime = engine_of(folder, small)
    plain = engine_of(folder, OFF)[0]
    tags = [
        about(seed, question=f"name {question}", owner=owner, max_tokens=3)
        for seed in range(5) for question in range(2) for owner in ("own_a", "own_b")
    ]  # fmt: skip
    right = [answer(plain, tag)[1] for tag in tags]
    assert len({repr(said) for said in right}) == 10
    order = random.Random(7)

    async def ask(place: asyncio.Semaphore) -> bool:
        at = order.randrange(len(tags))
        async with place:
            first, *rest = await deltas_of(engine, tags[at])
        return [replace(first, work=None), *rest] == right[at]

    async def all_of_them() -> list[bool]:
        places = asyncio.Semaphore(8)
        return list(await asyncio.gather(*(ask(places) for _ in range(n_requests))))

    answers = asyncio.run(all_of_them())
    assert answers == [True] * n_requests
    assert 10 < runtime.n_encoded < n_requests
