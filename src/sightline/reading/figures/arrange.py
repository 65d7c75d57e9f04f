"""Figures in the order they are told: from left to right, those that hold others before what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sightline.reading.figures.frames import like_siblings, without_gaps
from sightline.reading.lines import Box, Figure

MOST_FIGURES = 40
RECTANGLES = frozenset(("rectangle", "square"))
_MOST_FOUND = 90
_STEPS = 32  # columns that figures are sorted by


def arrange(found: Sequence[Figure], width: float, height: float, flush_px: float) -> tuple[Figure, ...]:
    """The figures in order, with the sides they stand at within `flush_px`; at most `MOST_FIGURES`, the largest.

    Empty if there are too many, or too few of any known shape: then it was no drawing after all.
    """
    n_unknown = sum(figure.kind == "shape" for figure in found)
    if len(found) > _MOST_FOUND or n_unknown > max(6, 0.4 * len(found)):
        return ()
    found = without_gaps(like_siblings(found), flush_px)
    kept = sorted(found, key=area, reverse=True)[:MOST_FIGURES] if len(found) > MOST_FIGURES else found
    holders = sorted((figure for figure in kept if _holds(figure, kept)), key=area)
    groups: dict[Figure | None, list[Figure]] = {holder: [] for holder in [None, *holders]}
    for figure in kept:
        holder = next((h for h in holders if _inside(figure.box, h.box) and area(h) > area(figure)), None)
        around = holder.box if holder else (0.0, 0.0, width, height)
        groups[holder].append(replace(figure, at=_sides(figure.box, around, flush_px)))
    return tuple(_told(groups, None, max(width, height) / _STEPS))


def area(figure: Figure) -> float:
    """Square pixels of its box."""
    x0, y0, x1, y1 = figure.box
    return (x1 - x0) * (y1 - y0)


def longer_side(figure: Figure) -> float:
    """Pixels."""
    x0, y0, x1, y1 = figure.box
    return max(x1 - x0, y1 - y0)


def _told(groups: dict[Figure | None, list[Figure]], holder: Figure | None, step: float) -> list[Figure]:
    told: list[Figure] = []
    for figure in sorted(groups[holder], key=lambda f: (f.box[0] // step, f.box[1])):
        as_holder = next((h for h in groups if h is not None and h.box == figure.box and h is not holder), None)
        inside = _told(groups, as_holder, step) if as_holder is not None else []
        told += [replace(figure, n_inside=len(inside)), *inside]
    return told


def _sides(box: Box, around: Box, flush_px: float) -> tuple[str, ...]:
    gaps = box[0] - around[0], around[2] - box[2], box[1] - around[1], around[3] - box[3]
    return tuple(side for side, gap in zip(("left", "right", "top", "bottom"), gaps, strict=True) if gap <= flush_px)


def _inside(box: Box, around: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] <= x <= around[2] and around[1] <= y <= around[3] and box != around


def _holds(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether a rectangle has other figures on it; around an outline in it, an outline is only nested."""
    if figure.kind not in RECTANGLES:
        return False
    inside = [other for other in others if _inside(other.box, figure.box) and area(other) < area(figure)]
    is_nested = figure.is_outline and any(other.is_outline and other.kind in RECTANGLES for other in inside)
    return bool(inside) and not is_nested
