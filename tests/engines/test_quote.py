"""A model may point at the reading instead of copying it. Here one whose every token is as likely as any other."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.native import NativeEngine
from sightline.engines.native.characters import Characters
from sightline.engines.native.sampler import Sampler
from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import CONFIG, TOKENIZER, write_manifest
from sightline.model.tokenizer import TextTokenizer
from sightline.model.weights import WEIGHTS
from sightline.reading.lines import Reading, TextLine
from sightline.types import Delta, Sampling, TextPart
from tiny import make_checkpoint

ROWS = ("total 5.50", "name 7")
READING = Reading(
    (
        TextLine("total", (0, 0, 20, 10), 0.9, 0),
        TextLine("5.50", (30, 0, 50, 10), 0.9, 0),
        TextLine("name 7", (0, 20, 50, 30), 0.9, 1),
    ),
    80,
    50,
)


def _fair(folder: Path, *, quotes: bool) -> Path:
    make_checkpoint(folder)
    tensors = load_file(folder / WEIGHTS)
    tensors["model.text_model.norm.weight"] *= 0
    save_file(tensors, folder / WEIGHTS)
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    (folder / CONFIG).write_text(json.dumps({**config, "quotes_reading": quotes}), "utf-8")
    write_manifest(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _fair(tmp_path_factory.mktemp("quote") / "checkpoint", quotes=True)


@pytest.fixture(scope="module")
def engine(folder: Path) -> NativeEngine:
    return NativeEngine.load(folder, "fair", n_threads=1)


@pytest.fixture(scope="module")
def pointing(folder: Path) -> Sampling:
    """The sampling whose first draw is the token that points."""
    words = TextTokenizer.load(folder / TOKENIZER)
    others = np.array(sorted({words.special(name) for name in tk.SPECIALS if name not in (tk.END, tk.READING)}))
    logits = np.zeros(words.vocab_size, np.float32)
    logits[~Characters.of(words, words.vocab_size).can_come[0]] = -np.inf  # what can begin an answer at all
    for seed in range(20_000):
        sampling = Sampling(max_tokens=60, temperature=1.0, seed=seed)
        if Sampler(sampling, others).choose(logits) == words.special(tk.READING):
            return sampling
    raise LookupError("no seed draws it")


def _request(sampling: Sampling, n_images: int = 1) -> EngineRequest:
    receipt = ImageReceipt("PNG", 0, 80, 50, 1, "high")
    seen = tuple(
        SeenImage(
            PreparedImage(np.full((50, 80, 3), 9 * i, np.uint8), plan_tiles(80, 50, "high"), str(i), receipt), READING
        )
        for i in range(n_images)
    )
    return EngineRequest((EngineMessage("user", (*seen, TextPart("Read it."))),), sampling)


def _deltas(engine: NativeEngine, request: EngineRequest) -> list[Delta]:
    async def all_of_them() -> list[Delta]:
        return [delta async for delta in engine.stream(request)]

    return asyncio.run(all_of_them())


def _text(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


def test_what_is_pointed_at_is_given_row_by_row_as_it_was_read(engine: NativeEngine, pointing: Sampling) -> None:
    deltas = _deltas(engine, _request(pointing))
    assert _text(deltas) == "\n".join(ROWS)
    assert deltas[-1].finish_reason == "stop"
    assert [delta.finish_reason for delta in deltas[:-1]] == [None] * (len(deltas) - 1)


def test_of_two_pictures_both_are_given_with_an_empty_line_between(engine: NativeEngine, pointing: Sampling) -> None:
    assert _text(_deltas(engine, _request(pointing, n_images=2))) == "\n\n".join(["\n".join(ROWS)] * 2)


def test_a_quotation_past_max_tokens_is_cut_and_says_so(engine: NativeEngine, pointing: Sampling) -> None:
    deltas = _deltas(engine, _request(replace(pointing, max_tokens=5)))
    assert sum(delta.n_tokens for delta in deltas) == 5
    assert deltas[-1].finish_reason == "length"
    assert "\n".join(ROWS).startswith(_text(deltas))


def test_its_logprobs_spell_it_and_tell_how_likely_the_pointing_was(
    engine: NativeEngine, folder: Path, pointing: Sampling
) -> None:
    deltas = _deltas(engine, _request(replace(pointing, top_logprobs=2)))
    tokens = [token for delta in deltas for token in delta.tokens]
    assert b"".join(token.data for token in tokens).decode() == "\n".join(ROWS)
    assert len(tokens) == sum(delta.n_tokens for delta in deltas)
    words = TextTokenizer.load(folder / TOKENIZER)
    n_never = sum(words.special(name) not in (words.special(tk.END), words.special(tk.READING)) for name in tk.SPECIALS)
    n_can_come = np.count_nonzero(Characters.of(words, words.vocab_size).can_come[0]) - n_never
    assert exp(tokens[0].logprob) == pytest.approx(1 / n_can_come)
    assert [token.logprob for token in tokens[1:]] == [0.0] * (len(tokens) - 1)
    assert tokens[0].logprob < log(0.01)


@pytest.mark.parametrize(
    "ruled",
    [
        lambda request: replace(request, json_schema={"type": "object"}),
        lambda request: replace(request, sampling=replace(request.sampling, logit_bias=((300, 1.0),))),
        lambda request: replace(request, sampling=replace(request.sampling, presence_penalty=0.5)),
    ],
)
def test_what_rules_each_token_lets_none_be_skipped(engine: NativeEngine, pointing: Sampling, ruled) -> None:  # type: ignore[no-untyped-def]
    assert "\n".join(ROWS) not in _text(_deltas(engine, ruled(_request(pointing))))


def test_a_model_that_was_not_taught_to_point_never_does(tmp_path: Path, pointing: Sampling) -> None:
    engine = NativeEngine.load(_fair(tmp_path / "plain", quotes=False), "plain", n_threads=1)
    assert "\n".join(ROWS) not in _text(_deltas(engine, _request(pointing)))


def test_it_is_pointed_at_only_where_an_answer_begins(engine: NativeEngine, pointing: Sampling) -> None:
    for seed in range(30):
        text = _text(_deltas(engine, _request(replace(pointing, seed=seed))))
        assert text == "\n".join(ROWS) or "\n".join(ROWS) not in text
        assert tk.READING not in text
