"""What an OCR engine does to a clean line: lost spaces, look-alike letters, split, merged and missed boxes.

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
    """Chances of each mistake. The defaults were fitted to RapidOCR on 60 pages: six lines of seven are perfect."""

    tight_line: float = 0.14  # lines in which spaces are lost at all
    lost_space: float = 0.6  # per space of such a line
    lost_space_after_colon: float = 0.2
    misread_char: float = 1.0  # times the rate of each character in `MISREADINGS`
    bad_line: float = 0.14  # lines that are hard to read
    bad_factor: float = 6.0  # so much more is misread in them
    good_factor: float = 0.15  # and so much in the others
    other_char: float = 0.001  # characters without a rate: lost
    lost_lead_line: float = 0.003
    full_width_line: float = 0.004
    split_line: float = 0.006
    merge_neighbours: float = 0.5  # two boxes of a row closer than one and a half line heights
    missed_line: float = 0.005
    jitter: float = 0.05  # standard deviation of a box edge, in line heights

    def scaled(self, factor: float) -> NoiseRates:
        """Return the same rates for a worse (above 1) or better picture; merging and jitter stay."""
        names = (
            "bad_line",
            "misread_char",
            "other_char",
            "lost_lead_line",
            "full_width_line",
            "split_line",
            "missed_line",
        )
        return replace(self, **{name: getattr(self, name) * factor for name in names})


DEFAULT_RATES = NoiseRates()

_WIDE = str.maketrans(":,()", "：，（）")


def draw_rates(dice: Random, rates: NoiseRates = DEFAULT_RATES) -> NoiseRates:
    """Return the rates of one picture: a third read almost perfectly, a few badly."""
    factor = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0, 1.0, 1.5, 2.2))
    tight = rates.tight_line * dice.choice((0.1, 0.3, 0.6, 1.0, 1.0, 2.5))
    return replace(rates.scaled(factor), tight_line=tight)


def misread(dice: Random, pieces: list[Piece], rates: NoiseRates) -> list[Piece]:
    """Return `pieces` as they would be read; empty pieces are dropped."""
    tight = dice.random() < rates.tight_line
    factor = rates.misread_char * (rates.bad_factor if dice.random() < rates.bad_line else rates.good_factor)
    out = []
    previous = ""
    for text, key in pieces:
        if tight or ":" in previous or ":" in text:
            text = _lose_spaces(dice, text, previous, tight, rates)
        out.append((_misread_chars(dice, text, factor, rates), key))
        previous = text[-1:] or previous
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
            if dice.random() < chance:
                continue
        out.append(char)
        last = char
    return "".join(out)


def _misread_chars(dice: Random, text: str, factor: float, rates: NoiseRates) -> str:
    if factor <= 0:
        return text
    out = list(text)
    for place, char in enumerate(text):
        rate, instead = MISREADINGS.get(char, (rates.other_char, " "))
        if char != " " and dice.random() < min(0.5, rate * factor):
            out[place] = dice.choice(instead).strip()
    return "".join(out)
