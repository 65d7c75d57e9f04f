"""Sharpness falls when a picture is blurred, whatever it shows."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sightline.reading.sharpness import sharpness
from sightline.scenes import charts, shapes


@pytest.mark.parametrize("family", [shapes, charts])
@pytest.mark.parametrize("seed", range(3))
def test_blurred_pictures_are_not_sharp_and_the_same_before_are(family: object, seed: int) -> None:
    pixels = family.make(np.random.default_rng(seed)).pixels  # type: ignore[attr-defined]
    side = max(pixels.shape[:2])
    blurred = [cv2.GaussianBlur(pixels, (0, 0), side * share) for share in (0.006, 0.01, 0.016)]
    values = [sharpness(np.asarray(one, np.uint8)) for one in blurred]
    assert sharpness(pixels) > 0.6
    assert max(values) < 0.5


def test_a_smear_in_one_direction_is_seen() -> None:
    pixels = charts.make(np.random.default_rng(3)).pixels
    assert sharpness(np.asarray(cv2.blur(pixels, (25, 1)), np.uint8)) < 0.55
    assert sharpness(np.asarray(cv2.blur(pixels, (1, 25)), np.uint8)) < 0.55


def test_a_single_colour_is_as_sharp_as_can_be() -> None:
    assert sharpness(np.full((40, 60, 3), 200, np.uint8)) == 1.0


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3000, 1), (1, 3000), (2, 5)])
def test_thin_pictures_do_no_harm(width: int, height: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)
    assert 0.0 <= sharpness(pixels) <= 1.0
