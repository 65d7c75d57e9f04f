"""Beginnings of prompts that are computed already, in blocks of keys and values.

A prompt is cut every `BLOCK_TOKENS` tokens. The key of a block holds the tokens and pictures of its own and the key of
the block before it, and the first holds who asks: equal keys mean equal prompts up to the block's end, of one owner.
A prompt is computed block by block whether or not some are kept, so an answer is the same to the bit either way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sightline.engines.native.bounded import BoundedArrays, Floats

BLOCK_TOKENS = 64


class PrefixCache:
    """Blocks of at most `max_bytes` together."""

    def __init__(self, max_bytes: int) -> None:
        self._blocks = BoundedArrays(max_bytes)

    def get(self, keys: Sequence[bytes]) -> Floats | None:
        """The block of the last of `keys`, a chain from the first. What it stands on will go after it."""
        block = self._blocks.get(keys[-1])
        if block is not None:
            for key in reversed(keys[:-1]):
                self._blocks.get(key)
        return block

    def put(self, key: bytes, block: Floats) -> None:
        """Keep a block: (2 x layers, kv heads, `BLOCK_TOKENS`, head_dim)."""
        self._blocks.put(key, block)


def block_keys(ids: NDArray[np.int64], pictures: Sequence[tuple[int, bytes]], owner: str) -> list[bytes]:
    """The keys of the blocks of a prompt. The last token is in none: it has to be computed for what follows it.

    `pictures` are the place of each picture's first token, and its key.
    """
    key = hashlib.sha256(b"sightline prefix\0" + owner.encode()).digest()
    keys = []
    for start in range(0, (len(ids) - 1) // BLOCK_TOKENS * BLOCK_TOKENS, BLOCK_TOKENS):
        stop = start + BLOCK_TOKENS
        digest = hashlib.sha256(key + ids[start:stop].tobytes())
        for place, picture in pictures:
            if start <= place < stop:
                digest.update(picture)
        key = digest.digest()
        keys.append(key)
    return keys
