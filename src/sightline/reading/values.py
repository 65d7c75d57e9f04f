"""Which number a chart prints for which label: bars with their names beside or below them, points over years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, pstdev

from sightline.images.picture import RGB
from sightline.reading.labels import (
    FULL_YEAR,
    LEAST,
    THOUSANDS,
    is_name,
    is_number,
    middle,
    parts,
    rows_from_below,
    slanted_ends,
)
from sightline.reading.legend import Key, key_at
from sightline.reading.lines import Box, LabelledValues, TextLine

MOST = 40
_RIGHT_EDGE = 0.012  # of the picture's width: labels beside bars end no further apart, on average
_LEAST_SHARE = 0.25  # of the lines of a chart are labels and numbers
_MOST_NUMBERS = 6  # numbers of one label


@dataclass(frozen=True, slots=True)
class _Found:
    """A label, the lines of its numbers, and whether its bars lie left of them rather than below."""

    label: str
    numbers: tuple[TextLine, ...]
    is_beside: bool


def read_values(
    lines: Iterable[TextLine], width: int, legend: Sequence[Key] = (), rgb: RGB | None = None
) -> tuple[LabelledValues, ...]:
    """The labels of a chart with their numbers, in reading order; empty where no such order is to be seen.

    With a legend and the pixels that the boxes are in, numbers of which a label has several get the name whose colour
    is in them or beside them. Receipts and tables are none: most of their names begin at one edge, where the names of
    bars end at theirs, and a few sums at the foot of a page are not most of what it says.
    """
    keys = {id(key.line) for key in legend}
    kept = parts(line for line in lines if id(line) not in keys)
    found = max((_beside(kept, width), _below(kept), _below_slanted(kept)), key=_size)
    if _n_lines(found) < _LEAST_SHARE * len(kept):
        return ()
    has_series = rgb is not None and bool(legend) and any(len(one.numbers) > 1 for one in found)
    return tuple(_said(one, legend if has_series else (), rgb) for one in found[:MOST])


def _said(found: _Found, legend: Sequence[Key], rgb: RGB | None) -> LabelledValues:
    """As written, but for what parts thousands: `10 901` and `10,901` are 10901."""
    values = tuple(THOUSANDS.sub("", one.text.strip()) for one in found.numbers)
    if rgb is None or not legend:
        return LabelledValues(found.label, values)
    return LabelledValues(
        found.label, values, tuple(key_at(legend, rgb, _with_bar(one.box, found.is_beside)) for one in found.numbers)
    )


def _with_bar(box: Box, is_beside: bool) -> Box:
    """The box of a number and what it stands at: the end of its bar, its point, the field that it stands in."""
    x0, y0, x1, y1 = box
    reach = 0.8 * (y1 - y0)
    return (x0 - reach, y0, x1, y1) if is_beside else (x0, y0, x1, y1 + reach)


def _size(found: Sequence[_Found]) -> tuple[int, int]:
    return len(found), _n_lines(found)


def _n_lines(found: Sequence[_Found]) -> int:
    return sum(1 + len(one.numbers) for one in found)


def _beside(lines: Sequence[TextLine], width: int) -> tuple[_Found, ...]:
    """Names or years that end at one edge, with numbers to the right of it in their row."""
    years = [line for line in lines if FULL_YEAR.fullmatch(line.text.strip())]
    years = years if _is_column_of_years(years) else []
    names = [line for line in lines if is_name(line) or line in years]
    numbers = [line for line in lines if is_number(line)]
    edge = median([line.box[2] for line in names if _numbers_in_row(line, numbers)] or [0.0])  # where names end
    names = sorted((line for line in names if abs(line.box[2] - edge) <= 3 * _RIGHT_EDGE * width), key=_top)
    step = median([b.box[1] - a.box[1] for a, b in pairwise(names)] or [0.0])
    alone = _alone([line for line in numbers if line.box[0] >= edge])
    near = [_numbers_near(line, alone, step) for line in names]
    has_groups = median(map(len, near) if near else [0]) > 1
    told = near if has_groups else [_numbers_in_row(line, numbers) for line in names]
    named = [(line, found) for line, found in zip(names, told, strict=True) if found]
    if len(named) < LEAST:
        return ()
    named = _joined(named)
    usual = round(median(len(numbers) for _, numbers in named))
    ends, starts = [line.box[2] for line, _ in named], [line.box[0] for line, _ in named]
    if pstdev(ends) > _RIGHT_EDGE * width or pstdev(ends) > 0.5 * pstdev(starts):
        return ()
    return tuple(_Found(line.text.strip(), tuple(numbers[:usual]), is_beside=True) for line, numbers in named)


def _top(line: TextLine) -> float:
    return line.box[1]


def _is_column_of_years(years: Sequence[TextLine]) -> bool:
    """Whether they follow each other downwards, one by one, at one edge: the numbers of a scale do not."""
    if len(years) < LEAST:
        return False
    ordered = [int(line.text.strip()[:4]) for line in sorted(years, key=lambda one: one.box[1])]
    edge = median(line.box[0] for line in years)
    n_at_edge = sum(abs(line.box[0] - edge) <= line.box[3] - line.box[1] for line in years)
    return n_at_edge == len(years) and sum(abs(b - a) == 1 for a, b in pairwise(ordered)) >= 0.6 * (len(years) - 1)


def _joined(named: Sequence[tuple[TextLine, list[TextLine]]]) -> list[tuple[TextLine, list[TextLine]]]:
    """Lines below each other that have the same numbers are one name."""
    joined: list[tuple[TextLine, list[TextLine]]] = []
    for line, numbers in named:
        if joined and set(numbers) & set(joined[-1][1]):
            first, found = joined[-1]
            joined[-1] = replace(first, text=f"{first.text.strip()} {line.text.strip()}"), found
        else:
            joined.append((line, numbers))
    return joined


def _numbers_in_row(label: TextLine, numbers: Sequence[TextLine]) -> list[TextLine]:
    height = label.box[3] - label.box[1]
    found = [one for one in numbers if one.box[0] >= label.box[2] and _rise(one, label) <= 0.6 * height]
    return sorted(found, key=lambda one: one.box[0])[:_MOST_NUMBERS]


def _numbers_near(label: TextLine, alone: Sequence[TextLine], step: float) -> list[TextLine]:
    """Of those that have a row to themselves the ones nearer than half a `step`, from the top: each ends one bar."""
    near = [one for one in alone if one.box[0] >= label.box[2] and _rise(one, label) <= 0.45 * step]
    return sorted(near, key=_top)[:_MOST_NUMBERS]


def _alone(numbers: Sequence[TextLine]) -> list[TextLine]:
    """Those that no other stands beside."""
    ordered = sorted(numbers, key=lambda one: middle(one)[1])
    apart = [_rise(a, b) > 0.4 * (a.box[3] - a.box[1]) for a, b in pairwise(ordered)]
    return [one for at, one in enumerate(ordered) if all(apart[max(0, at - 1) : at + 1])]


def _rise(line: TextLine, other: TextLine) -> float:
    return abs(middle(line)[1] - middle(other)[1])


def _below(lines: Sequence[TextLine]) -> tuple[_Found, ...]:
    """Labels in a row, evenly apart, with numbers above them; of several rows the one with most labels."""
    return max((_above(row, lines) for row in rows_from_below(lines)), key=_size, default=())


def _above(row: Sequence[TextLine], lines: Sequence[TextLine]) -> tuple[_Found, ...]:
    step = median(b.box[0] + b.box[2] - a.box[0] - a.box[2] for a, b in pairwise(row)) / 2
    top = min(line.box[1] for line in row)
    inside = _without_ticks([line for line in lines if is_number(line) and line.box[3] <= top + 2], row[0])
    columns = [[one for one in inside if _is_over(one, label, step)] for label in row]
    if sum(map(bool, columns)) < max(LEAST, 0.6 * len(row)):
        return ()
    return tuple(
        _Found(_whole_label(label, lines, step), tuple(_ordered(column)), is_beside=False)
        for label, column in zip(row, columns, strict=True)
        if column
    )


def _below_slanted(lines: Sequence[TextLine]) -> tuple[_Found, ...]:
    """Labels that rise to the right, each ending below its column, with the numbers above their ends."""
    others, ends = slanted_ends(lines)
    rows = rows_from_below(ends)
    return _below([*others, *rows[0]]) if rows else ()


def _without_ticks(numbers: Sequence[TextLine], first: TextLine) -> list[TextLine]:
    """The numbers but for those of a scale: below each other at the left, ending at one edge."""
    left = [line for line in numbers if line.box[2] <= middle(first)[0]]
    ticks = [line for line in left if sum(abs(line.box[2] - other.box[2]) <= 3 for other in left) >= LEAST]
    return [line for line in numbers if line not in ticks]


def _is_over(number: TextLine, label: TextLine, step: float) -> bool:
    return abs(middle(number)[0] - middle(label)[0]) <= 0.5 * step


def _ordered(column: Sequence[TextLine]) -> list[TextLine]:
    """Numbers side by side from left to right, over each other from the top."""
    xs = [middle(line)[0] for line in column]
    is_side_by_side = max(xs) - min(xs) > 0.5 * max(line.box[2] - line.box[0] for line in column)
    return sorted(column, key=lambda line: middle(line)[0 if is_side_by_side else 1])[:_MOST_NUMBERS]


def _whole_label(label: TextLine, lines: Sequence[TextLine], step: float) -> str:
    """A label with the lines it goes on in below."""
    said, last = label.text.strip(), label
    for line in sorted(lines, key=lambda one: one.box[1]):
        gap = line.box[1] - last.box[3]
        height = last.box[3] - last.box[1]
        if line is not label and _is_over(line, label, 0.6 * step) and -0.3 * height <= gap <= 0.6 * height:
            if line.box[2] - line.box[0] > 1.2 * step or is_number(line):
                continue
            said, last = f"{said} {line.text.strip()}", line
    return said
