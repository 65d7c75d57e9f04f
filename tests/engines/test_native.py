from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sightline.chat.asking import each_choice
from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.native import NativeEngine
from sightline.engines.native.row import is_stuck
from sightline.engines.native.runtime import Runtime
from sightline.errors import ContextTooLong
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.model.checkpoint import load_checkpoint
from sightline.reading.lines import Reading, TextLine
from sightline.types import Calling, Delta, Sampling, TextPart, Tool


@pytest.fixture(scope="module")
def engine(folder: Path) -> NativeEngine:
    return NativeEngine.load(folder, "tiny", n_threads=1)


def _picture(value: int) -> SeenImage:
    pixels = np.full((50, 80, 3), value, np.uint8)
    receipt = ImageReceipt("PNG", 0, 80, 50, 1, "high")
    reading = Reading((TextLine("total 5.50", (0, 0, 50, 10), 0.9, 0),), 80, 50)
    return SeenImage(PreparedImage(pixels, plan_tiles(80, 50, "high"), str(value), receipt), reading)


def _request(question: str = "total?", n_images: int = 1, **sampling: object) -> EngineRequest:
    images = tuple(_picture(40 * i % 256) for i in range(n_images))
    settings = Sampling(**{"max_tokens": 12, "temperature": 0.0, **sampling})  # type: ignore[arg-type]
    return EngineRequest((EngineMessage("user", (*images, TextPart(question))),), settings)


async def _deltas(engine: NativeEngine, request: EngineRequest) -> list[Delta]:
    return [delta async for delta in engine.stream(request)]


def _answer(engine: NativeEngine, request: EngineRequest) -> str:
    return "".join(delta.text for delta in asyncio.run(_deltas(engine, request)))


def test_a_long_prefill_and_one_token_at_a_time_give_the_same_logits(folder: Path) -> None:
    checkpoint = load_checkpoint(folder)
    runtime = Runtime(checkpoint.config, checkpoint.tensors, n_threads=1)
    ids = list(range(80, 120))
    whole, steps, pieces = (runtime.new_cache(64) for _ in range(3))
    at_once = runtime.step(runtime.embed(ids, -1), whole)
    for token in ids:
        one_by_one = runtime.step(runtime.embed([token], -1), steps)
    runtime.step(runtime.embed(ids[:17], -1), pieces)
    in_pieces = runtime.step(runtime.embed(ids[17:], -1), pieces)
    assert np.abs(at_once - one_by_one).max() < 1e-4
    assert np.abs(at_once - in_pieces).max() < 1e-4


def test_the_last_delta_and_only_it_has_a_finish_reason(engine: NativeEngine) -> None:
    deltas = asyncio.run(_deltas(engine, _request()))
    assert [delta.finish_reason is not None for delta in deltas] == [False] * (len(deltas) - 1) + [True]
    assert sum(delta.n_tokens for delta in deltas) <= 12


def test_the_same_request_twice_gives_the_same_answer(engine: NativeEngine) -> None:
    assert _answer(engine, _request()) == _answer(engine, _request())


def test_where_nobody_names_a_temperature_it_is_the_models_own_but_several_choices_differ(folder: Path) -> None:
    checkpoint = load_checkpoint(folder)
    cool, warm = (
        NativeEngine(replace(checkpoint, temperature=value), "tiny", n_threads=1, eight_bit=False)
        for value in (0.0, 1.0)
    )
    unsaid = _request(temperature=None)
    likeliest = _answer(warm, _request())
    assert {_answer(cool, unsaid) for _ in range(4)} == {likeliest}
    assert len({_answer(warm, unsaid) for _ in range(4)}) > 1
    assert len({_answer(cool, choice) for choice in each_choice(unsaid, 4)}) > 1


def test_the_answer_depends_on_the_pixels(folder: Path) -> None:
    checkpoint = load_checkpoint(folder)
    runtime = Runtime(checkpoint.config, checkpoint.tensors, n_threads=1)
    dark, light = (runtime.encode(np.full((1, 3, 64, 64), value, np.float32)) for value in (-1, 1))
    assert np.abs(dark - light).max() > 0.01


def test_requests_that_run_together_do_not_mix(engine: NativeEngine) -> None:
    questions = [f"question {i}" for i in range(6)]
    alone = [_answer(engine, _request(question)) for question in questions]

    async def together() -> list[list[Delta]]:
        return list(await asyncio.gather(*(_deltas(engine, _request(question)) for question in questions)))

    assert ["".join(delta.text for delta in deltas) for deltas in asyncio.run(together())] == alone
    assert len(set(alone)) > 1


def test_choices_share_one_prefill_and_still_draw_on_their_own(engine: NativeEngine) -> None:
    alone = _request(temperature=1.0, seed=7)
    choices = each_choice(alone, 3)
    answers = [_answer(engine, choice) for choice in choices]
    assert answers[0] == _answer(engine, alone)
    assert answers == [_answer(engine, choice) for choice in each_choice(alone, 3)]
    assert len(set(answers)) == 3
    assert choices[0].shared is choices[2].shared
    assert choices[0].shared is not None
    assert choices[0].shared.prefill is not None


