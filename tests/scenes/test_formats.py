"""Amounts and dates as printed, and back to numbers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scenes.formats import as_number, bare_amount, money, print_date


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("9.00", "9.00"),
        ("RM1,234.50", "1234.50"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("-0.02", "-0.02"),
        ("l2.5O", "12.50"),
        ("none", None),
        ("007", "7"),
    ],
)
def test_printed_amounts_become_json_numbers_with_their_digits(printed: str, number: str | None) -> None:
    assert as_number(printed) == number


@given(st.integers(0, 10**9), st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "")]))
def test_every_printed_amount_reads_back_as_itself(cents: int, signs: tuple[str, str]) -> None:
    number = as_number(money(cents, *signs))
    assert number is not None
    assert round(json.loads(number) * 100) == cents


@pytest.mark.parametrize(
    ("printed", "bare"),
    [("RM9.00", "9.00"), ("€ 1.234,50", "1.234,50"), ("9.00", "9.00"), ("two", "two"), ("9.00 EUR", "9.00")],
)
def test_a_bare_amount_has_no_currency(printed: str, bare: str) -> None:
    assert bare_amount(printed) == bare


def test_a_date_is_printed_in_its_shape_and_language() -> None:
    assert print_date("{d:02}/{m:02}/{yy:02}", (2018, 5, 9)) == "09/05/18"
    assert print_date("{d}. {Month} {y}", (2018, 3, 9), "de") == "9. März 2018"
