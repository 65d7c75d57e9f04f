from __future__ import annotations

import asyncio
import threading
import time

import pytest

from sightline.engines.base import Engine, EngineMessage, EngineRequest
from sightline.engines.echo import EchoEngine
from sightline.engines.loading import LoadingEngine
from sightline.errors import ConfigError
from sightline.types import TextPart

REQUEST = EngineRequest((EngineMessage("user", (TextPart("one two three"),)),))


async def said_by(engine: Engine) -> str:
    return "".join([delta.text async for delta in engine.stream(REQUEST)])


def test_the_load_starts_at_once_and_nobody_waits_for_it_before_they_must() -> None:
    go, started = threading.Event(), threading.Event()

    def load() -> Engine:
        started.set()
        go.wait(10)
        return EchoEngine("m")

    engine = LoadingEngine("m", load)
    assert started.wait(10)
    assert (engine.model_id, engine.wants_reading) == ("m", True)
    assert (engine.state, engine.n_bytes) == ("loading", None)
    go.set()
    assert asyncio.run(said_by(engine)) == "one two three"
    assert (engine.state, engine.n_bytes) == ("loaded", 0)
    asyncio.run(engine.close())


def test_it_answers_as_the_engine_does() -> None:
    plain = EchoEngine("m", context_tokens=99)
    engine = LoadingEngine("m", lambda: plain)
    assert engine.context_tokens == plain.context_tokens
    assert engine.count_prompt_tokens(REQUEST) == plain.count_prompt_tokens(REQUEST) == 3
    assert asyncio.run(said_by(engine)) == asyncio.run(said_by(plain))


def test_what_the_load_raises_reaches_whoever_asks() -> None:
    def load() -> Engine:
        raise ConfigError("weights.sha256 is missing")

    engine = LoadingEngine("m", load)
    with pytest.raises(ConfigError, match="weights"):
        asyncio.run(said_by(engine))
    assert (engine.state, engine.n_bytes) == ("unloaded", None)
    asyncio.run(engine.close())


def test_closing_does_not_wait_for_a_load_that_nobody_needs() -> None:
    go = threading.Event()

    def load() -> Engine:
        go.wait(10)
        return EchoEngine("m")

    engine = LoadingEngine("m", load)
    started = time.monotonic()
    asyncio.run(engine.close())
    assert time.monotonic() - started < 5
    go.set()
