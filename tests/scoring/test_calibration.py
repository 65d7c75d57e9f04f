"""How well confidence agrees with being right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scoring import expected_calibration_error

SHARE = st.floats(0, 1)


def test_a_forecaster_who_is_right_as_often_as_he_says_has_no_error() -> None:
    assert expected_calibration_error([0.75] * 4, [1, 1, 1, 0]) == pytest.approx(0)
    assert expected_calibration_error([], []) == 0


def test_the_error_is_weighted_by_the_rows_of_each_bin() -> None:
    assert expected_calibration_error([0.9, 0.9, 0.9, 0.2], [0, 0, 0, 0.2]) == pytest.approx(0.9 * 3 / 4)


@given(st.lists(st.tuples(SHARE, SHARE)))
def test_the_error_is_a_share_and_at_least_the_gap_of_the_means(rows: list[tuple[float, float]]) -> None:
    error = expected_calibration_error([c for c, _ in rows], [s for _, s in rows])
    assert -1e-9 <= error <= 1 + 1e-9
    if rows:
        assert error >= abs(sum(c - s for c, s in rows)) / len(rows) - 1e-9


def test_a_score_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        expected_calibration_error([0.5], [])
