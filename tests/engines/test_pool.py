"""Several models in one memory, with real engines."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from gguf_files import write_model, write_projector
from sightline.chat.assembly import build_chat, pooled_engines
from sightline.engines.base import Engine, EngineMessage, EngineRequest
from sightline.engines.echo import EchoEngine
from sightline.engines.footprint import (
    NATIVE_COPIES,
    WORK_BYTES,
    budget_bytes,
    cache_bytes,
    checkpoint_bytes,
    gguf_bytes,
)
from sightline.engines.llama_cpp.gguf_file import read_head
from sightline.engines.native import NativeEngine
from sightline.engines.pool import Pool, PooledEngine
from sightline.errors import ConfigError, ModelUnavailable, Overloaded
from sightline.types import GenerationRequest, Message, Sampling, TextPart
from tiny import make_checkpoint

REQUEST = EngineRequest((EngineMessage("user", (TextPart("one two three"),)),))


class Loads:
    """Makes echo engines, and remembers for whom."""

    def __init__(self) -> None:
        self.of: list[str] = []

    def engine(self, pool: Pool, name: str, n_bytes: int = 40) -> PooledEngine:
        def load() -> Engine:
            self.of.append(name)
            return EchoEngine(name)

        return PooledEngine(pool, name, n_bytes, load, wants_reading=False)


async def said(engine: Engine) -> str:
    return "".join([delta.text async for delta in engine.stream(REQUEST)])


def test_a_model_is_loaded_when_it_is_first_asked_and_stays() -> None:
    loads = Loads()
    engine = loads.engine(Pool(100), "a")
    assert (loads.of, engine.is_loaded, engine.state, engine.n_bytes) == ([], False, "unloaded", 40)
    assert asyncio.run(said(engine)) == asyncio.run(said(engine)) == "one two three"
    assert (loads.of, engine.is_loaded, engine.state, engine.n_running) == (["a"], True, "loaded", 0)


def test_a_model_that_cannot_be_loaded_is_named_takes_no_room_and_can_be_mended(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool, is_broken = Pool(100), [True]

    def load() -> Engine:
        if is_broken:
            raise ConfigError("/secret/place/weights: checksum differs")
        return EchoEngine("b")

    broken = PooledEngine(pool, "b", 90, load, wants_reading=False)
    good = Loads().engine(pool, "a")
    with pytest.raises(ModelUnavailable, match=r"^The model b cannot be loaded") as raised:
        asyncio.run(said(broken))
    assert "secret" not in raised.value.message
    assert [vars(record)["model"] for record in caplog.records] == ["b"]
    assert asyncio.run(said(good)) == "one two three"
    is_broken.clear()
    assert asyncio.run(said(broken)) == "one two three"


def test_the_one_asked_longest_ago_makes_room() -> None:
    loads, pool = Loads(), Pool(100)
    a, b, c = (loads.engine(pool, name) for name in "abc")
    for engine in (a, b, a, c):
        asyncio.run(said(engine))
    assert [each.is_loaded for each in (a, b, c)] == [True, False, True]
    assert loads.of == ["a", "b", "c"]
    assert asyncio.run(said(b)) == "one two three"
    assert [each.is_loaded for each in (a, b, c)] == [False, True, True]


def test_a_model_that_is_answering_is_never_taken_away() -> None:
    loads, pool = Loads(), Pool(100)
    a, b = loads.engine(pool, "a", 60), loads.engine(pool, "b", 60)

    async def ask_both() -> str:
        stream = a.stream(REQUEST)
        await anext(stream)
        with pytest.raises(Overloaded, match="b must wait for another to be idle"):
            await said(b)
        assert a.is_loaded
        await stream.aclose()  # type: ignore[attr-defined]
        return await said(b)

    assert asyncio.run(ask_both()) == "one two three"
    assert not a.is_loaded


def test_what_is_known_of_a_model_stays_known_when_it_is_not_loaded() -> None:
    loads, pool = Loads(), Pool(50)
    a, b = loads.engine(pool, "a"), loads.engine(pool, "b")
    assert a.context_tokens == 32_768
    asyncio.run(said(b))
    assert not a.is_loaded
    assert (a.context_tokens, a.calibration, loads.of) == (32_768, None, ["a", "b"])


def test_a_model_that_would_not_fit_is_refused_by_name_with_figures(tmp_path: Path) -> None:
    model = write_model(tmp_path / "big.gguf")
    write_projector(tmp_path / "mmproj-big.gguf")
    with pytest.raises(ConfigError, match=r"the model big needs about 0\.3 GB of memory; 0\.1 GB are for models"):
        pooled_engines([str(model), "sightline-echo"], None, 0.1)
    with pytest.raises(ConfigError, match="two models called big"):
        pooled_engines([str(model), str(model)], None, 4)


def test_the_footprint_counts_files_and_the_keys_and_values_of_a_context(tmp_path: Path) -> None:
    from gguf_files import write_gguf

    values: dict[str, str | int | list[str]] = {
        "general.architecture": "llama",
        "llama.context_length": 100_000,
        "llama.embedding_length": 64,
        "llama.block_count": 10,
        "llama.attention.head_count": 4,
        "llama.attention.head_count_kv": 2,
    }
    model = write_gguf(tmp_path / "m.gguf", values)
    projector = write_projector(tmp_path / "mmproj-m.gguf")
    cache = 2 * 2 * 10 * 2 * 16 * 8192  # keys and values, float16, layers, heads, width of a head, tokens
    assert cache_bytes(read_head(model)) == cache
    files = model.stat().st_size + projector.stat().st_size
    assert gguf_bytes(model, None) == files + cache + (256 << 20)
    make_checkpoint(tmp_path / "tiny")
    weights = (tmp_path / "tiny/model.safetensors").stat().st_size
    keys_and_values = 2 * 2 * 2 * 16 * 512 * 4  # both, layers, KV heads, their width, the context, float32
    assert checkpoint_bytes(tmp_path / "tiny") == NATIVE_COPIES * weights + keys_and_values + WORK_BYTES
    tiny = NativeEngine.load(tmp_path / "tiny", "tiny", n_threads=1)
    assert (tiny.state, tiny.n_bytes) == ("loaded", checkpoint_bytes(tmp_path / "tiny"))
    asyncio.run(tiny.close())
    assert budget_bytes(1.5) == 1_500_000_000
    assert budget_bytes(None) > 100_000_000


def test_several_models_answer_under_their_names_through_the_one_use_case(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_checkpoint(tmp_path / name, seed=len(name))
    sampling = Sampling(max_tokens=4, temperature=0)

    async def ask() -> list[str]:
        chat = build_chat([str(tmp_path / "one"), str(tmp_path / "two"), "sightline-echo"], aliases=["gpt-4o"])
        assert await chat.is_ready()  # nothing is loaded for that
        answers = []
        for name in ("one", "two", "sightline-echo", "gpt-4o"):
            request = GenerationRequest(name, (Message("user", (TextPart("total?"),)),), sampling)
            answers.append((await chat.answer(request)).engine_id)
        await chat.close()
        return answers

    assert asyncio.run(ask()) == ["one", "two", "sightline-echo", "one"]
