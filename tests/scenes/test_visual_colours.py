from __future__ import annotations

import numpy as np
import pytest

from sightline.reading.colour_names import COLOURS, colour_name, to_lab
from sightline.scenes.colours import brightness_name, colour_shares, contrast, main_colours, vary


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [((255, 255, 255), (100.0, 0.0, 0.0)), ((0, 0, 0), (0.0, 0.0, 0.0)), ((255, 0, 0), (53.24, 80.09, 67.20)),
     ((0, 255, 0), (87.73, -86.18, 83.18)), ((0, 0, 255), (32.30, 79.19, -107.86))],
)  # fmt: skip
def test_lab_matches_the_published_values_of_srgb(rgb: tuple[int, int, int], lab: tuple[float, float, float]) -> None:
    assert to_lab(np.array(rgb, dtype=np.float64)) == pytest.approx(lab, abs=0.03)


@pytest.mark.parametrize(
    ("rgb", "name"),
    [((255, 0, 0), "red"), ((255, 165, 0), "orange"), ((255, 255, 0), "yellow"), ((0, 128, 0), "green"),
     ((0, 0, 255), "blue"), ((128, 0, 128), "purple"), ((255, 192, 203), "pink"), ((165, 42, 42), "brown"),
     ((139, 69, 19), "brown"), ((0, 0, 0), "black"), ((128, 128, 128), "grey"), ((255, 255, 255), "white"),
     ((0, 128, 128), "teal"), ((64, 224, 208), "teal"), ((0, 0, 128), "blue"), ((135, 206, 235), "blue"),
     ((210, 180, 140), "brown"), ((220, 20, 60), "red"), ((75, 0, 130), "purple"), ((34, 139, 34), "green")],
)  # fmt: skip
def test_css_colours_get_their_everyday_names(rgb: tuple[int, int, int], name: str) -> None:
    if rgb == (165, 42, 42):
        assert colour_name(rgb) in ("brown", "red")  # CSS brown lies between the two
    else:
        assert colour_name(rgb) == name


def test_shares_add_up_to_one_and_come_largest_first() -> None:
    pixels = np.zeros((100, 100, 3), dtype=np.uint8)
    pixels[:70] = 255
    pixels[70:] = (255, 0, 0)
    shares = colour_shares(pixels)
    assert list(shares) == ["white", "red"]
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["white"] == pytest.approx(0.7, abs=0.02)
    assert main_colours(pixels) == ("white", "red")
    assert main_colours(pixels, least_share=0.4) == ("white",)


@pytest.mark.parametrize("name", COLOURS)
def test_a_varied_colour_keeps_its_name(name: str) -> None:
    rng = np.random.default_rng(3)
    assert {colour_name(vary(rng, name)) for _ in range(50)} == {name}


def test_brightness_and_contrast_have_their_known_ends() -> None:
    assert brightness_name(np.zeros((8, 8, 3), dtype=np.uint8)) == "dark"
    assert brightness_name(np.full((8, 8, 3), 255, dtype=np.uint8)) == "bright"
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1.0
