"""How near a photo is to those that the network learned from, and what a word for it is worth then.

A network names unknown things with much confidence; in its features they lie farther from everything it was taught
(Sun et al. 2022, "Out-of-Distribution Detection with Deep Nearest Neighbors"). The features are centred and kept along
their main axes, or the file would be a third larger. There are no photos of unknown things to learn from, so they are
made up: a photo kept for test, held against the taught photos of all other words, with its own word struck out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from sightline.reading.objects import log_odds
from sightline.training.logistic import fit_logistic
from sightline.training.object_photos import Labelled
from sightline.training.objects import ObjectNetwork, seen_and_logits, word_sums

N_AXES = 64
UNKNOWN_SHARE = 0.2  # of the photos that people ask about are of things without a word: a guess, not a measurement
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Familiarity:
    """The taught photos as directions, and three numbers.

    `mean` (features,); `axes` (features, k); `photos` int8 (n, k), 127 long each. The chance that the likeliest word is
    right is the logistic function of `weights` times the log-odds of its own probability, the cosine to the nearest
    photo, and 1.
    """

    mean: Floats
    axes: Floats
    photos: NDArray[np.int8]
    weights: tuple[float, float, float]


def measure(
    network: ObjectNetwork,
    taught: Sequence[Labelled],
    kept: Sequence[Labelled],
    words: Sequence[str],
    temperature: float,
) -> Familiarity:
    """Lay out the `taught` photos, and fit the three numbers on those `kept` for test. `words`: of each label."""
    features, _ = seen_and_logits(network, taught)
    mean = features.mean(0)
    axes = np.linalg.svd(features - mean, full_matrices=False)[2][:N_AXES].T
    photos = np.round(127 * directions(features, mean, axes)).astype(np.int8)
    seen, logits = seen_and_logits(network, kept)
    cosines = directions(seen, mean, axes) @ photos.T.astype(np.float32) / np.float32(127)
    weights = _fit(cosines, logits / np.float32(temperature), taught, kept, words)
    return Familiarity(mean, np.ascontiguousarray(axes), photos, weights)


def directions(features: Floats, mean: Floats, axes: Floats) -> Floats:
    """(n, features) to (n, k), each of length 1."""
    along = (features - mean) @ axes
    return np.asarray(along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6), np.float32)


def _fit(
    cosines: Floats, logits: Floats, taught: Sequence[Labelled], kept: Sequence[Labelled], words: Sequence[str]
) -> tuple[float, float, float]:
    places, adds = word_sums(words)
    of_taught, of_kept = (np.array([places.index(words[photo.label]) for photo in some]) for some in (taught, kept))
    is_own = adds.argmax(1)[None] == of_kept[:, None]  # (kept, labels)
    is_same = of_kept[:, None] == of_taught[None]
    known = _named(logits, adds, cosines.max(1))
    unknown = _named(np.where(is_own, -np.inf, logits), adds, np.where(is_same, -1, cosines).max(1))
    rows = np.concatenate([known[1], unknown[1]])
    right = np.concatenate([known[0] == of_kept, np.zeros(len(kept))])
    says = np.repeat([1.0, UNKNOWN_SHARE / (1 - UNKNOWN_SHARE)], len(kept))
    is_named = np.concatenate([known[0], unknown[0]]) > 0
    weights = fit_logistic(rows[is_named], right[is_named], np.array([1.0, 0.0, 0.0]), says[is_named])
    return float(weights[0]), float(weights[1]), float(weights[2])


def _named(logits: Floats, adds: Floats, nearest: Floats) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The place of the likeliest word of each photo, and what its chance is judged by, (n, 3)."""
    chances = torch.from_numpy(np.asarray(logits, np.float32)).softmax(1).numpy() @ adds
    odds = [log_odds(chance) for chance in chances.max(1).tolist()]
    return chances.argmax(1), np.stack([odds, nearest, np.ones(len(nearest))], 1).astype(np.float64)
