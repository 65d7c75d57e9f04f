"""The labels of charts: names, years and months in even rows, upright or rising, and the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from sightline.reading.lines import TextLine

LEAST = 3  # labels with a number: fewer are no chart
FULL_YEAR = re.compile(r"(1[5-9]|20|21)\d\d([/–-](\d\d){1,2})?[*¹²³]{0,3}")
THOUSANDS = re.compile(r"(?<=\d)(?:\s+|[,.]\s+|,)(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[<>~≈]?\s?[-+–−]?\s?[$€£¥]?\s?\d[\d ,.]*\s?(%|[A-Za-z]{1,3}\.?|\s[a-z]{4,14}|[$€£])?")
_YEAR = re.compile(r"(FY ?)?['’]?(1[5-9]|20|21)?\d\d([/–-](\d\d){1,2})?\W{0,3}")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PERIOD = re.compile(rf"(?:{_MONTH}|Q[1-4]|H[12]|FY)\s?['’]?\d\d(?:\d\d)?\*{{0,3}}|{FULL_YEAR.pattern}")
_SLANTED = 1.8  # times as high as other lines are labels that rise to the right


def periods_apart(line: TextLine) -> list[TextLine]:
    """Years or months side by side that were read as one line, each with its share of it; any other line as it is."""
    periods = [found.group() for found in _PERIOD.finditer(line.text)]
    if len(periods) < 2 or "".join(periods).replace(" ", "") != line.text.replace(" ", ""):
        return [line]
    x0, y0, x1, y1 = line.box
    step = (x1 - x0) / len(periods)
    places = (x0 + at * step for at in range(len(periods)))
    return [replace(line, text=one, box=(x, y0, x + step, y1)) for one, x in zip(periods, places, strict=True)]


def slanted_ends(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The other lines, and those that rise to the right, each as if it were written at the place where it ends."""
    usual = median(line.box[3] - line.box[1] for line in lines) if lines else 0.0
    high = [line for line in lines if line.box[3] - line.box[1] >= _SLANTED * usual and _is_diagonal(line)]
    ends = [
        replace(line, box=(line.box[2] - 1.4 * usual, line.box[1], line.box[2], line.box[1] + usual)) for line in high
    ]
    return [line for line in lines if line not in high], ends


def _is_diagonal(line: TextLine) -> bool:
    x0, y0, x1, y1 = line.box
    return 0.4 <= (x1 - x0) / max(1.0, y1 - y0) <= 2.5


def rows_from_below(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Rows of names or years that stand evenly apart, each from left to right, the lowest row first."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: -middle(one)[1]):
        height = line.box[3] - line.box[1]
        near = (row for row in rows if abs(middle(row[0])[1] - middle(line)[1]) <= 0.5 * height)
        found = next(near, None)
        if found is None:
            rows.append([line])
        else:
            found.append(line)
    ordered = [sorted(row, key=lambda one: one.box[0]) for row in rows if len(row) >= LEAST]
    return [row for row in ordered if _is_even(row) and sum(map(is_label, row)) > len(row) / 2]


def _is_even(row: Sequence[TextLine]) -> bool:
    middles = [middle(line)[0] for line in row]
    steps = [b - a for a, b in pairwise(middles)]
    usual = median(steps)
    return sum(abs(step - usual) <= 0.25 * usual for step in steps) >= 0.6 * len(steps)


def parts(lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines that say something, those of several years or months apart."""
    return [part for line in lines if line.text.strip() for part in periods_apart(line)]


def as_number(text: str) -> float | None:
    """The number that `text` says, without its unit and what parts thousands; None if it says more, or none."""
    said = THOUSANDS.sub("", text.strip())
    if not _NUMBER.fullmatch(said):
        return None
    digits = "".join(char for char in said.replace("−", "-").replace("–", "-") if char in "-.0123456789")
    try:
        return float(digits)
    except ValueError:
        return None


def middle(line: TextLine) -> tuple[float, float]:
    """Its middle: x, y."""
    x0, y0, x1, y1 = line.box
    return (x0 + x1) / 2, (y0 + y1) / 2


def is_number(line: TextLine) -> bool:
    """Whether it is a number, with its sign, currency or unit."""
    return bool(_NUMBER.fullmatch(line.text.strip()))


def is_label(line: TextLine) -> bool:
    """Whether it could be a label: words, or a year."""
    return any(map(str.isalpha, line.text)) or bool(_YEAR.fullmatch(line.text.strip()))


def is_name(line: TextLine) -> bool:
    """Whether it says a word and is no number with its unit."""
    return sum(map(str.isalpha, line.text)) >= 2 and not is_number(line)
