"""Polygons drawn over each other as outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.figures.kinds import kind_of
from sightline.reading.figures.measures import contour_of
from sightline.reading.figures.regions import Drawing, Labels, Mask, Region

KINDS = frozenset({"triangle", "square", "rectangle", "diamond", "pentagon", "hexagon", "octagon"})
LEAST_CONVEX = 0.9  # of its hull, a polygon fills this much
MOST_UNLIKE = 2.5  # times the area of the smallest is that of the largest
LEAST_AGREED = 0.6  # of the polygons are of the kind that all are given
LEAST_BORDER = 0.2  # of the way around a field: with less, it meets another only at its corners
LEAST_FIELD_PX = 8
MOST_FIELDS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """A polygon in the scaled picture: `outline`, `(n, 2)`: x, y, runs in the middle of its stroke."""

    kind: str
    outline: NDArray[np.int32]


def polygons_in(ink: Region) -> list[Polygon]:
    """The polygons of one kind whose outlines make up `ink`, where at most two lie over each other; else none.

    Fields share a border where a stroke parts them. From one to the next, the number of polygons that lie over a
    field changes by one: it is odd in a field of one polygon, even outside, in gaps and where two overlap.
    """
    fields, n = _fields(np.pad(ink.mask, 1))
    if not 3 <= n <= MOST_FIELDS:
        return []
    masks = [np.isin(fields, list(whole)).astype(np.uint8) for whole in _wholes(_borders(fields, n))]
    kind = _kind_of_all(masks)
    if kind is None:
        return []
    return [Polygon(kind, contour_of(mask) + np.array([ink.x - 1, ink.y - 1], np.int32)) for mask in masks]


def hanging_on(drawing: Drawing, ink: Region) -> Region:
    """All that hangs together with `ink` and is not of the ground: where strokes cross, their colours mix."""
    is_ground = np.array([region.shade == drawing.ground for region in drawing.regions] + [False])
    _, parts = cv2.connectedComponents((~is_ground[drawing.labels]).astype(np.uint8), connectivity=8)
    met = parts[ink.y : ink.y + ink.height, ink.x : ink.x + ink.width][ink.mask > 0]
    mask = np.isin(parts, np.unique(met[met > 0])).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    cut = mask[y : y + height, x : x + width]
    return Region(ink.colour, ink.shade, x, y, cut, int(np.count_nonzero(cut)), True)


def _fields(strokes: Mask) -> tuple[Labels, int]:
    """For each pixel the field it is nearest to, 0 the outside, and how many fields there are with it."""
    n, parts, stats, _ = cv2.connectedComponentsWithStats(1 - strokes, connectivity=4)
    large = [part for part in range(1, n) if stats[part][cv2.CC_STAT_AREA] >= LEAST_FIELD_PX]
    numbers = np.full(n, -1, np.int32)
    outside = int(parts[0, 0])
    numbers[[outside, *(part for part in large if part != outside)]] = np.arange(len(set(large) | {outside}))
    seeds = numbers[parts]
    _, nearest = cv2.distanceTransformWithLabels(
        (seeds < 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    field_of = np.zeros(int(nearest.max()) + 1, np.int32)
    field_of[nearest[seeds >= 0]] = seeds[seeds >= 0]
    return np.asarray(field_of[nearest], np.int32), len(set(large) | {outside})


def _borders(fields: Labels, n: int) -> NDArray[np.int64]:
    """How many pixels long the border of each field with each other is, `(n, n)`."""
    lengths = np.zeros(n * n, np.int64)
    for one, other in ((fields[:, :-1], fields[:, 1:]), (fields[:-1], fields[1:])):
        differ = one != other
        lengths += np.bincount(one[differ] * n + other[differ], minlength=n * n)
    square = lengths.reshape(n, n)
    return square + square.T


def _wholes(borders: NDArray[np.int64]) -> list[set[int]]:
    """The fields of each polygon: the one it has alone, and its overlaps; none if they do not work out."""
    is_single = _singles(borders)
    wholes = {int(i): {int(i)} for i in np.flatnonzero(is_single)}
    shares = borders / np.maximum(1, borders.sum(axis=1, keepdims=True))
    for i in np.flatnonzero(~is_single)[1:].tolist():
        same = shares[i][~is_single].sum()
        owners = [j for j in wholes if shares[i, j] >= LEAST_BORDER]
        if len(owners) < 2 or same > 0.5:
            return []
        if len(owners) == 2:
            for j in owners:
                wholes[j].add(i)
    return list(wholes.values())


def _singles(borders: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which fields an odd number of polygons lies over, from the outside across the longest borders first."""
    n = len(borders)
    is_single, is_met = np.zeros(n, bool), np.zeros(n, bool)
    is_met[0] = True
    for _ in range(n - 1):
        open_borders = np.where(is_met[:, None] & ~is_met[None], borders, -1)
        here, there = divmod(int(open_borders.argmax()), n)
        is_single[there], is_met[there] = not is_single[here], True
    return is_single


def _kind_of_all(masks: Sequence[Mask]) -> str | None:
    """The kind of most, if they are polygons of about one size."""
    if len(masks) < 2:
        return None
    areas = [int(np.count_nonzero(mask)) for mask in masks]
    hulls = [cv2.contourArea(cv2.convexHull(contour_of(mask))) for mask in masks]
    if max(areas) > MOST_UNLIKE * min(areas) or any(a < LEAST_CONVEX * h for a, h in zip(areas, hulls, strict=True)):
        return None
    kinds = [kind_of(_cut_out(mask)) for mask in masks]
    kind = max(sorted(set(kinds)), key=kinds.count)
    return kind if kind in KINDS and kinds.count(kind) >= LEAST_AGREED * len(kinds) else None


def _cut_out(mask: Mask) -> Mask:
    x, y, width, height = cv2.boundingRect(mask)
    return mask[y : y + height, x : x + width]
