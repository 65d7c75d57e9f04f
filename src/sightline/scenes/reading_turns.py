"""Turns that read the page aloud: all of it, a part of it, or what stands around a place."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from sightline.scenes import wording
from sightline.scenes import wording_reading as said
from sightline.scenes.facts import Facts
from sightline.scenes.scene import Turn

MOST_CHARACTERS = 900  # about 500 tokens: with its own reading before it, as long as a sample may be
HALF_ROWS = 3


def transcribe(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a turn that reads the whole page, one line a row."""
    text = "\n".join(facts.sheet.reading.rows)
    return Turn(wording.ask(dice, said.READ_ALL, doc=doc), text, "read_all", quotes=True) if text else None


def read_part(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a turn that reads several rows on end: a half, the first or the last ones, from a row on, between two."""
    rows = facts.sheet.reading.rows
    if len(rows) < 3:
        return None
    turn = dice.choice((_half, _ends, _from_row, _between))(dice, facts, rows, doc)
    return turn if turn and len(turn.answer) <= MOST_CHARACTERS else None


def _half(dice: Random, facts: Facts, rows: list[str], doc: str) -> Turn | None:
    reading = facts.sheet.reading
    middles = {line.row: 0.5 * (line.box[1] + line.box[3]) for line in reversed(reading.lines)}
    n_top = sum(middle < 0.5 * reading.height for middle in middles.values())
    in_order = [middles[row] < 0.5 * reading.height for row in sorted(middles)]
    if n_top < HALF_ROWS or len(rows) - n_top < HALF_ROWS or in_order != sorted(in_order, reverse=True):
        return None
    if dice.random() < 0.5:
        return Turn(wording.ask(dice, said.READ_TOP_HALF, doc=doc), "\n".join(rows[:n_top]), "read_part")
    return Turn(wording.ask(dice, said.READ_BOTTOM_HALF, doc=doc), "\n".join(rows[n_top:]), "read_part")


def _ends(dice: Random, facts: Facts, rows: list[str], doc: str) -> Turn:
    count = dice.randint(2, min(8, len(rows) - 1))
    n = _spelt(dice, count)
    if dice.random() < 0.5:
        return Turn(wording.ask(dice, said.READ_FIRST, n=n, doc=doc), "\n".join(rows[:count]), "read_part")
    return Turn(wording.ask(dice, said.READ_LAST, n=n, doc=doc), "\n".join(rows[-count:]), "read_part")


def _from_row(dice: Random, facts: Facts, rows: list[str], doc: str) -> Turn | None:
    """Read on from a row to the end, or down to it from the top."""
    place = dice.randrange(1, len(rows) - 1)
    if rows.count(rows[place]) > 1:
        return None
    text = safe(rows[place])
    if dice.random() < 0.7:
        return Turn(wording.ask(dice, said.READ_FROM, text=text, doc=doc), "\n".join(rows[place:]), "read_part")
    return Turn(wording.ask(dice, said.READ_UP_TO, text=text, doc=doc), "\n".join(rows[: place + 1]), "read_part")


def _between(dice: Random, facts: Facts, rows: list[str], doc: str) -> Turn | None:
    first = dice.randrange(len(rows) - 2)
    last = dice.randint(first + 2, min(len(rows) - 1, first + 9))
    if rows.count(rows[first]) > 1 or rows.count(rows[last]) > 1:
        return None
    ends = {"first": safe(rows[first]), "last": safe(rows[last])}
    return Turn(wording.ask(dice, said.READ_BETWEEN, doc=doc, **ends), "\n".join(rows[first + 1 : last]), "read_part")


def _spelt(dice: Random, count: int) -> str:
    names = ("two", "three", "four", "five", "six", "seven", "eight")
    return names[count - 2] if dice.random() < 0.4 else str(count)


def read_row(dice: Random, facts: Facts, doc: str) -> Turn | None:
    """Return a turn that reads one row: the first, the last, one that has a word, one beside or next to another."""
    rows = facts.sheet.reading.rows
    if not rows:
        return None
    kind = dice.random()
    if kind < 0.12:
        return Turn(wording.ask(dice, said.READ_TOP, doc=doc), rows[0], "read")
    if kind < 0.24:
        return Turn(wording.ask(dice, said.READ_BOTTOM, doc=doc), rows[-1], "read")
    return _near(dice, facts, rows, kind)


def _near(dice: Random, facts: Facts, rows: list[str], kind: float) -> Turn | None:
    place = dice.randrange(len(rows))
    row = rows[place]
    if sum(row == other for other in rows) > 1:
        return None
    if kind < 0.45:
        words = [w for w in row.split() if len(w) > 2 and sum(w.lower() in r.lower() for r in rows) == 1]
        if not words:
            return None
        return Turn(wording.ask(dice, said.READ_MENTION, text=safe(dice.choice(words))), row, "read_line")
    if kind < 0.72 and place + 1 < len(rows):
        return Turn(wording.ask(dice, said.READ_AFTER, text=safe(row)), rows[place + 1], "read_after")
    if kind < 0.84 and place > 0:
        return Turn(wording.ask(dice, said.READ_BEFORE, text=safe(row)), rows[place - 1], "read_before")
    return _beside(dice, facts)


def _beside(dice: Random, facts: Facts) -> Turn | None:
    lines = facts.sheet.reading.lines
    lefts = [line.text for line in lines]
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.row == b.row and lefts.count(a.text) == 1]
    if not pairs:
        return None
    left, right = dice.choice(pairs)
    return Turn(wording.ask(dice, said.READ_BESIDE, text=safe(left)), right, "read_beside")


def safe(text: str) -> str:
    """Return `text` fit to stand in a wording: without braces."""
    return text.replace("{", "(").replace("}", ")")
