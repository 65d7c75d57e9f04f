"""The picture of a sheet: its text at its places, the paper, the light, the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from sightline.scenes.fonts import load
from sightline.scenes.sheet import Placement, Sheet

RGB = NDArray[np.uint8]


def blank(placement: Placement) -> RGB:
    """Return a small white picture of the right aspect."""
    scale = 32 / max(placement.width, placement.height)
    return np.full((max(1, round(placement.height * scale)), max(1, round(placement.width * scale)), 3), 255, np.uint8)


def render_sheet(rng: np.random.Generator, sheet: Sheet, placement: Placement, paper: str) -> RGB:
    """Return the picture of `sheet` as it lies in `placement`."""
    page = Image.new("RGB", (sheet.width, sheet.height), (250, 250, 248))
    draw = ImageDraw.Draw(page)
    for stroke in sheet.strokes:
        draw.rectangle(stroke.box, fill=stroke.colour if stroke.fill else None, outline=stroke.colour)
    for run in sheet.runs:
        draw.text((run.x, run.y), run.text, font=load(run.face, run.size_px, run.bold), fill=run.colour, anchor="ls")
    return np.asarray(page)
