"""Text made comparable, and how far two texts are apart."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[^\w\s.%$/:,-]")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Lower-case `text`, keep letters, digits and `.%$/:,-`, and fold white space."""
    return fold_space(_PUNCTUATION.sub("", text.lower())).strip(" .,:")


def fold_space(text: str) -> str:
    """Make every run of white space one space."""
    return _SPACE.sub(" ", text)


def edit_distance(left: str, right: str) -> int:
    """Count the insertions, deletions and substitutions that turn `left` into `right`.

    One step per character of the longer text, each over all characters of the shorter one at once as
    the bits of an integer, so that whole pages are compared in milliseconds.

    Source: Myers 1999, "A fast bit-vector algorithm for approximate string matching", in the form of Hyyrö 2003.
    """
    if len(left) < len(right):
        left, right = right, left
    if not right:
        return len(left)
    places: dict[str, int] = {}
    for place, character in enumerate(right):
        places[character] = places.get(character, 0) | (1 << place)
    last, mask = 1 << (len(right) - 1), (1 << len(right)) - 1
    up, down, distance = mask, 0, len(right)  # vertical steps of +1 and of -1
    for character in left:
        same = places.get(character, 0)
        diagonal = (((same & up) + up) ^ up) | same | down
        right_up = down | ~(diagonal | up) & mask
        right_down = up & diagonal
        distance += bool(right_up & last) - bool(right_down & last)
        right_up = (right_up << 1 | 1) & mask
        right_down = (right_down << 1) & mask
        up = right_down | ~(diagonal | right_up) & mask
        down = right_up & diagonal
    return distance
