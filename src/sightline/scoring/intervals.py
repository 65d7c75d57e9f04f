"""How sure a mean of scores is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean of `n` scores and its 95 % interval."""

    mean: float
    low: float
    high: float
    n: int


def wilson(n_right: float, n: int) -> tuple[float, float]:
    """Give the 95 % score interval of a share, without continuity correction.

    Source: Wilson 1927; Newcombe 1998, method 3.

    Raises:
        ValueError: If `n` is below 1 or `n_right` is not in 0..n.
    """
    if n < 1 or not 0 <= n_right <= n:
        raise ValueError(f"{n_right} of {n} is not a share")
    share, z2 = n_right / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(scores: Sequence[float], rng: np.random.Generator, n_draws: int = 2000) -> tuple[float, float]:
    """Give the 95 % percentile interval of the mean of graded scores.

    Source: Efron 1979; Efron and Tibshirani 1993, chapter 13.
    """
    values = np.asarray(scores, dtype=np.float64)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(n_draws)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def interval(scores: Sequence[float], seed: int = 0) -> Interval:
    """Give the mean and its 95 % interval: Wilson's for right-or-wrong scores, the bootstrap's for graded ones.

    Raises:
        ValueError: If there are no scores.
    """
    mean = math.fsum(scores) / len(scores) if scores else math.nan
    if all(one in (0.0, 1.0) for one in scores):
        low, high = wilson(math.fsum(scores), len(scores))
    else:
        low, high = bootstrap(scores, np.random.default_rng(seed))
    return Interval(mean, low, high, len(scores))
