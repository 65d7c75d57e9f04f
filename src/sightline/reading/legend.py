"""What the colours of a chart stand for: swatches beside names, names in the colour of their line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.colour_names import Rgb
from sightline.reading.lines import Box, TextLine

LEAST, MOST = 2, 12  # names of a legend
_REACH = 2.2  # line heights beside a name within which its swatch ends
_LEAST_WIDE, _LEAST_HIGH = (
    0.3,
    0.25,
)  # line heights: a swatch inside a box is no smaller, the bar of a letter is thinner
_FLAT = 12  # neighbours of one surface differ by no more, of 255
_APART = 40  # colours that differ by more are two
_SATURATED = 60  # between the highest and the lowest channel of a letter that is meant to be coloured
_YEAR = re.compile(r"(1[5-9]|20|21)\d\d([/–-](\d\d){1,2})?\*{0,3}")
_BULLETS = " ●○■□•◆▲—–-"

Colour = NDArray[np.float64]  # (3,) 0..255


@dataclass(frozen=True, slots=True)
class Key:
    """A name, the line of text where it stands, and the colour that stands for it."""

    name: str
    line: TextLine
    colour: Colour

    @property
    def shade(self) -> Rgb:
        """The colour as whole numbers."""
        red, green, blue = (round(float(channel)) for channel in self.colour)
        return red, green, blue


def read_legend(lines: Iterable[TextLine], rgb: RGB) -> tuple[Key, ...]:
    """The names that have a colour of their own, in reading order; empty where fewer than two have.

    Swatches count where they stand in one row or one column, coloured names wherever they stand. What shares its
    colour with another name says nothing, like the links of a page.
    """
    flat = [line for line in lines if line.box[2] - line.box[0] > line.box[3] - line.box[1]]
    words = [line for line in flat if sum(map(str.isalpha, line.text)) >= 2]
    said = [line for line in flat if line in words or _YEAR.fullmatch(_name(line))]
    before = [Key(_name(line), line, colour) for line in said if (colour := _swatch_before(rgb, line.box)) is not None]
    written = [Key(_name(line), line, colour) for line in words if (colour := _letters(rgb, line.box)) is not None]
    for found in (_aligned(before), written):
        alone = tuple(key for key in found if _n_alike(key, found) == 1)
        if LEAST <= len(alone) <= MOST:
            return alone
    return ()


def _name(line: TextLine) -> str:
    return line.text.strip(_BULLETS)


def key_at(keys: Sequence[Key], rgb: RGB, box: Box) -> str:
    """The name whose colour most of what stands in `box` has; empty where it has none, or two as much."""
    x0, y0, x1, y1 = (round(side) for side in box)
    patch = rgb[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)].reshape(-1, 3).astype(np.float64)
    if not keys or not len(patch):
        return ""
    far = np.stack([np.abs(patch - key.colour).max(axis=1) for key in keys], axis=1)
    nearest = far.argmin(axis=1)[far.min(axis=1) <= _APART / 2]
    counts = np.bincount(nearest, minlength=len(keys))
    first, second = np.sort(counts)[::-1][:2] if len(keys) > 1 else (counts[0], 0)
    is_clear = first >= max(4, 0.03 * len(patch)) and first >= 2 * second
    return keys[int(counts.argmax())].name if is_clear else ""


def _n_alike(key: Key, found: Sequence[Key]) -> int:
    return sum(float(np.abs(key.colour - other.colour).max()) <= _APART / 2 for other in found)


def _aligned(found: Sequence[Key]) -> list[Key]:
    """The most of them that stand in one row, or begin at one edge."""
    groups: list[list[Key]] = [[]]
    for key in found:
        box = key.line.box
        reach = 0.5 * (box[3] - box[1])
        groups += [[one for one in found if abs(one.line.box[side] - box[side]) <= reach] for side in (1, 0)]
    return max(groups, key=len)


def _swatch_before(rgb: RGB, box: Box) -> Colour | None:
    """The flat colour left of a line of text, or where its box begins, if the reader took it for a part of the line."""
    x0, y0, _, y1 = box
    height = y1 - y0
    outside = _flat_colour(rgb, (x0 - _REACH * height, y0, x0 + _LEAST_HIGH * height, y1), 2)
    if outside is not None:
        return outside
    return _flat_colour(rgb, (x0 - _REACH * height, y0, x0 + 0.9 * height, y1), max(3, round(_LEAST_HIGH * height)))


def _flat_colour(rgb: RGB, box: Box, least_rows: int) -> Colour | None:
    """The colour, unlike what is around it, that `least_rows` near the middle of `box` have in one stretch."""
    x0, y0, x1, y1 = box
    height, middle = y1 - y0, (y0 + y1) / 2
    top, bottom = max(0, round(middle - 0.3 * height)), round(middle + 0.3 * height) + 1
    patch = rgb[top:bottom, max(0, round(x0)) : max(0, round(x1))].astype(np.float64)
    if patch.shape[0] < 2 or patch.shape[1] < 4:
        return None
    ground = np.median(patch.reshape(-1, 3), axis=0)
    least_px = max(4.0, _LEAST_WIDE * height)
    runs = [run for row in patch if (run := _flat_run(row, ground, least_px)) is not None]
    return np.asarray(np.median(runs, axis=0)) if len(runs) >= least_rows else None


def _flat_run(row: NDArray[np.float64], ground: Colour, least: float) -> Colour | None:
    """The mean of the last pixels side by side that hardly differ and are not `ground`; None if it is too short."""
    differs = np.abs(row - ground).max(axis=1) > _APART
    goes_on = np.abs(np.diff(row, axis=0)).max(axis=1) <= _FLAT
    end = start = len(row)
    for at in range(len(row) - 1, -1, -1):
        if not differs[at] or (at < end - 1 and not goes_on[at]):
            if end - start >= least:
                break
            end = start = at if not differs[at] else at + 1
        if differs[at]:
            start = at
    return np.asarray(row[start:end].mean(axis=0)) if end - start >= least else None


def _letters(rgb: RGB, box: Box) -> Colour | None:
    """The colour of the letters in `box`, None if it is a shade of grey."""
    x0, y0, x1, y1 = (round(side) for side in box)
    patch = rgb[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)].reshape(-1, 3).astype(np.float64)
    if len(patch) < 16:
        return None
    far = np.abs(patch - np.median(patch, axis=0)).max(axis=1)
    if far.max() <= _APART:
        return None
    colour = np.asarray(np.median(patch[far >= 0.7 * far.max()], axis=0))
    return colour if colour.max() - colour.min() >= _SATURATED else None
