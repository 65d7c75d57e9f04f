"""Which number a chart prints for which label: bars with their names beside or below them, points over years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, pstdev

from sightline.reading.lines import LabelledValues, TextLine

LEAST = 3  # labels with a number: fewer are no chart
MOST = 40
_NUMBER = re.compile(r"[<>~≈]?\s?[-+–−]?\s?[$€£¥]?\s?\d[\d ,.]*\s?(%|[A-Za-z]{1,3}\.?|[$€£])?")
_THOUSANDS = re.compile(r"(?<=\d)(?:\s+|[,.]\s+|,)(?=\d{3}(?!\d))")
_YEAR = re.compile(r"['’]?(1[5-9]|20|21)?\d\d\W{0,3}")
_RIGHT_EDGE = 0.012  # of the picture's width: labels beside bars end no further apart, on average
_LEAST_SHARE = 0.25  # of the lines of a chart are labels and numbers
_MOST_BESIDE = 4  # numbers of one label


def read_values(lines: Iterable[TextLine], width: int) -> tuple[LabelledValues, ...]:
    """The labels of a chart with their numbers, in reading order; empty where no such order is to be seen.

    Receipts and tables are none: most of their names begin at one edge, where the names of bars end at theirs, and a
    few sums at the foot of a page are not most of what it says.
    """
    kept = [line for line in lines if line.text.strip()]
    for found in (_beside(kept, width), _below(kept)):
        if sum(1 + len(one.values) for one in found) >= _LEAST_SHARE * len(kept):
            return found[:MOST]
    return ()


def _beside(lines: Sequence[TextLine], width: int) -> tuple[LabelledValues, ...]:
    """Names that end at one edge, with numbers to the right of it in their row."""
    named = [(line, _numbers_right_of(line, lines)) for line in lines if _is_name(line)]
    named = [(line, numbers) for line, numbers in named if numbers]
    edge = median(line.box[2] for line, _ in named) if named else 0.0
    named = [(line, numbers) for line, numbers in named if abs(line.box[2] - edge) <= 3 * _RIGHT_EDGE * width]
    if len(named) < LEAST:
        return ()
    named = _joined(named)
    usual = round(median(len(numbers) for _, numbers in named))
    ends, starts = [line.box[2] for line, _ in named], [line.box[0] for line, _ in named]
    if pstdev(ends) > _RIGHT_EDGE * width or pstdev(ends) > 0.5 * pstdev(starts):
        return ()
    return tuple(LabelledValues(line.text.strip(), _said(numbers[:usual])) for line, numbers in named)


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


def _said(numbers: Sequence[TextLine]) -> tuple[str, ...]:
    """As written, but for what parts thousands: `10 901` and `10,901` are 10901."""
    return tuple(_THOUSANDS.sub("", one.text.strip()) for one in numbers)


def _numbers_right_of(label: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    height = label.box[3] - label.box[1]
    beside = [
        line
        for line in lines
        if line.box[0] >= label.box[2]
        and abs(_middle(line)[1] - _middle(label)[1]) <= 0.6 * height
        and _is_number(line)
    ]
    return sorted(beside, key=lambda line: line.box[0])[:_MOST_BESIDE]


def _below(lines: Sequence[TextLine]) -> tuple[LabelledValues, ...]:
    """Labels in a row, evenly apart, with numbers above them."""
    for row in _rows_from_below(lines):
        steps = [b.box[0] + b.box[2] - a.box[0] - a.box[2] for a, b in pairwise(row)]
        step = median(steps) / 2
        top = min(line.box[1] for line in row)
        inside = _without_ticks([line for line in lines if _is_number(line) and line.box[3] <= top + 2], row[0])
        columns = [[one for one in inside if _is_over(one, label, step)] for label in row]
        if sum(map(bool, columns)) >= max(LEAST, 0.6 * len(row)):
            return tuple(
                LabelledValues(_whole_label(label, lines, step), _said(_ordered(column)))
                for label, column in zip(row, columns, strict=True)
                if column
            )
    return ()


def _without_ticks(numbers: Sequence[TextLine], first: TextLine) -> list[TextLine]:
    """The numbers but for those of a scale: below each other at the left, ending at one edge."""
    left = [line for line in numbers if line.box[2] <= _middle(first)[0]]
    ticks = [line for line in left if sum(abs(line.box[2] - other.box[2]) <= 3 for other in left) >= LEAST]
    return [line for line in numbers if line not in ticks]


def _rows_from_below(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Rows of names or years that stand evenly apart, each from left to right, the lowest row first."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: -_middle(one)[1]):
        height = line.box[3] - line.box[1]
        near = (row for row in rows if abs(_middle(row[0])[1] - _middle(line)[1]) <= 0.5 * height)
        found = next(near, None)
        if found is None:
            rows.append([line])
        else:
            found.append(line)
    ordered = [sorted(row, key=lambda one: one.box[0]) for row in rows if len(row) >= LEAST]
    return [row for row in ordered if _is_even(row) and sum(map(_is_label, row)) > len(row) / 2]


def _is_even(row: Sequence[TextLine]) -> bool:
    middles = [_middle(line)[0] for line in row]
    steps = [b - a for a, b in pairwise(middles)]
    usual = median(steps)
    return sum(abs(step - usual) <= 0.25 * usual for step in steps) >= 0.6 * len(steps)


def _is_over(number: TextLine, label: TextLine, step: float) -> bool:
    return abs(_middle(number)[0] - _middle(label)[0]) <= 0.5 * step


def _ordered(column: Sequence[TextLine]) -> list[TextLine]:
    """Numbers side by side from left to right, over each other from the top."""
    xs = [_middle(line)[0] for line in column]
    is_side_by_side = max(xs) - min(xs) > 0.5 * max(line.box[2] - line.box[0] for line in column)
    return sorted(column, key=lambda line: _middle(line)[0 if is_side_by_side else 1])[:_MOST_BESIDE]


def _whole_label(label: TextLine, lines: Sequence[TextLine], step: float) -> str:
    """A label with the lines it goes on in below."""
    said, last = label.text.strip(), label
    for line in sorted(lines, key=lambda one: one.box[1]):
        gap = line.box[1] - last.box[3]
        height = last.box[3] - last.box[1]
        if line is not label and _is_over(line, label, 0.6 * step) and -0.3 * height <= gap <= 0.6 * height:
            if line.box[2] - line.box[0] > 1.2 * step or _is_number(line):
                continue
            said, last = f"{said} {line.text.strip()}", line
    return said


def _middle(line: TextLine) -> tuple[float, float]:
    x0, y0, x1, y1 = line.box
    return (x0 + x1) / 2, (y0 + y1) / 2


def _is_number(line: TextLine) -> bool:
    return bool(_NUMBER.fullmatch(line.text.strip()))


def _is_label(line: TextLine) -> bool:
    return any(map(str.isalpha, line.text)) or bool(_YEAR.fullmatch(line.text.strip()))


def _is_name(line: TextLine) -> bool:
    return sum(map(str.isalpha, line.text)) >= 2 and not _is_number(line)
