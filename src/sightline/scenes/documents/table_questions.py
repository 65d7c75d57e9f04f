"""Questions that only a table can answer."""

from __future__ import annotations

import json
from random import Random

from sightline.scenes import wording
from sightline.scenes.facts import FieldKind
from sightline.scenes.formats import as_number
from sightline.scenes.scene import Turn
from sightline.scenes.sheet import ReadSheet

SOURCE = FieldKind(
    "source", ("source", "source of the data"), ("source", "data_source"), ("Where does the data come from?",)
)
_CELL = (
    "What is the {column} of {row}?", "What is the {column} for {row}?", "{row}: {column}?",
    "How much is {column} for {row}?", "What value does {row} have under {column}?", "{column} of {row}",
    "Give the {column} of {row}.",
    "Look up {column} for {row}.", "In the row {row}, what is the {column}?", "what {column} does {row} have",
    "Which {column} is given for {row}?", "Tell me {row}'s {column}.",
)  # fmt: skip
_WHO = (
    "Which {first} has a {column} of {value}?",
    "Whose {column} is {value}?",
    "For which {first} is the {column} {value}?",
    "Which row has {value} under {column}?",
)
_MOST = (
    "Which {first} has the highest {column}?",
    "Who has the most {column}?",
    "Which {first} has the largest {column}?",
    "highest {column}?",
    "Where is {column} the highest?",
)
_LEAST = (
    "Which {first} has the lowest {column}?",
    "Which {first} has the smallest {column}?",
    "lowest {column}?",
    "Where is {column} the lowest?",
)
_ROWS = (
    "How many rows does the table have?",
    "How many rows are there, without the heading?",
    "Count the rows.",
    "number of rows?",
    "How many entries are in the table?",
)
_COLUMNS = (
    "How many columns does the table have?",
    "Count the columns.",
    "number of columns?",
    "How many columns are there?",
)
_HEADER = (
    "What are the column headings?",
    "List the columns.",
    "Which columns does the table have?",
    "column names?",
    "Read the header row.",
)
_FIRST = (
    "List the entries of the first column.",
    "Which {first}s are listed?",
    "List all values under {first}.",
    "What is in the column {first}?",
)
_ROW_JSON = (
    "Return the row {row} as JSON.",
    "Give {row} as a JSON object.",
    "Return JSON with all columns for {row}.",
    "Row {row} as JSON",
)
_SUM = ("What is the {column} of {one} and {other}?", "Give the {column} for {one} and {other}.")


def draw(
    dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[Turn, ...]:
    """Return up to twelve turns about the cells."""
    turns: list[Turn | None] = [_cell(dice, read, columns, rows) for _ in range(5)]
    turns += [
        _who(dice, read, columns, rows),
        _extreme(dice, read, columns, rows),
        _extreme(dice, read, columns, rows),
        _shape(dice, read, columns, rows),
        _shape(dice, read, columns, rows),
        _row_json(dice, read, columns, rows),
        _two(dice, read, columns, rows),
    ]
    return tuple(turn for turn in turns if turn is not None)


def _cell(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn | None:
    row, column = dice.randrange(len(rows)), dice.randrange(1, len(columns)) if len(columns) > 1 else 0
    value = read.value(f"cell.{row + 1}.{column}")
    if value is None or column == 0:
        return None
    name = columns[column] if dice.random() < 0.5 else columns[column].lower()
    return Turn(wording.ask(dice, _CELL, column=name, row=rows[row][0]), value, "cell")


def _two(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn | None:
    if len(rows) < 2 or len(columns) < 2:
        return None
    one, other = dice.sample(range(len(rows)), 2)
    column = dice.randrange(1, len(columns))
    values = read.value(f"cell.{one + 1}.{column}"), read.value(f"cell.{other + 1}.{column}")
    if values[0] is None or values[1] is None:
        return None
    return Turn(
        wording.ask(dice, _SUM, column=columns[column], one=rows[one][0], other=rows[other][0]),
        f"{values[0]} and {values[1]}",
        "cell",
    )


def _who(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn | None:
    if len(columns) < 2:
        return None
    row, column = dice.randrange(len(rows)), dice.randrange(1, len(columns))
    name = read.value(f"cell.{row + 1}.0")
    unique = sum(other[column] == rows[row][column] for other in rows) == 1
    if name is None or not unique:
        return None
    return Turn(
        wording.ask(dice, _WHO, first=columns[0].lower(), column=columns[column], value=rows[row][column]), name, "cell"
    )


def _extreme(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn | None:
    numeric = [c for c in range(1, len(columns)) if columns[c] not in ("City", "Date", "Status")]
    if not numeric or len(rows) < 2:
        return None
    column = dice.choice(numeric)
    values = [_value(row[column]) for row in rows]
    most = dice.random() < 0.65
    best = max(values) if most else min(values)
    name = read.value(f"cell.{values.index(best) + 1}.0")
    if values.count(best) > 1 or name is None:
        return None
    return Turn(
        wording.ask(dice, _MOST if most else _LEAST, first=columns[0].lower(), column=columns[column]), name, "extreme"
    )


def _value(text: str) -> float:
    if text[0] in "+-":
        return float(text.rstrip("%"))
    return float(as_number(text.replace(",", "")) or 0)


def _shape(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn | None:
    kind = dice.random()
    if kind < 0.2:
        return Turn(wording.ask(dice, _ROWS), str(len(rows)), "count")
    if kind < 0.4:
        return Turn(wording.ask(dice, _COLUMNS), str(len(columns)), "count")
    if kind < 0.7:
        names = [read.value(f"cell.0.{c}") for c in range(len(columns))]
        return Turn(wording.ask(dice, _HEADER), ", ".join(n for n in names if n), "list")
    firsts = [read.value(f"cell.{r + 1}.0") for r in range(len(rows))]
    return Turn(wording.ask(dice, _FIRST, first=columns[0].lower()), ", ".join(f for f in firsts if f), "list")


def _row_json(dice: Random, read: ReadSheet, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Turn:
    row = dice.randrange(len(rows))
    values = {columns[c]: read.value(f"cell.{row + 1}.{c}") for c in range(len(columns))}
    return Turn(dice.choice(_ROW_JSON).format(row=rows[row][0]), json.dumps(values, ensure_ascii=False), "json_row")
