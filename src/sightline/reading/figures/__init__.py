"""Drawings read as text is: shapes, outlines, strokes and grids, with their colours and places."""

from sightline.reading.figures.read import read_figures

__all__ = ["read_figures"]
