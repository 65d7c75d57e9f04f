"""What smoothing and compression leave along the edge between two colours."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.figures.regions import Labels, Region, thickness


def find_rims(regions: list[Region], labels: Labels, colours: NDArray[np.float64], most_px: float) -> set[int]:
    """Thin regions between two others whose colour is a mix of both: what smoothing and JPEG leave along an edge."""
    rims: set[int] = set()
    for index, region in enumerate(regions):
        if thickness(region.mask) > most_px + 1:
            continue
        sides = _beside(region, index, labels)
        if any(_is_mix(colours[index], colours[a], colours[b]) for a in sides for b in sides if a < b):
            rims.add(index)
    return rims


def _beside(region: Region, index: int, labels: Labels) -> list[int]:
    """The regions, three at most, along an eighth or more of a region's edge."""
    y0, x0 = max(0, region.y - 2), max(0, region.x - 2)
    window = labels[y0 : region.y + region.height + 2, x0 : region.x + region.width + 2]
    near = cv2.dilate((window == index).astype(np.uint8), np.ones((5, 5), np.uint8))
    beside = window[(near > 0) & (window != index) & (window >= 0)]
    counts = np.bincount(beside)
    return [int(i) for i in np.argsort(-counts)[:3] if counts[i] > 0.12 * beside.size]


def _is_mix(colour: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether a colour lies between two others, 0.1 to 0.9 of the way and not far off it."""
    way = other - one
    length = float(way @ way)
    if length < 900.0:
        return False
    share = float((colour - one) @ way) / length
    return 0.08 < share < 0.92 and float(np.abs(colour - one - share * way).max()) < 40.0
