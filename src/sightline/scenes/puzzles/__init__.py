"""Plain geometry: outlines to count, lines that cross, circles that touch, tables, a ringed letter."""

from sightline.scenes.puzzles.make import make

__all__ = ["make"]
