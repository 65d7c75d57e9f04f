"""Keeps an answer to whole characters: tokens are bytes, and a small model now and then says half of one.

A byte that goes on a character is chosen only after one that began it, and nothing else is then (RFC 3629, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.model.tokenizer import TextTokenizer

_NEVER = -1
_ANY = (0x80, 0xC0)
# In each state the ranges of bytes that may come, and the state after them. 0: a character may begin; 1, 2, 3: so many
# bytes of one are missing; 4 to 7: two or three, of which the next must be from a narrower range.
_NEXT: tuple[tuple[tuple[int, int, int], ...], ...] = (
    (
        (0x00, 0x80, 0), (0xC2, 0xE0, 1), (0xE0, 0xE1, 4), (0xE1, 0xED, 2), (0xED, 0xEE, 5), (0xEE, 0xF0, 2),
        (0xF0, 0xF1, 6), (0xF1, 0xF4, 3), (0xF4, 0xF5, 7),
    ),
    ((*_ANY, 0),), ((*_ANY, 1),), ((*_ANY, 2),),
    ((0xA0, 0xC0, 1),), ((0x80, 0xA0, 1),), ((0x90, 0xC0, 2),), ((0x80, 0x90, 2),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Characters:
    """`after` (8, vocabulary): the state in which a token leaves an answer that was in a state, 0 to 7, before it.

    -1 where the token cannot come there. `can_come` (8, vocabulary) is where it can, or all of a state in which the
    vocabulary has nothing to go on with. An answer begins in state 0 and is made of whole characters whenever it is
    in it.
    """

    after: NDArray[np.int8]
    can_come: NDArray[np.bool_]

    @classmethod
    def of(cls, tokenizer: TextTokenizer, n_tokens: int) -> Characters:
        """The first `n_tokens`; those past the tokenizer's end are never said."""
        said = [tokenizer.token_bytes(token) for token in range(min(n_tokens, tokenizer.vocab_size))]
        after = np.full((len(_NEXT), n_tokens), _NEVER, np.int8)
        for before in range(len(_NEXT)):
            after[before, : len(said)] = [_after(data, before) for data in said]
        can_come = after != _NEVER
        can_come[~can_come.any(1)] = True
        return cls(after, can_come)

    def step(self, token: int, state: int) -> int:
        """The state after `token`; 0 after one that should not have come."""
        return max(0, int(self.after[state, token]))


def _after(data: bytes, state: int) -> int:
    for byte in data:
        state = next((after for first, past, after in _NEXT[state] if first <= byte < past), _NEVER)
        if state == _NEVER:
            return _NEVER
    return state
