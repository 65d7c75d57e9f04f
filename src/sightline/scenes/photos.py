"""Real photos with what can honestly be said about them: what was learned, kind, colours, and "I am not sure"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.prepare import prepare
from sightline.reading.colour_names import COLOURS
from sightline.reading.lines import NamedObject, Reading
from sightline.reading.reader import Reader
from sightline.reading.sharpness import sharpness
from sightline.scenes.colours import brightness_name, colour_shares, main_colours
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.photo_evidence import told_objects
from sightline.scenes.photo_files import known_photo, spoiled, words_of
from sightline.scenes.photo_wordings import NEVER_SURE, WORDINGS
from sightline.scenes.photo_words import GARMENTS, say_thing
from sightline.scenes.phrasing import ask, pick, say_list, with_article, yes_no
from sightline.scenes.scene import Scene, SceneObject, Turn
from sightline.scenes.sign_wordings import SIGN_WORDS

SAID_FROM = 0.3  # confidence of the reader in a word from which it is said
_SPOILED_SHARE = 0.35  # of the photos show nothing that could be named


def make(rng: np.random.Generator, split: str = "train", *, photos_dir: Path, word: str = "") -> Scene:
    """A photo with 6 to 12 turns.

    Args:
        rng: Source of every choice.
        split: `"test"` uses the tenth of the photos that `"train"` never shows.
        photos_dir: Folder with `labels.jsonl`, `clothing/` and `grocery/`.
        word: What it shows; "" for any.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    pixels, photo = known_photo(rng, photos_dir, split, word)
    is_wanted = bool(word)
    word, variety = photo.word, photo.variety
    if not is_wanted and rng.random() < _SPOILED_SHARE:
        pixels, word, variety = spoiled(rng, pixels), "", ""
    letters = _stamp(rng, pixels, split) if rng.random() < 0.1 and not photo.is_package else None
    if letters:
        pixels = np.asarray(letters.image, dtype=np.uint8)
    words, objects, known = _told(rng, word, photos_dir)
    reading = replace(letters.reading() if letters else _read(pixels), objects=objects)
    turns = (*photo_turns(rng, pixels, reading, known), *naming_turns(rng, word, variety, words, objects))
    height, width = pixels.shape[:2]
    whole = SceneObject("photo", main_colours(pixels)[0], (0.0, 0.0, float(width), float(height)))
    return Scene("photos", pixels, reading, turns, (whole, *(letters.objects if letters else ())), word)


def make_named(rng: np.random.Generator, split: str = "train", *, photos_dir: Path) -> Scene:
    """A photo without print, and little but the question what it is: four of these fit where one of `make`'s does.

    Its reading is measured already, and has no figures: to look for them takes a hundred times as long as all else.

    Raises:
        FileNotFoundError: If `photos_dir` has no photos.
    """
    pixels, photo = known_photo(rng, photos_dir, split, plain=True)
    word, variety = photo.word, photo.variety
    if rng.random() < _SPOILED_SHARE:
        pixels, word, variety = spoiled(rng, pixels), "", ""
    words, objects, known = _told(rng, word, photos_dir)
    turns = (_object(rng, pixels, known), *naming_turns(rng, word, variety, words, objects))
    reading = Reading((), pixels.shape[1], pixels.shape[0], sharpness=sharpness(pixels), objects=objects)
    return Scene("photos", pixels, reading, turns, (), word)


def _told(rng: np.random.Generator, word: str, photos_dir: Path) -> tuple[list[str], tuple[NamedObject, ...], str]:
    """All words that photos teach, what the reader says of a photo of `word`, and `word` if that was right.

    A wrong word that the reader is sure of is left out: from what it is told nobody could know better, and how often
    such a word is right is in its confidence, which stands beside the answer (`chat/evidence.py`).
    """
    words = list(words_of(photos_dir))
    objects = told_objects(rng, word, words)
    while objects and objects[0].confidence >= SAID_FROM and objects[0].word != word:
        objects = told_objects(rng, word, words)
    return words, objects, word if is_told(word, objects) else ""


def is_told(word: str, objects: Sequence[NamedObject]) -> bool:
    """Whether the reader's first word for the photo is `word`: what it takes for something else, nobody can name."""
    return bool(word) and bool(objects) and objects[0].word == word


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(cache_entries=1, n_threads=1)


