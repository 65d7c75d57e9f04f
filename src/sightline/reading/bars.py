"""How high the columns of a chart are that prints no number for them, by the scale at its side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.labels import as_number, is_label, middle, parts, rows_from_below, slanted_ends
from sightline.reading.lines import LabelledValues, TextLine

LEAST_TICKS, LEAST_BARS = 3, 3
_MOST_ERROR = 0.02  # of the scale's length: ticks stand no further from a straight line
_SAME = 24  # a column is one colour; its pixels differ by no more, of 255
_APART = 30  # it differs from the ground by more
_LEAST_WIDE, _MOST_ASIDE = 0.2, 0.15  # of the step from label to label: a column, and how unevenly labels stand to them
_DIGITS = 3  # of a height that was measured


@dataclass(frozen=True, slots=True)
class Scale:
    """Values by height: `value = zero_value + (zero_y - y) * per_px`; the ticks end at `x`."""

    x: float
    zero_y: float
    zero_value: float
    per_px: float

    def value(self, y: float) -> float:
        """The value at height `y`."""
        return self.zero_value + (self.zero_y - y) * self.per_px


@dataclass(frozen=True, slots=True)
class _Column:
    """Its middle and its upper end, in pixels."""

    x: float
    top: float


def read_bars(lines: Iterable[TextLine], rgb: RGB) -> tuple[LabelledValues, ...]:
    """The labels below single columns with what the scale says of their height, to three digits.

    `lines` are in the pixels of `rgb` (h, w, 3). Empty where there is no scale that begins at nothing, no row of
    labels, or where most labels have no column of their own: groups and stacks are not told apart.
    """
    kept = parts(lines)
    scale = read_scale(kept)
    if scale is None or scale.zero_value != 0:
        return ()
    others, ends = slanted_ends([line for line in kept if line.box[0] > scale.x])
    rows = [*rows_from_below(others), *rows_from_below(ends)]
    return max((_measured(row, scale, rgb) for row in rows), key=len, default=())


def read_scale(lines: Sequence[TextLine]) -> Scale | None:
    """The numbers below each other that grow evenly upwards, furthest to the left; None if there are none."""
    numbers = [(line, value) for line in lines if (value := as_number(line.text)) is not None]
    for line, _ in sorted(numbers, key=lambda one: one[0].box[2]):
        column = [one for one in numbers if abs(one[0].box[2] - line.box[2]) <= 0.5 * (line.box[3] - line.box[1])]
        scale = _fitted(column) if len(column) >= LEAST_TICKS else None
        if scale is not None:
            return scale
    return None


def _fitted(column: Sequence[tuple[TextLine, float]]) -> Scale | None:
    ys = np.array([middle(line)[1] for line, _ in column])
    values = np.array([value for _, value in column])
    if np.ptp(ys) < 20 or np.ptp(values) == 0:
        return None
    slope, at_top = np.polyfit(ys, values, 1)
    error = np.abs(slope * ys + at_top - values).max()
    if slope >= 0 or error > _MOST_ERROR * np.ptp(values):
        return None
    lowest = int(ys.argmax())
    return Scale(max(line.box[2] for line, _ in column), float(ys[lowest]), float(values[lowest]), -float(slope))


def _measured(row: Sequence[TextLine], scale: Scale, rgb: RGB) -> tuple[LabelledValues, ...]:
    """The labels of `row` that have a column, all as far to one side of it: a rising label ends below it."""
    step = median(middle(b)[0] - middle(a)[0] for a, b in pairwise(row))
    columns = _columns(rgb, round(scale.zero_y) - 3, step)
    pairs = [(label, min(columns, key=lambda one: abs(one.x - middle(label)[0]))) for label in row if columns]
    aside = median(column.x - middle(label)[0] for label, column in pairs) if pairs else 0.0
    found = [
        (label, column)
        for label, column in pairs
        if is_label(label) and abs(column.x - middle(label)[0] - aside) <= _MOST_ASIDE * step
    ]
    if len(found) < max(LEAST_BARS, 0.7 * len(row)) or abs(aside) > 0.5 * step or len(columns) > 1.3 * len(row):
        return ()
    return tuple(
        LabelledValues(label.text.strip(), (_rounded(scale.value(column.top)),), is_estimated=True)
        for label, column in found
    )


def _columns(rgb: RGB, foot: int, step: float) -> list[_Column]:
    """What stands on row `foot` in one colour that is not the ground's, from left to right, up to `step` wide."""
    if not 0 <= foot < rgb.shape[0]:
        return []
    ground = np.median(rgb.reshape(-1, 3)[:: max(1, rgb.size // 30_000)], axis=0)
    row = rgb[foot].astype(np.int16)
    stands = np.abs(row - ground).max(axis=1) > _APART
    goes_on = stands[1:] & stands[:-1] & (np.abs(np.diff(row, axis=0)).max(axis=1) <= _SAME)
    breaks = np.flatnonzero(~goes_on) + 1
    runs = zip([0, *breaks.tolist()], [*breaks.tolist(), len(row)], strict=True)
    wide = [(x0, x1) for x0, x1 in runs if stands[x0] and _LEAST_WIDE * step <= x1 - x0 <= step]
    tops = [_top(rgb[: foot + 1, (x0 + x1) // 2], ground) for x0, x1 in wide]
    return [_Column((x0 + x1) / 2, top) for (x0, x1), top in zip(wide, tops, strict=True) if top is not None]


def _top(strip: NDArray[np.uint8], ground: NDArray[np.float64]) -> float | None:
    """Where the colour that `strip` (h, 3) ends with begins, upwards from its end; None if another stands on it."""
    differs = np.abs(strip.astype(np.int16) - strip[-1].astype(np.int16)).max(axis=1) > _SAME
    ends = np.flatnonzero(differs)
    if len(ends) and np.abs(strip[max(0, ends[-1] - 2)] - ground).max() > _APART:
        return None
    return float(ends[-1] + 1) if len(ends) else 0.0


def _rounded(value: float) -> str:
    return f"{float(f'{value:.{_DIGITS}g}'):f}".rstrip("0").rstrip(".")
