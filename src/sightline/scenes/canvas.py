"""A picture that is drawn larger than it comes out, so that its edges are smooth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sightline.reading.colour_names import Rgb

Point = tuple[float, float]


class Canvas:
    """Draws on a copy of `backdrop`, `(h, w, 3)`. All places and widths are pixels of the backdrop."""

    def __init__(self, backdrop: NDArray[np.uint8], scale: int = 2) -> None:
        large = backdrop.repeat(scale, axis=0).repeat(scale, axis=1) if scale > 1 else backdrop
        self._scale, self._image = scale, Image.fromarray(large)
        self._pen = ImageDraw.Draw(self._image)

    def fill(self, points: Sequence[Point], rgb: Rgb) -> None:
        """A filled polygon."""
        self._pen.polygon(self._up(points), fill=rgb)

    def block(self, box: tuple[float, float, float, float], rgb: Rgb) -> None:
        """A filled upright rectangle that ends just before x1, y1."""
        x0, y0, x1, y1 = (round(value * self._scale) for value in box)
        self._pen.rectangle((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), fill=rgb)

    def outline(self, points: Sequence[Point], rgb: Rgb, width_px: float) -> None:
        """A closed line through the points."""
        self.line([*points, points[0], points[1]], rgb, width_px)

    def line(self, points: Sequence[Point], rgb: Rgb, width_px: float) -> None:
        """An open line through the points."""
        self._pen.line(self._up(points), fill=rgb, width=self._width(width_px), joint="curve")

    def disc(self, centre: Point, radius: float, rgb: Rgb) -> None:
        """A filled circle."""
        self._pen.ellipse(self._round(centre, radius), fill=rgb)

    def circle(self, centre: Point, radius: float, rgb: Rgb, width_px: float) -> None:
        """A circle whose line has its outer edge at `radius`."""
        self._pen.ellipse(self._round(centre, radius), outline=rgb, width=self._width(width_px))

    def pixels(self) -> NDArray[np.uint8]:
        """What has been drawn, in the size of the backdrop."""
        drawn = self._image.reduce(self._scale) if self._scale > 1 else self._image
        return np.asarray(drawn, dtype=np.uint8)

    def _up(self, points: Sequence[Point]) -> list[Point]:
        return [(float(x) * self._scale, float(y) * self._scale) for x, y in points]

    def _round(self, centre: Point, radius: float) -> tuple[float, float, float, float]:
        x, y, r = (value * self._scale for value in (*centre, radius))
        return x - r, y - r, x + r, y + r

    def _width(self, width_px: float) -> int:
        return max(1, round(width_px * self._scale))
