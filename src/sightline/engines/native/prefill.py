"""A prompt on its way into keys and values: in pieces, so that others get their turn, and only what is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from sightline.engines.native.bounded import Floats
from sightline.engines.native.embedding_cache import EmbeddingCache, Tile
from sightline.engines.native.prefix_cache import BLOCK_TOKENS, PrefixCache, block_keys
from sightline.engines.native.runtime import Runtime
from sightline.engines.native.slots import Cache
from sightline.types import EncodedImage, PromptWork


class Prefill:
    """Computes a prompt into `cache`. `logits` (vocabulary,) are there when the last piece is done."""

    def __init__(
        self,
        runtime: Runtime,
        embeddings: EmbeddingCache,
        prefixes: PrefixCache,
        ids: Sequence[int],
        image_token_id: int,
        pictures: Sequence[Sequence[Tile]],
        owner: str,
        cache: Cache,
    ) -> None:
        self.cache = cache
        self.logits: Floats | None = None
        self._runtime, self._embeddings, self._prefixes = runtime, embeddings, prefixes
        self._ids = np.asarray(ids, np.int64)
        self._image_token_id = image_token_id
        self._tiles = [tile for tiles in pictures for tile in tiles]
        self._n_tiles = [len(tiles) for tiles in pictures]
        self._encoded: dict[int, Floats] = {}
        self._ms = [0.0] * len(self._tiles)
        self._n_reused = 0
        self._places = np.flatnonzero(self._ids == image_token_id)
        firsts = self._places[:: runtime.config.n_image_tokens]
        keyed = [(int(place), tile.key) for place, tile in zip(firsts, self._tiles, strict=True)]
        self._keys = block_keys(self._ids, keyed, owner)

    @property
    def _n_encoded(self) -> int:
        return sum(ms > 0 for ms in self._ms)

    @property
    def work(self) -> PromptWork:
        """What was computed and what was not."""
        ends = list(accumulate(self._n_tiles))
        spent_ms = [sum(self._ms[end - n : end]) for n, end in zip(self._n_tiles, ends, strict=True)]
        return PromptWork(tuple(EncodedImage(ms == 0.0, ms) for ms in spent_ms), len(self._ids), self._n_reused)

    @property
    def n_left(self) -> int:
        """Tokens still to come."""
        return 0 if self.logits is not None else len(self._ids) - self.cache.n_used

    def piece(self, n_tokens: int) -> int:
        """Go on by what is kept and about `n_tokens` more, in whole blocks, or until a tile has been encoded.

        Returns what it took, in tokens; a tile takes as long as all of them.
        """
        n_computed, n_encoded = 0, self._n_encoded
        while self.logits is None and n_computed < n_tokens and self._n_encoded == n_encoded:
            n_computed += self._block()
        return n_computed if self._n_encoded == n_encoded else max(n_computed, n_tokens)

    def _block(self) -> int:
        """Add the next block; return how many tokens had to be computed."""
        start, at = self.cache.n_used, self.cache.n_used // BLOCK_TOKENS
        if at == len(self._keys):
            self.logits = self._compute(start, len(self._ids))
            return len(self._ids) - start
        kept = self._prefixes.get(self._keys[: at + 1])
        if kept is not None:
            self.cache.append(kept)
            self._n_reused += BLOCK_TOKENS
            return 0
        self._compute(start, start + BLOCK_TOKENS)
        self._prefixes.put(self._keys[at], self.cache.copy(start, start + BLOCK_TOKENS))
        return BLOCK_TOKENS

    def _compute(self, start: int, stop: int) -> Floats:
        tokens = self._image_tokens(start, stop)
        embedded = self._runtime.embed(self._ids[start:stop], self._image_token_id, tokens)
        return self._runtime.step(embedded, self.cache)

    def _image_tokens(self, start: int, stop: int) -> Floats | None:
        """The encoder's output for the image tokens in a stretch of the prompt."""
        low, high = (int(place) for place in np.searchsorted(self._places, (start, stop)))
        if low == high:
            return None
        n_each = self._runtime.config.n_image_tokens
        first, last = low // n_each, (high - 1) // n_each
        encoded = np.concatenate([self._encode(at) for at in range(first, last + 1)])
        return encoded[low - first * n_each : high - first * n_each]

    def _encode(self, at: int) -> Floats:
        if at not in self._encoded:
            self._encoded[at], self._ms[at] = self._embeddings.encode(self._tiles[at])
        return self._encoded[at]
