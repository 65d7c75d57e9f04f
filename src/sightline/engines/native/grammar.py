"""Keeps an answer to JSON that fits a schema (llguidance)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from llguidance import LLMatcher, LLTokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from numpy.typing import NDArray

from sightline.errors import InvalidRequest

# Spaces as json.dumps writes them, which is how the model learned to write.
STYLE = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class Grammar:
    """Where an answer stands in its schema. One a request."""

    def __init__(self, tokenizer: LLTokenizer, schema: Mapping[str, Any]) -> None:
        styled = json.dumps({**schema, "x-guidance": STYLE})
        self._matcher = LLMatcher(tokenizer, LLMatcher.grammar_from_lark(f'start: " " json\njson: %json {styled}'))
        if self._matcher.is_error():
            raise InvalidRequest("The JSON schema is not one that answers can be held to.", param="response_format")
        self._n_tokens = tokenizer.vocab_size
        self._bits = allocate_token_bitmask(1, tokenizer.vocab_size)

    def allowed(self) -> NDArray[np.bool_]:
        """Which tokens may come next, (vocabulary,)."""
        fill_next_token_bitmask(self._matcher, self._bits, 0)
        bits = np.unpackbits(self._bits.view(np.uint8)[0], bitorder="little")
        return bits[: self._n_tokens].astype(bool)

    def accept(self, token: int) -> None:
        """Move past a token that `allowed` named."""
        self._matcher.consume_token(token)

    @property
    def is_complete(self) -> bool:
        """Whether nothing more may come."""
        return bool(self._matcher.is_stopped())


def grammar_tokenizer(tokenizer_json: str, vocab_size: int, end_token_id: int) -> LLTokenizer:
    """The tokenizer as llguidance sees it; made once a model."""
    return LLTokenizer(tokenizer_json, n_vocab=vocab_size, eos_token=end_token_id)
