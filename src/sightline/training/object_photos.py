"""The photos that the network of `objects.py` learns from: which there are, and batches of them, varied."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray
from torch.utils.data import IterableDataset

from sightline.reading.objects import SIDE_PX
from sightline.scenes import mixture
from sightline.scenes.photo_files import is_for_test, load_photo, spoiled
from sightline.scenes.photo_words import everyday_word

UNTAUGHT = ("", "Not sure", "Other", "Skip")
DRAWN: Mapping[str, float] = MappingProxyType(
    {"shapes": 0.3, "charts": 0.2, "documents": 0.2, "screens": 0.15, "boxes": 0.15}
)


@dataclass(frozen=True, slots=True)
class PhotoStreamConfig:
    """What a batch is. `nothing_share` of it shows nothing that has a word, half of that one of `n_drawn` drawings."""

    batch_size: int = 96
    nothing_share: float = 0.12
    n_drawn: int = 500
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file, and the place of its label in the list of labels."""

    path: Path
    label: int


def labelled_photos(photos_dir: Path, split: str) -> tuple[list[Labelled], list[str], list[str]]:
    """The photos of a split that show something with a name, the labels in order, and the everyday word of each."""
    lines = (photos_dir / "labels.jsonl").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, filter(None, lines)) if record["label"] not in UNTAUGHT]
    words = {record["label"]: everyday_word(record["label"], record.get("group", "")) for record in records}
    names = sorted(words)
    photos = [
        Labelled(photos_dir / record["image"], names.index(record["label"]))
        for record in records
        if is_for_test(record["image"]) == (split == "test")
    ]
    return photos, names, [words[name] for name in names]


class PhotoStream(IterableDataset[tuple[NDArray[np.uint8], NDArray[np.int64]]]):
    """Batches of pictures uint8 (n, side, side, 3) and labels, rarer labels more often than they come; never ends."""

    def __init__(self, photos: Sequence[Labelled], n_labels: int, stream: PhotoStreamConfig, first: int) -> None:
        self._photos, self._n_labels, self._stream, self._first = photos, n_labels, stream, first
        counts = Counter(photo.label for photo in photos)
        says = np.array([counts[photo.label] ** -0.5 for photo in photos])
        self._says = says / says.sum()

    def __iter__(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
        stream = self._stream
        pixels = [load_photo(photo.path) for photo in self._photos]
        drawn = drawn_pictures(stream.seed, stream.n_drawn)
        rng = np.random.default_rng([stream.seed, self._first])
        while True:
            batch = [self._one(rng, pixels, drawn) for _ in range(stream.batch_size)]
            yield np.stack([one for one, _ in batch]), np.array([label for _, label in batch])

    def _one(
        self, rng: np.random.Generator, pixels: list[NDArray[np.uint8]], drawn: list[NDArray[np.uint8]]
    ) -> tuple[NDArray[np.uint8], int]:
        index = int(rng.choice(len(pixels), p=self._says))
        if rng.random() >= self._stream.nothing_share:
            return varied(rng, pixels[index]), self._photos[index].label
        nothing = drawn[int(rng.integers(len(drawn)))] if drawn and rng.random() < 0.5 else spoiled(rng, pixels[index])
        return varied(rng, nothing), self._n_labels


def drawn_pictures(seed: int, n: int) -> list[NDArray[np.uint8]]:
    """Pages, charts and shapes as the model sees them, small."""
    rng = np.random.default_rng([seed, 1])
    scenes = (mixture.make(rng, "train", DRAWN) for _ in range(n))
    return [squeezed(scene.pixels, 2 * SIDE_PX) for scene in scenes]


def varied(rng: np.random.Generator, pixels: NDArray[np.uint8], side_px: int = SIDE_PX) -> NDArray[np.uint8]:
    """A crop, squeezed as a whole picture is, perhaps mirrored, in another light."""
    height, width = pixels.shape[:2]
    area = height * width * rng.uniform(0.3, 1.0)
    wide = exp(rng.uniform(-0.3, 0.3)) * width / height
    w, h = max(1, min(width, int((area * wide) ** 0.5))), max(1, min(height, int((area / wide) ** 0.5)))
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    crop = squeezed(pixels[y : y + h, x : x + w], side_px)
    if rng.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
    gain, offset = rng.uniform(0.7, 1.3), rng.uniform(-30, 30)
    tones = (np.arange(256.0) - 128) * gain + 128 + offset
    table = np.clip(tones[:, None] * rng.uniform(0.9, 1.1, 3), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, table[None]), dtype=np.uint8)


def squeezed(pixels: NDArray[np.uint8], side_px: int = SIDE_PX) -> NDArray[np.uint8]:
    """All of the picture as a square."""
    return np.asarray(cv2.resize(pixels, (side_px, side_px), interpolation=cv2.INTER_AREA), dtype=np.uint8)
