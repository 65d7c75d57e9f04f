"""Backgrounds that keep one colour name: plain, gradient, noisy, striped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sightline.reading.colour_names import Rgb
from sightline.scenes.colours import vary

_STYLES = ("plain", "plain", "plain", "gradient", "noise")
_TEST_STYLES = ("plain", "gradient", "diagonal")


def backdrop(rng: np.random.Generator, size: tuple[int, int], name: str, split: str = "train") -> NDArray[np.uint8]:
    """A `(h, w, 3)` background of `size` = width, height that is called `name`."""
    width, height = size
    styles = _STYLES if split == "train" else _TEST_STYLES
    style = styles[int(rng.integers(len(styles)))]
    first = vary(rng, name, 8)
    if name == "white" and rng.random() < 0.6:
        first = (255, 255, 255)
    if style == "plain":
        return np.full((height, width, 3), first, dtype=np.uint8)
    if style == "noise":
        grain = rng.normal(0, rng.uniform(3, 12), (height, width, 1))
        return np.clip(np.asarray(first) + grain, 0, 255).astype(np.uint8)
    return blend(rng, size, first, vary(rng, name, 8), diagonal=style == "diagonal")


def blend(
    rng: np.random.Generator, size: tuple[int, int], first: Rgb, second: Rgb, diagonal: bool = False
) -> NDArray[np.uint8]:
    """A gradient from `first` to `second`."""
    width, height = size
    across = np.linspace(0, 1, width)[None, :, None]
    down = np.linspace(0, 1, height)[:, None, None]
    t = (across + down) / 2 if diagonal else across if rng.random() < 0.5 else down
    ramp = np.asarray(first) * (1 - t) + np.asarray(second) * t
    return np.ascontiguousarray(np.broadcast_to(ramp, (height, width, 3))).astype(np.uint8)
