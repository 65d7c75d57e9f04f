"""How well confidence agrees with being right."""

from __future__ import annotations

from collections.abc import Sequence

N_BINS = 10


def expected_calibration_error(confidences: Sequence[float], scores: Sequence[float]) -> float:
    """Mean distance between confidence and score over ten equal bins of confidence, weighted by their rows (Guo 2017).

    Both are 0..1; 0.0 for no rows.

    Raises:
        ValueError: If there is not one score for each confidence.
    """
    bins: dict[int, list[tuple[float, float]]] = {}
    for confidence, score in zip(confidences, scores, strict=True):
        bins.setdefault(min(N_BINS - 1, int(confidence * N_BINS)), []).append((confidence, score))
    gaps = (abs(sum(c - s for c, s in rows)) for rows in bins.values())
    return sum(gaps) / len(confidences) if confidences else 0.0
