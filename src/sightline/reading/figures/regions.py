"""Regions: pixels of one colour that hang together."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Pixels of one colour that hang together. `mask` is `(h, w)` of 0 and 1 at `x`, `y` of the scaled picture."""

    colour: str
    shade: int  # which of the drawing's colours
    x: int
    y: int
    mask: Mask
    area: int
    is_stroke: bool

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.mask.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.mask.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Regions and, for each pixel of the scaled picture, the index of its region, -1 for none."""

    regions: list[Region]
    labels: Labels
    scale: float  # pixels of the scaled picture for each of the source
    ground: int  # the shade of most pixels


def thickness(mask: Mask) -> float:
    """Pixels across a mask where it is thickest."""
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return 2 * float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max())
