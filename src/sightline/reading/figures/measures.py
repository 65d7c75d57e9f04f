"""What can be measured of a region's mask, uint8 `(h, w)` of 0 and 1."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.figures.regions import Labels, Mask, Region, thickness


def contour_of(mask: Mask) -> NDArray[np.int32]:
    """The longest outer edge, `(n, 2)`: x, y."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(contours, key=len), np.int32)[:, 0, :]


def filled(mask: Mask) -> Mask:
    """The mask with its holes closed."""
    whole = np.zeros_like(mask)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(whole, contours, -1, 1, -1)
    return whole


def n_holes(mask: Mask) -> int:
    """How many fields the mask encloses, those of a few pixels left out."""
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    n, _, stats, _ = cv2.connectedComponentsWithStats(1 - padded, connectivity=4)
    return sum(1 for part in range(1, n) if stats[part][4] >= 12) - 1


def flat_edged(region: Region, whole: Mask) -> Mask:
    """A panel on whose edge others stand is still the panel: its box, where its hull is nearly that."""
    box_area = region.width * region.height
    is_panel = cv2.contourArea(cv2.convexHull(contour_of(whole))) >= 0.97 * box_area
    return np.ones_like(whole) if is_panel and region.area >= 0.6 * box_area else whole


def is_line(region: Region) -> bool:
    """Whether a region is long and thin all over, straight or not."""
    return region.area >= 9 * (thickness(region.mask) - 1) ** 2


def is_rectangle(region: Region) -> bool:
    """Whether a region, its holes closed, fills its box."""
    if min(region.width, region.height) < 6:
        return False
    return int(np.count_nonzero(filled(region.mask))) >= 0.9 * region.width * region.height


def lies_in(region: Region, around: Region) -> bool:
    """Whether a region lies in the box of another and is much smaller."""
    return (
        region.x >= around.x - 2
        and region.y >= around.y - 2
        and region.x + region.width <= around.x + around.width + 2
        and region.y + region.height <= around.y + around.height + 2
        and region.area < 0.5 * around.width * around.height
    )


def covers(region: Region, outline: Region) -> bool:
    """Whether a region is nearly as large as the outline around it."""
    return region.width >= 0.7 * outline.width and region.height >= 0.7 * outline.height


def neighbours(labels: Labels) -> list[tuple[int, int]]:
    """Pairs of regions with pixels at most two apart, the smaller index first."""
    most = int(labels.max()) + 1
    codes = []
    for one, other in ((labels[:, :-2], labels[:, 2:]), (labels[:-2], labels[2:])):
        differ = (one != other) & (one >= 0) & (other >= 0)
        a, b = one[differ].astype(np.int64), other[differ]
        codes.append(np.minimum(a, b) * most + np.maximum(a, b))
    return [(code // most, code % most) for code in np.unique(np.concatenate(codes)).tolist()]


def merged(regions: list[Region]) -> Region:
    """Several strokes as one region, its colour the one of the largest."""
    if len(regions) == 1:
        return regions[0]
    x, y = min(r.x for r in regions), min(r.y for r in regions)
    x1, y1 = max(r.x + r.width for r in regions), max(r.y + r.height for r in regions)
    mask = np.zeros((y1 - y, x1 - x), np.uint8)
    for r in regions:
        mask[r.y - y : r.y - y + r.height, r.x - x : r.x - x + r.width] |= r.mask
    largest = max(regions, key=lambda r: r.area)
    return Region(largest.colour, largest.shade, x, y, mask, int(mask.sum()), True)
