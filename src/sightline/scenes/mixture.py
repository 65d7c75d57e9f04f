"""The mixture a model learns from: a family drawn by shares, sometimes a fault, and the turns any picture gets."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np

from sightline.scenes import photo_files, photos, signs
from sightline.scenes.degrade import Condition, degrade
from sightline.scenes.generic import Subject, generic_turns
from sightline.scenes.questions import long_first
from sightline.scenes.scene import Scene, Turn

_log = logging.getLogger(__name__)


class Family(Protocol):
    """What every family offers."""

    def __call__(self, rng: np.random.Generator, *, split: str) -> Scene:
        """A scene of this family."""
        ...


SHARES: Mapping[str, float] = MappingProxyType(
    {
        "documents": 0.336, "shapes": 0.09, "charts": 0.16, "photos": 0.06, "screens": 0.06, "signs": 0.05,
        "textonly": 0.024, "boxes": 0.11, "puzzles": 0.11,
    }
)  # fmt: skip
_MANY_GENERIC = ("shapes", "charts", "photos", "screens", "signs")  # three to five generic turns; the others one or two
FAULT_SHARE = 0.3
MOST_TURNS = 10


@lru_cache(maxsize=8)
def families(names: tuple[str, ...], photos_dir: Path | None = None) -> dict[str, Family]:
    """Those of the families `names` that can be drawn here. What is missing is logged, once."""
    has_photos = photos_dir is not None and bool(photo_files.list_photos(photos_dir))
    found: dict[str, Family] = {}
    for name in names:
        if name == "photos" and photos_dir is not None and has_photos:
            found[name] = partial(photos.make, photos_dir=photos_dir)
        elif name == "photos":
            _log.warning("no photos: the family is left out", extra={"photos_dir": str(photos_dir)})
        elif name == "signs":
            found[name] = partial(signs.make, photos_dir=photos_dir if has_photos else None)
        elif importlib.util.find_spec(f"sightline.scenes.{name}") is not None:
            found[name] = importlib.import_module(f"sightline.scenes.{name}").make
        else:
            _log.warning("no such family: left out", extra={"family": name})
    return found


def make(
    rng: np.random.Generator,
    split: str = "train",
    shares: Mapping[str, float] = SHARES,
    photos_dir: Path | None = None,
) -> Scene:
    """A scene of a family drawn by `shares`, with at most 10 turns, some of them the generic ones.

    Families that cannot be drawn here lose their share to the others. The same generator state gives the same scene.
    """
    able = families(tuple(name for name in shares if shares[name] > 0), photos_dir)
    names = list(able)
    weights = np.array([shares[name] for name in names])
    name = names[int(rng.choice(len(names), p=weights / weights.sum()))]
    return with_generic_turns(rng, able[name](rng, split=split))


def with_generic_turns(rng: np.random.Generator, scene: Scene, fault_share: float = FAULT_SHARE) -> Scene:
    """The scene, perhaps with a fault, and with generic turns among its own. Without a picture it stays as it is."""
    if not scene.pixels.size:
        return scene
    caption = next((turn.answer for turn in scene.turns if turn.kind == "caption"), None)
    condition = Condition()
    if rng.random() < fault_share:
        scene, condition = degrade(rng, scene)
        if not any(turn.kind == "caption" for turn in scene.turns):
            caption = None
    n = int(rng.integers(3, 6) if scene.family in _MANY_GENERIC else rng.integers(1, 3))
    generic = generic_turns(rng, Subject(scene, condition, caption), n)
    own = _keep(rng, scene.turns, max(4, MOST_TURNS - len(generic)))
    turns = [*own, *generic]
    unique = {turn.question.lower(): turn for turn in reversed(turns)}
    kept = list(unique.values())[:MOST_TURNS]
    return replace(scene, turns=long_first(kept[i] for i in rng.permutation(len(kept))))


def _keep(rng: np.random.Generator, turns: tuple[Turn, ...], n: int) -> list[Turn]:
    """`n` of the turns, the caption less often than the rest."""
    order = [turns[i] for i in rng.permutation(len(turns))]
    if rng.random() < 0.5:
        order.sort(key=lambda turn: turn.kind == "caption")
    return order[:n]
