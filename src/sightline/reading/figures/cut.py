"""A drawing cut into regions of one colour each. A photo or a scan is no drawing and gives none."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.colour_names import colour_name
from sightline.reading.figures.palette import bins_of, palette_of
from sightline.reading.figures.regions import Drawing, Labels, Mask, Region
from sightline.reading.figures.rims import find_rims

LEAST_SIDE_PX, MOST_SIDE_PX = 512, 1024  # of the longer side while regions are looked for
MOST_REGIONS = 1500  # letters among them
SPECK_SHARE = 0.00006
RIM_PX = 3.0  # of the source: what smoothing leaves along an edge is at most this wide
THIN_SHARE = 0.02  # of the longer side: a stroke is at most this wide


def find_regions(rgb: RGB) -> Drawing | None:
    """Cut `rgb`, uint8 `(h, w, 3)`, into regions; None if most of it has no flat colours or it has too many pieces."""
    pixels, scale = _scaled(rgb)
    palette = palette_of(pixels)
    if palette is None:
        return None
    shades = palette[bins_of(pixels)]
    return _cut(pixels, shades, scale)


def _scaled(rgb: RGB) -> tuple[RGB, float]:
    height, width = rgb.shape[:2]
    side = max(height, width)
    scale = MOST_SIDE_PX / side if side > MOST_SIDE_PX else float(max(1, -(-LEAST_SIDE_PX // side)))
    if scale == 1.0:
        return _sharpened(rgb), 1.0
    size = max(1, round(width * scale)), max(1, round(height * scale))
    if scale < 1:
        return _sharpened(np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)), scale
    return np.asarray(cv2.resize(_sharpened(rgb), size, interpolation=cv2.INTER_NEAREST), np.uint8), scale


def _sharpened(pixels: RGB) -> RGB:
    """Each pixel becomes the darkest or the lightest around it, whichever is nearer: smoothed edges become hard.

    The toggle mapping of Kramer and Bruckner (1975), twice.
    """
    kernel = np.ones((3, 3), np.uint8)
    for _ in range(2):
        low, high = cv2.erode(pixels, kernel), cv2.dilate(pixels, kernel)
        pixels = np.where(cv2.subtract(pixels, low) <= cv2.subtract(high, pixels), low, high)
    return pixels


def _cut(pixels: RGB, shades: NDArray[np.int16], scale: float) -> Drawing | None:
    ground = int(np.bincount(shades.reshape(-1)).argmax())
    foreground = (shades != ground).astype(np.uint8)
    labels = np.full(shades.shape, -1, np.int32)
    regions: list[Region] = []
    colours: list[NDArray[np.float64]] = []
    for shade in np.unique(shades):
        mask = (shades == shade).astype(np.uint8)
        widest = 2 * float(cv2.distanceTransform(mask, cv2.DIST_L2, 3).max())
        is_stroke = widest <= max(4.0, THIN_SHARE * max(shades.shape))
        for x, y, own in _parts(_joined(mask, foreground, widest) if is_stroke else mask):
            window = slice(y, y + own.shape[0]), slice(x, x + own.shape[1])
            visible = (own & mask[window]) > 0
            if not visible.any():
                continue
            if len(regions) == MOST_REGIONS:
                return None
            rgb = np.median(pixels[window][visible], axis=0)
            labels[window][visible] = len(regions)
            r, g, b = rgb.astype(int).tolist()
            regions.append(Region(colour_name((r, g, b)), int(shade), x, y, own, int(own.sum()), is_stroke))
            colours.append(rgb)
    rims = find_rims(regions, labels, np.array(colours).reshape(-1, 3), RIM_PX * max(1.0, scale))
    return Drawing(*_without(rims, regions, labels), scale, ground)


def _parts(mask: Mask) -> Iterator[tuple[int, int, Mask]]:
    """What of a mask hangs together, specks left out: x, y, and its own mask."""
    n, parts, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for part in range(1, n):
        x, y, width, height, area = (int(v) for v in stats[part])
        if area >= max(12, SPECK_SHARE * mask.size):
            yield x, y, (parts[y : y + height, x : x + width] == part).astype(np.uint8)


def _without(rims: set[int], regions: list[Region], labels: Labels) -> tuple[list[Region], Labels]:
    """The regions that are no rims, numbered anew; the pixels of rims go to what is beside them."""
    kept = [i for i in range(len(regions)) if i not in rims]
    numbers = np.full(len(regions) + 1, -1, np.int32)  # the last is that of no region
    numbers[kept] = np.arange(len(kept))
    return [regions[i] for i in kept], _grown(numbers[labels])


def _grown(labels: Labels) -> Labels:
    """Specks between regions go to a neighbour, up to three pixels deep."""
    for _ in range(3):
        near = cv2.dilate(labels.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int32)
        labels = np.where(labels < 0, near, labels)
    return labels


def _joined(mask: Mask, foreground: Mask, thickness: float) -> Mask:
    """Strokes that others cross, drawn through below them."""
    reach = 2 * round(thickness) + 3
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)
    return np.asarray(mask | (closed & foreground), np.uint8)
