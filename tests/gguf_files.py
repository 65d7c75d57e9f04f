"""Heads of GGUF files, written by hand: enough for what reads no weights."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

STRING, ARRAY, U32 = 8, 9, 4


def write_gguf(path: Path, values: Mapping[str, str | int | list[str]], n_weights: int = 32) -> Path:
    """Write a file with these values and one tensor of `n_weights` float32 zeros."""
    body = b"".join(_text(key) + _value(value) for key, value in values.items())
    tensor = _text("weight") + struct.pack("<IQIQ", 1, n_weights, 0, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(values)) + body + tensor
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + bytes(-len(head) % 32) + bytes(4 * n_weights))
    return path


def write_model(path: Path, width: int = 64, context_tokens: int = 512) -> Path:
    """Write the head of a language model with four tokens."""
    return write_gguf(
        path,
        {
            "general.architecture": "llama",
            "llama.context_length": context_tokens,
            "llama.embedding_length": width,
            "tokenizer.ggml.tokens": ["a", "b", "c", "d"],
        },
    )


def write_projector(path: Path, width: int = 64) -> Path:
    """Write the head of a projector."""
    return write_gguf(path, {"general.architecture": "clip", "clip.vision.projection_dim": width})


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: str | int | list[str]) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", STRING) + _text(value)
    if isinstance(value, int):
        return struct.pack("<II", U32, value)
    return struct.pack("<IIQ", ARRAY, STRING, len(value)) + b"".join(map(_text, value))
