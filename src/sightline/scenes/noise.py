"""What an OCR engine does to a clean line: lost spaces, look-alike letters, split, merged and missed boxes.

A line is a row of pieces, each with the key of the value it belongs to ("" for none), so that after the
mistakes we still know how each value reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NoiseRates:
    """Chances of each mistake. Those of `_char` are per character, `_line` per line, the rest as named."""

    tight_line: float = 0.3  # lines in which spaces are lost at all
    lost_space: float = 0.6  # per space of such a line
    lost_space_after_colon: float = 0.35
    lookalike_char: float = 0.006
    case_char: float = 0.002
    punctuation_char: float = 0.02  # per punctuation mark
    lost_char: float = 0.0008
    lost_lead_line: float = 0.006
    full_width_line: float = 0.012
    split_line: float = 0.015
    merge_neighbours: float = 0.5  # two boxes of a row closer than one and a half line heights
    missed_line: float = 0.012
    jitter: float = 0.05  # standard deviation of a box edge, in line heights

    def scaled(self, factor: float) -> NoiseRates:
        """Return the same rates for a worse (above 1) or better picture; merging and jitter stay."""
        names = (
            "lookalike_char",
            "case_char",
            "punctuation_char",
            "lost_char",
            "lost_lead_line",
            "full_width_line",
            "split_line",
            "missed_line",
        )
        return replace(self, **{name: min(0.5, getattr(self, name) * factor) for name in names})


DEFAULT_RATES = NoiseRates()

_LOOKALIKES = {
    "O": "0QD", "0": "OoD", "o": "0c", "l": "1I", "1": "lI", "I": "l1", "S": "5", "5": "S", "B": "8", "8": "B", "G": "6", "6": "G",
    "Z": "2", "2": "Z", "i": "l", "n": "m", "c": "e", "e": "c", "t": "f", "u": "v", "v": "u", "D": "O", "U": "V", "N": "M", "M": "N",
    "H": "N", "h": "b", "q": "g", "g": "q", "9": "g", "é": "e", "è": "e", "ü": "u", "ö": "o", "ä": "a", "ß": "B", "ç": "c", "ô": "o",
}  # fmt: skip
_PUNCTUATION = {
    ".": (",", "", "."), ",": (".", "", "，"), ":": (".", ";", "", "："), "-": ("", "—", "~"), "'": ("", "`"), '"': ("", "''"),
    "(": ("（", ""), ")": ("）", ""), "&": ("8", "&"), "/": ("1", "I", "/"), "#": ("", "#"), "*": ("", "×"), "!": ("1", "l"), "|": ("", "l"),
    "€": ("E", "C", "€"), "£": ("f", "E", "£"), "$": ("S", "$"),
}  # fmt: skip
_WIDE = str.maketrans(":,()", "：，（）")


def draw_rates(dice: Random, rates: NoiseRates = DEFAULT_RATES) -> NoiseRates:
    """Return the rates of one picture: a third read almost perfectly, a few badly."""
    factor = dice.choice((0.0, 0.1, 0.3, 0.6, 1.0, 1.0, 1.6, 3.0))
    tight = rates.tight_line * dice.choice((0.1, 0.5, 1.0, 1.5, 2.5))
    return replace(rates.scaled(factor), tight_line=min(0.95, tight))


def misread(dice: Random, pieces: list[Piece], rates: NoiseRates) -> list[Piece]:
    """Return `pieces` as they would be read; empty pieces are dropped."""
    tight = dice.random() < rates.tight_line
    out = []
    previous = ""
    for text, key in pieces:
        if tight or ":" in previous or ":" in text:
            text = _lose_spaces(dice, text, previous, tight, rates)
        out.append((_misread_chars(dice, text, rates), key))
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


def _misread_chars(dice: Random, text: str, rates: NoiseRates) -> str:
    total = rates.lookalike_char + rates.case_char + rates.lost_char
    if total <= 0:
        return text
    # One draw tells whether anything happens to a plain character; most lines pass untouched.
    out = list(text)
    for place, char in enumerate(text):
        if char in _PUNCTUATION:
            if dice.random() < rates.punctuation_char:
                out[place] = dice.choice(_PUNCTUATION[char])
        elif char != " " and dice.random() < total:
            out[place] = _one_mistake(dice, char, rates, total)
    return "".join(out)


def _one_mistake(dice: Random, char: str, rates: NoiseRates, total: float) -> str:
    kind = dice.random() * total
    if kind < rates.lookalike_char:
        return dice.choice(_LOOKALIKES[char]) if char in _LOOKALIKES else char
    if kind < rates.lookalike_char + rates.case_char:
        return char.swapcase() if char.swapcase() in "cCoOsSvVwWxXzZkKpPuU" else char
    return ""
