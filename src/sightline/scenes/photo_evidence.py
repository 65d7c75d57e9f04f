"""What the reader would say that a photo shows, with the mistakes it makes.

The network that names objects (`reading/objects.py`) learned from the photos that scenes are made of, so on them it is
surer and more often right than on any other: what it says of new ones is drawn instead, right as often as it is sure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.reading.lines import NamedObject
from sightline.reading.objects import LEAST_CONFIDENCE, MOST_WORDS
from sightline.scenes.phrasing import pick

_SURE = 2.2, 0.8  # of a beta distribution: the confidence in the first word for a photo of something known
_UNSURE = 2.0, 3.5  # for one of anything else
_SILENT_SHARE = 0.5  # of those get no word at all


def told_objects(rng: np.random.Generator, word: str, words: Sequence[str]) -> tuple[NamedObject, ...]:
    """Words for a photo of `word` ("": of something that has none among `words`), likeliest first."""
    if not word and rng.random() < _SILENT_SHARE:
        return ()
    left, told, named = 1.0, list[NamedObject](), set[str]()
    for place in range(MOST_WORDS):
        shape = (_SURE if word else _UNSURE) if place == 0 else (1.5, 1.5)
        before = told[-1].confidence if told else 1.0
        confidence = min(left * float(rng.beta(*shape)), before)
        if confidence < LEAST_CONFIDENCE:
            break
        is_right = bool(word) and word not in named and rng.random() < confidence / left
        said = word if is_right else pick(rng, [one for one in words if one != word and one not in named])
        told.append(NamedObject(said, confidence))
        named.add(said)
        left -= confidence
    return tuple(told)
