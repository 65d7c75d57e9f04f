"""How much of a picture each colour name covers, and colours that have a name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sightline.reading.colour_names import COLOURS, LEVELS, TYPICAL, Rgb, colour_name, name_table


def colour_shares(pixels: NDArray[np.uint8]) -> dict[str, float]:
    """How much of the area each colour covers: names with a share above 0, largest first, adding up to 1."""
    step = max(1, min(pixels.shape[:2]) // 96)
    small = pixels[::step, ::step].astype(np.intp) * LEVELS // 256
    names = name_table()[small[..., 0], small[..., 1], small[..., 2]]
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
