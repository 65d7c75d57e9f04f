"""An answer is made of whole characters, whatever the model would rather say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.engines.native.characters import Characters
from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer, train_tokenizer

N_BYTES = 60


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> TextTokenizer:
    file: Path = tmp_path_factory.mktemp("bytes") / "tokenizer.json"
    train_tokenizer(["naïve 日本 café 🙂 total"] * 40, len(tk.SPECIALS) + 300).save(str(file))
    return TextTokenizer.load(file)


@pytest.fixture(scope="module")
def characters(tokenizer: TextTokenizer) -> Characters:
    return Characters.of(tokenizer, tokenizer.vocab_size + 5)


@given(seed=st.integers(0, 2**32))
def test_whatever_is_drawn_is_utf_8(tokenizer: TextTokenizer, characters: Characters, seed: int) -> None:
    rng, said, state = np.random.default_rng(seed), b"", 0
    while len(said) < N_BYTES or state:
        token = int(rng.choice(np.flatnonzero(characters.can_come[state])))
        assert token < tokenizer.vocab_size
        said += tokenizer.token_bytes(token)
        state = characters.step(token, state)
    said.decode("utf-8")


@pytest.mark.parametrize("text", ["naïve", "日本", "🙂", "total 9"])
def test_every_text_can_be_said(tokenizer: TextTokenizer, characters: Characters, text: str) -> None:
    state = 0
    for token in tokenizer.encode(text):
        assert characters.can_come[state, token]
        state = characters.step(token, state)
    assert state == 0


def test_an_answer_neither_begins_nor_ends_within_a_character(tokenizer: TextTokenizer, characters: Characters) -> None:
    begun = tokenizer.encode("日")[0]
    end = tokenizer.special(tk.END)
    assert len(tokenizer.token_bytes(begun)) < 3 or tokenizer.decode([begun]) == "日"
    continuing = next(t for t in range(tokenizer.vocab_size) if tokenizer.token_bytes(t) == b"\x97")
    opening = next(t for t in range(tokenizer.vocab_size) if tokenizer.token_bytes(t) == b"\xe6")
    at_start, inside = characters.can_come[0], characters.can_come[characters.step(opening, 0)]
    assert at_start[end]
    assert not at_start[continuing]
    assert inside[continuing]
    assert not inside[end]
