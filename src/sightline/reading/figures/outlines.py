"""Outlines of simple shapes as polygons."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2): x, y

KINDS = (
    "circle", "square", "rectangle", "triangle", "star", "pentagon", "hexagon", "diamond", "ellipse", "cross",
    "heart", "ring", "arrow", "line",
)  # fmt: skip

_MOST_TURN = {"square": 8, "rectangle": 8, "triangle": 15, "star": 20, "pentagon": 30, "hexagon": 30, "diamond": 6,
              "ellipse": 20, "cross": 8, "heart": 15, "arrow": 0, "line": 0}  # fmt: skip
_SIDES = {"triangle": 3, "pentagon": 5, "hexagon": 6, "diamond": 4, "octagon": 8}


def _regular(n: int) -> Points:
    angle = np.arange(n) * 2 * np.pi / n - np.pi / 2
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _star() -> Points:
    points = _regular(10)
    points[1::2] *= 0.42
    return points


def _heart() -> Points:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))
    return np.stack([x, y], axis=1) / 17.0


def unit(kind: str) -> Points:
    """The shape inside the unit circle around 0, 0, as it stands."""
    if kind in ("circle", "ring", "ellipse"):
        return _regular(48)
    if kind in ("square", "rectangle"):
        return np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * 0.85
    if kind in _SIDES:
        return _regular(_SIDES[kind])
    if kind == "star":
        return _star()
    if kind == "heart":
        return _heart()
    if kind == "half circle":
        angle = np.linspace(0, np.pi, 25)
        return np.stack([np.cos(angle), np.sin(angle)], axis=1)
    if kind == "crescent":
        angle = np.linspace(-0.75 * np.pi, 0.75 * np.pi, 31)
        outer = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        inner = np.linspace(0.65 * np.pi, -0.65 * np.pi, 25)
        return np.concatenate([outer, np.stack([np.cos(inner) - 0.62, np.sin(inner)], axis=1) * np.array([0.8, 0.8])])
    if kind == "cross":
        a, b = 0.3, 0.95
        return np.array(
            [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]
        )
    if kind == "arrow":
        return np.array([[-1, -0.22], [0.25, -0.22], [0.25, -0.6], [1, 0], [0.25, 0.6], [0.25, 0.22], [-1, 0.22]])
    return np.array([[-1.2, -0.07], [1.2, -0.07], [1.2, 0.07], [-1.2, 0.07]])


def outline(rng: np.random.Generator, kind: str, centre: tuple[float, float], radius: float) -> Points:
    """The polygon of a `kind` around `centre`, about `radius` pixels in reach."""
    points = unit(kind)
    if kind in ("rectangle", "ellipse"):
        points = points * np.array([1.12, 1.12 / rng.uniform(1.6, 2.2)])
        if rng.random() < 0.4:
            points = points[:, ::-1]
    if kind == "diamond":
        points = points * np.array([rng.uniform(0.65, 0.9), 1.0])
    if kind == "arrow":
        turn = 90.0 * float(rng.integers(4))
    elif kind == "line":
        turn = float(rng.uniform(0, 180))
    else:
        most = _MOST_TURN.get(kind, 0)
        turn = float(rng.uniform(-most, most)) if rng.random() < 0.5 else 0.0
    a = np.deg2rad(turn)
    turned = points @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    placed: Points = turned * radius + np.asarray(centre)
    return placed


def box_of(points: Points) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of a polygon."""
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)
