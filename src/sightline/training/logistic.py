"""Logistic regression of a few numbers, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEWTON_STEPS = 50
RIDGE = 1e-3

Array = NDArray[np.float64]


def fit_logistic(features: Array, right: Array, towards: Array, says: Array | None = None) -> Array:
    """The weights of `features` (n, k) that tell `right` (n,), 0 or 1, best in log-loss.

    A trace of ridge pulls them to `towards` (k,), where the search begins, so that perfect features end too. `says`
    (n,) is the weight of each row, 1 without it.
    """
    says = np.ones(len(right)) if says is None else says
    weights, ridge = towards.copy(), RIDGE * np.eye(len(towards))
    for _ in range(NEWTON_STEPS):
        told = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (says * (told - right)) + RIDGE * (weights - towards)
        curve = (features * (says * told * (1 - told))[:, None]).T @ features + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights
