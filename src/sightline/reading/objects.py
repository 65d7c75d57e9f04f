"""What a photo shows, by a small network that was trained on clothes and groceries (`training/objects.py`)."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

import cv2
import numpy as np

from sightline.errors import ConfigError
from sightline.images.picture import RGB
from sightline.reading.lines import NamedObject
from sightline.reading.models import open_session

SIDE_PX = 128
INPUT, OUTPUT, NEAREST = "pixels", "chances", "nearest"
WORDS_KEY, WORTH_KEY = "words", "worth"
MODEL_FILE = Path(__file__).with_name("objects.onnx")
HASH_SUFFIX = ".sha256"  # of the file beside it, as `sha256sum` writes it
MOST_WORDS = 3
LEAST_CONFIDENCE = 0.15  # of a word that is told


class ObjectNamer:
    """Names the main thing of a photo among the words that it knows; the whole picture counts as one thing.

    Safe to call from several threads.
    """

    def __init__(self, model: Path = MODEL_FILE, n_threads: int = 1) -> None:
        """Open `model`.

        Raises:
            ConfigError: If the file or its hash is missing, or it is not the file that was shipped.
        """
        self._session = open_session(_verified(model), n_threads)
        told = self._session.get_modelmeta().custom_metadata_map
        self.words: list[str] = json.loads(told[WORDS_KEY])
        self._worth: list[float] = json.loads(told[WORTH_KEY])

    def name(self, rgb: RGB) -> tuple[NamedObject, ...]:
        """The likeliest words for what `rgb` (h, w, 3) shows, at most three, likeliest first.

        Nothing where it is likelier that the picture shows none of what the network knows. The farther a photo is from
        all that the network was taught, the less a word for it is worth (`training/familiar.py`).
        """
        square = cv2.resize(rgb, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
        pixels = np.ascontiguousarray(square.transpose(2, 0, 1)[None], dtype=np.float32) / 127.5 - 1
        found, nearest = (np.asarray(told)[0] for told in self._session.run([OUTPUT, NEAREST], {INPUT: pixels}))
        order = np.argsort(-found)[:MOST_WORDS]
        if not self.words[order[0]]:
            return ()
        first = float(found[order[0]])
        sure = self._sure(first, float(nearest[0]))
        rest = min(sure / first, (1 - sure) / max(1 - first, 1e-6))
        told = [sure, *(rest * float(found[index]) for index in order[1:])]
        return tuple(
            NamedObject(self.words[index], chance)
            for index, chance in zip(order, told, strict=True)
            if self.words[index] and chance >= LEAST_CONFIDENCE
        )

    def _sure(self, chance: float, nearest: float) -> float:
        """The chance that the likeliest word is right, from its own and the cosine to the nearest taught photo."""
        by_chance, by_nearest, always = self._worth
        return 1 / (1 + math.exp(-(by_chance * log_odds(chance) + by_nearest * nearest + always)))


def log_odds(chance: float) -> float:
    """The logarithm of the odds; a chance of 1 is taken for one of 0.9999."""
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def _verified(model: Path) -> bytes:
    """The bytes of `model`, which have the sha256 of the file beside it."""
    try:
        weights = model.read_bytes()
        digest = model.with_name(model.name + HASH_SUFFIX).read_text("utf-8").split()[0]
    except (OSError, IndexError):
        raise ConfigError(f"{model} or the file {model.name}{HASH_SUFFIX} beside it is missing") from None
    if hashlib.sha256(weights).hexdigest() != digest:
        raise ConfigError(f"{model} is not the file that was shipped (sha256 differs)")
    return weights


def write_verified(model: Path, weights: bytes) -> None:
    """Write `weights` to `model`, and their hash beside it."""
    model.write_bytes(weights)
    digest = hashlib.sha256(weights).hexdigest()
    model.with_name(model.name + HASH_SUFFIX).write_text(f"{digest}  {model.name}\n", "utf-8")
