from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer


@given(text=st.text())
def test_any_text_survives_encode_and_decode(tokenizer: TextTokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


@given(text=st.text(), name=st.sampled_from(tk.SPECIALS))
def test_a_special_token_typed_as_text_is_ordinary_text(tokenizer: TextTokenizer, text: str, name: str) -> None:
    specials = {tokenizer.special(special) for special in tk.SPECIALS}
    assert specials.isdisjoint(tokenizer.encode(f"{text}{name}{text}"))
    assert tokenizer.decode(tokenizer.encode(name)) == name


def test_digits_are_single_tokens(tokenizer: TextTokenizer) -> None:
    assert len(tokenizer.encode("20.50")) == 5


def test_newlines_are_single_tokens_for_llama_cpp(tokenizer: TextTokenizer) -> None:
    assert len(tokenizer.encode("\n")) == len(tokenizer.encode("\n\n")) == 1


def test_a_very_repetitive_text_is_encoded(tokenizer: TextTokenizer) -> None:
    text = "^" * 100_000
    assert tokenizer.decode(tokenizer.encode(text)) == text
