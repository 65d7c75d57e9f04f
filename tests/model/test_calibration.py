"""The calibration that ships with weights."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.errors import ConfigError
from sightline.model.calibration import Calibration
from sightline.model.checkpoint import CALIBRATION, load_checkpoint, write_manifest
from tiny import make_checkpoint


@given(st.floats(-50, 0), st.floats(-50, 0), st.floats(0.01, 3), st.floats(-5, 5))
def test_confidence_is_a_share_that_never_falls_when_the_model_is_surer(
    one: float, other: float, slope: float, intercept: float
) -> None:
    low, high = (Calibration(slope, intercept).apply(p) for p in sorted((one, other)))
    assert 0 <= low <= high <= 1


def test_without_correction_confidence_is_the_models_own_probability() -> None:
    assert Calibration(1.0, 0.0).apply(math.log(0.3)) == pytest.approx(0.3)


def test_a_checkpoint_brings_its_calibration_and_may_have_none(tmp_path: Path) -> None:
    make_checkpoint(tmp_path)
    assert load_checkpoint(tmp_path).calibration is None
    (tmp_path / CALIBRATION).write_text(Calibration(0.5, -0.25).to_json())
    write_manifest(tmp_path)
    assert load_checkpoint(tmp_path).calibration == Calibration(0.5, -0.25)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"slope": 1}', b'{"slope": -1, "intercept": 0}', b'{"slope": NaN, "intercept": 0}']
)
def test_a_calibration_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ConfigError, match="calibration"):
        Calibration.from_json(data)
