"""Transparency: what a viewer shows is what is seen, not the colours that lie under it."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from sightline.conformance.check import Check, Outcome, Severity
from sightline.conformance.pictures import SIZE, WORDS, Picture, encode
from sightline.conformance.seeing import Case, judge
from sightline.conformance.server import Server

SHOWN, HIDDEN = (200, 30, 40), (20, 60, 220)
WHY = "where transparency is dropped and not applied, hidden colours come up: black on black in logos and scans"


def black_on_nothing(server: Server) -> Outcome:
    """Black text on transparent black: readable on white, gone if the alpha channel is dropped."""
    mask = _mask()
    image = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    image.putalpha(mask)
    dropped = encode(Image.new("RGB", SIZE, "black"))
    right = tuple(_on(image, ground) for ground in ("white", "gray"))
    return judge(server, Case(encode(image), right, (dropped, None), WORDS[3]))


def hidden_colour(server: Server) -> Outcome:
    """A red disc; the transparent rest is blue underneath."""
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).ellipse((140, 60, 340, 260), fill=255)
    image = Image.new("RGBA", SIZE, (*HIDDEN, 0))
    image.paste((*SHOWN, 255), (0, 0), mask)
    dropped = Image.new("RGB", SIZE, HIDDEN)
    dropped.paste(SHOWN, (0, 0), mask)
    return judge(server, Case(encode(image), _grounds(image), (encode(dropped), None)))


def palette(server: Server) -> Outcome:
    """A transparent entry of a PNG's palette, blue underneath."""
    letters = np.asarray(_mask()) > 127
    image = Image.fromarray(letters.astype(np.uint8), "L").convert("P")
    image.putdata(letters.astype(np.uint8).ravel().tolist())
    image.putpalette([*HIDDEN, *HIDDEN])  # the same colour: dropped, nothing can be read
    shown = encode(image, transparency=0)
    see_through = Image.new("RGBA", SIZE, (*HIDDEN, 0))
    see_through.paste((*HIDDEN, 255), (0, 0), _mask().point(lambda level: 255 if level > 127 else 0))
    dropped = encode(Image.new("RGB", SIZE, HIDDEN))
    return judge(server, Case(shown, _grounds(see_through), (dropped, None), WORDS[3]))


def _mask() -> Image.Image:
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).text((SIZE[0] // 2, SIZE[1] // 2), WORDS[3], 255, anchor="mm", font_size=SIZE[0] // 5)
    return mask


def _grounds(image: Image.Image) -> tuple[Picture, ...]:
    return tuple(_on(image, ground) for ground in ("white", "gray", "black"))


def _on(image: Image.Image, ground: str) -> Picture:
    flat = Image.new("RGBA", image.size, ground)
    flat.alpha_composite(image)
    return encode(flat.convert("RGB"))


CHECKS = (
    Check(
        "alpha.black_on_nothing",
        "black text on a transparent ground can be read",
        WHY,
        Severity.major,
        black_on_nothing,
        ("T21", "A07"),
    ),
    Check(
        "alpha.hidden_colour",
        "a colour under full transparency is not seen",
        WHY,
        Severity.major,
        hidden_colour,
        ("A07",),
    ),
    Check("alpha.palette", "a transparent entry of a palette is not seen", WHY, Severity.minor, palette, ("A07",)),
)
