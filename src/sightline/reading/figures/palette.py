"""The few colours that a drawing is made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.colour_names import LEVELS, name_table

MOST_COLOURS = 24
MOST_BINS = 384  # of all bins are looked at
LEAST_SHARE = 0.0004  # of the pixels: a colour with less is none of the drawing's own
LEAST_COVERED = 0.9  # of the pixels lie near one of the drawing's colours
NEAR_STEPS = 3  # of a channel: colours this close are one


def bins_of(pixels: RGB) -> NDArray[np.intp]:
    """The bin of each pixel's colour, `(h, w)`: its channels in `LEVELS` steps, red first."""
    steps = pixels.astype(np.intp) * LEVELS // 256
    bins: NDArray[np.intp] = (steps[..., 0] * LEVELS + steps[..., 1]) * LEVELS + steps[..., 2]
    return bins


def palette_of(pixels: RGB) -> NDArray[np.int16] | None:
    """For each bin of `bins_of` the shade it belongs to, 0 to 23; None where too few pixels are near any shade."""
    counts = np.bincount(bins_of(pixels).reshape(-1), minlength=LEVELS**3)
    order = np.argsort(-counts, kind="stable")[:MOST_BINS]
    places = np.stack(np.unravel_index(order, (LEVELS, LEVELS, LEVELS)), axis=1)
    names = name_table().reshape(-1)[order]
    apart = np.abs(places[:, None] - places[None]).max(axis=2)
    near = apart <= NEAR_STEPS + 2 * (names[:, None] == names[None])
    shades, shares = _apart(near, counts[order].tolist())
    if sum(shares) < LEAST_COVERED * counts.sum():
        return None
    return _nearest([places[shade] for shade, n in zip(shades, shares, strict=True) if n >= LEAST_SHARE * counts.sum()])


def _apart(near: NDArray[np.bool_], counts: list[int]) -> tuple[list[int], list[int]]:
    """The commonest bins that are not near a commoner one, and how many pixels each stands for."""
    shades: list[int] = []
    shares: list[int] = []
    for place, n in enumerate(counts):
        alike = np.flatnonzero(near[place, shades])
        if alike.size:
            shares[int(alike[0])] += n
        elif n > 0 and len(shades) < MOST_COLOURS:
            shades.append(place)
            shares.append(n)
    return shades, shares


def _nearest(shades: list[NDArray[np.intp]]) -> NDArray[np.int16]:
    """For each bin the nearest of some."""
    steps = np.arange(LEVELS)
    far = [
        ((steps - r) ** 2)[:, None, None] + ((steps - g) ** 2)[None, :, None] + ((steps - b) ** 2)[None, None]
        for r, g, b in shades
    ]
    nearest: NDArray[np.int16] = np.stack(far).reshape(len(shades), -1).argmin(axis=0).astype(np.int16)
    return nearest
