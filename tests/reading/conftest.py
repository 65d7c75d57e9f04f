from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sightline.images.picture import RGB
from sightline.reading import Reader

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

Run = tuple[float, float, str]  # x, y, text


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def draw() -> Callable[..., RGB]:
    """Draw runs of text on white, letters of `size_px`, and return the pixels."""
    if not FONT.is_file():
        pytest.skip(f"the font {FONT.name} is not installed")

    def drawn(width: int, height: int, runs: list[Run], size_px: int = 22) -> RGB:
        page = Image.new("RGB", (width, height), "white")
        font = ImageFont.truetype(FONT, size_px)
        for x, y, text in runs:
            ImageDraw.Draw(page).text((x, y), text, font=font, fill="black")
        return np.asarray(page)

    return drawn
