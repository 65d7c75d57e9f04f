"""Screenshots: dialogs, settings with check boxes, forms, menus and lists, on a phone or a desktop, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from sightline.reading.colour_names import Rgb, colour_name
from sightline.scenes import words
from sightline.scenes.colours import contrast, vary
from sightline.scenes.fonts import Face
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, SceneObject
from sightline.scenes.screen_questions import Screen, screen_turns
from sightline.scenes.screen_words import (
    APPS,
    BUTTONS,
    FIELDS,
    ITEMS,
    MENUS,
    MESSAGES,
    OPTIONS,
    PAGES,
    TITLES,
)  # fmt: skip

_ACCENTS = ("blue", "blue", "blue", "green", "red", "purple", "orange", "teal", "black", "pink")


@dataclass(slots=True)
class _Canvas:
    """A screen while it is drawn from the top down. `y` is where the next thing goes."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    letters: Lettering
    face: Face
    size_px: int
    back: Rgb
    ink: Rgb
    accent: Rgb
    accent_name: str
    left: float
    right: float
    y: float
    is_dark: bool
    objects: list[SceneObject] = field(default_factory=list)


def make(rng: np.random.Generator, split: str = "train") -> Scene:
    """A screenshot with 6 to 10 turns. `split="test"` uses other fonts and the layout that `"train"` never draws."""
    is_phone, is_dark = bool(rng.random() < 0.45), bool(rng.random() < 0.4)
    canvas = _new_canvas(rng, is_phone, is_dark, split)
    screen = Screen(is_phone=is_phone, is_dark=is_dark)
    (_page if split == "test" and rng.random() < 0.5 else pick(rng, _LAYOUTS))(rng, canvas, screen)
    objects = (*canvas.objects, *canvas.letters.objects)
    pixels = np.asarray(canvas.image, dtype=np.uint8)
    return Scene("screens", pixels, canvas.letters.reading(), screen_turns(rng, screen), objects)


def _new_canvas(rng: np.random.Generator, is_phone: bool, is_dark: bool, split: str) -> _Canvas:
    width, height = int(rng.integers(260, 320)), int(rng.integers(420, 520))
    if not is_phone:
        width, height = int(rng.integers(380, 512)), int(rng.integers(270, 380))
    shade = int(rng.integers(18, 42)) if is_dark else int(rng.integers(240, 256))
    back = (shade, shade, min(255, shade + int(rng.integers(0, 7))))
    ink = (235, 235, 238) if is_dark else (28, 28, 32)
    name = pick(rng, [name for name in _ACCENTS if not (is_dark and name == "black")])
    accent = next((rgb for _ in range(9) if contrast(rgb := vary(rng, name, 8), back) > 1.8), vary(rng, name))
    image = Image.new("RGB", (width, height), back)
    return _Canvas(
        image, ImageDraw.Draw(image), Lettering(image, rng), pick_face(rng, "sans", split), int(rng.integers(12, 16)),
        back, ink, accent, name, 16.0, width - 16.0, 10.0, is_dark,
    )  # fmt: skip


def _soft(canvas: _Canvas, share: float = 0.1) -> Rgb:
    """The background moved a little towards the ink: cards, rules, fields."""
    r, g, b = (int(p * (1 - share) + i * share) for p, i in zip(canvas.back, canvas.ink, strict=True))
    return r, g, b


def _line(
    canvas: _Canvas, text: str, scale: float = 1.0, bold: bool = False, indent: float = 0.0, rgb: Rgb | None = None
) -> str:
    """Set one line of text, shrunk to the room there is, and move below it."""
    size = round(canvas.size_px * scale)
    room = canvas.right - canvas.left - indent
    size = max(9, int(size * min(1.0, room / max(canvas.letters.width(text, canvas.face, size, bold), 1.0))))
    read = canvas.letters.put(text, canvas.left + indent, canvas.y, canvas.face, size, rgb or canvas.ink, bold=bold)
    canvas.y += size * 1.5
    return read


def _bar(rng: np.random.Generator, canvas: _Canvas, screen: Screen, title: str) -> None:
    """The status bar of a phone, then a title bar that may have the accent colour."""
    width = canvas.image.width
    if screen.is_phone:
        screen.clock = f"{int(rng.integers(0, 24))}:{int(rng.integers(60)):02d}"
        screen.clock = canvas.letters.put(screen.clock, 10, 5, canvas.face, 11, canvas.ink)
        canvas.letters.put(f"{int(rng.integers(5, 101))}%", width - 10, 5, canvas.face, 11, canvas.ink, anchor="ra")
        canvas.y = 24
    top, high = canvas.y - (0 if screen.is_phone else 10), canvas.size_px * 2.1
    filled = rng.random() < 0.5
    fill = canvas.accent if filled else _soft(canvas, 0.08)
    canvas.pen.rectangle([0, top, width, top + high], fill=fill)
    ink = (255, 255, 255) if contrast((255, 255, 255), fill) > 2.2 else (20, 20, 20)
    size = round(canvas.size_px * 1.1)
    screen.title = canvas.letters.put(title, 12, top + high / 2, canvas.face, size, ink, anchor="lm", bold=True)
    if not screen.is_phone:
        for i, rgb in enumerate(((235, 90, 80), (240, 190, 60), (90, 200, 90))):
            x = width - 14 - 16 * i
            canvas.pen.ellipse([x - 5, top + high / 2 - 5, x + 5, top + high / 2 + 5], fill=rgb)
    canvas.y = top + high + 14


