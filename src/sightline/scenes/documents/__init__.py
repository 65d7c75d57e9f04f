"""Documents of ten families with known answers."""

from sightline.scenes.documents.make import FAMILIES, make

__all__ = ["FAMILIES", "make"]
