"""What an OCR engine does to a clean line: look-alike letters, spaces, split, merged and missed boxes.

A line is a row of pieces, each with the key of the value it belongs to ("" for none), so that after the
mistakes we still know how each value reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from sightline.scenes.misreadings import MISREADINGS

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NoiseRates:
    """Chances of each mistake. The defaults were fitted to RapidOCR on 130 pages: 19 lines of 20 are perfect."""

    tight_line: float = 0.015  # lines in which spaces are lost at all
    lost_space: float = 0.5  # per space of such a line
    lost_space_after_colon: float = 0.02
    misread_char: float = 1.25  # times the rate of each character in `MISREADINGS`
    bad_line: float = 0.015  # lines that are hardly legible
    bad_char: float = 0.25  # any character of such a line
    other_char: float = 0.0003  # characters without a rate: lost
    lost_lead_line: float = 0.002
    full_width_line: float = 0.001
    spaced_line: float = 0.006  # lines with a space inside a word
    split_wide_gap: float = 0.65  # gaps of a type size or more
    split_gap: float = 0.02  # the spaces of typewriter faces
    merge_neighbours: float = 0.5  # two boxes of a row about a quarter of a line height apart
    missed_line: float = 0.002
    missed_char: float = 0.1  # a box of one character
    stray_page: float = 0.05  # pages with a scrap that is no text: a stamp, a crease
    jitter: float = 0.075  # standard deviation of a box edge, in line heights

    def scaled(self, factor: float) -> NoiseRates:
        """Return the same rates for a worse (above 1) or better picture; gaps and jitter stay."""
        names = (
            "bad_line",
            "misread_char",
            "other_char",
            "lost_lead_line",
            "full_width_line",
            "spaced_line",
            "missed_line",
            "missed_char",
            "stray_page",
        )
        return replace(self, **{name: getattr(self, name) * factor for name in names})


DEFAULT_RATES = NoiseRates()

TIMES_SIGN = 0.15  # an x between numbers is taken for the sign
_WIDE = str.maketrans(":,()", "：，（）")


def draw_rates(dice: Random, rates: NoiseRates = DEFAULT_RATES) -> NoiseRates:
    """Return the rates of one picture: half are read almost perfectly, one in ten badly."""
    factor = dice.choice((0.0, 0.0, 0.2, 0.5, 0.5, 0.8, 1.0, 1.3, 1.7, 4.0))
    tight = min(0.9, rates.tight_line * dice.choice((0.0, 0.0, 0.3, 0.5, 1.0, 1.0, 1.5, 4.0)))
    return replace(rates.scaled(factor), tight_line=tight)


def misread(dice: Random, pieces: list[Piece], rates: NoiseRates) -> list[Piece]:
    """Return `pieces` as they would be read; empty pieces are dropped, several spaces become one."""
    tight = dice.random() < rates.tight_line
    flat = rates.bad_char if dice.random() < rates.bad_line else 0.0
    out = []
    previous = ""
    for text, key in pieces:
        if " " in text:
            text = _lose_spaces(dice, text, previous, tight, rates)
        out.append((_misread_chars(dice, text, flat, rates), key))
        previous = text[-1:] or previous
    if dice.random() < rates.spaced_line:
        out = _space_out(dice, out)
    if dice.random() < rates.lost_lead_line and len(out[0][0]) > 3:
        out[0] = (out[0][0][1:], out[0][1])
    if dice.random() < rates.full_width_line:
        out = [(text.translate(_WIDE), key) for text, key in out]
    return [piece for piece in out if piece[0]]


def _lose_spaces(dice: Random, text: str, previous: str, tight: bool, rates: NoiseRates) -> str:
    out, last = [], previous
    for char in text:
        if char == " ":
            chance = rates.lost_space if tight else 0.0
            if last == ":":
                chance = max(chance, rates.lost_space_after_colon)
            if last == " " or (chance and dice.random() < chance):
                continue
        out.append(char)
        last = char
    return "".join(out)


def _misread_chars(dice: Random, text: str, flat: float, rates: NoiseRates) -> str:
    if flat <= 0 and rates.misread_char <= 0 and rates.other_char <= 0:
        return text
    out = list(text)
    for place, char in enumerate(text):
        rate, instead = MISREADINGS.get(char, (rates.other_char, " "))
        if char == "x" and not (text[place - 1 : place] + text[place + 1 : place + 2]).isalpha():
            rate, instead = TIMES_SIGN, "×"
        if char != " " and dice.random() < min(0.5, rate * rates.misread_char + flat):
            out[place] = dice.choice(instead).strip()
    return "".join(out)


def _space_out(dice: Random, pieces: list[Piece]) -> list[Piece]:
    """A space inside one word of the longest piece, as where type is set loosely."""
    place = max(range(len(pieces)), key=lambda i: len(pieces[i][0]))
    text, key = pieces[place]
    inside = [i for i in range(2, len(text) - 1) if text[i - 1].isalpha() and text[i].isalpha()]
    if not inside:
        return pieces
    cut = dice.choice(inside)
    return [*pieces[:place], (f"{text[:cut]} {text[cut:]}", key), *pieces[place + 1 :]]
