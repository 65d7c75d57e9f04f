"""Tiles of pictures that the encoder has seen, so that it sees none twice."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

import numpy as np
import onnxruntime as ort

from sightline.engines.caching import CacheLimits
from sightline.engines.native.bounded import BoundedArrays, Floats
from sightline.engines.native.embedding_files import EmbeddingFiles
from sightline.engines.native.runtime import Runtime
from sightline.model.preprocess import PixelValues

FORM = "sightline embedding 1"  # to be raised when the encoder computes something else from the same pixels


@dataclass(frozen=True, slots=True)
class Tile:
    """What the encoder gets, (1, 3, h, w), and the key of what it makes of it for one owner."""

    pixel_values: PixelValues
    key: bytes


class EmbeddingCache:
    """Encodes tiles, each once as long as there is room to remember it: in memory, and in files if wanted.

    Keys hold the pixels that the encoder gets, who asked, the weights and the runtime: nothing else can be told apart
    by the encoder, and nobody learns from the time it takes that somebody else has sent a picture.
    """

    def __init__(self, runtime: Runtime, weights_hash: str, limits: CacheLimits) -> None:
        self._runtime = runtime
        self._about = f"{FORM}\0{weights_hash}\0{ort.__version__}\0".encode()
        self._memory = BoundedArrays(limits.embedding_bytes)
        shape = (runtime.config.n_image_tokens, runtime.config.decoder.width)
        is_on_disk = limits.folder is not None and limits.embedding_disk_bytes > 0
        self._files = (
            EmbeddingFiles(limits.folder, limits.embedding_disk_bytes, shape)
            if limits.folder is not None and is_on_disk
            else None
        )

    def tile(self, pixel_values: PixelValues, owner: str) -> Tile:
        """The tile with its key."""
        digest = hashlib.sha256(self._about)
        digest.update(hashlib.sha256(owner.encode()).digest())
        digest.update(repr(pixel_values.shape).encode())
        digest.update(np.ascontiguousarray(pixel_values).data)
        return Tile(pixel_values, digest.digest())

    def encode(self, tile: Tile) -> tuple[Floats, float]:
        """(image tokens, width), and the milliseconds that the encoder took for it: 0 if it was not asked."""
        kept = self._memory.get(tile.key)
        if kept is None and self._files is not None:
            kept = self._files.get(tile.key)
            if kept is not None:
                self._memory.put(tile.key, kept)
        if kept is not None:
            return kept, 0.0
        started = time.perf_counter()
        tokens: Floats = self._runtime.encode(tile.pixel_values)[0]
        spent_ms = (time.perf_counter() - started) * 1e3
        self._memory.put(tile.key, tokens)
        if self._files is not None:
            self._files.put(tile.key, tokens)
        return tokens, spent_ms
