"""What a prompt says of a chart, and of the numbers that a question names."""

from __future__ import annotations

import pytest

from sightline.model.asked import asked_rows
from sightline.model.chart_text import extremes, said_asked, said_legend, said_values
from sightline.reading.lines import LabelledValues, NamedColour

PLAIN = tuple(LabelledValues(label, (value,)) for label, value in (("Mon", "3"), ("Tue", "5.5"), ("Wed", "-2")))
SERIES = ("Men", "Women")
GROUPED = tuple(
    LabelledValues(label, values, SERIES)
    for label, values in (("Brazil", ("57%", "18%")), ("State of Mexico", ("37%", "26%")), ("Mexico", ("10%", "9%")))
)


def test_a_legend_is_told_with_its_colours() -> None:
    assert said_legend((NamedColour("Men", "blue"), NamedColour("Women", "red"))) == " Legend: blue Men, red Women."
    assert said_legend(()) == ""


def test_numbers_are_told_with_the_name_that_they_belong_to() -> None:
    assert said_values(PLAIN[:1]) == [" Mon 3;"]
    assert said_values(GROUPED[:1]) == [" Brazil Men 57% Women 18%;"]
    half = LabelledValues("Peru", ("1", "2"), ("", "Women"))
    assert said_values((half,)) == [" Peru 1 Women 2;"]


def test_long_names_are_shortened_where_their_first_words_tell_them_apart() -> None:
    long = LabelledValues("a", ("1", "2"), ("Neither good nor poor", "Good"))
    alike = LabelledValues("a", ("1", "2"), ("Not at all", "Not at first"))
    assert said_values((long,)) == [" a Neither good 1 Good 2;"]
    assert said_values((alike,)) == [" a Not at all 1 Not at first 2;"]


def test_the_highest_the_lowest_and_the_sum_are_told_where_each_label_has_one_number() -> None:
    assert extremes(PLAIN) == " Highest: Tue 5.5. Lowest: Wed -2. Count 3. Sum 6.5. Average 2.167."


def test_with_a_legend_each_name_has_its_highest_and_lowest() -> None:
    assert extremes(GROUPED) == (
        " Highest Men: Brazil 57%. Lowest Men: Mexico 10%. Highest Women: State of Mexico 26%. Lowest Women: Mexico 9%."
    )


def test_of_numbers_that_cannot_be_compared_none_is_said_to_be_the_highest() -> None:
    assert extremes((LabelledValues("Mon", ("3", "4")), LabelledValues("Tue", ("5",)))) == ""
    assert extremes((LabelledValues("Mon", ("n/a",)), LabelledValues("Tue", ("5",)))) == ""


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("What was it on Tue?", ["Tue"]),
        ("wed or mon, which is more?", ["Mon", "Wed"]),
        ("When was it 5.5?", ["Tue"]),
        ("Is it on Monday?", []),
        ("", []),
    ],
)
def test_the_rows_that_share_words_with_a_question_are_asked_for(question: str, labels: list[str]) -> None:
    assert [row.label for row in asked_rows(question, PLAIN)] == labels


def test_a_label_inside_a_longer_one_is_not_meant() -> None:
    assert [row.label for row in asked_rows("Patients in the state of Mexico?", GROUPED)] == ["State of Mexico"]
    assert [row.label for row in asked_rows("And in Mexico?", GROUPED)] == ["Mexico"]


def test_a_name_of_the_legend_in_the_question_leaves_its_numbers_alone() -> None:
    (row,) = asked_rows("How many women in Brazil?", GROUPED)
    assert (row.values, row.series) == (("18%",), ("Women",))
    (row,) = asked_rows("How many in Brazil?", GROUPED)
    assert row.values == ("57%", "18%")


def test_labels_match_without_their_notes_and_in_the_plural() -> None:
    rows = (LabelledValues("Vail (CO)", ("294",)), LabelledValues("State universities", ("48",)))
    assert [row.label for row in asked_rows("the price at vail", rows)] == ["Vail (CO)"]
    assert [row.label for row in asked_rows("How many state university?", rows)] == []
    assert [row.label for row in asked_rows("vails", (LabelledValues("Vail", ("1",)),))] == ["Vail"]


def test_no_more_than_four_rows_are_told_again() -> None:
    rows = tuple(LabelledValues(str(2000 + at), (str(at),)) for at in range(9))
    assert len(asked_rows(" ".join(row.label for row in rows), rows)) == 4


def test_what_two_numbers_make_is_told_with_them() -> None:
    asked = asked_rows("Difference between Mon and Tue?", PLAIN)
    assert said_asked(asked) == " Asked: Mon 3; Tue 5.5; Sum 8.5. Difference 2.5. Average 4.25."
    assert said_asked(PLAIN[:1]) == " Asked: Mon 3;"
    assert said_asked(GROUPED[:1]) == (
        " Asked: Brazil Men 57% Women 18%; Highest: Men 57%. Lowest: Women 18%. Sum 75. Difference 39. Average 37.5."
    )
    assert said_asked(()) == ""
