"""Labelled photos on disk: which there are, what they show in everyday words, and crops of them."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.scenes.photo_words import everyday_word
from sightline.scenes.phrasing import pick

_TEST_PARTS = 10  # one photo in so many is for the test split


@dataclass(frozen=True, slots=True)
class Photo:
    """A file and the everyday word for what it shows; "" if its label teaches none. `variety`: the finer word, or "".

    `is_package`: it is full of print.
    """

    path: Path
    word: str
    variety: str
    is_package: bool


@lru_cache(maxsize=8)
def list_photos(photos_dir: Path, split: str = "train") -> tuple[Photo, ...]:
    """The photos of one split, read from `labels.jsonl`; empty if the folder is not there."""
    labels = photos_dir / "labels.jsonl"
    if not labels.is_file():
        return ()
    records = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(_photo(photos_dir, record) for record in records if is_for_test(record["image"]) == (split == "test"))


def _photo(photos_dir: Path, record: Mapping[str, str]) -> Photo:
    label, group = record.get("label", ""), record.get("group", "")
    word = everyday_word(label, group)
    variety = label.lower() if group and label.lower() != word else ""
    return Photo(photos_dir / record["image"], word, variety, "/Packages/" in record.get("path", ""))


@lru_cache(maxsize=8)
def plain_photos(photos_dir: Path, split: str = "train") -> tuple[Photo, ...]:
    """Those without print all over them."""
    return tuple(photo for photo in list_photos(photos_dir, split) if not photo.is_package)


@lru_cache(maxsize=8)
def words_of(photos_dir: Path) -> Mapping[str, float]:
    """Each word that photos teach, and the share of a draw it should have: the root of how often it comes."""
    counts = Counter(photo.word for photo in list_photos(photos_dir) if photo.word)
    total = sum(n**0.5 for n in counts.values())
    return {word: n**0.5 / total for word, n in sorted(counts.items())}


def is_for_test(image: str) -> bool:
    """Whether the photo called `image` in `labels.jsonl` is one of the tenth that no training sees."""
    return zlib.crc32(image.encode()) % _TEST_PARTS == 0


def load_photo(path: Path) -> NDArray[np.uint8]:
    """The photo as uint8 RGB `(h, w, 3)`.

    Raises:
        FileNotFoundError: If there is no picture that can be decoded at `path`.
    """
    found = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if found is None:
        raise FileNotFoundError(path)
    return np.asarray(found, dtype=np.uint8)


def photo_patch(
    rng: np.random.Generator, photos_dir: Path, size: tuple[int, int], split: str = "train"
) -> NDArray[np.uint8]:
    """A random crop of a random photo without print at `size` = width, height, perhaps mirrored.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    photos = plain_photos(photos_dir, split)
    if not photos:
        raise FileNotFoundError(photos_dir / "labels.jsonl")
    width, height = size
    crop = _crop(rng, load_photo(pick(rng, photos).path), width / height, float(rng.uniform(0.75, 1.0)))
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def known_photo(
    rng: np.random.Generator, photos_dir: Path, split: str = "train", word: str = "", *, plain: bool = False
) -> tuple[NDArray[np.uint8], Photo]:
    """Most of a photo that shows `word`, in its own pixels; without one, rare words more often than they come.

    `plain`: without print all over it.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    photos = plain_photos(photos_dir, split) if plain else list_photos(photos_dir, split)
    if not photos:
        raise FileNotFoundError(photos_dir / "labels.jsonl")
    words = words_of(photos_dir)
    wanted = word or str(rng.choice(list(words), p=list(words.values())))
    photo = pick(rng, [photo for photo in photos if photo.word == wanted] or photos)
    pixels = load_photo(photo.path)
    wide = pixels.shape[1] / pixels.shape[0] * float(np.exp(rng.uniform(-0.2, 0.2)))
    return _crop(rng, pixels, wide, float(rng.uniform(0.75, 1.0))), photo


def spoiled(rng: np.random.Generator, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels in a state that nobody could name what they show: a corner of them alone, or shuffled pieces."""
    if rng.random() < 0.25:
        return _crop(rng, pixels, 1.0, float(rng.uniform(0.3, 0.4)))
    n = int(rng.integers(3, 7))
    h, w = pixels.shape[0] // n, pixels.shape[1] // n
    pieces = [pixels[y * h : (y + 1) * h, x * w : (x + 1) * w] for y in range(n) for x in range(n)]
    order = rng.permutation(n * n)
    rows = [np.concatenate([pieces[i] for i in order[row * n : (row + 1) * n]], axis=1) for row in range(n)]
    return np.concatenate(rows, axis=0)


def _crop(rng: np.random.Generator, pixels: NDArray[np.uint8], wide: float, share: float) -> NDArray[np.uint8]:
    """A crop `wide` times as wide as high and `share` as large as fits, anywhere, perhaps mirrored."""
    height, width = pixels.shape[:2]
    scale = min(width / wide, height) * share
    w, h = max(8, min(width, int(scale * wide))), max(8, min(height, int(scale)))
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    crop = pixels[y : y + h, x : x + w]
    return np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop, dtype=np.uint8)
