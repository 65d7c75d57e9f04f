"""Which kind of shape a filled region is: the template that covers it best."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.figures.outlines import unit
from sightline.reading.figures.regions import Mask

SIDE = 40  # templates are this many pixels wide and high
LEAST_OVERLAP = 0.8  # intersection over union with the best template
LEAST_FULL = 0.94  # of the smallest rectangle around it, a rectangle fills this much
MOST_SQUARE = 1.12  # a square's, a circle's longer side is at most this many times the shorter
# How far each kind is turned for its templates: degrees of its symmetry, and the step.
_TURNS = {
    "triangle": (120, 10), "star": (72, 6), "pentagon": (72, 12), "hexagon": (60, 10), "cross": (90, 10),
    "heart": (360, 10), "arrow": (360, 15), "octagon": (45, 15), "half circle": (360, 15), "crescent": (360, 15),
}  # fmt: skip


def kind_of(mask: Mask) -> str:
    """The kind of the one region in `mask`, uint8 `(h, w)`, not 0 inside; `shape` if it is like none of those known."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = np.asarray(max(contours, key=cv2.contourArea), np.int32)
    area = float(np.count_nonzero(mask))
    (_, (width, height), angle) = cv2.minAreaRect(contour)
    width, height = width + 1, height + 1  # from the middle of the pixels to their edges
    box_height, box_width = mask.shape
    long, short = max(width, height), min(width, height)
    if min(area / (box_width * box_height), 1.0) >= LEAST_FULL:
        return _rectangle(max(box_width, box_height), min(box_width, box_height))
    if area / (long * short) >= LEAST_FULL and short >= 4:
        is_turned = 25 < angle % 90 < 65 and long <= MOST_SQUARE * short
        return "diamond" if is_turned else _rectangle(long, short)
    return _by_template(mask, contour)


def _rectangle(long: float, short: float) -> str:
    if long >= 12 * short:
        return "line"
    return "square" if long <= max(MOST_SQUARE * short, short + 1.5) else "rectangle"


def _by_template(mask: Mask, contour: NDArray[np.int32]) -> str:
    names, templates, n_inside = _templates()
    region = _in_square(mask).reshape(-1).astype(np.float32)
    shared = templates @ region
    overlap = shared / (n_inside + region.sum() - shared)
    best = int(overlap.argmax())
    if names[best] == "circle" and overlap[best] >= LEAST_OVERLAP:
        return "circle"
    oval = _oval_overlap(mask, contour)
    if oval > max(0.93, float(overlap[best])):
        return "ellipse"
    return names[best] if overlap[best] >= LEAST_OVERLAP else "shape"


def _oval_overlap(mask: Mask, contour: NDArray[np.int32]) -> float:
    """Intersection over union with the ellipse that fits the contour best."""
    if len(contour) < 12:
        return 0.0
    oval = np.zeros_like(mask)
    (x, y), (width, height), angle = cv2.fitEllipse(contour)
    if not (0 < width < 4 * mask.shape[1] + 4 * mask.shape[0] and 0 < height < 4 * mask.shape[1] + 4 * mask.shape[0]):
        return 0.0
    cv2.ellipse(oval, ((x, y), (width + 1, height + 1), angle), 1, -1)
    shared, either = int(np.count_nonzero(oval & mask)), int(np.count_nonzero(oval | mask))
    return shared / max(1, either)


def _in_square(mask: Mask) -> Mask:
    """The region, its longer side `SIDE` pixels, in the middle of a square of 0 and 1."""
    height, width = mask.shape
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(mask * np.uint8(255), size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    square = np.zeros((SIDE, SIDE), np.uint8)
    x, y = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    square[y : y + size[1], x : x + size[0]] = small > 127
    return square


@cache
def _templates() -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    """Names, flattened templates `(n, SIDE * SIDE)` of 0 and 1, and how many ones each has."""
    drawn = [("circle", _draw(unit("circle"), 0.0))]
    for narrow in (0.65, 0.78, 0.9):
        drawn.append(("diamond", _draw(unit("diamond") * np.array([narrow, 1.0]), 0.0)))
        drawn.append(("diamond", _draw(unit("diamond") * np.array([1.0, narrow]), 0.0)))
    for squeeze in (0.7, 0.8, 0.92, 1.0, 1.15, 1.3):
        drawn += [
            ("triangle", _draw(unit("triangle") * np.array([squeeze, 1.0]), float(turn))) for turn in range(0, 360, 10)
        ]
    for kind, (symmetry, step) in _TURNS.items():
        drawn += [(kind, _draw(unit(kind), float(turn))) for turn in range(0, symmetry, step)]
    templates = np.stack([mask.reshape(-1) for _, mask in drawn]).astype(np.float32)
    return [name for name, _ in drawn], templates, templates.sum(axis=1)


def _draw(points: NDArray[np.float64], turn_deg: float) -> Mask:
    a = np.deg2rad(turn_deg)
    turned = points @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    low, high = turned.min(axis=0), turned.max(axis=0)
    placed = (turned - low) / (high - low).max() * 199
    width, height = np.ceil(placed.max(axis=0)).astype(int) + 1
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [placed.round().astype(np.int32)], 1)
    return _in_square(mask)
