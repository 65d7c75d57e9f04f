"""What goes wrong with pictures: turned, blurred, dark, overexposed, noisy, without colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.reading.colour_names import COLOURS, TYPICAL, colour_name
from sightline.reading.lines import Box, Reading
from sightline.scenes.colours import brightness, colour_shares
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, SceneObject

FAULTS = ("rotated", "blurry", "dark", "overexposed", "noisy", "greyscale")
_WEIGHTS = {"rotated": 0.3, "blurry": 0.25, "dark": 0.2, "overexposed": 0.08, "noisy": 0.08, "greyscale": 0.09}

_PLACE_KINDS = {
    "place",
    "relation",
    "grid",
    "order",
    "layout",
    "json",
    "direction",
    "caption_place",
    "grid_yes_no",
    "cell",
}
_UPRIGHT = ("shapes", "boxes", "puzzles")  # turned pictures of these look, or ask, as if they were not
_FINE = ("boxes", "puzzles")  # what is asked about these is in details that any blur may wipe out
_COLOUR_WORD = re.compile(
    r"\b(" + "|".join((*COLOURS, "gray", "colou?rs?", "background", "light", "dark")) + r")\b", re.I
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with a picture: one of `FAULTS`, or nothing. `turn_deg` is clockwise: 0, 90, 180 or 270."""

    fault: str = ""
    turn_deg: int = 0


def possible_faults(scene: Scene) -> tuple[str, ...]:
    """The faults that could be seen in this picture, so that asking about them is fair."""
    pixels = scene.pixels
    faults = ["blurry", "noisy"]
    if brightness(pixels) > 90:
        faults.append("dark")
    if scene.family not in _UPRIGHT:
        faults.append("rotated")
    if scene.family == "photos" and 60 < brightness(pixels) < 170:
        faults.append("overexposed")
    if colourful(pixels):
        faults.append("greyscale")
    return tuple(faults)


def colourful(pixels: NDArray[np.uint8]) -> bool:
    """A fifth or more of the area has a hue."""
    grey = ("black", "grey", "white")
    return sum(share for name, share in colour_shares(pixels).items() if name not in grey) >= 0.2


def pick_fault(rng: np.random.Generator, scene: Scene) -> str:
    """A fault that could be seen in this picture, the usual ones more often."""
    faults = possible_faults(scene)
    weights = np.array([_WEIGHTS[fault] for fault in faults])
    return str(faults[int(rng.choice(len(faults), p=weights / weights.sum()))])


def degrade(rng: np.random.Generator, scene: Scene, fault: str = "") -> tuple[Scene, Condition]:
    """The scene with one fault (drawn if not given), and which; turns that no longer hold are dropped.

    Boxes and reading turn with the picture. The reading of a badly blurred picture is lost, and
    with it, or with fine details, all turns.
    """
    fault = fault or pick_fault(rng, scene)
    if fault == "rotated":
        quarter_turns = int(pick(rng, (1, 2, 3)))
        return _turn(scene, quarter_turns), Condition(fault, 90 * quarter_turns)
    if fault == "blurry":
        return _blur(rng, scene), Condition(fault)
    if fault == "noisy":
        grain = rng.normal(0, rng.uniform(22, 55), scene.pixels.shape).astype(np.float32)
        return replace(scene, pixels=np.clip(scene.pixels + grain, 0, 255).astype(np.uint8)), Condition(fault)
    return _retone(scene, _tone_curve(rng, scene, fault)), Condition(fault)


def turn_box(box: Box, quarter_turns: int, width: int, height: int) -> Box:
    """The box after the `width` x `height` picture was turned clockwise."""
    x0, y0, x1, y1 = box
    for _ in range(quarter_turns % 4):
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        width, height = height, width
    return x0, y0, x1, y1


def _turn(scene: Scene, quarter_turns: int) -> Scene:
    height, width = scene.pixels.shape[:2]
    pixels = np.ascontiguousarray(np.rot90(scene.pixels, -quarter_turns))

    def turned(box: Box) -> Box:
        return turn_box(box, quarter_turns, width, height)

    lines = tuple(replace(line, box=turned(line.box)) for line in scene.reading.lines)
    reading = Reading(lines, pixels.shape[1], pixels.shape[0], 90 * quarter_turns if lines else 0)
    objects = tuple(replace(thing, box=turned(thing.box)) for thing in scene.objects)
    turns = tuple(turn for turn in scene.turns if turn.kind not in _PLACE_KINDS)
    return replace(scene, pixels=pixels, reading=reading, objects=objects, turns=turns)


def _blur(rng: np.random.Generator, scene: Scene) -> Scene:
    side = max(scene.pixels.shape[:2])
    strength = float(rng.uniform(0.006, 0.02))
    if rng.random() < 0.2:
        pixels = _smear(rng, scene.pixels, max(7, int(side * strength * 3)))
    else:
        pixels = np.asarray(cv2.GaussianBlur(scene.pixels, (0, 0), side * strength), dtype=np.uint8)
    blurred = replace(scene, pixels=pixels)
    is_lost = strength >= 0.009 and (scene.reading.lines or scene.family == "table")
    if not is_lost and scene.family not in _FINE:
        return blurred
    empty = Reading((), scene.reading.width, scene.reading.height)
    return replace(blurred, reading=empty, turns=())


def _smear(rng: np.random.Generator, pixels: NDArray[np.uint8], length: int) -> NDArray[np.uint8]:
    """Motion blur along a straight line."""
    kernel = np.zeros((length, length), dtype=np.float32)
    kernel[length // 2] = 1.0 / length
    turn = cv2.getRotationMatrix2D((length / 2, length / 2), float(rng.uniform(0, 180)), 1.0)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (length, length)), dtype=np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum()), dtype=np.uint8)


def _tone_curve(rng: np.random.Generator, scene: Scene, fault: str) -> tuple[float, float, bool]:
    """Gain, offset, and whether colour is taken away."""
    if fault == "greyscale":
        return 1.0, 0.0, True
    if fault == "dark":
        return float(rng.uniform(14, 45) / max(brightness(scene.pixels), 1.0)), float(rng.uniform(-4, 3)), False
    return float(rng.uniform(1.7, 2.6)), float(rng.uniform(30, 70)), False


def _apply(values: NDArray[np.float32], curve: tuple[float, float, bool]) -> NDArray[np.uint8]:
    gain, offset, is_grey = curve
    if is_grey:
        luma = values @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
        values = np.repeat(luma[..., None], 3, axis=-1)
    toned: NDArray[np.uint8] = np.clip(values * gain + offset, 0, 255).astype(np.uint8)
    return toned


def _retone(scene: Scene, curve: tuple[float, float, bool]) -> Scene:
    """The tone curve over the picture; colours of objects are renamed, turns that speak of colour go."""
    renamed = {}
    for name in COLOURS:
        r, g, b = _apply(np.array([TYPICAL[name][0]], dtype=np.float32), curve)[0].tolist()
        renamed[name] = colour_name((r, g, b))
    objects = tuple(SceneObject(o.kind, renamed[o.colour], o.box) for o in scene.objects)
    turns = tuple(
        turn
        for turn in scene.turns
        if turn.kind != "json" and not _COLOUR_WORD.search(turn.question) and not _COLOUR_WORD.search(turn.answer)
    )
    return replace(scene, pixels=_apply(scene.pixels.astype(np.float32), curve), objects=objects, turns=turns)
