"""What a photo shows, by a small network that was trained on clothes and groceries (`training/objects.py`)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np

from sightline.errors import ConfigError
from sightline.images.picture import RGB
from sightline.reading.lines import NamedObject
from sightline.reading.models import open_session

SIDE_PX = 128
INPUT, OUTPUT, WORDS_KEY = "pixels", "chances", "words"
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
        self.words: list[str] = json.loads(self._session.get_modelmeta().custom_metadata_map[WORDS_KEY])

    def name(self, rgb: RGB) -> tuple[NamedObject, ...]:
        """The likeliest words for what `rgb` (h, w, 3) shows, at most three, likeliest first.

        Nothing where it is likelier that the picture shows none of what the network knows. A photo of an unknown thing
        may get a word all the same: the confidence was measured on photos of known things.
        """
        square = cv2.resize(rgb, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
        pixels = np.ascontiguousarray(square.transpose(2, 0, 1)[None], dtype=np.float32) / 127.5 - 1
        chances = np.asarray(self._session.run([OUTPUT], {INPUT: pixels})[0])[0]
        order = np.argsort(-chances)[:MOST_WORDS]
        if not self.words[order[0]]:
            return ()
        return tuple(
            NamedObject(self.words[index], float(min(1.0, chances[index])))
            for index in order
            if self.words[index] and chances[index] >= LEAST_CONFIDENCE
        )


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
