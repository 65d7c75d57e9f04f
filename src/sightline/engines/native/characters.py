"""Keeps an answer to whole characters: tokens are bytes, and a small model now and then says half of one.

A byte that goes on a character is chosen only after one that began it, and nothing else is then (RFC 3629, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.model.tokenizer import TextTokenizer

MOST_MISSING = 3  # bytes of a character
_NEVER = -1


@dataclass(frozen=True, slots=True)
class Characters:
    """`missing` (4, vocabulary): how many bytes a character lacks after a token, where it lacked so many before it.

    -1 where the token cannot come there. `can_come` (4, vocabulary) is where it can.
    """

    missing: NDArray[np.int8]
    can_come: NDArray[np.bool_]

    @classmethod
    def of(cls, tokenizer: TextTokenizer, n_tokens: int) -> Characters:
        """The first `n_tokens`; those past the tokenizer's end are never said."""
        said = [tokenizer.token_bytes(token) for token in range(min(n_tokens, tokenizer.vocab_size))]
        missing = np.full((MOST_MISSING + 1, n_tokens), _NEVER, np.int8)
        for before in range(MOST_MISSING + 1):
            missing[before, : len(said)] = [_after(data, before) for data in said]
        can_come = missing != _NEVER
        can_come[~can_come.any(1)] = True
        return cls(missing, can_come)

    def allowed(self, n_missing: int) -> NDArray[np.bool_]:
        """The tokens that may come while a character lacks `n_missing` bytes; all if the vocabulary has none for it."""
        allowed: NDArray[np.bool_] = self.can_come[n_missing]
        return allowed

    def after(self, token: int, n_missing: int) -> int:
        """How many bytes are missing after `token`; 0 after one that should not have come."""
        return max(0, int(self.missing[n_missing, token]))


def _after(data: bytes, n_missing: int) -> int:
    for byte in data:
        if (0x80 <= byte < 0xC0) != (n_missing > 0):
            return _NEVER
        n_missing = n_missing - 1 if n_missing else _n_following(byte)
        if n_missing == _NEVER:
            return _NEVER
    return n_missing


def _n_following(byte: int) -> int:
    """How many bytes follow the first one of a character; -1 for bytes that begin none."""
    for n, (first, past) in enumerate(((0, 0x80), (0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))):
        if first <= byte < past:
            return n
    return _NEVER
