from __future__ import annotations

import numpy as np

from sightline.model.config import VisionConfig
from sightline.model.preprocess import preprocess


def test_black_is_minus_one_and_white_is_one() -> None:
    config = VisionConfig()
    black, white = (np.full((40, 30, 3), value, np.uint8) for value in (0, 255))
    assert preprocess(black, config).min() == preprocess(black, config).max() == -1.0
    assert preprocess(white, config).min() == preprocess(white, config).max() == 1.0


def test_the_picture_is_one_square_tile_whatever_its_shape() -> None:
    config = VisionConfig()
    for height, width in ((1, 1), (1, 700), (512, 256), (256, 256)):
        assert preprocess(np.zeros((height, width, 3), np.uint8), config).shape == (1, 3, 256, 256)


def test_channels_stay_in_the_order_red_green_blue() -> None:
    red = np.zeros((256, 256, 3), np.uint8)
    red[..., 0] = 255
    assert preprocess(red, VisionConfig())[0, :, 0, 0].tolist() == [1.0, -1.0, -1.0]
