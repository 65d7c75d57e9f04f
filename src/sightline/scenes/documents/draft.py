"""A document that has been set but not yet read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sightline.scenes.facts import Facts
from sightline.scenes.sheet import ReadSheet, Sheet

Paper = Literal["thermal", "white", "aged", "card", "screen"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A set sheet and what to make of its reading. `photo`: chance that it is shown with a border, as in a photo."""

    family: str
    sheet: Sheet
    facts: Callable[[ReadSheet], Facts]
    photo: float = 0.3
    paper: Paper = "white"
    min_aspect: float = 0.0  # height to width of the paper, at least
