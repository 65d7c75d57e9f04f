"""Keys and values of all that is being answered: rows of one buffer, so that one run of the graph serves many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime as ort

from sightline.engines.native.bounded import Floats
from sightline.model.config import DecoderConfig

MIN_TOKENS = 256  # a buffer's length is a multiple of this
FLOAT_BYTES = 4

Buffers = dict[str, ort.OrtValue]


class Cache:
    """Keys and values of one conversation: (1, kv heads, room, head_dim) for each layer; a row of `Slots`, or alone."""

    def __init__(self, arrays: Sequence[Floats], n_room: int, slot: int = 0) -> None:
        self.n_room = n_room
        self.n_used = 0
        self.slot = slot
        self._arrays: list[Floats] = []
        self.buffers: Buffers = {}
        self.move(arrays, slot)

    def move(self, arrays: Sequence[Floats], slot: int) -> None:
        """Live in `arrays` from now on, with all that is held; they are `Slots`' row `slot`."""
        for before, after in zip(self._arrays, arrays, strict=bool(self._arrays)):
            after[:, :, : self.n_used] = before[:, :, : self.n_used]
        self._arrays, self.slot, self.buffers = list(arrays), slot, buffers_on(arrays)

    def begin_as(self, other: Cache) -> None:
        """Hold what `other` holds."""
        for mine, its in zip(self._arrays, other._arrays, strict=True):
            mine[:, :, : other.n_used] = its[:, :, : other.n_used]
        self.n_used = other.n_used

    def copy(self, start: int, stop: int) -> Floats:
        """Keys and values of the tokens from `start` to `stop`: (2 x layers, kv heads, tokens, head_dim)."""
        return np.concatenate([array[:, :, start:stop] for array in self._arrays])

    def append(self, block: Floats) -> None:
        """Add what `copy` returned, of a cache that begins as this one."""
        start, self.n_used = self.n_used, self.n_used + block.shape[2]
        for array, values in zip(self._arrays, block, strict=True):
            array[0, :, start : self.n_used] = values


class Slots:
    """Rows for at most `max_rows` conversations, in `max_bytes` together. For one thread.

    The buffer grows with what it has to hold, in rows and in length, and is given back when the last row is.
    Memory that no token was written to yet is reserved, not used.
    """

    def __init__(self, decoder: DecoderConfig, max_rows: int, max_bytes: int) -> None:
        self._decoder = decoder
        self._max_rows = max_rows
        self._max_bytes = max_bytes
        self._arrays: list[Floats] = []
        self._spans: dict[tuple[int, int], Buffers] = {}
        self._taken: dict[int, Cache] = {}
        self._n_rows = self._n_tokens = 0

    @property
    def n_taken(self) -> int:
        """Rows in use."""
        return len(self._taken)

    @property
    def n_bytes(self) -> int:
        """Bytes reserved."""
        return sum(array.nbytes for array in self._arrays)

    def take(self, n_tokens: int) -> Cache | None:
        """A row with room for `n_tokens`, empty; `None` as long as there is no room for it. A first always fits."""
        if not self._make_room(
            n_tokens + 1
        ):  # the place after the last token takes what `span` writes for rows at rest
            return None
        slot = next(at for at in range(self._n_rows) if at not in self._taken)
        cache = self._taken[slot] = Cache(self._row(slot), n_tokens, slot)
        return cache

    def give_back(self, cache: Cache) -> None:
        """Free the row of `cache`, which nobody may use any more."""
        if self._taken.get(cache.slot) is cache:
            del self._taken[cache.slot]
        if not self._taken:
            self._hold(0, 0)

    def span(self, caches: Sequence[Cache]) -> tuple[Buffers, int, list[int]]:
        """The buffer from the first to the last row of `caches`; where it begins; the tokens in each of its rows."""
        first, stop = min(cache.slot for cache in caches), max(cache.slot for cache in caches) + 1
        if (first, stop) not in self._spans:
            self._spans[first, stop] = buffers_on([array[first:stop] for array in self._arrays])
        used = [self._taken[at].n_used if at in self._taken else 0 for at in range(first, stop)]
        return self._spans[first, stop], first, used

    def _make_room(self, n_tokens: int) -> bool:
        """Grow if the next row of `n_tokens` does not fit; tell whether it does now."""
        n_needed = len(self._taken) + 1
        if n_needed <= self._n_rows and n_tokens <= self._n_tokens:
            return True
        length = max(self._n_tokens if self._taken else 0, -(-n_tokens // MIN_TOKENS) * MIN_TOKENS)
        most = self._max_bytes // (length * self._row_bytes_per_token)
        most = max(1, min(most, self._max_rows))
        if n_needed > most:
            return False
        self._hold(min(most, 1 << (n_needed - 1).bit_length()), length)
        return True

    @property
    def _row_bytes_per_token(self) -> int:
        decoder = self._decoder
        return 2 * decoder.n_layers * decoder.n_kv_heads * decoder.head_dim * FLOAT_BYTES

    def _hold(self, n_rows: int, n_tokens: int) -> None:
        """Replace the buffer by one of that size; who is in it moves, to its beginning."""
        decoder = self._decoder
        shape = (n_rows, decoder.n_kv_heads, n_tokens, decoder.head_dim)
        self._arrays = [np.zeros(shape, np.float32) for _ in range(2 * decoder.n_layers)] if n_rows else []
        self._n_rows, self._n_tokens = n_rows, n_tokens
        self._spans.clear()
        self._taken = {at: self._taken[slot] for at, slot in enumerate(sorted(self._taken))}
        for at, cache in self._taken.items():
            cache.move(self._row(at), at)

    def _row(self, slot: int) -> list[Floats]:
        return [array[slot : slot + 1] for array in self._arrays]


def cache_alone(decoder: DecoderConfig, n_tokens: int) -> Cache:
    """Room for `n_tokens` of one conversation, empty, in no `Slots`."""
    shape = (1, decoder.n_kv_heads, n_tokens, decoder.head_dim)
    return Cache([np.zeros(shape, np.float32) for _ in range(2 * decoder.n_layers)], n_tokens)


def buffers_on(arrays: Sequence[Floats]) -> Buffers:
    """The arrays as the graph takes them, by the names of its inputs, on the same memory: k.0, v.0, k.1, ..."""
    return {f"{'kv'[at % 2]}.{at // 2}": ort.OrtValue.ortvalue_from_numpy(array) for at, array in enumerate(arrays)}
