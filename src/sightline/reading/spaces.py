"""Put back the spaces that the recogniser leaves out."""

from __future__ import annotations

from sightline.reading.recognise import Recognised


def restore_spaces(found: Recognised) -> Recognised:
    """Return `found` with a space wherever the gap between two characters shows one."""
    return found
