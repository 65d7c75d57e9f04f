"""Normalising and edit distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scoring import edit_distance, normalise

WORD = st.text(alphabet="abcA é\n9", max_size=90)


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("kitten", "sitting", 3),
        ("saturday", "sunday", 3),
        ("", "abc", 3),
        ("abc", "abc", 0),
        ("intention", "execution", 5),
    ],
)
def test_edit_distance_gives_the_textbook_values(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right) == distance


def by_the_table(left: str, right: str) -> int:
    row = list(range(len(right) + 1))
    for i, character in enumerate(left, 1):
        new = [i]
        for j, other in enumerate(right, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (character != other)))
        row = new
    return row[-1]


@given(WORD, WORD)
def test_the_bit_vectors_agree_with_the_table_of_wagner_and_fischer(left: str, right: str) -> None:
    assert edit_distance(left, right) == by_the_table(left, right)


@given(WORD, WORD, WORD)
def test_edit_distance_is_a_metric(a: str, b: str, c: str) -> None:
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)


def test_normalising_keeps_what_numbers_dates_and_prices_need() -> None:
    assert normalise("  The TOTAL:\t$12.50!\n(5%), 19/05/18. ") == "the total: $12.50 5%, 19/05/18"


@given(st.text(max_size=60))
def test_normalising_folds_case_and_space(text: str) -> None:
    result = normalise(text)
    assert result == result.strip()
    assert "  " not in result
    assert "\n" not in result
