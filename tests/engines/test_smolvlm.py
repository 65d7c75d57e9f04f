"""The native engine with a checkpoint in the layout of the released SmolVLM ones."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sightline.chat.assembly import build_chat, load_engine
from sightline.engines.base import EngineMessage, EngineRequest, SeenImage, Sight
from sightline.engines.native import NativeEngine
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.prepare import prepare
from sightline.types import Calling, Delta, Detail, Sampling, TextPart, Tool
from tiny import CountingRuntime, engine_with, make_smolvlm

TILE_PX = 64


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("smolvlm") / "smolvlm-tiny"
    make_smolvlm(path)
    return path


@pytest.fixture
def engine(folder: Path) -> NativeEngine:
    loaded = load_engine(str(folder))
    assert isinstance(loaded, NativeEngine)
    return loaded


def picture(seed: int, width: int = 130, height: int = 70, detail: Detail = "high") -> SeenImage:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return SeenImage(prepare(SourceImage(pixels, ImageReceipt("PNG", 0, width, height, 1, detail)), detail))


def about(*parts: SeenImage, **more: Any) -> EngineRequest:
    message = EngineMessage("user", (*parts, TextPart("total?")))
    return EngineRequest((message,), Sampling(max_tokens=8, temperature=0.0), **more)


def answered(engine: NativeEngine, request: EngineRequest) -> list[Delta]:
    async def run() -> list[Delta]:
        return [delta async for delta in engine.stream(request)]

    return asyncio.run(run())


def test_it_reads_for_itself_and_is_told_nothing(engine: NativeEngine, folder: Path) -> None:
    assert not engine.wants_reading
    assert not build_chat([str(folder)], in_background=True)._engines["smolvlm-tiny"].wants_reading


def test_a_picture_is_seen_as_a_grid_and_at_low_detail_as_one_overview(engine: NativeEngine) -> None:
    high, low = about(picture(1)), about(picture(1, detail="low"))
    assert engine.sights(high) == (Sight(3 * TILE_PX, 2 * TILE_PX, 0),)
    assert engine.sights(low) == (Sight(TILE_PX, TILE_PX, 0),)
    n_each = engine._config.n_image_tokens
    assert engine.count_prompt_tokens(high) - engine.count_prompt_tokens(low) == 6 * (n_each + 2) + 2


def test_every_tile_is_encoded_once_and_the_work_is_told_by_picture(folder: Path) -> None:
    engine, runtime = engine_with(CountingRuntime, folder, needs_manifest=False)
    pictures = picture(1), picture(2, detail="low")
    first, second = (answered(engine, about(*pictures)) for _ in range(2))
    assert runtime.n_encoded == 8
    works = [next(delta.work for delta in deltas if delta.work is not None) for deltas in (first, second)]
    assert [[image.cached for image in work.images] for work in works] == [[False, False], [True, True]]
    assert ["".join(delta.text for delta in deltas) for deltas in (first, second)] == [
        "".join(delta.text for delta in first)
    ] * 2


def test_one_changed_tile_changes_the_answers_chances(engine: NativeEngine) -> None:
    seen = picture(1)
    other = seen.image.pixels.copy()
    other[:64, :64] = 0
    receipt = ImageReceipt("PNG", 0, 130, 70, 1, "high")
    changed = SeenImage(prepare(SourceImage(other, receipt), "high"))
    sampling = Sampling(max_tokens=1, temperature=0.0, top_logprobs=5)
    found = []
    for part in (seen, changed):
        request = EngineRequest((EngineMessage("user", (part, TextPart("total?"))),), sampling)
        found.append([token for delta in answered(engine, request) for token in delta.tokens])
    assert found[0] != found[1]


def test_functions_and_schemas_hold_for_it_too(engine: NativeEngine) -> None:
    parameters = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}}, "required": ["n"]}
    tool = Tool("count", "Count.", {**parameters, "additionalProperties": False})
    calls = answered(engine, about(picture(1), calling=Calling((tool,), must=True)))
    assert any(delta.call is not None and delta.call.name == "count" for delta in calls)
    text = "".join(delta.text for delta in answered(engine, about(picture(1), json_schema=tool.parameters)))
    assert text.strip().startswith('{"n": ')
