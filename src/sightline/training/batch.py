"""Samples of like length, padded to one shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sightline.model.preprocess import normalise
from sightline.training.data import IGNORE, Sample
from sightline.training.network import Scope

NOBODY = -1  # owns the padding
LENGTH_STEP = 64  # new shapes each step cost kernel set-up, so lengths are rounded up to this


@dataclass(frozen=True, slots=True)
class Batch:
    """`input_ids`, `labels`, `weights`: (batch, n). `tiles`: (tiles, 3, h, w), of all samples, in order.

    `classes`, `colours`: (tiles, grid, grid). `scope` says which turns see which tokens.
    """

    input_ids: Tensor
    labels: Tensor
    weights: Tensor
    tiles: Tensor
    classes: Tensor
    colours: Tensor
    scope: Scope
    samples: tuple[Sample, ...]

    def to(self, device: torch.device) -> Batch:
        """The same with its tensors on `device`."""
        return Batch(
            self.input_ids.to(device),
            self.labels.to(device),
            self.weights.to(device),
            self.tiles.to(device),
            self.classes.to(device),
            self.colours.to(device),
            self.scope.to(device),
            self.samples,
        )


def collate(samples: list[Sample], pad_id: int) -> Batch:
    """Pad to the longest, rounded up to a multiple of `LENGTH_STEP`."""
    longest = max(sample.n_tokens for sample in samples)
    n = -(-longest // LENGTH_STEP) * LENGTH_STEP
    ids = np.full((len(samples), n), pad_id, np.int64)
    labels = np.full((len(samples), n), IGNORE, np.int64)
    weights = np.zeros((len(samples), n), np.float32)
    places = np.zeros((len(samples), n), np.int64)
    owners = np.full((len(samples), n), NOBODY, np.int64)
    for row, sample in enumerate(samples):
        ids[row, : sample.n_tokens] = sample.input_ids
        labels[row, : sample.n_tokens] = sample.labels
        weights[row, : sample.n_tokens] = sample.weights
        places[row, : sample.n_tokens] = sample.places
        owners[row, : sample.n_tokens] = sample.owners
    seen = [sample for sample in samples if sample.tiles]
    tiles = np.stack([tile for sample in seen for tile in sample.tiles]) if seen else None
    empty = torch.zeros(0, dtype=torch.int64)
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(labels),
        torch.from_numpy(weights),
        torch.zeros(0, 3, 1, 1) if tiles is None else torch.from_numpy(normalise(tiles)),
        torch.from_numpy(np.concatenate([sample.classes for sample in seen])) if seen else empty,
        torch.from_numpy(np.concatenate([sample.colours for sample in seen])) if seen else empty,
        Scope(torch.from_numpy(places), torch.from_numpy(owners)),
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
