"""Intervals against published values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scoring import interval, wilson
from sightline.scoring.intervals import bootstrap


@pytest.mark.parametrize(
    ("n_right", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_table_of_newcombe_1998(n_right: int, n: int, low: float, high: float) -> None:
    assert wilson(n_right, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors_it(of: tuple[int, int]) -> None:
    n_right, n = of
    low, high = wilson(n_right, n)
    assert 0 <= low <= n_right / n + 1e-12
    assert n_right / n - 1e-12 <= high <= 1
    assert wilson(n - n_right, n) == pytest.approx((1 - high, 1 - low))


def test_right_or_wrong_scores_use_wilson_and_graded_ones_the_bootstrap() -> None:
    scores = [1.0] * 15 + [0.0] * 133
    assert (interval(scores).low, interval(scores).high) == wilson(15, 148)
    graded = interval([*scores, 0.5])
    assert graded.low < graded.mean < graded.high


def test_the_bootstrap_agrees_with_the_normal_interval_on_many_scores() -> None:
    rng = np.random.default_rng(7)
    scores = rng.beta(2, 3, 400)
    half = 1.96 * scores.std(ddof=1) / math.sqrt(len(scores))
    low, high = bootstrap(scores.tolist(), rng)
    assert (high - low) / 2 == pytest.approx(half, rel=0.1)
    assert (high + low) / 2 == pytest.approx(scores.mean(), abs=0.005)


def test_the_same_scores_always_have_the_same_interval() -> None:
    assert interval([0.2, 0.9, 0.4]) == interval([0.2, 0.9, 0.4])


def test_no_scores_have_no_interval() -> None:
    with pytest.raises(ValueError, match="not a share"):
        interval([])
