"""Drawings that a recogniser takes for text: circles as O, stars as ☆, crosses as 十."""

from __future__ import annotations

from collections.abc import Iterable

# What PP-OCR says of plain circles, rings, squares, crosses, lines, triangles, hearts and arrows.
LOOK_ALIKES = frozenset("Oo0〇○●◯◎口回日ロ囗□■十+×✕xX一—-–_丨|/\\△▲▽▼Λ◇◆☆★♥♡长大业業會> ")
LEAST_SIDE_PX = 128  # of a drawing; smaller pictures are words and lines cut out of larger ones
SYMBOLS = ((0x2190, 0x21FF), (0x2500, 0x27BF), (0x2B00, 0x2BFF))  # arrows, box drawing to dingbats, more arrows


def is_symbols(text: str) -> bool:
    """Whether a line has drawn signs and no letter or digit."""
    return any(_is_symbol(sign) for sign in text) and not any(sign.isalnum() for sign in text)


def is_drawing(texts: Iterable[str], side_px: int) -> bool:
    """Whether all lines of a picture, whose shorter side is `side_px`, are nothing but what drawings look like.

    One line with a proper letter, or one price, is enough to believe the others. The cost: a large picture of nothing
    but the letter O or the digit 0 has no text.
    """
    return side_px >= LEAST_SIDE_PX and all(sign in LOOK_ALIKES or _is_symbol(sign) for text in texts for sign in text)


def _is_symbol(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in SYMBOLS)
