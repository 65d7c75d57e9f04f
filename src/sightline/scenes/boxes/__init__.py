"""Boxes side by side with items or towers, and statements about them."""

from sightline.scenes.boxes.make import make

__all__ = ["make"]
