"""Circles drawn over each other as outlines, and circles that others partly cover."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.figures.measures import contour_of
from sightline.reading.figures.regions import Drawing, Mask, Region

Circle = tuple[float, float, float]  # x, y, radius in the scaled picture
_MARGIN_PX = 8
_MOST_FOUND = 80
_LEAST_SHARE = 0.85  # of a circle runs over ink, and of the ink is explained by circles


def circles_in(ink: Region, scale: float) -> list[Circle]:
    """The circles that make up the strokes of `ink`; none if they leave much of it unexplained.

    Hough's transform in OpenCV's `HOUGH_GRADIENT_ALT`, each circle then checked against the ink.
    """
    bordered = cv2.copyMakeBorder(
        ink.mask * np.uint8(255), _MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX, cv2.BORDER_CONSTANT, value=0
    )
    padded: Mask = np.asarray(bordered, np.uint8)
    smooth = cv2.GaussianBlur(padded, (0, 0), max(2.5, 1.2 * scale))
    least = max(6, min(ink.width, ink.height) // 12)
    found = cv2.HoughCircles(
        smooth, cv2.HOUGH_GRADIENT_ALT, 1.5, least, param1=200, param2=0.75, minRadius=least, maxRadius=0
    )
    if found is None or len(found[0]) > _MOST_FOUND:
        return []
    thick = np.asarray(cv2.dilate(padded, np.ones((9, 9), np.uint8)), np.uint8)
    backed = [(_share_on(thick, x, y, r), x, y, r) for x, y, r in found[0].tolist()]
    circles = _apart([(x, y, r) for share, x, y, r in sorted(backed, reverse=True) if share > _LEAST_SHARE])
    drawn: Mask = np.zeros(padded.shape, np.uint8)
    for x, y, r in circles:
        cv2.circle(drawn, (round(x), round(y)), round(r), 255, 7)
    if np.count_nonzero(drawn & padded) < _LEAST_SHARE * np.count_nonzero(padded):
        return []
    return [(ink.x + x - _MARGIN_PX, ink.y + y - _MARGIN_PX, r) for x, y, r in circles]


def colour_along(drawing: Drawing, circle: Circle) -> str:
    """The colour of most strokes on a circle."""
    return colour_on(drawing, np.stack(_points(circle, 180), axis=1))


def colour_on(drawing: Drawing, points: NDArray[np.integer]) -> str:
    """The colour of most strokes at points, `(n, 2)`: x, y."""
    across, down = points[:, 0], points[:, 1]
    height, width = drawing.labels.shape
    on = drawing.labels[np.clip(down, 0, height - 1), np.clip(across, 0, width - 1)]
    met = [drawing.regions[i] for i in on.tolist() if i >= 0]
    names = [region.colour for region in met if region.shade != drawing.ground]
    return max(sorted(set(names)), key=names.count) if names else "black"


def is_covered_circle(drawing: Drawing, index: int, parent: int) -> bool:
    """Whether the free part of a region's edge is a circle's, and another figure covers the rest."""
    region, labels = drawing.regions[index], drawing.labels
    contour = contour_of(region.mask) + np.array([region.x, region.y])
    if len(contour) < 24:
        return False
    height, width = labels.shape
    free = np.ones(len(contour), bool)
    for dx, dy in ((-4, 0), (4, 0), (0, -4), (0, 4)):
        x, y = np.clip(contour[:, 0] + dx, 0, width - 1), np.clip(contour[:, 1] + dy, 0, height - 1)
        beside = labels[y, x]
        free &= (beside == index) | (beside == parent) | (beside < 0)
    return bool(0.4 < free.mean() < 0.99) and _is_arc(contour[free].astype(np.float64))


def _is_arc(points: NDArray[np.float64]) -> bool:
    """Whether points lie on a circle, fitted by least squares (Kasa 1976)."""
    solved = np.linalg.lstsq(np.c_[2 * points, np.ones(len(points))], (points**2).sum(axis=1), rcond=None)[0]
    radius = float(np.sqrt(max(0.0, solved[2] + solved[0] ** 2 + solved[1] ** 2)))
    off = np.abs(np.hypot(points[:, 0] - solved[0], points[:, 1] - solved[1]) - radius)
    return bool(off.mean() < max(1.0, 0.03 * radius))


def _points(circle: Circle, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    x, y, radius = circle
    angle = np.linspace(0, 2 * np.pi, n)
    return (x + radius * np.cos(angle)).round().astype(np.int64), (y + radius * np.sin(angle)).round().astype(np.int64)


def _share_on(ink: Mask, x: float, y: float, radius: float) -> float:
    """How much of a circle runs over the ink."""
    across, down = _points((x, y, radius), 181)
    seen = (across >= 0) & (across < ink.shape[1]) & (down >= 0) & (down < ink.shape[0])
    return float(np.count_nonzero(ink[down[seen], across[seen]]) / len(across))


def _apart(circles: Sequence[Circle]) -> list[Circle]:
    """One circle for those found twice, on both sides of a stroke."""
    kept: list[Circle] = []
    for x, y, r in circles:
        if all(np.hypot(x - a, y - b) > 0.25 * max(r, s) or abs(r - s) > 0.25 * max(r, s) for a, b, s in kept):
            kept.append((x, y, r))
    return kept
