"""Keeps an answer to JSON that fits a schema (llguidance)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from llguidance import LLMatcher, LLTokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from numpy.typing import NDArray

from sightline.engines.native.calling import call_grammar
from sightline.errors import InvalidRequest
from sightline.types import Calling

# Spaces as json.dumps writes them, which is how the model learned to write.
STYLE: dict[str, object] = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class Grammar:
    """Where an answer stands in its schema. One a request."""

    def __init__(self, tokenizer: LLTokenizer, lark: str, param: str) -> None:
        self._matcher = LLMatcher(tokenizer, LLMatcher.grammar_from_lark(lark))
        if self._matcher.is_error():
            raise InvalidRequest("The JSON schema is not one that answers can be held to.", param=param)
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


def grammar_of(tokenizer: LLTokenizer, schema: Mapping[str, Any] | None, calling: Calling | None) -> Grammar | None:
    """The grammar of a call if there must be one, else of the schema, else none.

    Raises:
        InvalidRequest: If a schema has what answers cannot be held to.
    """
    if calling is not None and calling.must:
        return Grammar(tokenizer, call_grammar(calling.tools, STYLE), "tools")
    if schema is None:
        return None
    styled = json.dumps({**schema, "x-guidance": STYLE})
    return Grammar(tokenizer, f'start: " " json\njson: %json {styled}', "response_format")


def grammar_tokenizer(tokenizer_json: str, vocab_size: int, end_token_id: int) -> LLTokenizer:
    """The tokenizer as llguidance sees it; made once a model."""
    return LLTokenizer(tokenizer_json, n_vocab=vocab_size, eos_token=end_token_id)
