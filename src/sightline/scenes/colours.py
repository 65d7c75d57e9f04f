"""Colour names: which name a colour has, how much of a picture each name covers, colours that have a name."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from sightline.scenes.scene import COLOURS

Rgb = tuple[int, int, int]

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
        (160, 195, 235), (40, 60, 100), (70, 100, 150), (0, 0, 128), (0, 0, 90), (20, 30, 65), (110, 135, 170), (135, 206, 235), (65, 105, 225),
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

_LEVELS = 32  # the name table has this many steps per channel


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
def _name_table() -> NDArray[np.uint8]:
    middle = (np.arange(_LEVELS) + 0.5) * (256 / _LEVELS)
    grid = np.stack(np.meshgrid(middle, middle, middle, indexing="ij"), axis=-1)
    return np.concatenate([_nearest(plane.reshape(-1, 3)) for plane in grid]).reshape(_LEVELS, _LEVELS, _LEVELS)


def colour_name(rgb: Rgb) -> str:
    """The one of `COLOURS` that is nearest to `rgb` (0..255 each)."""
    r, g, b = (channel * _LEVELS // 256 for channel in rgb)
    return COLOURS[int(_name_table()[r, g, b])]


def colour_shares(pixels: NDArray[np.uint8]) -> dict[str, float]:
    """How much of the area each colour covers: names with a share above 0, largest first, adding up to 1."""
    step = max(1, min(pixels.shape[:2]) // 96)
    small = pixels[::step, ::step].astype(np.intp) * _LEVELS // 256
    names = _name_table()[small[..., 0], small[..., 1], small[..., 2]]
    counts = np.bincount(names.ravel(), minlength=len(COLOURS))
    order = sorted(np.flatnonzero(counts), key=lambda i: -counts[i])
    return {COLOURS[i]: float(counts[i] / names.size) for i in order}


def main_colours(pixels: NDArray[np.uint8], at_most: int = 2, least_share: float = 0.15) -> tuple[str, ...]:
    """The colours that cover the picture most, largest first: always one, more while they pass `least_share`."""
    shares = list(colour_shares(pixels).items())[:at_most]
    return tuple(name for i, (name, share) in enumerate(shares) if i == 0 or share >= least_share)


def brightness(pixels: NDArray[np.uint8]) -> float:
    """Mean luma, 0 (black) to 255 (white). Weights of ITU-R BT.601."""
    step = max(1, min(pixels.shape[:2]) // 96)
    mean = pixels[::step, ::step].reshape(-1, 3).mean(axis=0)
    return float(mean @ np.array([0.299, 0.587, 0.114]))


def brightness_name(pixels: NDArray[np.uint8]) -> str:
    """`dark` (mean luma below 75), `bright` (above 165) or `medium`."""
    luma = brightness(pixels)
    return "dark" if luma < 75 else "bright" if luma > 165 else "medium"


def vary(rng: np.random.Generator, name: str, spread: float = 14.0) -> Rgb:
    """A colour that `colour_name` calls `name`; `spread` is the deviation per channel, 0..255."""
    typical = TYPICAL[name]
    start = typical[int(rng.integers(min(4, len(typical))))]  # the first few are the plainest
    if name in ("black", "grey", "white"):
        spread = min(spread, 4.0)  # they take on a tint easily
    for _ in range(6):
        r, g, b = np.clip(np.asarray(start) + rng.normal(0, spread, 3), 0, 255).astype(int).tolist()
        if colour_name((r, g, b)) == name:
            return r, g, b
    return start


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of WCAG 2, 1 (none) to 21 (black on white)."""

    def luminance(rgb: Rgb) -> float:
        unit = [channel / 255 for channel in rgb]
        r, g, b = (u / 12.92 if u <= 0.04045 else ((u + 0.055) / 1.055) ** 2.4 for u in unit)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
