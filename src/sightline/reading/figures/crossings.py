"""How often strokes of different colours cross."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from sightline.reading.figures.regions import Drawing, Mask

MOST_STROKES = 12  # are looked at
MEETING_SHARE = 0.02  # of the longer side: strokes that meet this close to another place meet once


def crossings(drawing: Drawing, strokes: Sequence[int]) -> dict[int, int]:
    """For the first stroke of each colour, where that colour's strokes cross those of the colours before it.

    `strokes` are indices of regions. A stroke that another cuts in two comes to it from both sides: that is one place.
    """
    canvases: dict[int, Mask] = {}
    firsts: dict[int, int] = {}
    for index in strokes[:MOST_STROKES]:
        shade, canvas = drawing.regions[index].shade, _canvas(drawing, index)
        firsts.setdefault(shade, index)
        canvases[shade] = canvases[shade] | canvas if shade in canvases else canvas
    shades = list(canvases)
    return {
        firsts[shade]: sum(_n_places(canvases[shade] & canvases[other]) for other in shades[:place])
        for place, shade in enumerate(shades)
    }


def _n_places(both: Mask) -> int:
    reach = 2 * round(MEETING_SHARE * max(both.shape)) + 1
    near = cv2.dilate(both, np.ones((reach, reach), np.uint8))
    return int(cv2.connectedComponents(near)[0]) - 1


def _canvas(drawing: Drawing, index: int) -> Mask:
    region = drawing.regions[index]
    canvas = np.zeros(drawing.labels.shape, np.uint8)
    canvas[region.y : region.y + region.height, region.x : region.x + region.width] = region.mask
    return np.asarray(cv2.dilate(canvas, np.ones((7, 7), np.uint8)), np.uint8)
