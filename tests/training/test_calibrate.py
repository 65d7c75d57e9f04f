"""Platt's two numbers."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the train extra")

from sightline.model.calibration import Calibration
from sightline.scoring import expected_calibration_error
from sightline.training.calibrate import Judged, fit


def test_the_numbers_that_made_the_data_are_found_again() -> None:
    rng = np.random.default_rng(3)
    own = rng.uniform(0.02, 0.98, 20_000)
    truth = 1 / (1 + np.exp(-(0.5 * np.log(own / (1 - own)) - 0.7)))
    judged = Judged(np.log(own), (rng.random(20_000) < truth).astype(np.float64))

    found = fit(judged)

    assert [found.slope, found.intercept] == pytest.approx([0.5, -0.7], abs=0.05)
    said = [found.apply(logprob) for logprob in judged.logprobs]
    assert expected_calibration_error(said, judged.right.tolist()) < 0.02
    as_it_was = [Calibration(1.0, 0.0).apply(logprob) for logprob in judged.logprobs]
    assert expected_calibration_error(as_it_was, judged.right.tolist()) > 0.1


def test_a_model_that_is_always_right_still_has_a_calibration() -> None:
    found = fit(Judged(np.log(np.full(50, 0.9)), np.ones(50)))
    assert np.isfinite([found.slope, found.intercept]).all()
    assert found.apply(float(np.log(0.9))) > 0.95
