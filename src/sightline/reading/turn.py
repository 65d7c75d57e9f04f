"""Quarter turns: pictures and boxes, there and back. A turn of 1 is 90 degrees clockwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.images.picture import RGB
from sightline.reading.detect import Quad

TALL = 1.5  # height over width from which a line is taken to run up or down


def turn_back(rgb: RGB, turn: int) -> RGB:
    """Return `rgb` with `turn` quarter turns undone."""
    return np.ascontiguousarray(np.rot90(rgb, turn))


def place_quad(quad: Quad, turn: int, width: int, height: int) -> Quad:
    """Return where `quad` of the turned-back picture lies in the picture as given, `width` x `height` pixels."""
    x, y = quad[:, 0], quad[:, 1]
    placed = ((x, y), (width - y, x), (width - x, height - y), (y, height - x))[turn % 4]
    return np.stack(placed, axis=1).astype(np.float32)


def mostly_tall(quads: Sequence[Quad]) -> bool:
    """Tell whether more text runs up or down than across."""
    tall = wide = 0.0
    for quad in quads:
        width, height = float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))
        tall += height if height >= TALL * width else 0.0
        wide += width if width >= TALL * height else 0.0
    return tall > wide
