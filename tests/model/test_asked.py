"""What a question names of a picture is told again beside it: figures, dates, the condition; nothing else is."""

from __future__ import annotations

import pytest

from sightline.model.asked_condition import said_condition
from sightline.model.asked_dates import said_dates
from sightline.model.asked_figures import said_figures
from sightline.reading.lines import Figure, Reading, TextLine


def figure(colour: str, kind: str, x: float = 0, y: float = 0, *at: str, side: float = 20) -> Figure:
    return Figure(kind, colour, (x, y, x + side, y + side), at=at)


LEFT = [figure("yellow", "triangle"), figure("black", "square", 30), figure("black", "square", 60, 0, "right")]
RIGHT = [figure("blue", "circle", 0, 60, "left", "bottom"), figure("yellow", "circle", 40)]
TOWERS = [
    [figure("blue", "square", 0, y) for y in (40, 20)],
    [figure("black", "square", 0, 40), figure("red", "square")],
]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "There is a box with a yellow triangle and 2 black squares.",
            " Asked: first 3: 1 yellow triangle 2 black square; second 2: 0 yellow triangle 0 black square;"
            " all 5: 1 yellow triangle 2 black square.",
        ),
        ("Is there a box with two items?", " Asked: first 3:; second 2:; all 5:."),
        ("Which gray box has three colors?", " Asked: first 3: 2 colours; second 2: 2 colours; all 5: 3 colours."),
        (
            "Is a circle touching the corner?",
            " Asked: first 3: 0 circle 0 at edge 0 at corner; second 2: 2 circle 1 at edge 1 at corner;"
            " all 5: 2 circle 1 at edge 1 at corner.",
        ),
        ("What kind of picture is this?", ""),
    ],
)
def test_what_a_question_names_is_counted_in_each_frame_and_in_all(question: str, told: str) -> None:
    assert said_figures(question, [LEFT, RIGHT]) == told


def test_a_tower_is_told_from_its_top() -> None:
    asked = said_figures("There is a tower with a red block at the top.", TOWERS)
    assert asked == " Asked: first 2: 0 red top blue blue base; second 2: 1 red top red black base; all 4: 1 red."


@pytest.mark.parametrize(
    ("gap", "touches", "told"),
    [(8, False, "0 overlapping 0"), (0, True, "1 overlapping 0"), (-9, True, "1 overlapping 1")],
)
def test_two_circles_overlap_touch_or_neither(gap: float, touches: bool, told: str) -> None:
    one, other = figure("red", "circle", side=40), figure("blue", "circle", 40 + gap, side=40)
    pair = [one, Figure("circle", "blue", other.box, touches=touches)]
    assert said_figures("Are the two circles touching each other?", [pair]) == f" Asked: 2: 2 circle touching {told}."


def test_lines_are_told_how_often_they_cross() -> None:
    lines = [figure("red", "line"), Figure("line", "blue", (0, 0, 9, 9), n_crossings=2)]
    assert said_figures("How often do the lines intersect?", [lines]) == " Asked: 2: 2 line crossing 2."


@pytest.mark.parametrize("word", ["circle", "circles", "Discs", "dot"])
def test_a_kind_is_known_by_its_plural_and_its_other_names(word: str) -> None:
    assert said_figures(f"Any {word}?", [RIGHT]) == " Asked: 2: 2 circle."


@pytest.mark.parametrize("word", ["touch", "touches", "touching", "overlaps", "meet"])
def test_contact_is_asked_about_in_every_form(word: str) -> None:
    assert said_figures(f"Does one {word} the other?", [RIGHT]) == " Asked: 2: touching 0 overlapping 0."


def test_of_no_drawing_nothing_is_told() -> None:
    assert said_figures("How many red circles?", []) == ""
    assert said_figures("How many red circles?", [[]]) == ""


def page(*rows: tuple[str, ...], sharpness: float | None = 0.85, turn_deg: int = 0) -> Reading:
    lines = [
        TextLine(text, (90.0 * at, 20.0 * row, 90.0 * at + 80, 20.0 * row + 12), 0.9, row)
        for row, texts in enumerate(rows)
        for at, text in enumerate(texts)
    ]
    return Reading(tuple(lines), 400, 400, turn_deg, sharpness=sharpness)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("DATE: 09/02/201811:24", "DATE: 09/02/2018"), ("25-01-16", "25-01-16"), ("30 MAY 2018 18:24", "30 MAY 2018"),
        ("Printed on 2016-07-31 13:48", "Printed on 2016-07-31"), ("due May 5th, 2018", "due May 5th, 2018"),
        ("13.10.2017", "13.10.2017"), ("3/25/2019", "3/25/2019"), ("03MAR2018", "03MAR2018"),
        ("19/05/1816:58", "19/05/18"),
    ],
)  # fmt: skip
def test_what_has_the_form_of_a_date_is_told_to_who_asks_when(line: str, date: str) -> None:
    reading = page(("SHOP",), (line,), ("TOTAL 9.75",))
    assert said_dates("What is the date on this receipt?", reading) == f" Asked: {date}."
    assert said_dates('Return JSON with the keys "vendor", "date"', reading) == f" Asked: {date}."
    assert said_dates("What is the total?", reading) == ""


@pytest.mark.parametrize(
    "line", ["TEL 03-7887 5750", "561781", "AP18053002160412", "12.50", "No. 19/9", "5 11 18", "10:15:22", "1,234.56"]
)
def test_other_numbers_are_no_dates(line: str) -> None:
    assert said_dates("What is the date?", page((line,))) == ""


def test_a_date_in_a_cell_of_its_own_comes_with_the_words_beside_it() -> None:
    reading = page(("Date of issue", "01/02/18"), ("Due", "15/02/18"))
    assert said_dates("When is it due?", reading) == " Asked: of issue 01/02/18; Due 15/02/18."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is this image blurry?", " Asked: sharpness 8."), ("Is the photo upside down?", " Asked: turned 180."),
        ("Is it sharp and upright?", " Asked: sharpness 8, turned 180."), ("What is the total?", ""),
    ],
)  # fmt: skip
def test_the_condition_is_told_to_who_asks_for_it(question: str, told: str) -> None:
    assert said_condition(question, page(("TOTAL 9.75",), turn_deg=180)) == told


def test_of_the_words_before_a_date_a_time_is_none() -> None:
    assert said_dates("What is the date?", page(("16:58", "19/05/18"))) == " Asked: 19/05/18."


def test_a_picture_without_text_does_not_say_how_it_was_turned() -> None:
    assert said_condition("Is this image rotated?", page()) == " Asked: no text."
    assert said_condition("Is this image rotated?", page(sharpness=None)) == "", "nobody measured anything"


def test_a_question_of_any_length_is_looked_at_only_so_far() -> None:
    assert said_figures("x " * 3000 + "red circle", [LEFT]) == ""
    assert said_dates("x " * 3000 + "date", page(("25-01-16",))) == ""
