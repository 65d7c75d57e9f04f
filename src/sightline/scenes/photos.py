"""Real photos with what can honestly be said about them: kind, colours, brightness, and "I am not sure"."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sightline.reading.colour_names import COLOURS
from sightline.reading.lines import Reading
from sightline.scenes.colours import brightness_name, colour_shares, main_colours
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.photo_wordings import GARMENTS, NEVER_SURE, WORDINGS
from sightline.scenes.phrasing import ask, pick, say_list, with_article, yes_no
from sightline.scenes.scene import Scene, SceneObject, Turn
from sightline.scenes.sign_wordings import SIGN_WORDS

_TEST_PARTS = 10  # one photo in so many is for the test split


@dataclass(frozen=True, slots=True)
class Photo:
    """A file and the everyday word for what it shows; None if its label teaches none."""

    path: Path
    word: str | None


@lru_cache(maxsize=8)
def list_photos(photos_dir: Path, split: str = "train") -> tuple[Photo, ...]:
    """The photos of one split, read from `labels.jsonl`; empty if the folder is not there."""
    labels = photos_dir / "labels.jsonl"
    if not labels.is_file():
        return ()
    records = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Photo(photos_dir / record["image"], GARMENTS.get(record.get("label", "")))
        for record in records
        if (zlib.crc32(record["image"].encode()) % _TEST_PARTS == 0) == (split == "test")
        and "/Packages/" not in record.get("path", "")  # cartons are full of print that the reading would lack
    )


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
) -> tuple[NDArray[np.uint8], Photo]:
    """A random crop of a random photo at `size` = width, height, perhaps mirrored, and which photo it was.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    photos = list_photos(photos_dir, split)
    if not photos:
        raise FileNotFoundError(photos_dir / "labels.jsonl")
    photo = pick(rng, photos)
    pixels = load_photo(photo.path)
    width, height = size
    scale = min(pixels.shape[1] / width, pixels.shape[0] / height) * rng.uniform(0.75, 1.0)
    w, h = max(8, int(width * scale)), max(8, int(height * scale))
    x, y = (int(rng.integers(0, most + 1)) for most in (pixels.shape[1] - w, pixels.shape[0] - h))
    crop = cv2.resize(pixels[y : y + h, x : x + w], (width, height), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    return np.ascontiguousarray(crop, dtype=np.uint8), photo


def make(rng: np.random.Generator, split: str = "train", *, photos_dir: Path, naming_share: float = 0.0) -> Scene:
    """A photo with 6 to 10 turns.

    Args:
        rng: Source of every choice.
        split: `"test"` uses the tenth of the photos that `"train"` never shows.
        photos_dir: Folder with `labels.jsonl`, `clothing/` and `grocery/`.
        naming_share: 0..1, how often a photo whose label is an everyday word gets a turn of kind `naming`.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    side = int(rng.integers(256, 400))
    wide = float(np.exp(rng.uniform(-0.45, 0.45)))
    size = (int(side * max(1.0, wide)), int(side * max(1.0, 1 / wide)))
    pixels, photo = photo_patch(rng, photos_dir, size, split)
    letters = _stamp(rng, pixels, split) if rng.random() < 0.15 else None
    reading = letters.reading() if letters else Reading((), *size)
    if letters:
        pixels = np.asarray(letters.image, dtype=np.uint8)
    turns = photo_turns(rng, pixels, reading)
    if photo.word and rng.random() < naming_share:
        turns = (*turns, Turn(ask(rng, WORDINGS["naming"], "brief"), photo.word, "naming"))
    whole = SceneObject("photo", main_colours(pixels)[0], (0.0, 0.0, float(size[0]), float(size[1])))
    return Scene("photos", pixels, reading, turns, (whole, *(letters.objects if letters else ())))


def _stamp(rng: np.random.Generator, pixels: NDArray[np.uint8], split: str) -> Lettering:
    """A title or a watermark over the photo, so that a photo with text stays a photo."""
    letters = Lettering(Image.fromarray(pixels), rng)
    height, width = pixels.shape[:2]
    text = " ".join(pick(rng, SIGN_WORDS) for _ in range(int(rng.integers(1, 4))))
    text = pick(rng, (text.upper(), text.capitalize(), text.title()))
    face = pick_face(rng, pick(rng, ("sans", "sans", "serif", "display")), split)
    size = min(int(rng.integers(14, 48)), int(50 * 0.9 * width / max(letters.width(text, face, 50), 1.0)))
    y = float(pick(rng, (0.1, 0.5, 0.9))) * height
    around = pixels[max(0, int(y) - size) : int(y) + size]
    rgb = (255, 255, 255) if around.mean() < 130 else (15, 15, 15)
    letters.put(text, width / 2, y, face, size, rgb, anchor="mm", bold=True)
    return letters


def caption_photo(pixels: NDArray[np.uint8]) -> str:
    """A sentence such as "A photo, mostly white and blue, bright. I am not sure what it shows."."""
    colours = say_list(main_colours(pixels))
    return f"A photo, mostly {colours}, {_light(pixels)}. I am not sure what it shows."


def _light(pixels: NDArray[np.uint8]) -> str:
    name = brightness_name(pixels)
    return "with medium brightness" if name == "medium" else name


def photo_turns(rng: np.random.Generator, pixels: NDArray[np.uint8], reading: Reading) -> tuple[Turn, ...]:
    """6 to 10 turns; the first is the caption."""
    colours = say_list(main_colours(pixels))
    turns = [Turn(ask(rng, WORDINGS["caption"]), caption_photo(pixels), "caption")]
    unsure = f"I am not sure what the object is. It is a photo with mostly {colours}."
    turns.append(Turn(ask(rng, WORDINGS["object"]), unsure, "unsure"))
    text = reading.text or "There is no readable text in the picture."
    more = [
        _unsure_about(rng), _unsure_about(rng), _unsure_presence(rng), _kind(rng), _kind_yes_no(rng),
        Turn(ask(rng, WORDINGS["text"], "yes_no"), yes_no(bool(reading.lines)), "has_text"),
        _colour_yes_no(rng, pixels),
        Turn(ask(rng, WORDINGS["read"]), text, "read"),
    ]  # fmt: skip
    kept = [more[i] for i in rng.permutation(len(more))[: int(rng.integers(4, len(more) + 1))]]
    return tuple({turn.question: turn for turn in (*turns, *kept)}.values())


def _unsure_about(rng: np.random.Generator) -> Turn:
    """Questions that would need the objects: brand, purpose, how many, where, why."""
    topic = pick(rng, list(NEVER_SURE))
    return Turn(ask(rng, NEVER_SURE[topic]), f"I am not sure {topic}.", "unsure")


def _unsure_presence(rng: np.random.Generator) -> Turn:
    thing = with_article(pick(rng, WORDINGS["things"]))
    answer = f"I am not sure whether there is {thing} in the picture."
    return Turn(ask(rng, WORDINGS["presence"], thing=thing), answer, "unsure")


def _kind(rng: np.random.Generator) -> Turn:
    return Turn(ask(rng, WORDINGS["kind"]), "It is a photo.", "kind")


def _kind_yes_no(rng: np.random.Generator) -> Turn:
    truth = bool(rng.random() < 0.5)
    kind = "photo" if truth else pick(rng, ("drawing", "document", "chart", "screenshot", "receipt"))
    return Turn(ask(rng, WORDINGS["kind_yes_no"], "yes_no", kind=with_article(kind)), yes_no(truth), "kind")


def _colour_yes_no(rng: np.random.Generator, pixels: NDArray[np.uint8]) -> Turn:
    """Is there much of a colour: asked only where the area leaves no doubt."""
    shares = colour_shares(pixels)
    truth = bool(rng.random() < 0.5)
    much = [name for name, share in shares.items() if share > 0.15]
    little = [name for name in COLOURS if shares.get(name, 0.0) < 0.01]
    if truth or not little:
        return Turn(
            ask(rng, WORDINGS["colour_yes_no"], "yes_no", colour=pick(rng, much or list(shares)[:1])),
            "yes",
            "colour_share",
        )
    return Turn(ask(rng, WORDINGS["colour_yes_no"], "yes_no", colour=pick(rng, little)), "no", "colour_share")
