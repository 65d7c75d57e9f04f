"""Weights in 8 bits: blocks of 32 values of a row share a scale.

A decode step reads every weight once, and memory is slower than arithmetic: a quarter of the bytes is most of the time
saved. Sums within a block are whole numbers, so that an answer does not depend on what is computed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BITS, BLOCK = 8, 32
ZERO = 128  # stands for nought; ONNX Runtime's own where a graph names none
WHOLE_NUMBERS = 4  # `accuracy_level`: activations go to 8 bits too, block by block


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix (rows, columns): `values` uint8 (rows, blocks, 32), `scales` float32 (rows * blocks,)."""

    values: NDArray[np.uint8]
    scales: NDArray[np.float32]


def in_blocks(weight: NDArray[Any]) -> Blocks:
    """The matrix (rows, columns) in 8 bits: no value is off by more than half of its block's scale."""
    rows, columns = weight.shape
    padded = np.zeros((rows, -(-columns // BLOCK) * BLOCK), np.float32)
    padded[:, :columns] = weight
    blocks = padded.reshape(rows, -1, BLOCK)
    scales = np.abs(blocks).max(axis=-1) / (ZERO - 1)
    steps = blocks / np.where(scales == 0, 1, scales)[..., np.newaxis]
    return Blocks((np.rint(steps) + ZERO).astype(np.uint8), scales.astype(np.float32).reshape(-1))
