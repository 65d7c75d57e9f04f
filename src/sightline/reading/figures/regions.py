"""A drawing cut into regions of one colour each. A photo or a scan is no drawing and gives none."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.colour_names import COLOURS, LEVELS, name_table

LEAST_SIDE_PX, MOST_SIDE_PX = 512, 1024  # of the longer side while regions are looked for
MOST_COLOURS = 24
MOST_BINS = 384  # of 32 x 32 x 32 are looked at
MOST_REGIONS = 1500  # letters among them
LEAST_SHARE = 0.0004  # of the pixels: a colour with less is none of the drawing's own
LEAST_COVERED = 0.9  # of the pixels lie near one of the drawing's colours
NEAR_STEPS = 3  # of 32 a channel: colours this close are one
SPECK_SHARE = 0.00006
RIM_PX = 3.0  # of the source: what smoothing leaves along an edge is at most this wide
THIN_SHARE = 0.02  # of the longer side: a stroke is at most this wide

Mask = NDArray[np.uint8]
Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Pixels of one colour that hang together. `mask` is `(h, w)` of 0 and 1 at `x`, `y` of the scaled picture."""

    colour: str
    shade: int  # which of the drawing's colours
    x: int
    y: int
    mask: Mask
    area: int
    is_stroke: bool

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.mask.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Regions and, for each pixel of the scaled picture, the index of its region, -1 for none."""

    regions: list[Region]
    labels: Labels
    scale: float  # pixels of the scaled picture for each of the source
    ground: int  # the shade of most pixels


def find_regions(rgb: RGB) -> Drawing | None:
    """Cut `rgb`, uint8 `(h, w, 3)`, into regions; None if most of it has no flat colours or it has too many pieces."""
    pixels, scale = _scaled(rgb)
    palette = _palette(pixels)
    if palette is None:
        return None
    shades = palette[_bins(pixels)]
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


def _bins(pixels: RGB) -> NDArray[np.intp]:
    steps = (pixels >> 3).astype(np.intp)
    bins: NDArray[np.intp] = (steps[..., 0] * 32 + steps[..., 1]) * 32 + steps[..., 2]
    return bins


def _palette(pixels: RGB) -> NDArray[np.int16] | None:
    """For each of 32 x 32 x 32 colours the shade it belongs to; None where too little is near any shade."""
    counts = np.bincount(_bins(pixels).reshape(-1), minlength=32**3)
    order = np.argsort(-counts, kind="stable")[:MOST_BINS]
    places = np.stack(np.unravel_index(order, (32, 32, 32)), axis=1)
    names = name_table().reshape(-1)[order]
    apart = np.abs(places[:, None] - places[None]).max(axis=2)
    near = apart <= NEAR_STEPS + 2 * (names[:, None] == names[None])
    shades: list[int] = []
    shares: list[int] = []
    for place, n in enumerate(counts[order].tolist()):
        alike = np.flatnonzero(near[place, shades])
        if alike.size:
            shares[int(alike[0])] += n
        elif n > 0 and len(shades) < MOST_COLOURS:
            shades.append(place)
            shares.append(n)
    if sum(shares) < LEAST_COVERED * counts.sum():
        return None
    kept = [places[shade] for shade, n in zip(shades, shares, strict=True) if n >= LEAST_SHARE * counts.sum()]
    steps = np.arange(32)
    far = [
        ((steps - r) ** 2)[:, None, None] + ((steps - g) ** 2)[None, :, None] + ((steps - b) ** 2)[None, None]
        for r, g, b in kept
    ]
    nearest: NDArray[np.int16] = np.stack(far).reshape(len(kept), -1).argmin(axis=0).astype(np.int16)
    return nearest


def _cut(pixels: RGB, shades: NDArray[np.int16], scale: float) -> Drawing | None:
    side = max(pixels.shape[:2])
    ground = int(np.bincount(shades.reshape(-1)).argmax())
    foreground = (shades != ground).astype(np.uint8)
    regions: list[Region] = []
    colours: list[NDArray[np.float64]] = []
    labels = np.full(shades.shape, -1, np.int32)
    for shade in np.unique(shades):
        mask = (shades == shade).astype(np.uint8)
        thickness = 2 * float(cv2.distanceTransform(mask, cv2.DIST_L2, 3).max())
        is_stroke = thickness <= max(4.0, THIN_SHARE * side)
        joined = _joined(mask, foreground, thickness) if is_stroke else mask
        n, parts, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        for part in range(1, n):
            x, y, width, height, area = (int(v) for v in stats[part])
            if area < max(12, SPECK_SHARE * shades.size):
                continue
            own = (parts[y : y + height, x : x + width] == part).astype(np.uint8)
            visible = (own & mask[y : y + height, x : x + width]) > 0
            if not visible.any():
                continue
            if len(regions) == MOST_REGIONS:
                return None
            rgb = np.median(pixels[y : y + height, x : x + width][visible], axis=0)
            labels[y : y + height, x : x + width][visible] = len(regions)
            regions.append(Region(_name(rgb), int(shade), x, y, own, area, is_stroke))
            colours.append(rgb)
    rims = _rims(regions, labels, np.array(colours).reshape(-1, 3), RIM_PX * max(1.0, scale))
    return Drawing(*_without(rims, regions, labels), scale, ground)


def _rims(regions: list[Region], labels: Labels, colours: NDArray[np.float64], most_px: float) -> set[int]:
    """Thin regions between two others whose colour is a mix of both: what smoothing and JPEG leave along an edge."""
    rims: set[int] = set()
    for index, region in enumerate(regions):
        padded = cv2.copyMakeBorder(region.mask, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)
        if 2 * float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max()) > most_px + 1:
            continue
        y0, x0 = max(0, region.y - 2), max(0, region.x - 2)
        window = labels[y0 : region.y + region.height + 2, x0 : region.x + region.width + 2]
        near = cv2.dilate((window == index).astype(np.uint8), np.ones((5, 5), np.uint8))
        beside = window[(near > 0) & (window != index) & (window >= 0)]
        if not beside.size:
            continue
        counts = np.bincount(beside)
        sides = [int(i) for i in np.argsort(-counts)[:3] if counts[i] > 0.12 * beside.size]
        if any(_is_mix(colours[index], colours[a], colours[b]) for a in sides for b in sides if a < b):
            rims.add(index)
    return rims


def _is_mix(colour: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether a colour lies between two others, 0.1 to 0.9 of the way and not far off it."""
    way = other - one
    length = float(way @ way)
    if length < 900.0:
        return False
    share = float((colour - one) @ way) / length
    return 0.08 < share < 0.92 and float(np.abs(colour - one - share * way).max()) < 40.0


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


def _name(rgb: NDArray[np.float64]) -> str:
    r, g, b = (rgb.astype(np.intp) * LEVELS // 256).tolist()
    return COLOURS[int(name_table()[r, g, b])]
