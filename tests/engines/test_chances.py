"""The model's own probabilities, beside its answer and whatever was done to it."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sightline.engines.base import EngineMessage, EngineRequest
from sightline.engines.native import NativeEngine
from sightline.engines.native.chances import Chances
from sightline.errors import InvalidRequest
from sightline.model.tokenizer import TextTokenizer
from sightline.types import ChosenToken, Delta, Sampling, TextPart


@pytest.fixture(scope="module")
def engine(folder: Path) -> NativeEngine:
    return NativeEngine.load(folder, "tiny", n_threads=1)


@pytest.fixture(scope="module")
def words(folder: Path) -> TextTokenizer:
    return TextTokenizer.load(folder / "tokenizer.json")


def deltas_of(engine: NativeEngine, **sampling: Any) -> list[Delta]:
    settings = Sampling(**{"max_tokens": 24, "top_logprobs": 4, "seed": 3, **sampling})
    request = EngineRequest((EngineMessage("user", (TextPart("total?"),)),), settings)

    async def read() -> list[Delta]:
        return [delta async for delta in engine.stream(request)]

    return asyncio.run(read())


def tokens_of(deltas: list[Delta]) -> list[ChosenToken]:
    return [token for delta in deltas for token in delta.tokens]


def test_chances_are_the_softmax_over_what_can_come(words: TextTokenizer) -> None:
    logits = np.zeros(words.vocab_size, np.float32)
    logits[200], logits[201], logits[0] = 2.0, 1.0, 50.0
    banned = np.array([0], np.int64)
    chosen = Chances(words, banned, 2).chosen(logits, 201, is_first=False)
    total = math.exp(2) + math.exp(1) + words.vocab_size - 3
    assert chosen.logprob == pytest.approx(1 - math.log(total))
    assert [other.logprob for other in chosen.others] == pytest.approx([2 - math.log(total), 1 - math.log(total)])
    assert [other.data for other in chosen.others] == [words.token_bytes(200), words.token_bytes(201)]


@pytest.mark.parametrize("text", [" total 12.50 é 漢字\n\nname\n", "\ufffd\u0000 ~", " 🙂🙂"])
def test_the_bytes_of_tokens_are_the_text(words: TextTokenizer, text: str) -> None:
    assert b"".join(words.token_bytes(token) for token in words.encode(text)) == text.encode()


def test_tokens_come_one_each_and_spell_the_answer(engine: NativeEngine) -> None:
    deltas = deltas_of(engine, temperature=1.0)
    tokens = tokens_of(deltas)
    text = "".join(delta.text for delta in deltas)
    assert len(tokens) == sum(delta.n_tokens for delta in deltas) > 1
    assert b"".join(token.data for token in tokens).decode(errors="replace") == text
    assert all(len(token.others) == 4 for token in tokens)
    assert all(a.logprob >= b.logprob for token in tokens for a, b in zip(token.others, token.others[1:], strict=False))


def test_at_temperature_0_the_chosen_token_is_the_likeliest(engine: NativeEngine) -> None:
    tokens = tokens_of(deltas_of(engine, temperature=0.0))
    assert tokens
    assert all(token.others[0].logprob == token.logprob for token in tokens)
    assert all(token.others[0].data == token.data for token in tokens)


def test_probabilities_are_the_models_own_whatever_the_temperature(engine: NativeEngine) -> None:
    hot, cold = (tokens_of(deltas_of(engine, temperature=at, max_tokens=1))[0] for at in (2.0, 0.0))
    assert hot.others == cold.others


def test_without_the_wish_there_are_none(engine: NativeEngine) -> None:
    assert tokens_of(deltas_of(engine, top_logprobs=None)) == []


def test_a_bias_forces_and_forbids_tokens(engine: NativeEngine, words: TextTokenizer) -> None:
    (wanted,) = words.encode("5")
    forced = deltas_of(engine, logit_bias=((wanted, 100.0),), max_tokens=3, temperature=0.0)
    assert "".join(delta.text for delta in forced) == "555"
    plain = tokens_of(deltas_of(engine, temperature=0.0, max_tokens=1))[0]
    likeliest = next(token for token in range(words.vocab_size) if words.token_bytes(token) == plain.data)
    moved = tokens_of(deltas_of(engine, temperature=0.0, max_tokens=1, logit_bias=((likeliest, -100.0),)))[0]
    assert moved.data != plain.data


def test_a_bias_on_a_token_that_the_model_does_not_have_is_refused(engine: NativeEngine) -> None:
    with pytest.raises(InvalidRequest, match=r"Invalid key in 'logit_bias': 100000\. Maximum value is \d+\."):
        deltas_of(engine, logit_bias=((100_000, 1.0),))
