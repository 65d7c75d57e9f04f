"""Cells between rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.reading.figures.regions import Region

_LEAST_CELLS = 4
_LEAST_COVER = 0.5


def rows_and_columns(cells: Sequence[Region]) -> tuple[int, int] | None:
    """How many rows and columns rectangles stand in; None if they are few or leave gaps."""
    alike = _alike(cells)
    if len(alike) < _LEAST_CELLS or _cover(alike) < _LEAST_COVER:
        return None
    rows = _n_lines([(cell.y, cell.y + cell.height) for cell in alike])
    columns = _n_lines([(cell.x, cell.x + cell.width) for cell in alike])
    return (rows, columns) if 0.8 * rows * columns <= len(alike) <= 1.05 * rows * columns else None


def _alike(cells: Sequence[Region]) -> list[Region]:
    """Those about as large as the middle one."""
    if not cells:
        return []
    middle = float(np.median([cell.width * cell.height for cell in cells]))
    return [cell for cell in cells if 0.12 * middle <= cell.width * cell.height <= 8 * middle]


def _cover(cells: Sequence[Region]) -> float:
    """How much of the box around them they fill: the fields where outlines overlap are apart."""
    width = max(cell.x + cell.width for cell in cells) - min(cell.x for cell in cells)
    height = max(cell.y + cell.height for cell in cells) - min(cell.y for cell in cells)
    return sum(cell.width * cell.height for cell in cells) / (width * height)


def _n_lines(spans: Sequence[tuple[int, int]]) -> int:
    """How many rows (columns) cells with these extents stand in."""
    n, end = 0, -1.0
    for low, high in sorted(spans):
        if low > end - 0.3 * (high - low):
            n, end = n + 1, float(high)
    return n
