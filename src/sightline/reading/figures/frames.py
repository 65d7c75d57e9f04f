"""Frames side by side: what others cut into is a frame as its siblings are, what lies between them is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sightline.reading.lines import Figure

_RECTANGLES = ("rectangle", "square")
_ALIKE = 0.04  # of its side: siblings differ by no more


def like_siblings(figures: Sequence[Figure]) -> list[Figure]:
    """The figures, and what is as large as a rectangle of its colour, but of no known shape, as such a rectangle."""
    known = [figure for figure in figures if figure.kind in _RECTANGLES and not figure.is_outline]
    told = []
    for figure in figures:
        sibling = next((one for one in known if _is_sibling(figure, one)), None) if figure.kind == "shape" else None
        told.append(replace(figure, kind=sibling.kind) if sibling else figure)
    return told


def _is_sibling(figure: Figure, other: Figure) -> bool:
    return figure.colour == other.colour and all(
        abs(one - two) <= _ALIKE * two for one, two in zip(_size(figure), _size(other), strict=True)
    )


def _size(figure: Figure) -> tuple[float, float]:
    x0, y0, x1, y1 = figure.box
    return x1 - x0, y1 - y0


def without_gaps(figures: Sequence[Figure], flush_px: float) -> list[Figure]:
    """The figures but for bars that part two larger rectangles of one size; nothing touches those bars."""
    panels = [figure for figure in figures if figure.kind in _RECTANGLES and not figure.is_outline]
    gaps = [figure for figure in figures if _is_gap(figure, panels, flush_px)]
    kept = [figure for figure in figures if figure not in gaps]
    return [
        replace(figure, touches=False)
        if figure.touches
        and any(_meet(figure, gap, flush_px) for gap in gaps)
        and not any(_meet(figure, other, flush_px) for other in kept if other is not figure and other not in panels)
        else figure
        for figure in kept
    ]


def _is_gap(figure: Figure, panels: Sequence[Figure], flush_px: float) -> bool:
    if figure.kind not in (*_RECTANGLES, "line"):
        return False
    x0, y0, x1, y1 = figure.box
    beside = [one for one in panels if abs(one.box[1] - y0) <= flush_px and abs(one.box[3] - y1) <= flush_px]
    left = [one for one in beside if abs(one.box[2] - x0) <= flush_px]
    right = [one for one in beside if abs(one.box[0] - x1) <= flush_px]
    width, height = _size(figure)
    return any(
        _is_sibling(one, other) and width * height < 0.9 * _size(one)[0] * _size(one)[1]
        for one in left
        for other in right
    )


def _meet(figure: Figure, other: Figure, flush_px: float) -> bool:
    x0, y0, x1, y1 = figure.box
    a0, b0, a1, b1 = other.box
    return x0 <= a1 + flush_px and a0 <= x1 + flush_px and y0 <= b1 + flush_px and b0 <= y1 + flush_px
