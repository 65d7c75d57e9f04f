"""Colour names: which of twelve names is nearest to a colour."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Rgb = tuple[int, int, int]
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "grey", "white", "teal")

# A few typical colours per name; the nearest one in CIELAB gives a colour its name.
TYPICAL: dict[str, tuple[Rgb, ...]] = {
    "red": ((255, 0, 0), (220, 30, 30), (170, 20, 30), (230, 60, 60), (200, 0, 50), (130, 10, 20), (215, 75, 65)),
    "orange": ((255, 140, 0), (240, 120, 30), (255, 165, 0), (230, 100, 20), (250, 160, 80), (255, 110, 40)),
    "yellow": ((255, 255, 0), (250, 220, 40), (255, 240, 130), (220, 200, 30), (255, 210, 0), (240, 230, 80)),
    "green": (
        (0, 128, 0), (40, 170, 60), (0, 220, 0), (120, 190, 60), (20, 80, 30), (140, 220, 140), (90, 110, 50),
        (0, 255, 0), (160, 200, 90), (50, 70, 40), (90, 150, 90), (110, 130, 90), (190, 230, 180), (20, 150, 90),
    ),
    "blue": (
        (0, 0, 255), (30, 80, 200), (60, 130, 230), (20, 30, 110), (120, 170, 240), (90, 150, 210), (0, 180, 250),
        (160, 195, 235), (40, 60, 100), (70, 100, 150), (0, 0, 128), (0, 0, 90), (20, 30, 65),
        (110, 135, 170), (135, 206, 235), (65, 105, 225),
    ),
    "purple": (
        (128, 0, 128), (120, 50, 180), (90, 30, 140), (160, 90, 210), (180, 140, 220), (75, 0, 130), (60, 20, 80),
        (150, 50, 150), (110, 80, 140), (205, 180, 235), (190, 60, 200),
    ),
    "pink": (
        (255, 105, 180), (255, 182, 193), (240, 130, 170), (255, 20, 147), (250, 205, 215), (230, 90, 140),
        (220, 150, 160), (255, 150, 190),
    ),
    "brown": (
        (139, 69, 19), (101, 60, 30), (150, 90, 50), (80, 45, 25), (170, 120, 80), (190, 150, 110), (210, 180, 140),
        (125, 95, 70), (60, 40, 28), (165, 105, 60), (145, 120, 95),
    ),
    "black": ((0, 0, 0), (25, 25, 25), (28, 28, 34), (38, 34, 31), (15, 18, 16)),
    "grey": (
        (128, 128, 128), (90, 90, 90), (170, 170, 170), (200, 200, 200), (62, 62, 64), (105, 110, 118),
        (150, 145, 140), (115, 110, 106), (185, 180, 174), (145, 152, 160), (80, 76, 74), (200, 203, 208),
    ),
    "white": ((255, 255, 255), (240, 240, 240), (228, 228, 228), (245, 240, 230), (232, 238, 244), (236, 230, 220)),
    "teal": (
        (0, 128, 128), (0, 160, 160), (60, 180, 175), (0, 200, 200), (20, 90, 95), (64, 224, 208), (0, 255, 255),
        (90, 160, 160), (150, 220, 215), (15, 60, 65),
    ),
}  # fmt: skip

LEVELS = 32  # the name table has this many steps per channel


def to_lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIELAB (D65) of sRGB values in 0..255; the last axis is the channel."""
    unit = rgb / 255.0
    linear = np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = linear @ matrix.T / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


@cache
def _typical_lab() -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    rgb = [colour for name in COLOURS for colour in TYPICAL[name]]
    index = [i for i, name in enumerate(COLOURS) for _ in TYPICAL[name]]
    return to_lab(np.array(rgb, dtype=np.float64)), np.array(index, dtype=np.uint8)


def _nearest(rgb: NDArray[np.float64]) -> NDArray[np.uint8]:
    lab, index = _typical_lab()
    apart = ((to_lab(rgb)[:, None, :] - lab[None]) ** 2).sum(axis=-1)
    nearest: NDArray[np.uint8] = index[apart.argmin(axis=1)]
    return nearest


@cache
def name_table() -> NDArray[np.uint8]:
    """The index into `COLOURS` of each colour, its channels cut into `LEVELS` steps: `(LEVELS, LEVELS, LEVELS)`."""
    middle = (np.arange(LEVELS) + 0.5) * (256 / LEVELS)
    grid = np.stack(np.meshgrid(middle, middle, middle, indexing="ij"), axis=-1)
    return np.concatenate([_nearest(plane.reshape(-1, 3)) for plane in grid]).reshape(LEVELS, LEVELS, LEVELS)


def colour_name(rgb: Rgb) -> str:
    """The one of `COLOURS` that is nearest to `rgb` (0..255 each)."""
    r, g, b = (channel * LEVELS // 256 for channel in rgb)
    return COLOURS[int(name_table()[r, g, b])]
