"""Samples of like length, padded to one shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sightline.model.preprocess import normalise
from sightline.training.data import IGNORE, Sample

LENGTH_STEP = 64  # new shapes each step cost kernel set-up, so lengths are rounded up to this


@dataclass(frozen=True, slots=True)
class Batch:
    """`input_ids`, `labels`, `weights`: (batch, n). `tiles`: (tiles, 3, h, w), of the samples that have one, in order.

    `classes`, `colours`: (tiles, grid, grid).
    """

    input_ids: Tensor
    labels: Tensor
    weights: Tensor
    tiles: Tensor
    classes: Tensor
    colours: Tensor
    samples: tuple[Sample, ...]


def collate(samples: list[Sample], pad_id: int) -> Batch:
    """Pad to the longest, rounded up to a multiple of `LENGTH_STEP`."""
    longest = max(sample.n_tokens for sample in samples)
    n = -(-longest // LENGTH_STEP) * LENGTH_STEP
    ids = np.full((len(samples), n), pad_id, np.int64)
    labels = np.full((len(samples), n), IGNORE, np.int64)
    weights = np.zeros((len(samples), n), np.float32)
    for row, sample in enumerate(samples):
        ids[row, : sample.n_tokens] = sample.input_ids
        labels[row, : sample.n_tokens] = sample.labels
        weights[row, : sample.n_tokens] = sample.weights
    seen = [sample for sample in samples if sample.tile is not None]
    tiles = np.stack([sample.tile for sample in seen if sample.tile is not None]) if seen else None
    empty = torch.zeros(0, dtype=torch.int64)
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(labels),
        torch.from_numpy(weights),
        torch.zeros(0, 3, 1, 1) if tiles is None else torch.from_numpy(normalise(tiles)),
        torch.from_numpy(np.stack([sample.classes for sample in seen])) if seen else empty,
        torch.from_numpy(np.stack([sample.colours for sample in seen])) if seen else empty,
        tuple(samples),
    )


def batches(samples: Iterator[Sample], tokens_per_batch: int, pad_id: int) -> Iterator[Batch]:
    """Group samples of like length; give a batch away when it holds about `tokens_per_batch` places."""
    buckets: dict[int, list[Sample]] = {}
    for sample in samples:
        size = _bucket(sample.n_tokens)
        bucket = buckets.setdefault(size, [])
        bucket.append(sample)
        if len(bucket) * size >= tokens_per_batch:
            yield collate(buckets.pop(size), pad_id)


def _bucket(n_tokens: int) -> int:
    """Lengths up to 25 % apart share a bucket."""
    size = LENGTH_STEP
    while size < n_tokens:
        size = max(size + LENGTH_STEP, int(size * 1.25) // LENGTH_STEP * LENGTH_STEP)
    return size
