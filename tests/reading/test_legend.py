"""The colours of a chart find the names that they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from sightline.images.picture import RGB
from sightline.reading.colour_names import Rgb, colour_name
from sightline.reading.legend import key_at, read_legend
from sightline.reading.lines import Box, TextLine

RED, BLUE, GREY = (200, 20, 20), (30, 80, 200), (110, 110, 110)


def page() -> RGB:
    return np.full((300, 600, 3), 255, np.uint8)


def fill(rgb: RGB, box: tuple[int, int, int, int], colour: Rgb) -> None:
    x0, y0, x1, y1 = box
    rgb[y0:y1, x0:x1] = colour


def line(text: str, x0: float, y0: float, width: float = 80) -> TextLine:
    return TextLine(text, (x0, y0, x0 + width, y0 + 16), 0.95, 0)


def write(rgb: RGB, line: TextLine, colour: Rgb = (40, 40, 40)) -> None:
    """Strokes where letters are, thin and apart."""
    x0, y0, x1, y1 = (round(side) for side in line.box)
    for x in range(x0 + 4, x1 - 2, 6):
        fill(rgb, (x, y0 + 3, x + 2, y1 - 3), colour)


def names(lines: list[TextLine], rgb: RGB) -> list[tuple[str, str]]:
    return [(key.name, colour_name(key.shade)) for key in read_legend(lines, rgb)]


@pytest.mark.parametrize("swatch", [(-18, 3, -8, 13), (-24, 7, -4, 9)], ids=["square", "line"])
@pytest.mark.parametrize("step", [(120, 0), (0, 30)], ids=["row", "column"])
def test_swatches_in_a_row_or_a_column_name_what_stands_beside_them(
    swatch: tuple[int, int, int, int], step: tuple[int, int]
) -> None:
    rgb, lines = page(), []
    for at, (name, colour) in enumerate((("Men", RED), ("Women", BLUE), ("2019", GREY))):
        x, y = 60 + at * step[0], 40 + at * step[1]
        lines.append(line(name, x, y, 60))
        write(rgb, lines[-1])
        fill(rgb, (x + swatch[0], y + swatch[1], x + swatch[2], y + swatch[3]), colour)
    assert names(lines, rgb) == [("Men", "red"), ("Women", "blue"), ("2019", "grey")]


def test_a_swatch_that_was_taken_for_a_part_of_its_line_still_counts() -> None:
    rgb, lines = page(), [line("● Good", 60, 40), line("Poor", 180, 40)]
    for place, colour in zip(lines, (RED, BLUE), strict=True):
        x = round(place.box[0])
        fill(rgb, (x + 1, 44, x + 11, 53), colour)
        write(rgb, TextLine("", (x + 18, 40, x + 80, 56), 1, 0))
    assert names(lines, rgb) == [("Good", "red"), ("Poor", "blue")]


def test_names_in_the_colour_of_their_line_count_wherever_they_stand() -> None:
    rgb, lines = page(), [line("Spain", 400, 60), line("France", 300, 200), line("Source: a survey", 20, 270)]
    for place, colour in zip(lines, (RED, BLUE, (60, 60, 60)), strict=True):
        write(rgb, place, colour)
    assert names(lines, rgb) == [("Spain", "red"), ("France", "blue")]


def test_names_that_share_a_colour_and_black_text_are_no_legend() -> None:
    rgb, lines = page(), [line("More information", 20, 270), line("Show source", 400, 270), line("A title", 20, 10)]
    for place, colour in zip(lines, (BLUE, BLUE, (20, 20, 20)), strict=True):
        write(rgb, place, colour)
    assert names(lines, rgb) == []
    assert names([], rgb) == []


def test_boxes_past_the_edge_are_no_fault() -> None:
    assert read_legend([line("Men", -5, -5), line("Women", 590, 295)], page()) == ()


def test_what_stands_at_a_bar_belongs_to_the_name_of_its_colour() -> None:
    rgb, lines = page(), [line("Men", 60, 40), line("Women", 180, 40)]
    for place, colour in zip(lines, (RED, BLUE), strict=True):
        write(rgb, place)
        x = round(place.box[0])
        fill(rgb, (x - 18, 43, x - 8, 53), colour)
    keys = read_legend(lines, rgb)
    fill(rgb, (100, 200, 130, 280), RED)
    fill(rgb, (130, 220, 160, 280), BLUE)
    over_red: Box = (102, 180, 128, 210)
    over_both: Box = (110, 225, 150, 260)
    assert key_at(keys, rgb, over_red) == "Men"
    assert key_at(keys, rgb, over_both) == ""
    assert key_at(keys, rgb, (300, 100, 330, 116)) == ""
    assert key_at(keys, rgb, (700, 100, 730, 116)) == ""
    assert key_at((), rgb, over_red) == ""
