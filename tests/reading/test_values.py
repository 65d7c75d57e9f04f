"""The numbers of charts find their labels, and pages without a chart give none."""

from __future__ import annotations

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
