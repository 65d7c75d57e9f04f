"""The numbers of charts find their labels, and pages without a chart give none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sightline.reading.legend import Key
from sightline.reading.lines import LabelledValues, TextLine
from sightline.reading.values import read_values

WIDTH = 800


def line(text: str, x0: float, y0: float, x1: float, row: int = 0) -> TextLine:
    return TextLine(text, (x0, y0, x1, y0 + 16), 0.95, row)


def test_names_that_end_beside_their_bars_get_the_number_in_their_row() -> None:
    names = ("Airlines", "Food and drink", "Clothing and footwear", "Books")
    lines = []
    for place, name in enumerate(names):
        y = 60 + 70 * place
        lines += [line(name, 160 - 8 * len(name), y, 160), line(f"{22 - place}%", 500 - 60 * place, y + 2, 530)]
    lines += [line(f"{tick}", 180 + 100 * tick, 420, 190 + 100 * tick) for tick in range(4)]
    found = read_values(lines, WIDTH)
    assert found == tuple(LabelledValues(name, (f"{22 - place}%",)) for place, name in enumerate(names))


def test_a_name_of_two_lines_is_one_label() -> None:
    lines = [
        line("Bridgestone", 80, 50, 160), line("(Japan)", 100, 66, 160), line("27.23", 600, 58, 640),
        line("Michelin", 95, 150, 160), line("26.55", 590, 150, 630), line("Goodyear", 92, 250, 160),
        line("14.75", 400, 250, 440),
    ]  # fmt: skip
    assert [one.label for one in read_values(lines, WIDTH)] == ["Bridgestone (Japan)", "Michelin", "Goodyear"]


def test_years_below_columns_get_the_numbers_above_them_and_the_scale_stays_out() -> None:
    lines = [line(f"{tick} 000", 20, 400 - 80 * tick, 60) for tick in range(1, 5)]
    for place in range(6):
        x = 120 + 100 * place
        lines += [
            line(str(2015 + place), x - 16, 450, x + 16),
            line(f"{place + 1} 9{place}0", x - 20, 300 - 30 * place, x + 18),
        ]
    found = read_values(lines, WIDTH)
    assert found == tuple(LabelledValues(str(2015 + place), (f"{place + 1}9{place}0",)) for place in range(6))


def test_bars_side_by_side_keep_their_order() -> None:
    lines = []
    for place, name in enumerate(("Men", "Women", "Children")):
        x = 150 + 200 * place
        lines += [
            line(name, x - 20, 450, x + 20),
            line(str(40 + place), x - 50, 200, x - 26),
            line(str(70 + place), x + 26, 150, x + 50),
        ]
    assert [one.values for one in read_values(lines, WIDTH)] == [("40", "70"), ("41", "71"), ("42", "72")]


def test_labels_that_rise_to_the_right_get_the_numbers_above_their_ends() -> None:
    lines = [line(f"{tick}00", 20, 400 - 80 * tick, 60) for tick in range(1, 5)]
    for place, name in enumerate(("Netflix", "Amazon", "Walt Disney", "Universal")):
        x = 150 + 130 * place
        lines.append(TextLine(name, (x - 70, 440, x, 510), 0.9, 0))
        lines.append(line(str(35 - 9 * place), x - 24, 300, x - 4))
    found = read_values(lines, WIDTH)
    assert [(one.label, one.values) for one in found] == [
        ("Netflix", ("35",)), ("Amazon", ("26",)), ("Walt Disney", ("17",)), ("Universal", ("8",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2004 2005 2006", "2004/05 2005/06 2006/07", "Jan '20 Feb '20 Mar '20", "Q1 2020 Q2 2020 Q3 2020"]
)
def test_years_and_months_that_were_read_as_one_line_are_several_labels(text: str) -> None:
    lines = [line(text, 100, 450, 400), *(line(str(7 + at), 140 + 100 * at, 200, 160 + 100 * at) for at in range(3))]
    assert [one.values for one in read_values(lines, WIDTH)] == [("7",), ("8",), ("9",)]


def test_years_one_below_the_other_are_labels_and_a_scale_is_not() -> None:
    years = [line(str(2019 - at), 44, 40 + 36 * at, 82) for at in range(5)]
    bars = [line(f"{at} 00{at}", 215, 40 + 36 * at, 260) for at in range(1, 6)]
    found = read_values(
        [*years, *[replace(bar, box=(215, bar.box[1] - 36, 260, bar.box[3] - 36)) for bar in bars]], WIDTH
    )
    assert [one.label for one in found] == ["2019", "2018", "2017", "2016", "2015"]
    scale = [line(str(2000 - 500 * at), 44, 40 + 36 * at, 82) for at in range(4)]
    assert read_values([*scale, *bars[:4]], WIDTH) == ()


def test_bars_below_each_other_in_groups_are_all_of_their_label() -> None:
    lines = []
    for place, name in enumerate(("Infrastructure", "Commercial property", "Other buildings")):
        y = 80 + 90 * place
        lines.append(line(name, 160 - 7 * len(name), y, 160))
        lines += [line(str(100 * place + bar), 300 + 20 * bar, y - 27 + 18 * bar, 340 + 20 * bar) for bar in range(4)]
    assert [one.values for one in read_values(lines, WIDTH)] == [
        ("0", "1", "2", "3"), ("100", "101", "102", "103"), ("200", "201", "202", "203"),
    ]  # fmt: skip


def test_with_a_legend_each_number_has_the_name_of_its_colour_and_the_legend_is_no_row_of_labels() -> None:
    rgb = np.full((520, WIDTH, 3), 255, np.uint8)
    colours = {"2016": (30, 80, 200), "2017": (200, 20, 20), "2018": (110, 110, 110)}
    legend = [
        Key(name, line(name, 200 + 100 * at, 490, 240 + 100 * at), np.array(rgb_, float))
        for at, (name, rgb_) in enumerate(colours.items())
    ]
    lines = [key.line for key in legend]
    for place, name in enumerate(("Men", "Women", "Children")):
        x = 150 + 220 * place
        lines.append(line(name, x - 20, 450, x + 20))
        for bar, colour in enumerate(colours.values()):
            left, top = x - 60 + 40 * bar, 300 - 40 * bar
            rgb[top:440, left : left + 36] = colour
            lines.append(line(str(10 * place + bar), left + 8, top - 18, left + 28))
    found = read_values(lines, WIDTH, legend, rgb)
    assert [one.label for one in found] == ["Men", "Women", "Children"]
    assert {one.series for one in found} == {("2016", "2017", "2018")}
    assert found[1].values == ("10", "11", "12")


def test_a_receipt_is_no_chart() -> None:
    lines = [line(f"Item {n} of the shop", 40, 40 + 20 * n, 200 + 7 * (n % 3)) for n in range(12)]
    lines += [line(f"{n}.90", 500, 40 + 20 * n, 540) for n in range(12)]
    lines += [
        line(name, 400 - 8 * len(name), 320 + 20 * n, 400) for n, name in enumerate(("Subtotal:", "Tax:", "Total due:"))
    ]
    lines += [line(f"{n}.00", 500, 320 + 20 * n, 540) for n in range(3)]
    assert read_values(lines, WIDTH) == ()


def test_nothing_is_made_of_nothing() -> None:
    assert read_values((), WIDTH) == ()
    assert read_values([line("Hello", 10, 10, 60)], WIDTH) == ()