def test_the_text_may_stand_before_or_after_the_pictures(engine: NativeEngine) -> None:
    request = _request(n_images=2)
    (message,) = request.messages
    images, text = message.parts[:2], message.parts[2]
    turned = EngineRequest((EngineMessage("user", (images[0], text, images[1])),), request.sampling)
    first = EngineRequest((EngineMessage("user", (text, *images)),), request.sampling)
    assert _answer(engine, request) == _answer(engine, first) == _answer(engine, turned)


def test_an_answer_that_only_repeats_itself_is_cut() -> None:
    assert is_stuck([1, 2, *[7] * 32])
    assert is_stuck([9] * 5 + [4, 5, 6] * 11)
    assert not is_stuck([7] * 31)
    line = list(range(50, 61))
    assert is_stuck([1, 2, 3, *line * 8])
    assert not is_stuck([1, 2, 3, *line * 7]), "a receipt may have seven equal lines"
    assert not is_stuck([token for number in range(40) for token in (5, 6, number, 7)]), "rows that differ in a number"
    assert not is_stuck(list(range(200)))


def test_a_schema_is_kept_whatever_the_weights_say(engine: NativeEngine) -> None:
    schema = {
        "type": "object",
        "properties": {"vendor": {"type": ["string", "null"], "maxLength": 8}, "total": {"type": "integer"}},
        "required": ["vendor", "total"],
        "additionalProperties": False,
    }
    for seed in range(5):
        request = _request(temperature=1.0, seed=seed, max_tokens=200)
        held = EngineRequest(request.messages, request.sampling, schema)
        deltas = asyncio.run(_deltas(engine, held))
        if deltas[-1].finish_reason == "stop":
            assert list(json.loads("".join(delta.text for delta in deltas))) == ["vendor", "total"]


@pytest.mark.parametrize("seed", range(4))
def test_a_call_that_must_be_made_is_made_with_arguments_of_its_schema(engine: NativeEngine, seed: int) -> None:
    schema = {
        "type": "object",
        "properties": {"n": {"type": "integer", "minimum": 1, "maximum": 9}, "ok": {"type": "boolean"}},
        "required": ["n", "ok"],
        "additionalProperties": False,
    }
    tools = (Tool("read_it", "Read.", schema), Tool("look-up", "", {"type": "object", "additionalProperties": False}))
    request = _request(temperature=1.0, seed=seed, max_tokens=120)
    deltas = asyncio.run(_deltas(engine, replace(request, calling=Calling(tools, must=True))))
    pieces = [delta.call for delta in deltas if delta.call is not None]
    assert deltas[-1].finish_reason == "tool_calls"
    assert pieces[0].name in ("read_it", "look-up")
    assert not any(piece.name for piece in pieces[1:])
    assert "".join(delta.text for delta in deltas) == ""
    arguments = json.loads("".join(piece.arguments for piece in pieces))
    assert list(arguments) == (["n", "ok"] if pieces[0].name == "read_it" else [])


def test_functions_that_may_be_called_leave_the_question_as_it_is(engine: NativeEngine) -> None:
    tool = Tool("look", "", {"type": "object"})
    may, must = (replace(_request(), calling=Calling((tool,), must=must)) for must in (False, True))
    assert _answer(engine, may) == _answer(engine, _request())
    with_properties = replace(must, calling=Calling((replace(tool, parameters={"properties": {"a": {}}}),), must=True))
    assert engine.count_prompt_tokens(with_properties) > engine.count_prompt_tokens(_request())


def test_a_prompt_longer_than_the_context_is_refused(engine: NativeEngine) -> None:
    with pytest.raises(ContextTooLong, match="512 tokens"):
        asyncio.run(_deltas(engine, _request("word " * 600)))


def test_many_pictures_share_the_room_for_readings(engine: NativeEngine) -> None:
    assert engine.count_prompt_tokens(_request(n_images=4)) < engine.context_tokens


def test_what_does_not_fit_is_told(engine: NativeEngine) -> None:
    few, many = engine.sights(_request(n_images=2)), engine.sights(_request(n_images=30))
    assert [(sight.width, sight.height, sight.n_lines) for sight in few] == [(64, 64, 1)] * 2
    assert {sight.n_lines for sight in many} == {0}


def test_the_answer_is_cut_at_max_tokens_and_says_so(engine: NativeEngine) -> None:
    deltas = asyncio.run(_deltas(engine, _request(max_tokens=1)))
    assert deltas[-1].finish_reason in ("length", "stop")
    assert sum(delta.n_tokens for delta in deltas) <= 1


def test_closing_the_stream_stops_the_work(engine: NativeEngine) -> None:
    async def cut() -> float:
        stream = engine.stream(_request(max_tokens=400))
        async for _ in stream:
            break
        await stream.aclose()  # type: ignore[attr-defined]
        started = asyncio.get_running_loop().time()
        await _deltas(engine, _request(max_tokens=1))
        return asyncio.get_running_loop().time() - started

    assert asyncio.run(cut()) < 5
