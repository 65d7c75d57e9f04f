"""About how much memory a model takes, before it is loaded: its files, and the keys and values of a whole context."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sightline.engines.machine import memory_bytes
from sightline.model.config import load_config

if TYPE_CHECKING:
    from sightline.engines.llama_cpp.gguf_file import GgufHead

CONTEXT_TOKENS = 8192  # of a GGUF model made for more: keys and values for all of it are in memory
SHARE = 0.7  # of the machine's memory that models may take unless told otherwise
WORK_BYTES = 256 << 20  # what computing takes beside the weights
NATIVE_COPIES = 6  # 16 bits in the file: read, as float32, and in both graphs while they are built
BYTES_OF_A_VALUE = 2  # llama.cpp's keys and values are float16
NATIVE_BYTES_OF_A_VALUE = 4  # ours are float32


def gguf_bytes(model: Path, projector: Path | None) -> int:
    """Return the bytes that a GGUF model and its projector take.

    Raises:
        ConfigError: If a file cannot be read, or they are not of one model.
    """
    from sightline.engines.llama_cpp.engine import check_pair  # the engine itself asks this module

    return pair_bytes(*check_pair(model, projector))


def pair_bytes(head: GgufHead, projector: Path) -> int:
    """Return the bytes that a GGUF model of this head takes with its projector."""
    return head.n_bytes + projector.stat().st_size + cache_bytes(head) + WORK_BYTES


def cache_bytes(head: GgufHead) -> int:
    """Return the bytes of the keys and values of a full context."""
    of = head.architecture
    n_heads = head.number(f"{of}.attention.head_count") or 1
    n_kv_heads = head.number(f"{of}.attention.head_count_kv") or n_heads
    head_width = head.number(f"{of}.attention.key_length") or head.width // n_heads
    context_tokens = min(CONTEXT_TOKENS, head.context_tokens or CONTEXT_TOKENS)
    n_values = head.number(f"{of}.block_count") * n_kv_heads * head_width * context_tokens
    return 2 * n_values * BYTES_OF_A_VALUE


def checkpoint_bytes(folder: Path) -> int:
    """Return the bytes that a checkpoint takes on our own runtime, with one conversation of its whole context.

    Raises:
        ConfigError: If its config cannot be read.
    """
    decoder = load_config(folder).decoder
    n_values = decoder.n_layers * decoder.n_kv_heads * decoder.head_dim * decoder.context_tokens
    cache = 2 * n_values * NATIVE_BYTES_OF_A_VALUE
    return cache + NATIVE_COPIES * sum(path.stat().st_size for path in folder.glob("*.safetensors")) + WORK_BYTES


def budget_bytes(memory_gb: float | None) -> int:
    """Return how much memory models may take: what was said, else a share of what this process may use."""
    if memory_gb is not None:
        return int(memory_gb * 1e9)
    return int(SHARE * memory_bytes()) or 1 << 62
