"""Where the text is: one quadrilateral a line (PP-OCR's DB detector)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sightline.images.picture import RGB

Quad = NDArray[np.float32]  # (4, 2): x, y of top left, top right, bottom right, bottom left


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """Sizes in pixels of the picture given to the network; thresholds are probabilities."""

    max_pixels: int = 1_250_000  # a larger picture is reduced for the search, not for recognition
    min_side_px: int = 480  # a short side below this is enlarged, at most `max_enlarge` times
    max_enlarge: float = 2.0
    pixel_threshold: float = 0.3
    line_threshold: float = 0.5
    grow_ratio: float = 1.6  # the network marks the core of a line; the box is grown by area/perimeter times this
    max_lines: int = 1000


def detect_lines(session: ort.InferenceSession, rgb: RGB, settings: DetectorSettings) -> list[Quad]:
    """Return the quadrilaterals of the text lines in `rgb`, in its pixels, in no order."""
    height, width = rgb.shape[:2]
    net_width, net_height = _network_size(width, height, settings)
    scores = _score_map(session, rgb, net_width, net_height)
    mask = cv2.dilate((scores > settings.pixel_threshold).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = np.array([width / net_width, height / net_height], np.float32)
    limit = np.array([width, height], np.float32)
    quads = []
    for contour in contours[: settings.max_lines]:
        quad = _line_quad(np.asarray(contour), scores, settings)
        if quad is not None:
            quads.append(np.clip(quad * scale, 0, limit).astype(np.float32))
    return quads


def _network_size(width: int, height: int, settings: DetectorSettings) -> tuple[int, int]:
    scale = min(settings.max_enlarge, max(1.0, settings.min_side_px / min(width, height)))
    scale = min(scale, (settings.max_pixels / (width * height)) ** 0.5)
    return max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32)


def _score_map(session: ort.InferenceSession, rgb: RGB, net_width: int, net_height: int) -> NDArray[np.float32]:
    bgr = cv2.resize(rgb, (net_width, net_height))[:, :, ::-1]
    tensor = (bgr.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[None]
    scores: NDArray[np.float32] = session.run(None, {"x": np.ascontiguousarray(tensor)})[0][0, 0]
    return scores


def _line_quad(contour: NDArray[np.int32], scores: NDArray[np.float32], settings: DetectorSettings) -> Quad | None:
    centre, (width, height), angle_deg = cv2.minAreaRect(contour)
    if min(width, height) < 3:
        return None
    core = np.asarray(cv2.boxPoints((centre, (width, height), angle_deg)), np.float32)
    if _mean_inside(scores, core) < settings.line_threshold:
        return None
    grow = width * height / (2 * (width + height)) * settings.grow_ratio
    grown = cv2.boxPoints((centre, (width + 2 * grow, height + 2 * grow), angle_deg))
    return _order_corners(np.asarray(grown, np.float32))


def _mean_inside(scores: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    x0, y0 = np.floor(corners.min(axis=0)).astype(int).clip(0)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = scores[y0:y1, x0:x1]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(part, mask)[0])


def _order_corners(corners: Quad) -> Quad:
    left, right = np.split(corners[np.argsort(corners[:, 0], kind="stable")], 2)
    top_left, bottom_left = left[np.argsort(left[:, 1])]
    top_right, bottom_right = right[np.argsort(right[:, 1])]
    return np.stack([top_left, top_right, bottom_right, bottom_left])
