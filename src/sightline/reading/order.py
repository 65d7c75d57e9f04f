"""Reading order: which lines share a row, and which column is read first."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sightline.reading.lines import Box

MIN_COLUMN_LINES = 4
MIN_COLUMN_CHARACTERS = 18  # prices and labels are shorter: they belong to the row on their left


def order_rows(boxes: Sequence[Box], lengths: Sequence[int]) -> list[list[int]]:
    """Return the indices of `boxes` as rows from top to bottom, each from left to right.

    Columns of running text with a clear gutter are read one after the other; a label and its value are
    one row however far apart they stand. `lengths` are the characters of each line.
    """
    return _order(list(range(len(boxes))), boxes, lengths)


def _order(members: list[int], boxes: Sequence[Box], lengths: Sequence[int]) -> list[list[int]]:
    gutter = _find_gutter(members, boxes, lengths)
    if gutter is None:
        return _rows(members, boxes)
    rows: list[list[int]] = []
    across = sorted((m for m in members if boxes[m][0] < gutter < boxes[m][2]), key=lambda m: boxes[m][1])
    rest = [m for m in members if m not in across]
    for heading in [*across, None]:
        bottom = float("inf") if heading is None else _middle(boxes[heading])
        band = [m for m in rest if _middle(boxes[m]) < bottom]
        rest = [m for m in rest if m not in band]
        for side in ([m for m in band if boxes[m][2] <= gutter], [m for m in band if boxes[m][2] > gutter]):
            rows += _order(side, boxes, lengths) if side else []
        rows += [[heading]] if heading is not None else []
    return rows


def _find_gutter(members: list[int], boxes: Sequence[Box], lengths: Sequence[int]) -> float | None:
    """Return the x of a gap between two columns of running text, or None."""
    if len(members) < 2 * MIN_COLUMN_LINES:
        return None
    left, right = min(boxes[m][0] for m in members), max(boxes[m][2] for m in members)
    edges = sorted({boxes[m][0] - 1 for m in members if left + 0.2 * (right - left) < boxes[m][0]})
    best: tuple[int, float] | None = None
    for x in edges:
        crossing = sum(boxes[m][0] < x < boxes[m][2] for m in members)
        sides = [[m for m in members if boxes[m][2] <= x], [m for m in members if boxes[m][0] >= x]]
        is_text = all(len(s) >= MIN_COLUMN_LINES and _is_running_text(s, lengths) for s in sides)
        if is_text and crossing <= 0.25 * len(members) and (best is None or crossing < best[0]):
            best = (crossing, x)
    return best[1] if best else None


def _is_running_text(side: list[int], lengths: Sequence[int]) -> bool:
    return median(lengths[m] for m in side) >= MIN_COLUMN_CHARACTERS


def _rows(members: list[int], boxes: Sequence[Box]) -> list[list[int]]:
    """Group lines whose middles are level with the nearest line already in the row."""
    rows: list[list[int]] = []
    for member in sorted(members, key=lambda m: _middle(boxes[m])):
        home = next((row for row in reversed(rows[-3:]) if _fits(member, row, boxes)), None)
        if home is None:
            rows.append([member])
        else:
            home.append(member)
    for row in rows:
        row.sort(key=lambda m: boxes[m][0])
    return sorted(rows, key=lambda row: min(_middle(boxes[m]) for m in row))


def _fits(member: int, row: list[int], boxes: Sequence[Box]) -> bool:
    x0, y0, x1, y1 = boxes[member]
    nearest = min(row, key=lambda m: max(boxes[m][0] - x1, x0 - boxes[m][2]))
    nx0, ny0, nx1, ny1 = boxes[nearest]
    overlap_x, overlap_y = min(x1, nx1) - max(x0, nx0), min(y1, ny1) - max(y0, ny0)
    if overlap_x > 0.3 * min(x1 - x0, nx1 - nx0):
        return False
    return overlap_y > 0.5 * min(y1 - y0, ny1 - ny0)


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
