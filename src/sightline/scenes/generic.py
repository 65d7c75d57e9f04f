"""Turns that any picture can get: its kind, colours, brightness, text, faults, a description, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sightline.scenes.colours import brightness_name, main_colours
from sightline.scenes.degrade import Condition, pick_fault
from sightline.scenes.generic_wordings import WORDINGS
from sightline.scenes.photo_words import say_thing
from sightline.scenes.phrasing import ask, pick, say_list, with_article, yes_no
from sightline.scenes.scene import Scene, Turn

KINDS = ("photo", "receipt", "chart", "screenshot", "drawing", "sign", "page", "form", "invoice", "table")
_KIND_OF_FAMILY = {
    "shapes": "drawing", "boxes": "drawing", "puzzles": "drawing", "charts": "chart", "photos": "photo", "screens": "screenshot", "signs": "sign",
}  # fmt: skip
_OPPOSITE = {"rotated": "upright", "blurry": "sharp"}
_SAID = {
    "blurry": "The picture is blurry.", "dark": "The picture is too dark.",
    "overexposed": "The picture is overexposed.",
    "noisy": "The picture is noisy.", "greyscale": "The picture is in black and white.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """A scene, what is wrong with it, and the sentence its family says about it."""

    scene: Scene
    condition: Condition
    caption: str | None


Maker = Callable[[np.random.Generator, Subject], Turn | None]


def kind_of(family: str) -> str:
    """What people call a picture of this family: `photo`, `receipt`, `chart`, ..."""
    return _KIND_OF_FAMILY.get(family, family)


def generic_turns(rng: np.random.Generator, subject: Subject, n: int = 4) -> tuple[Turn, ...]:
    """`n` turns, one a description unless the family is a document, and turns on the faults.

    Over many pictures "yes" and "no" come equally often.
    """
    own_kind = subject.scene.family not in _KIND_OF_FAMILY  # documents say what they are and describe themselves
    turns = [] if own_kind else [_detail(rng, subject)]
    names = _DOCUMENT_NAMES if own_kind else _NAMES
    asked: set[str] = set()
    while len(turns) < n:
        name = pick(rng, names)
        turn = None if name in asked else _MAKERS[name](rng, subject)
        asked.add(name)
        if turn:
            turns.append(turn)
        elif len(asked) == len(set(names)):
            break
    return (*turns, *fault_turns(rng, subject))


def fault_turns(rng: np.random.Generator, subject: Subject) -> list[Turn]:
    """The fault there is, asked always, often twice; one there is not, as often over many pictures."""
    condition, turns = subject.condition, []
    if condition.fault:
        turns += [_fault(rng, condition.fault, True) for _ in range(1 + int(rng.random() < 0.5))]
        if rng.random() < 0.35:
            turns.append(Turn(ask(rng, WORDINGS["quality"]), say_condition(condition), "quality"))
    elif rng.random() < 0.1:
        turns.append(Turn(ask(rng, WORDINGS["quality"]), "Nothing is wrong with the picture.", "quality"))
    if condition.turn_deg and rng.random() < 0.4:
        turns.append(Turn(ask(rng, WORDINGS["angle"]), f"{condition.turn_deg} degrees", "angle"))
    other = pick_fault(rng, subject.scene)
    if other != condition.fault and rng.random() < 0.5:
        turns.append(_fault(rng, other, False))
    return turns


def _fault(rng: np.random.Generator, fault: str, truth: bool) -> Turn:
    if fault in _OPPOSITE and rng.random() < 0.2:
        return Turn(ask(rng, WORDINGS[_OPPOSITE[fault]], "yes_no"), yes_no(not truth), fault)
    return Turn(ask(rng, WORDINGS[fault], "yes_no"), yes_no(truth), fault)


def say_condition(condition: Condition) -> str:
    """One sentence on what is wrong."""
    if condition.fault == "rotated":
        return f"The picture is rotated by {condition.turn_deg} degrees."
    return _SAID.get(condition.fault, "Nothing is wrong with the picture.")


def describe(subject: Subject) -> str:
    """Two to five sentences: kind, what the family says, colours, text, faults."""
    scene = subject.scene
    colours = main_colours(scene.pixels)
    parts = [f"This is {with_article(kind_of(scene.family))}."]
    if scene.family == "photos":
        light = brightness_name(scene.pixels)
        light = "has medium brightness" if light == "medium" else f"is {light}"
        parts.append(f"It is mostly {say_list(colours)} and {light}.")
        parts.append(f"It shows {say_thing(scene.named)}." if scene.named else "I am not sure what it shows.")
    else:
        if subject.caption:
            parts.append(subject.caption)
        parts.append(f"The main {'color is' if len(colours) == 1 else 'colors are'} {say_list(colours)}.")
    if not scene.reading.lines:
        parts.append("I see no readable text.")
    elif not subject.caption or scene.reading.lines[0].text not in subject.caption:
        parts.append(f'The text starts with "{scene.reading.lines[0].text}".')
    if subject.condition.fault:
        parts.append(say_condition(subject.condition))
    return " ".join(parts)


def _detail(rng: np.random.Generator, subject: Subject) -> Turn:
    return Turn(ask(rng, WORDINGS["detail"]), describe(subject), "detail")


def _kind(rng: np.random.Generator, subject: Subject) -> Turn:
    return Turn(ask(rng, WORDINGS["kind"]), f"It is {with_article(kind_of(subject.scene.family))}.", "kind")


def _kind_yes_no(rng: np.random.Generator, subject: Subject) -> Turn:
    truth, right = bool(rng.random() < 0.5), kind_of(subject.scene.family)
    wrong = [kind for kind in KINDS if kind != right and not (kind == "page" and subject.scene.reading.lines)]
    kind = with_article(right if truth else pick(rng, wrong))
    return Turn(ask(rng, WORDINGS["kind_yes_no"], "yes_no", kind=kind), yes_no(truth), "kind")


def _colours(rng: np.random.Generator, subject: Subject) -> Turn:
    answer = say_list(main_colours(subject.scene.pixels))
    return Turn(ask(rng, WORDINGS["main_colours"], "brief"), answer, "main_colours")


def _colour(rng: np.random.Generator, subject: Subject) -> Turn:
    return Turn(ask(rng, WORDINGS["main_colour"], "brief"), main_colours(subject.scene.pixels, 1)[0], "main_colour")


def _brightness(rng: np.random.Generator, subject: Subject) -> Turn:
    return Turn(ask(rng, WORDINGS["brightness"], "brief"), brightness_name(subject.scene.pixels), "brightness")


def _has_text(rng: np.random.Generator, subject: Subject) -> Turn | None:
    """Asked more often where there is none: most families have text. Text too blurred to read is not asked about."""
    has = bool(subject.scene.reading.lines)
    if not has and any(thing.kind == "text" for thing in subject.scene.objects):
        return None
    if has and rng.random() < 0.6:
        return None
    return Turn(ask(rng, WORDINGS["has_text"], "yes_no"), yes_no(has), "has_text")


def _no_text(rng: np.random.Generator, subject: Subject) -> Turn | None:
    if subject.scene.reading.lines:
        return None
    return Turn(ask(rng, WORDINGS["no_text"]), "There is no readable text in the picture.", "read")


_UNKNOWN = ("brand", "location", "person", "mood", "artist", "year", "price", "weather", "species", "owner", "country")


def _json(rng: np.random.Generator, subject: Subject) -> Turn:
    scene = subject.scene
    colours, text = main_colours(scene.pixels), scene.reading.text
    known: list[tuple[tuple[str, ...], object]] = [
        (("main_color", "color", "dominant_color", "main_colour", "colour"), colours[0]),
        (("colors", "main_colors", "colours"), list(colours)),
        (("brightness", "lighting"), brightness_name(scene.pixels)),
        (("has_text", "contains_text"), bool(text)), (("blurry", "is_blurry"), subject.condition.fault == "blurry"),
        (("rotated", "is_rotated"), subject.condition.fault == "rotated"),
    ]  # fmt: skip
    if scene.family in _KIND_OF_FAMILY:
        known.append((("kind", "type", "image_type", "category", "kind of picture"), kind_of(scene.family)))
    if len(text) <= 60:
        known.append((("text", "text_in_image", "visible_text"), text.replace("\n", " ") or None))
    if subject.caption:
        known.append((("description", "caption", "summary"), subject.caption))
    if scene.family == "photos":
        known.append((("object", "name", "item", "objects", "subject"), scene.named or None))
        known.append((_UNKNOWN, None))
    chosen = [known[i] for i in rng.permutation(len(known))[: int(rng.integers(1, 5))]]
    filled = {pick(rng, names): value for names, value in chosen}
    listed = "".join(f"\n- {key}" for key in filled) if rng.random() < 0.5 else ", ".join(filled)
    return Turn(ask(rng, WORDINGS["json"], keys=listed), json.dumps(filled, ensure_ascii=False), "json")


_MAKERS: dict[str, Maker] = {
    "kind": _kind, "kind_yes_no": _kind_yes_no, "colours": _colours, "colour": _colour, "brightness": _brightness,
    "has_text": _has_text, "no_text": _no_text, "json": _json,
}  # fmt: skip
_DOCUMENT_NAMES = ("colours", "colour", "brightness", "has_text", "json")
_NAMES = (*_MAKERS, "kind", "colours", "json", "has_text")