def _read(pixels: NDArray[np.uint8]) -> Reading:
    """What a server would read there: print on cartons and shirts is no noise that could be drawn."""
    height, width = pixels.shape[:2]
    return _reader().read(prepare(SourceImage(pixels, ImageReceipt("photo", 0, width, height, 1, "high")), "high"))


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


def caption_photo(pixels: NDArray[np.uint8], word: str) -> str:
    """A sentence such as "A photo of a hat, mostly white and blue, bright."; without a word, that it is not sure."""
    of, unsure = (f" of {say_thing(word)}", "") if word else ("", " I am not sure what it shows.")
    return f"A photo{of}, mostly {say_list(main_colours(pixels))}, {_light(pixels)}.{unsure}"


def _light(pixels: NDArray[np.uint8]) -> str:
    name = brightness_name(pixels)
    return "with medium brightness" if name == "medium" else name


def naming_turns(
    rng: np.random.Generator, word: str, variety: str, words: list[str], objects: Sequence[NamedObject]
) -> tuple[Turn, ...]:
    """2 to 5 turns about what it is; who was not told the right word first says that it is not sure.

    Which of some it is can be said if the right word was told at all.
    """
    if not is_told(word, objects):
        wordings = WORDINGS[pick(rng, ("garment", "grocery"))]
        choice = _choice(rng, word, words, is_known=any(one.word == word for one in objects))
        return Turn(ask(rng, wordings, "brief"), "I am not sure.", "unsure"), choice
    turns = [_named(rng, word), _choice(rng, word, words)]
    others = [other for other in words if other not in word and word not in other]
    for truth in (True, False):
        if rng.random() < 0.6:
            thing = say_thing(word if truth else pick(rng, others))
            turns.append(Turn(ask(rng, WORDINGS["is_this"], "yes_no", thing=thing), yes_no(truth), "is_this"))
    if variety and rng.random() < 0.4:
        turns.append(Turn(ask(rng, WORDINGS["variety"], thing=word), variety, "variety"))
    return tuple(turns)


def _named(rng: np.random.Generator, word: str) -> Turn:
    wordings = WORDINGS["garment" if word in GARMENTS.values() else "grocery"]
    return Turn(ask(rng, wordings, "brief"), word, "naming")


def _choice(rng: np.random.Generator, word: str, words: list[str], *, is_known: bool = True) -> Turn:
    """Which of some: one that is not among them is not chosen, nor one that nobody knows (`is_known`)."""
    pool = [one for one in (*words, *WORDINGS["things"]) if not word or (one not in word and word not in one)]
    offered = [pool[i] for i in rng.permutation(len(pool))[: int(rng.integers(2, 5))]]
    is_there = bool(word) and rng.random() < 0.7
    if is_there:
        offered[int(rng.integers(len(offered)))] = word
    joined = ", ".join(offered) if rng.random() < 0.5 else f"{', '.join(offered[:-1])} or {offered[-1]}"
    is_said = is_there and is_known
    said = word if is_said else "I am not sure which of these it is."
    return Turn(ask(rng, WORDINGS["choice"], offered=joined), said, "choice" if is_said else "unsure")


def photo_turns(
    rng: np.random.Generator, pixels: NDArray[np.uint8], reading: Reading, word: str = ""
) -> tuple[Turn, ...]:
    """6 to 10 turns; the first is the caption."""
    turns = [Turn(ask(rng, WORDINGS["caption"]), caption_photo(pixels, word), "caption"), _object(rng, pixels, word)]
    text = reading.text or "There is no readable text in the picture."
    more = [
        _unsure_about(rng), _unsure_about(rng), _unsure_presence(rng), _kind(rng), _kind_yes_no(rng),
        Turn(ask(rng, WORDINGS["text"], "yes_no"), yes_no(bool(reading.lines)), "has_text"),
        _colour_yes_no(rng, pixels),
        Turn(ask(rng, WORDINGS["read"]), text, "read"),
    ]  # fmt: skip
    kept = [more[i] for i in rng.permutation(len(more))[: int(rng.integers(4, len(more) + 1))]]
    return tuple({turn.question: turn for turn in (*turns, *kept)}.values())


def _object(rng: np.random.Generator, pixels: NDArray[np.uint8], word: str) -> Turn:
    colours = say_list(main_colours(pixels))
    unsure = f"I am not sure what the object is. It is a photo with mostly {colours}."
    said = f"It is {say_thing(word)}." if word else unsure
    return Turn(ask(rng, WORDINGS["object"]), said, "object" if word else "unsure")


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