def _room(canvas: _Canvas) -> float:
    """Pixels left below."""
    return canvas.image.height - canvas.y - 4


def _button(canvas: _Canvas, text: str, x0: float, y0: float, x1: float, y1: float, primary: bool) -> tuple[str, str]:
    """A button; returns how its text reads and its colour."""
    fill = canvas.accent if primary else _soft(canvas, 0.16)
    ink = (255, 255, 255) if contrast((255, 255, 255), fill) > 2.2 else (20, 20, 20)
    canvas.pen.rounded_rectangle([x0, y0, x1, y1], radius=6, fill=fill)
    canvas.objects.append(SceneObject("button", colour_name(fill), (x0, y0, x1, y1)))
    size = min(
        canvas.size_px,
        int(canvas.size_px * (x1 - x0 - 10) / max(canvas.letters.width(text, canvas.face, canvas.size_px), 1)),
    )
    read = canvas.letters.put(text, (x0 + x1) / 2, (y0 + y1) / 2, canvas.face, size, ink, anchor="mm")
    return read, canvas.accent_name if primary else colour_name(fill)


def _buttons(rng: np.random.Generator, canvas: _Canvas, screen: Screen, n: int) -> None:
    """A row of buttons on a desktop, a column on a phone; the last or first is the coloured one. As many as fit."""
    room = int(_room(canvas) // (canvas.size_px * 2.2 + 8))
    n = min(n, room) if screen.is_phone else n * (room > 0)
    if not n:
        return
    names = _some(rng, BUTTONS, n)
    primary = 0 if screen.is_phone else n - 1
    high = canvas.size_px * 2.2
    wide = (canvas.right - canvas.left) / n
    for i, name in enumerate(names):
        if screen.is_phone:
            box = canvas.left, canvas.y, canvas.right, canvas.y + high
            canvas.y += high + 8
        else:
            box = canvas.left + wide * i + 4, canvas.y, canvas.left + wide * (i + 1) - 4, canvas.y + high
        screen.buttons.append(_button(canvas, name, *box, primary=i == primary))
    canvas.y += 8 if screen.is_phone else high + 12


def _check(rng: np.random.Generator, canvas: _Canvas, screen: Screen, text: str, is_switch: bool) -> None:
    if _room(canvas) < 2 * canvas.size_px:
        return
    is_on = bool(rng.random() < 0.5)
    side, x, y = canvas.size_px * 1.15, canvas.left, canvas.y
    rgb = canvas.accent if is_on else _soft(canvas, 0.35)
    if is_switch:
        wide = side * 1.9
        canvas.pen.rounded_rectangle([x, y, x + wide, y + side], radius=side / 2, fill=rgb)
        knob = x + wide - side if is_on else x
        canvas.pen.ellipse([knob + 2, y + 2, knob + side - 2, y + side - 2], fill=(255, 255, 255))
        box = (x, y, x + wide, y + side)
    else:
        canvas.pen.rectangle([x, y, x + side, y + side], outline=rgb, width=2, fill=rgb if is_on else None)
        if is_on:
            tick = [
                (x + side * 0.2, y + side * 0.55),
                (x + side * 0.42, y + side * 0.76),
                (x + side * 0.82, y + side * 0.26),
            ]
            canvas.pen.line(tick, fill=(255, 255, 255), width=2)
        box = (x, y, x + side, y + side)
    canvas.objects.append(SceneObject("checkbox", colour_name(rgb), box))
    indent = box[2] - box[0] + 10
    screen.checks.append((_line(canvas, text, indent=indent), is_on))
    canvas.y = max(canvas.y, y + side + 4) + 4


def _field(rng: np.random.Generator, canvas: _Canvas, screen: Screen, text: str) -> None:
    if _room(canvas) < 4 * canvas.size_px:
        return
    dice = Random(int(rng.integers(2**62)))
    name = words.person(dice)
    value = {
        "Email": words.email(dice, name), "Name": name, "Phone": words.phone(dice, "us"), "City": words.surname(dice),
        "Website": words.web(dice, name), "Company": words.company(dice, "us"),
    }.get(text, words.made_up(dice, 2))  # fmt: skip
    label = _line(canvas, text, 0.85)
    high = canvas.size_px * 1.9
    canvas.pen.rectangle(
        [canvas.left, canvas.y, canvas.right, canvas.y + high], fill=_soft(canvas, 0.04), outline=_soft(canvas, 0.3)
    )
    shown = None
    if rng.random() < 0.75:
        start = canvas.y
        canvas.y += high * 0.22
        shown = _line(canvas, value, indent=8)
        canvas.y = start
    screen.fields.append((label, shown))
    canvas.y += high + 8


def _some(rng: np.random.Generator, names: tuple[str, ...], n: int) -> list[str]:
    return [names[int(i)] for i in rng.choice(len(names), n, replace=False)]


def _dialog(rng: np.random.Generator, canvas: _Canvas, screen: Screen) -> None:
    screen.layout = "dialog"
    _bar(rng, canvas, screen, pick(rng, TITLES))
    canvas.y += 8
    for message in _some(rng, MESSAGES, int(rng.integers(1, 3))):
        screen.lines.append(_line(canvas, message))
    if rng.random() < 0.4:
        _check(rng, canvas, screen, pick(rng, OPTIONS), is_switch=False)
    canvas.y += canvas.size_px
    _buttons(rng, canvas, screen, int(rng.integers(1, 4)))


def _settings(rng: np.random.Generator, canvas: _Canvas, screen: Screen) -> None:
    screen.layout = "settings"
    _bar(
        rng,
        canvas,
        screen,
        pick(rng, ("Settings", "Preferences", "Options", "Notifications", "Privacy", "Display", "Account", "Sound")),
    )
    is_switch = bool(rng.random() < 0.4)
    screen.has_switches = is_switch
    for text in _some(rng, OPTIONS, int(rng.integers(2, 7))):
        _check(rng, canvas, screen, text, is_switch)
    if rng.random() < 0.6:
        canvas.y += 6
        _buttons(rng, canvas, screen, int(rng.integers(1, 3)))


def _form(rng: np.random.Generator, canvas: _Canvas, screen: Screen) -> None:
    screen.layout = "form"
    _bar(
        rng,
        canvas,
        screen,
        pick(
            rng, ("Sign up", "Log in", "Contact us", "Your details", "Register", "Checkout", "New account", "Profile")
        ),
    )
    for text in _some(rng, FIELDS, int(rng.integers(2, 4))):
        _field(rng, canvas, screen, text)
    if rng.random() < 0.5:
        _check(rng, canvas, screen, pick(rng, OPTIONS), is_switch=False)
    _buttons(rng, canvas, screen, int(rng.integers(1, 3)))


def _menu(rng: np.random.Generator, canvas: _Canvas, screen: Screen) -> None:
    """A list of entries, one of them selected."""
    screen.layout = "list"
    _bar(rng, canvas, screen, pick(rng, APPS))
    entries = _some(rng, pick(rng, (MENUS, ITEMS)), int(rng.integers(3, 8)))
    selected = int(rng.integers(len(entries))) if rng.random() < 0.6 else -1
    for i, text in enumerate(entries):
        high = canvas.size_px * 2
        if _room(canvas) < high:
            break
        ink = canvas.ink
        if i == selected:
            canvas.pen.rectangle([0, canvas.y - 4, canvas.image.width, canvas.y + high - 6], fill=canvas.accent)
            ink = (255, 255, 255) if contrast((255, 255, 255), canvas.accent) > 2.2 else (20, 20, 20)
        start = canvas.y
        screen.entries.append(_line(canvas, text, rgb=ink))
        canvas.y = start + high
        canvas.pen.line([canvas.left, canvas.y - 5, canvas.right, canvas.y - 5], fill=_soft(canvas, 0.12))
    screen.selected = screen.entries[selected] if 0 <= selected < len(screen.entries) else None


def _page(rng: np.random.Generator, canvas: _Canvas, screen: Screen) -> None:
    """A web page: navigation, a heading, running text, a picture, a button."""
    screen.layout = "web page"
    _bar(rng, canvas, screen, pick(rng, APPS))
    screen.lines.append(_line(canvas, pick(rng, PAGES), 1.5, bold=True))
    dice = Random(int(rng.integers(2**62)))
    for _ in range(int(rng.integers(1, 4))):
        screen.lines.append(_line(canvas, words.sentence(dice)[: 34 if screen.is_phone else 58]))
    high = min(float(rng.uniform(40, 90)), max(20.0, _room(canvas) - 4 * canvas.size_px))
    name = pick(rng, ("blue", "green", "grey", "brown", "teal", "pink"))
    box = (canvas.left, canvas.y, canvas.right, canvas.y + high)
    canvas.pen.rectangle(box, fill=vary(rng, name))
    canvas.objects.append(SceneObject("rectangle", name, box))
    canvas.y += high + 12
    _buttons(rng, canvas, screen, int(rng.integers(1, 3)))


_LAYOUTS: tuple[Callable[[np.random.Generator, _Canvas, Screen], None], ...] = (
    _dialog,
    _dialog,
    _settings,
    _settings,
    _form,
    _menu,
)
