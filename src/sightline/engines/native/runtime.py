"""The bundled model on ONNX Runtime: pictures to image tokens, ids to logits, decode steps of many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sightline.engines.native.bounded import Floats
from sightline.engines.native.graph import EMBEDDINGS, decoder_graph, encoder_graph
from sightline.engines.native.slots import Buffers, Cache, Slots, cache_alone
from sightline.model.config import ModelConfig
from sightline.model.preprocess import PixelValues


class Runtime:
    """Sessions and the embedding table. Safe to use from one thread at a time.

    `eight_bit`: the decoder's matrices in 8 bits, otherwise in float32.
    """

    def __init__(
        self,
        config: ModelConfig,
        tensors: Mapping[str, NDArray[Any]],
        n_threads: int = 2,
        *,
        eight_bit: bool = True,
    ) -> None:
        self.config = config
        self._embeddings = tensors[EMBEDDINGS]
        self._encoder = _session(encoder_graph(config, tensors), n_threads)
        self._decoder = _session(decoder_graph(config, tensors, eight_bit=eight_bit), n_threads)

    def encode(self, pixel_values: PixelValues) -> Floats:
        """(tiles, 3, h, w) in -1..1 to (tiles, image tokens, decoder width)."""
        tokens: Floats = self._encoder.run(["image_tokens"], {"pixel_values": pixel_values})[0]
        return tokens

    def embed(
        self, input_ids: Sequence[int] | NDArray[np.int64], image_token_id: int, image_tokens: Floats | None = None
    ) -> Floats:
        """(1, n, width): the table's vectors, and `image_tokens` in order where the image token stands."""
        ids = np.asarray(input_ids, np.int64)
        embeddings = self._vectors(ids)
        if image_tokens is not None:
            embeddings[ids == image_token_id] = image_tokens.reshape(-1, embeddings.shape[-1])
        return embeddings[np.newaxis]

    def new_cache(self, n_tokens: int) -> Cache:
        """Room for `n_tokens` of one conversation, empty."""
        return cache_alone(self.config.decoder, n_tokens)

    def step(self, embeddings: Floats, cache: Cache) -> Floats:
        """Add `embeddings` (1, n, width) to the cache; the logits (vocabulary,) after its last token."""
        total = cache.n_used + embeddings.shape[1]
        logits: Floats = self._run(embeddings, np.array([[total - 1]], np.int32), cache.buffers)[0]
        cache.n_used = total
        return logits

    def step_together(self, tokens: Sequence[int], caches: Sequence[Cache], slots: Slots) -> Floats:
        """Add one token to each of `caches`, which are rows of `slots`; the logits (rows, vocabulary) after them.

        Rows that lie between and are not asked take part with a zero, written where their next token will come.
        """
        if len(caches) == 1:
            return self.step(self._vectors(tokens)[np.newaxis], caches[0])[np.newaxis]
        buffers, first, used = slots.span(caches)
        rows = [cache.slot - first for cache in caches]
        embeddings = np.zeros((len(used), 1, self._embeddings.shape[1]), np.float32)
        embeddings[rows, 0] = self._vectors(tokens)
        logits = self._run(embeddings, np.array(used, np.int32)[:, np.newaxis], buffers)
        for cache in caches:
            cache.n_used += 1
        asked: Floats = logits[rows]
        return asked

    def _vectors(self, tokens: Sequence[int] | NDArray[np.int64]) -> Floats:
        """(n, width) of the table, which stays in the file's own dtype."""
        vectors: Floats = self._embeddings[np.asarray(tokens, np.int64)].astype(np.float32)
        return vectors

    def _run(self, embeddings: Floats, last: NDArray[np.int32], buffers: Buffers) -> Floats:
        binding = self._decoder.io_binding()
        binding.bind_cpu_input("embeddings", np.ascontiguousarray(embeddings))
        binding.bind_cpu_input("last", last)
        binding.bind_cpu_input("total", np.array(last.max() + 1, np.int32))
        binding.bind_output("logits", "cpu")
        for name, buffer in buffers.items():
            binding.bind_ortvalue_input(f"past_{name}", buffer)
            binding.bind_ortvalue_output(f"present_{name}", buffer)
        self._decoder.run_with_iobinding(binding)
        logits: Floats = binding.get_outputs()[0].numpy()
        return logits


def _session(model: bytes, n_threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
