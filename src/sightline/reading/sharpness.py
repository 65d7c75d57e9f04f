"""How sharp a picture is, whatever it shows.

Source: Crété et al. 2007, "The Blur Effect: Perception and Estimation with a New No-Reference Perceptual Blur Metric".
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB

MOST_PX = 768  # of the longer side: a picture is blurry if it is at the size it is looked at
_REACH_PX = 11  # of the filter that blurs again, as in the paper


def sharpness(rgb: RGB) -> float:
    """0..1: how much of the difference between neighbours is lost when `rgb` is blurred once more; the worse direction.

    About 0.1 to 0.5 for blurred pictures, 0.65 to 0.95 for sharp ones; 1 for a single colour.
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    scale = MOST_PX / max(grey.shape)
    if scale < 1:
        width, height = (max(1, round(side * scale)) for side in grey.shape[::-1])
        grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    values = np.asarray(grey, np.float32)
    return min(_lost(values, axis) for axis in (0, 1))


def _lost(values: NDArray[np.float32], axis: int) -> float:
    reach = (_REACH_PX, 1) if axis else (1, _REACH_PX)  # width, height
    differs = np.abs(np.diff(values, axis=axis))
    still = np.abs(np.diff(cv2.blur(values, reach), axis=axis))
    total = float(differs.sum())
    return float(np.maximum(differs - still, 0).sum()) / total if total else 1.0
