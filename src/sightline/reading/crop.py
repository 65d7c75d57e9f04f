"""Cut one line of text out of a picture, straightened."""

from __future__ import annotations

import cv2
import numpy as np

from sightline.images.picture import RGB
from sightline.reading.detect import Quad


def crop_line(rgb: RGB, quad: Quad) -> RGB:
    """Return the pixels inside `quad`, upright, at their own scale, at least 1 x 1."""
    width = max(1, int(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))))
    height = max(1, int(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getPerspectiveTransform(quad, target)
    crop = cv2.warpPerspective(rgb, turn, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.asarray(crop, np.uint8)
