"""Signs, posters, shop fronts and single words: a few large letters on colour, gradient or photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sightline.reading.colour_names import COLOURS, Rgb
from sightline.reading.figures.outlines import Points
from sightline.scenes import words
from sightline.scenes.backdrops import backdrop, blend
from sightline.scenes.colours import contrast, vary
from sightline.scenes.fonts import Face, Role
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.photo_files import photo_patch
from sightline.scenes.phrasing import ask, pick, with_article, yes_no
from sightline.scenes.scene import Scene, SceneObject, Turn
from sightline.scenes.sign_wordings import SIGN_WORDS, WORDINGS

_BOARDS = ("rectangle", "rectangle", "circle", "diamond", "hexagon", "ellipse", "square")
_ROLES: tuple[Role, ...] = ("sans", "sans", "serif", "display", "hand")


@dataclass(slots=True)
class _Sign:
    """A sign while it is made. `board` is its shape or "" where the letters stand on the background itself."""

    image: Image.Image
    letters: Lettering
    board: str
    colour: str
    text_colour: str
    lines: list[str]
    objects: list[SceneObject]


def make(rng: np.random.Generator, split: str = "train", *, photos_dir: Path | None = None) -> Scene:
    """A sign, poster or word with 6 to 10 turns.

    `split="test"` uses other fonts and poster layouts. With `photos_dir` some stand before a photo.
    """
    layout = pick(rng, _LAYOUTS if split == "train" else _TEST_LAYOUTS)
    sign = layout(rng, split, photos_dir)
    reading = sign.letters.reading()
    objects = (*sign.objects, *sign.letters.objects)
    return Scene("signs", np.asarray(sign.image, dtype=np.uint8), reading, _turns(rng, sign, reading.rows), objects)


def _text(rng: np.random.Generator, n_words: int) -> list[str]:
    dice = Random(int(rng.integers(2**62)))
    said = []
    for _ in range(n_words):
        chance = rng.random()
        if chance < 0.6:
            word = pick(rng, SIGN_WORDS)
        elif chance < 0.75:
            word = words.made_up(dice)
        elif chance < 0.85:
            word = words.surname(dice)
        else:
            word = str(rng.integers(1, 10 ** int(rng.integers(1, 5))))
        said.append(word)
    style = rng.random()
    return [
        w.upper() if style < 0.5 else w.capitalize() if style < 0.8 else w.lower() if style < 0.9 else w for w in said
    ]


def _pair(rng: np.random.Generator) -> tuple[str, Rgb, str, Rgb]:
    """A board colour and a text colour that can be read on it, by name and as RGB."""
    while True:
        first, second = pick(rng, COLOURS), pick(rng, ("white", "black", "white", "black", *COLOURS))
        one, other = vary(rng, first, 10), vary(rng, second, 10)
        if first != second and contrast(one, other) >= 2.6:
            return first, one, second, other


def _behind(
    rng: np.random.Generator, size: tuple[int, int], split: str, photos_dir: Path | None, avoid: str
) -> NDArray[np.uint8]:
    if photos_dir is not None and rng.random() < 0.5:
        return photo_patch(rng, photos_dir, size, split)
    name = pick(
        rng, [colour for colour in ("white", "grey", "blue", "green", "brown", "teal", "black") if colour != avoid]
    )
    return backdrop(rng, size, name, split)


def _fit(letters: Lettering, lines: list[str], face: Face, room: tuple[float, float], bold: bool) -> int:
    """The largest size in pixels at which `lines` fit the room: width, height."""
    widest = max(letters.width(line, face, 50, bold) for line in lines) / 50
    return max(12, int(min(room[0] / max(widest, 0.1), room[1] / (1.25 * len(lines)))))


def _set_lines(
    rng: np.random.Generator, sign: _Sign, centre: tuple[float, float], room: tuple[float, float], rgb: Rgb, split: str
) -> None:
    face, bold = pick_face(rng, pick(rng, _ROLES), split), bool(rng.random() < 0.6)
    size = min(_fit(sign.letters, sign.lines, face, room, bold), 150)
    top = centre[1] - (len(sign.lines) - 1) * 0.6 * size
    sign.lines = [
        sign.letters.put(line, centre[0], top + i * 1.2 * size, face, size, rgb, anchor="mm", bold=bold)
        for i, line in enumerate(sign.lines)
    ]


def _new(
    pixels: NDArray[np.uint8], rng: np.random.Generator, board: str, colour: str, text: str, lines: list[str]
) -> _Sign:
    image = Image.fromarray(np.ascontiguousarray(pixels))
    return _Sign(image, Lettering(image, rng), board, colour, text, lines, [])


def _board(rng: np.random.Generator, split: str, photos_dir: Path | None) -> _Sign:
    """A road or shop sign: a coloured board before something else."""
    side = int(rng.integers(256, 420))
    size = side, int(side * rng.uniform(0.75, 1.2))
    colour, fill, text, rgb = _pair(rng)
    sign = _new(
        _behind(rng, size, split, photos_dir, colour),
        rng,
        pick(rng, _BOARDS),
        colour,
        text,
        _text(rng, int(rng.integers(1, 4))),
    )
    centre = size[0] * rng.uniform(0.46, 0.54), size[1] * rng.uniform(0.46, 0.54)
    half = 0.42 * size[0] * rng.uniform(0.8, 1), 0.36 * size[1] * rng.uniform(0.6, 1)
    if sign.board != "rectangle" and sign.board != "ellipse":
        half = (min(half),) * 2
    corners = _board_outline(sign.board, centre, half)
    pen = ImageDraw.Draw(sign.image)
    pen.polygon([(float(x), float(y)) for x, y in corners], fill=fill, outline=rgb, width=int(rng.integers(0, 7)))
    (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    sign.objects.append(SceneObject(sign.board, colour, (x0, y0, x1, y1)))
    room = {"rectangle": (1.75, 1.7), "square": (1.7, 1.6), "diamond": (1.0, 0.9)}.get(sign.board, (1.35, 1.1))
    _set_lines(rng, sign, centre, (room[0] * half[0], room[1] * half[1]), rgb, split)
    return sign


def _board_outline(board: str, centre: tuple[float, float], half: tuple[float, float]) -> Points:
    n, first = {"diamond": (4, 0.0), "hexagon": (6, 0.0), "circle": (40, 0.0), "ellipse": (40, 0.0)}.get(
        board, (0, 0.0)
    )
    if not n:
        unit = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    else:
        angle = first + np.arange(n) * 2 * np.pi / n
        unit = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    points: Points = unit * np.asarray(half) + np.asarray(centre)
    return points


def _word(rng: np.random.Generator, split: str, photos_dir: Path | None) -> _Sign:
    """A tight crop around one word, a little slanted and soft, as cut from a photo."""
    colour, fill, text, rgb = _pair(rng)
    size = int(rng.integers(256, 420)), int(rng.integers(90, 200))
    if photos_dir is not None and rng.random() < 0.15:
        pixels = (photo_patch(rng, photos_dir, size, split) * 0.35 + np.asarray(fill) * 0.65).astype(np.uint8)
    else:
        pixels = (
            blend(rng, size, fill, vary(rng, colour, 6)) if rng.random() < 0.5 else backdrop(rng, size, colour, split)
        )
    sign = _new(pixels, rng, "", colour, text, _text(rng, 1))
    sign.letters.tight = 0.0
    _set_lines(rng, sign, (size[0] / 2, size[1] / 2), (0.88 * size[0], 0.95 * size[1]), rgb, split)
    slanted = _slant(rng, np.asarray(sign.image), float(rng.uniform(-0.08, 0.08)))
    sign.image = Image.fromarray(slanted)
    return sign


def _slant(rng: np.random.Generator, pixels: NDArray[np.uint8], shear: float) -> NDArray[np.uint8]:
    """A small slope and some softness; boxes stay within a few pixels of the text."""
    height, width = pixels.shape[:2]
    move = np.array([[1.0, shear, -shear * height / 2], [shear * 0.4, 1.0, -shear * 0.4 * width / 2]])
    moved = cv2.warpAffine(pixels, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(moved, (0, 0), float(rng.uniform(0.3, 1.3)))
    grain = rng.normal(0, rng.uniform(0, 6), (height, width, 1))
    return np.clip(soft + grain, 0, 255).astype(np.uint8)


def _poster(rng: np.random.Generator, split: str, photos_dir: Path | None) -> _Sign:
    """Two to four lines in the middle of a coloured page."""
    del photos_dir
    side = int(rng.integers(260, 420))
    size = (side, int(side * rng.uniform(1.0, 1.45))) if rng.random() < 0.7 else (int(side * 1.3), side)
    colour, _, text, rgb = _pair(rng)
    sign = _new(backdrop(rng, size, colour, split), rng, "", colour, text, _text(rng, int(rng.integers(2, 5))))
    at = rng.uniform(0.4, 0.6) if split == "train" else pick(rng, (0.28, 0.72))
    if contrast(rgb, _middle_rgb(sign.image)) < 2.0:
        text = "black" if np.mean(_middle_rgb(sign.image)) > 120 else "white"
        rgb, sign.text_colour = vary(rng, text, 3), text
    _set_lines(rng, sign, (size[0] / 2, size[1] * at), (0.84 * size[0], 0.5 * size[1]), rgb, split)
    return sign


def _middle_rgb(image: Image.Image) -> Rgb:
    r, g, b = np.asarray(image)[image.height // 2, image.width // 2].tolist()
    return r, g, b


Layout = Callable[[np.random.Generator, str, Path | None], _Sign]
_LAYOUTS: tuple[Layout, ...] = (_board, _board, _word, _word, _poster)
_TEST_LAYOUTS: tuple[Layout, ...] = (_board, _word, _poster)


def _turns(rng: np.random.Generator, sign: _Sign, rows: list[str]) -> tuple[Turn, ...]:
    text = "\n".join(rows) or " ".join(sign.lines)
    turns = [
        Turn(ask(rng, WORDINGS["caption"]), _caption(sign), "caption"),
        Turn(ask(rng, WORDINGS["word" if len(sign.lines) == 1 else "read"]), text, "read", quotes=bool(rows)),
        Turn(ask(rng, WORDINGS["sign_colour"], "brief"), sign.colour, "colour"),
        Turn(ask(rng, WORDINGS["text_colour"], "brief"), sign.text_colour, "colour"),
    ]
    more = [_word_there(rng, sign), _n_words(rng, sign), _colour_there(rng, sign), _background(rng, sign)]
    if len(sign.lines) > 1:
        i = int(rng.integers(len(sign.lines)))
        place = "last" if i == len(sign.lines) - 1 else ("first", "second", "third", "fourth")[i]
        more.append(Turn(ask(rng, WORDINGS["nth"], place=place), sign.lines[i], "read"))
    if sign.board:
        more.append(Turn(ask(rng, WORDINGS["board"], "brief"), sign.board, "shape"))
        truth = bool(rng.random() < 0.5)
        shape = sign.board if truth else pick(rng, [board for board in dict.fromkeys(_BOARDS) if board != sign.board])
        more.append(Turn(ask(rng, WORDINGS["board_yes_no"], "yes_no", shape=shape), yes_no(truth), "shape"))
    kept = [turn for i in rng.permutation(len(more)) if (turn := more[i])]
    return tuple({turn.question: turn for turn in (*turns, *kept[: int(rng.integers(3, 7))])}.values())


def _caption(sign: _Sign) -> str:
    text = " ".join(sign.lines)
    if sign.board:
        board = with_article(sign.colour).capitalize()
        return f'{board} {sign.board} sign that says "{text}" in {sign.text_colour} letters.'
    noun = "word" if len(sign.lines) == 1 else "words"
    return f'The {noun} "{text}" in {sign.text_colour} letters on {with_article(sign.colour)} background.'


def _word_there(rng: np.random.Generator, sign: _Sign) -> Turn:
    truth = bool(rng.random() < 0.5)
    word = pick(rng, sign.lines) if truth else pick(rng, [w for w in _text(rng, 4) if w not in sign.lines] or ["Kiosk"])
    return Turn(ask(rng, WORDINGS["word_there"], "yes_no", word=f'"{word}"'), yes_no(truth), "presence")


def _n_words(rng: np.random.Generator, sign: _Sign) -> Turn | None:
    if any(" " in line for line in sign.lines):
        return None
    return Turn(ask(rng, WORDINGS["n_words"], "number"), str(len(sign.lines)), "count")


def _colour_there(rng: np.random.Generator, sign: _Sign) -> Turn:
    truth = bool(rng.random() < 0.5)
    colour = sign.colour if truth else pick(rng, [c for c in COLOURS if c != sign.colour])
    return Turn(ask(rng, WORDINGS["colour_there"], "yes_no", colour=colour), yes_no(truth), "colour_yes_no")


def _background(rng: np.random.Generator, sign: _Sign) -> Turn | None:
    if sign.board:
        return None
    answer = f"The letters are {sign.text_colour}, the background is {sign.colour}."
    return Turn(ask(rng, WORDINGS["both_colours"]), answer, "colour")
