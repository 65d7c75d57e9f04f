"""The bundled model on ONNX Runtime: pictures to image tokens, ids to logits, one KV buffer a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sightline.engines.native.graph import decoder_graph, encoder_graph
from sightline.model.config import ModelConfig
from sightline.model.preprocess import PixelValues

Floats = NDArray[np.float32]


class Runtime:
    """Sessions and the embedding table. Safe to use from one thread at a time."""

    def __init__(self, config: ModelConfig, tensors: Mapping[str, NDArray[Any]], n_threads: int = 2) -> None:
        self.config = config
        self._embeddings: Floats = tensors["model.text_model.embed_tokens.weight"].astype(np.float32)
        self._encoder = _session(encoder_graph(config, tensors), n_threads)
        self._decoder = _session(decoder_graph(config, tensors), n_threads)

    def encode(self, pixel_values: PixelValues) -> Floats:
        """(tiles, 3, h, w) in -1..1 to (tiles, image tokens, decoder width)."""
        tokens: Floats = self._encoder.run(["image_tokens"], {"pixel_values": pixel_values})[0]
        return tokens

    def embed(
        self, input_ids: Sequence[int] | NDArray[np.int64], image_token_id: int, image_tokens: Floats | None = None
    ) -> Floats:
        """(1, n, width): the table's vectors, and `image_tokens` in order where the image token stands."""
        ids = np.asarray(input_ids, np.int64)
        embeddings = self._embeddings[ids]
        if image_tokens is not None:
            embeddings[ids == image_token_id] = image_tokens.reshape(-1, embeddings.shape[-1])
        return embeddings[np.newaxis]

    def new_cache(self, n_tokens: int) -> Cache:
        """Room for `n_tokens`, empty."""
        return Cache(self.config, n_tokens)

    def step(self, embeddings: Floats, cache: Cache) -> Floats:
        """Add `embeddings` (1, n, width) to the cache; the logits (vocabulary,) after its last token."""
        total = cache.n_used + embeddings.shape[1]
        binding = self._decoder.io_binding()
        binding.bind_cpu_input("embeddings", np.ascontiguousarray(embeddings))
        binding.bind_cpu_input("last", np.array([[total - 1]], np.int32))
        binding.bind_cpu_input("total", np.array(total, np.int32))
        binding.bind_output("logits", "cpu")
        for name, buffer in cache.buffers.items():
            binding.bind_ortvalue_input(f"past_{name}", buffer)
            binding.bind_ortvalue_output(f"present_{name}", buffer)
        self._decoder.run_with_iobinding(binding)
        cache.n_used = total
        logits: Floats = binding.get_outputs()[0].numpy()[0]
        return logits


class Cache:
    """Keys and values of one conversation: (1, kv heads, room, head_dim) for each layer."""

    def __init__(self, config: ModelConfig, n_tokens: int) -> None:
        decoder = config.decoder
        shape = (1, decoder.n_kv_heads, n_tokens, decoder.head_dim)
        names = [f"{part}.{layer}" for layer in range(decoder.n_layers) for part in ("k", "v")]
        self._arrays: list[Floats] = [np.zeros(shape, np.float32) for _ in names]
        self.buffers = {  # on the same memory
            name: ort.OrtValue.ortvalue_from_numpy(array) for name, array in zip(names, self._arrays, strict=True)
        }
        self._config = config
        self.n_room = n_tokens
        self.n_used = 0

    def fork(self, n_tokens: int) -> Cache:
        """A cache with room for `n_tokens` that begins with what this one holds."""
        forked = Cache(self._config, n_tokens)
        for mine, its in zip(self._arrays, forked._arrays, strict=True):
            its[:, :, : self.n_used] = mine[:, :, : self.n_used]
        forked.n_used = self.n_used
        return forked

    def copy(self, start: int, stop: int) -> Floats:
        """Keys and values of the tokens from `start` to `stop`: (2 x layers, kv heads, tokens, head_dim)."""
        return np.concatenate([array[:, :, start:stop] for array in self._arrays])

    def append(self, block: Floats) -> None:
        """Add what `copy` returned, of a cache that begins as this one."""
        start, self.n_used = self.n_used, self.n_used + block.shape[2]
        for array, values in zip(self._arrays, block, strict=True):
            array[0, :, start : self.n_used] = values


def _session(model: bytes, n_threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
