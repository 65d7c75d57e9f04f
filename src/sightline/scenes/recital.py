"""Text to be read back, without a picture: where copying is learned first.

A decoder that meets long documents at once stays for long at answers that are likely whatever the
page says. Short pages of random names and values, whose labels the question repeats letter by letter,
teach it to look back first (induction: Olsson et al. 2022).
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np

from sightline.reading.lines import Reading, TextLine
from sightline.scenes import formats, words
from sightline.scenes.reading_turns import MOST_CHARACTERS
from sightline.scenes.scene import Scene, Turn

SPELL_ALL = (
    "Spell out all the text.",
    "Spell out every line.",
)  # what other pages answer by pointing, to be copied here
READ_AFTER = ('What comes after "{line}"?', 'Read the line after "{line}".', 'Which line follows "{line}"?')
FIELD = ("What is the {label}?", "{label}?", "Read the {label}.", "Give me the {label}.", "What {label} is given?")
WIDTH, LINE_PX, LABEL_SHARE, MOST_TURNS = 600, 30, 0.6, 9


def make(rng: np.random.Generator, max_lines: int = 9) -> Scene:
    """A page of one to `max_lines` short lines and questions whose answers are all in it, letter by letter.

    On a long page the whole text is asked for first, and of the rest nine things: a sample has no room for more.
    """
    dice = Random(int(rng.integers(2**62)))
    labelled = dice.random() < LABEL_SHARE
    pairs = [(_label(dice), _value(dice)) for _ in range(dice.randint(1, max_lines))]
    lines = [line for row, pair in enumerate(pairs) for line in _lines(dice, row, pair, labelled)]
    reading = Reading(tuple(lines), WIDTH, LINE_PX * len(pairs))
    turns = _field_turns(dice, pairs) if labelled else _line_turns(dice, [value for _, value in pairs])
    turns = dice.sample(turns, min(MOST_TURNS, len(turns)))
    text = "\n".join(reading.rows)
    if len(text) <= MOST_CHARACTERS:
        turns.insert(0 if len(pairs) > MOST_TURNS else dice.randint(0, len(turns)), _spell_all(dice, text))
    return Scene("recital", np.zeros((0, 0, 3), np.uint8), reading, tuple(turns))


def _spell_all(dice: Random, text: str) -> Turn:
    return Turn(dice.choice(SPELL_ALL), text, "spell_all")


def _label(dice: Random) -> str:
    label = " ".join(words.made_up(dice) for _ in range(dice.choice((1, 1, 2))))
    return dice.choice((label, label.capitalize(), label.upper()))


def _value(dice: Random) -> str:
    kind = dice.randrange(7)
    if kind == 0:
        return formats.money(dice.randint(1, 99_999))
    if kind == 1:
        return formats.print_date(formats.date_shape(dice, dice.choice(("my", "us", "uk"))), formats.day(dice))
    if kind == 2:
        return words.digits(dice, dice.choice(("####", "###-####", "##########", "A#-###")))
    if kind == 3:
        return words.person(dice)
    value = words.company(dice, dice.choice(("my", "us", "uk"))) if kind == 4 else words.goods(dice, "grocery")
    return value.upper() if dice.random() < 0.5 else value


def _lines(dice: Random, row: int, pair: tuple[str, str], labelled: bool) -> list[TextLine]:
    label, value = pair
    top = float(LINE_PX * row)
    if not labelled:
        return [_line(value, 20.0, top, row)]
    colon = dice.choice((":", " :", ""))
    if colon and dice.random() < 0.5:
        return [_line(f"{label}{colon} {value}", 20.0, top, row)]
    return [_line(f"{label}{colon}", 20.0, top, row), _line(value, 320.0, top, row)]


def _line(text: str, left: float, top: float, row: int) -> TextLine:
    return TextLine(text, (left, top, min(WIDTH - 1.0, left + 10 * len(text)), top + 20), 0.99, row)


def _field_turns(dice: Random, pairs: list[tuple[str, str]]) -> list[Turn]:
    return [Turn(dice.choice(FIELD).format(label=label), value, "field.recital") for label, value in pairs]


def _line_turns(dice: Random, values: list[str]) -> list[Turn]:
    following = pairwise(values)
    return [Turn(dice.choice(READ_AFTER).format(line=line), after, "read_after") for line, after in following]
