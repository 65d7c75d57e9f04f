"""Two to four pictures shown together, and questions that need to know which is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sightline.scenes import mixture
from sightline.scenes.album_wordings import WORDINGS
from sightline.scenes.generic import kind_of
from sightline.scenes.photo_files import list_photos
from sightline.scenes.photo_words import say_thing
from sightline.scenes.photos import make as make_photo
from sightline.scenes.phrasing import ORDINALS, ask, pick, with_article, yes_no
from sightline.scenes.scene import Scene, Turn

SHARES: Mapping[str, float] = {
    "photos": 0.3, "documents": 0.25, "charts": 0.15, "shapes": 0.12, "signs": 0.1, "screens": 0.08,
}  # fmt: skip
_SIZES = (2,) * 14 + (3,) * 4 + (4,) * 2
_SAME_THING_SHARE = 0.5  # of the albums that are photos all
_PHOTOS_SHARE = 0.4  # of the albums are photos all
_LONGEST = 120  # characters of an answer about one of them
_NEEDS_ITS_OWN = ("caption", "detail", "read_all", "read_part", "read")


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures in the order they are shown, and turns about them."""

    scenes: tuple[Scene, ...]
    turns: tuple[Turn, ...]


def make(rng: np.random.Generator, split: str = "train", photos_dir: Path | None = None) -> Album:
    """Two to four pictures, mostly two, and 5 to 9 turns; where there are photos, two albums of five have nothing else."""
    n = pick(rng, _SIZES)
    has_photos = photos_dir is not None and bool(list_photos(photos_dir, split))
    if photos_dir is not None and has_photos and rng.random() < _PHOTOS_SHARE:
        scenes = _photos(rng, n, split, photos_dir)
    else:
        scenes = [mixture.make(rng, split, SHARES, photos_dir) for _ in range(n)]
    makers = (
        _number,
        _kind,
        _same_kind,
        _same_thing,
        _same_thing,
        _which,
        _which,
        _difference,
        _all,
        _about,
        _about,
        _about,
    )
    order = [makers[i] for i in rng.permutation(len(makers))]
    found = [turn for maker in order if (turn := maker(rng, scenes)) is not None]
    unique = {turn.question.lower(): turn for turn in found}
    return Album(tuple(scenes), tuple(unique.values())[: int(rng.integers(5, 10))])


def _photos(rng: np.random.Generator, n: int, split: str, photos_dir: Path) -> list[Scene]:
    first = make_photo(rng, split, photos_dir=photos_dir)
    same = rng.random() < _SAME_THING_SHARE
    return [
        first,
        *(make_photo(rng, split, photos_dir=photos_dir, word=first.shows if same else "") for _ in range(n - 1)),
    ]


def _names(rng: np.random.Generator, index: int, n: int) -> str:
    """`the second picture`, `image 2`, `the last image`."""
    noun = pick(rng, ("picture", "image"))
    names = [f"the {ORDINALS[index]} {noun}", f"the {ORDINALS[index]} {noun}", f"{noun} {index + 1}"]
    return pick(rng, [*names, f"the last {noun}"] if index == n - 1 else names)


def _slots(rng: np.random.Generator, scenes: list[Scene]) -> dict[str, str]:
    noun = pick(rng, ("pictures", "images", "images"))
    said = ("both", "both times") if len(scenes) == 2 else ("all", "every time")
    return {"pics": noun, "all": f"{said[0]} {noun}", "times": said[1]}


def _ask(rng: np.random.Generator, intent: str, scenes: list[Scene], ending: str = "", **slots: object) -> str:
    return ask(rng, WORDINGS[intent], ending, **{**_slots(rng, scenes), **slots})


def _number(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    return Turn(_ask(rng, "number", scenes, "number"), str(len(scenes)), "album.number")


def _kind(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    index = int(rng.integers(len(scenes)))
    which = _names(rng, index, len(scenes))
    kind = kind_of(scenes[index].family)
    return Turn(_ask(rng, "kind", scenes, which=which), f"It is {with_article(kind)}.", "album.kind")


def _about(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    """A question of one picture's own, which alone has the answer."""
    index = int(rng.integers(len(scenes)))
    own = [
        turn
        for turn in scenes[index].turns
        if turn.kind not in _NEEDS_ITS_OWN and not turn.quotes and len(turn.answer) <= _LONGEST
    ]
    if not own:
        return None
    turn = pick(rng, own)
    which = _names(rng, index, len(scenes))
    return Turn(_ask(rng, "about", scenes, which=which, question=turn.question), turn.answer, f"album.{turn.kind}")


def _same_kind(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    kinds = {kind_of(scene.family) for scene in scenes}
    return Turn(_ask(rng, "same_kind", scenes, "yes_no"), yes_no(len(kinds) == 1), "album.same_kind")


def _same_thing(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    """Asked only of photos that show something with a word."""
    words = [scene.shows for scene in scenes]
    if not all(words):
        return None
    return Turn(_ask(rng, "same_thing", scenes, "yes_no"), yes_no(len(set(words)) == 1), "album.same_thing")


def _which(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    """Which one is a receipt, or shows a hat: only where it is one alone."""
    things = [
        say_thing(scene.named) if scene.named and rng.random() < 0.7 else with_article(kind_of(scene.family))
        for scene in scenes
    ]
    index = int(rng.integers(len(scenes)))
    kinds = [with_article(kind_of(scene.family)) for scene in scenes]
    shown = [say_thing(scene.shows) if scene.shows else "" for scene in scenes]
    if max(kinds.count(things[index]), shown.count(things[index])) > 1:
        return None
    if things[index] == "a photo" and any(word for place, word in enumerate(shown) if place != index):
        return None
    question = _ask(rng, "which", scenes, thing=things[index])
    return Turn(question, f"The {ORDINALS[index]} picture.", "album.which")


def _short(scene: Scene) -> str:
    """`a receipt`, `a photo of a hat`."""
    kind = with_article(kind_of(scene.family))
    return f"{kind} of {say_thing(scene.named)}" if scene.named else kind


def _difference(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    said = [f"The {ORDINALS[index]} picture is {_short(scene)}." for index, scene in enumerate(scenes)]
    return Turn(_ask(rng, "difference", scenes), " ".join(said), "album.difference")


def _all(rng: np.random.Generator, scenes: list[Scene]) -> Turn | None:
    """A sentence about each: its caption, or what it is."""
    captions = [next((turn.answer for turn in scene.turns if turn.kind == "caption"), "") for scene in scenes]
    said = [
        f"Picture {index + 1}: {caption if 0 < len(caption) <= _LONGEST else f'{_short(scene).capitalize()}.'}"
        for index, (scene, caption) in enumerate(zip(scenes, captions, strict=True))
    ]
    return Turn(_ask(rng, "all", scenes), " ".join(said), "album.all")
