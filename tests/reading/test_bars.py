"""The heights of columns are measured by the scale at their side."""

from __future__ import annotations

import numpy as np
import pytest

from sightline.images.picture import RGB
from sightline.reading.bars import read_bars, read_scale
from sightline.reading.lines import TextLine

BLUE, NAVY = (40, 118, 221), (15, 40, 62)
VALUES = {"2016": 460.0, "2017": 700.0, "2018": 880.0, "2019": 120.0}
FOOT, PER_PX = 400, 2.5  # of value


def line(text: str, x0: float, y0: float, x1: float, height: float = 16) -> TextLine:
    return TextLine(text, (x0, y0, x1, y0 + height), 0.95, 0)


def scale(first: int = 0) -> list[TextLine]:
    """Ticks of 0, 250, 500, 750 and 1 000, their middles at their heights."""
    ticks = (f"{first + 250 * n:,}".replace(",", " ") for n in range(5))
    return [line(tick, 60, FOOT - 100 * n - 8, 95) for n, tick in enumerate(ticks)]


def chart(*, rising: bool = False, stacked: bool = False, grouped: bool = False) -> tuple[list[TextLine], RGB]:
    rgb = np.full((520, 700, 3), 255, np.uint8)
    lines = scale()
    for at, (label, value) in enumerate(VALUES.items()):
        x, top = 180 + 130 * at, round(FOOT - value / PER_PX)
        rgb[top:FOOT, x - 35 : x + 35] = BLUE
        if stacked:
            rgb[top - 30 : top, x - 35 : x + 35] = NAVY
        if grouped:
            rgb[:FOOT, x : x + 35] = 255
            rgb[FOOT - 60 : FOOT, x : x + 35] = NAVY
        lines.append(line(label, x - 45, 410, x + 5, 45) if rising else line(label, x - 20, 410, x + 20))
    return lines, rgb


@pytest.mark.parametrize("rising", [False, True])
def test_columns_without_numbers_are_as_high_as_the_scale_says(rising: bool) -> None:
    found = read_bars(*chart(rising=rising))
    assert [one.label for one in found] == list(VALUES)
    assert all(one.is_estimated for one in found)
    told = [float(one.values[0]) for one in found]
    assert told == pytest.approx(list(VALUES.values()), rel=0.02)


@pytest.mark.parametrize("kind", ["stacked", "grouped"])
def test_groups_and_stacks_are_not_guessed_at(kind: str) -> None:
    assert read_bars(*chart(**{kind: True})) == ()


def test_without_a_scale_that_begins_at_nothing_there_is_no_height() -> None:
    lines, rgb = chart()
    assert read_bars([one for one in lines if one.box[0] > 100], rgb) == ()
    assert read_bars([*scale(first=500), *lines[5:]], rgb) == ()
    assert read_bars(lines, np.full_like(rgb, 255)) == ()
    assert read_bars([], rgb) == ()


def test_a_scale_is_numbers_that_grow_evenly_upwards() -> None:
    found = read_scale(scale())
    assert found is not None
    assert found.value(FOOT - 100) == pytest.approx(250)
    uneven = [line(text, 60, 100 + 60 * at, 95) for at, text in enumerate(("90", "41", "17"))]
    assert read_scale(uneven) is None
    downwards = [line(text, 60, 100 + 60 * at, 95) for at, text in enumerate(("1", "2", "3"))]
    assert read_scale(downwards) is None
    assert read_scale(scale()[:2]) is None
