"""Tables whose rows and columns are counted, empty or with a word in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sightline.reading.lines import Reading
from sightline.scenes.answer_forms import number, yes_no
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.phrasing import ORDINALS, ask, pick, say_number
from sightline.scenes.puzzles.asking import fill
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.wordings import WORDINGS
from sightline.scenes.scene import Turn
from sightline.scenes.word_lists import ADJECTIVES, FIRST_NAMES, NOUNS

_PAIR = (
    "Answer with only the numbers in a pair (row, column), e.g., (5,6)", "Answer as a pair (rows, columns), for example (3,7).",
    "Give a pair (row, column) such as (4,9).", "Answer with only the numbers in a pair (row,column), e.g. (8,4).",
    "Reply as (rows,columns).", "Write it as (rows, columns).", "Format: (rows,columns)", "Respond with a pair like (6,3).",
    "Only the pair (row, column).", "Answer in the form (r,c).",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A drawn table. `cells` are the words as they read, row by row; empty where the cells are."""

    rows: int
    columns: int
    cells: tuple[tuple[str, ...], ...] = ()


def draw_table(rng: np.random.Generator, ground: Ground, split: str) -> tuple[Table, NDArray[np.uint8], Reading]:
    """Draws 2 to 12 rows and columns; some four tables of ten have a word in every cell."""
    rows, columns = int(rng.integers(2, 11)), int(rng.integers(2, 11))
    if rng.random() < 0.5:
        columns = int(np.clip(rows + pick(rng, (-2, -1, 0, 1, 1, 2)), 2, 12))
    xs, ys = _edges(rng, ground.size[0], columns), _edges(rng, ground.size[1], rows)
    width = max(1.0 / ground.scale, ground.side * pick(rng, (0.002, 0.003, 0.004, 0.006, 0.01, 0.014)))
    colour = ground.ink() if rng.random() < 0.8 else ground.colours[0]
    rgb = ground.shade(rng, colour)
    if rng.random() < 0.15 and ground.background == "white":
        ground.canvas.block((xs[0], ys[0], xs[-1], ys[1]), (215, 220, 228))
    for x in xs:
        ground.canvas.block((x - width / 2, ys[0] - width / 2, x + width / 2, ys[-1] + width / 2), rgb)
        ground.note("rule", colour, (x - width / 2, ys[0], x + width / 2, ys[-1]))
    for y in ys:
        ground.canvas.block((xs[0] - width / 2, y - width / 2, xs[-1] + width / 2, y + width / 2), rgb)
        ground.note("rule", colour, (xs[0], y - width / 2, xs[-1], y + width / 2))
    lettering = Lettering(Image.fromarray(ground.canvas.pixels()), rng)
    cells = _words(rng, ground, lettering, xs, ys, split) if rng.random() < 0.5 else ()
    ground.objects += lettering.objects
    return Table(rows, columns, cells), np.asarray(lettering.image, dtype=np.uint8), lettering.reading()


def _edges(rng: np.random.Generator, length: int, n: int) -> list[float]:
    """The n + 1 lines along one side, mostly evenly apart and mostly up to the edge of the picture."""
    margin = pick(rng, (0.004, 0.004, 0.03, 0.08)) * length
    shares = np.full(n, 1.0) if rng.random() < 0.75 else rng.uniform(0.75, 1.3, n)
    at = margin + (length - 2 * margin) * np.r_[0, np.cumsum(shares) / shares.sum()]
    return [float(value) for value in at]


def _words(
    rng: np.random.Generator, ground: Ground, lettering: Lettering, xs: list[float], ys: list[float], split: str
) -> tuple[tuple[str, ...], ...]:
    """A word or a number in the middle of every cell, as it reads; nothing where the cells are too small to read."""
    columns, rows = len(xs) - 1, len(ys) - 1
    texts = _texts(rng, rows * columns)
    longest = max(texts, key=len)
    face, size = pick_face(rng, pick(rng, ("sans", "sans", "serif")), split), int(min(np.diff(ys).min() * 0.5, 24))
    while size >= 8 and lettering.width(longest, face, size) > 0.9 * float(np.diff(xs).min()):
        size -= 1
    if size < 8:
        return ()
    rgb = ground.shade(rng, ground.ink())
    rows_of_cells = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        words = texts[row * columns : (row + 1) * columns]
        middles = [((x0 + x1) / 2, (top + bottom) / 2) for x0, x1 in pairwise(xs)]
        rows_of_cells.append(
            tuple(
                lettering.put(word, x, y, face, size, rgb, anchor="mm")
                for word, (x, y) in zip(words, middles, strict=True)
            )
        )
    return tuple(rows_of_cells)


def _texts(rng: np.random.Generator, n: int) -> list[str]:
    """`n` short words, names or numbers."""
    if rng.random() < 0.2:
        return [str(int(value)) for value in rng.integers(1, 10 ** int(rng.integers(1, 5)), n)]
    names = rng.random() < 0.2
    words = [word for word in (FIRST_NAMES if names else (*NOUNS, *ADJECTIVES)) if len(word) < 8]
    chosen = [pick(rng, words) for _ in range(n)]
    return chosen if names or rng.random() < 0.3 else [word.lower() for word in chosen]


def table_turns(rng: np.random.Generator, table: Table) -> list[Turn]:
    """5 to 8 turns, one of them of kind `caption_place`."""
    turns = [_both(rng, table), _both(rng, table), _caption(rng, table)]
    makers = [_rows, _rows, _columns, _columns, _cell_count, _at_least, _at_least, _empty, _more_of]
    if table.cells:
        makers += [_cell, _cell, _corner]
    return fill(turns, int(rng.integers(5, 9)), lambda: pick(rng, makers)(rng, table))


def _both(rng: np.random.Generator, table: Table) -> Turn:
    """Rows and columns at once: as a pair where one is asked for, otherwise in a sentence."""
    question = ask(rng, WORDINGS["rows_columns"])
    if rng.random() < 0.75:
        return Turn(f"{question} {pick(rng, _PAIR)}", f"({table.rows},{table.columns})", "grid")
    return Turn(question, f"The table has {table.rows} rows and {table.columns} columns.", "grid")


def _rows(rng: np.random.Generator, table: Table) -> Turn:
    said = f"The table has {say_number(table.rows)} rows."
    return Turn(*number(rng, WORDINGS["rows"], table.rows, said), "grid")


def _columns(rng: np.random.Generator, table: Table) -> Turn:
    said = f"The table has {say_number(table.columns)} columns."
    return Turn(*number(rng, WORDINGS["columns"], table.columns, said), "grid")


def _cell_count(rng: np.random.Generator, table: Table) -> Turn:
    return Turn(*number(rng, WORDINGS["cells"], table.rows * table.columns), "grid")


def _at_least(rng: np.random.Generator, table: Table) -> Turn:
    """So many rows or columns, or nearly so many."""
    truth, name = bool(rng.random() < 0.5), pick(rng, ("rows", "columns"))
    n = table.rows if name == "rows" else table.columns
    said = n if truth else n + pick(rng, (-2, -1, 1, 2)) if n > 2 else n + 1
    return Turn(
        *yes_no(rng, WORDINGS["so_many"], said == n, things=name, n=say_number(said) if rng.random() < 0.4 else said),
        "grid_yes_no",
    )


def _more_of(rng: np.random.Generator, table: Table) -> Turn:
    """More rows than columns, or fewer, or as many."""
    names = ("rows", "columns") if rng.random() < 0.5 else ("columns", "rows")
    counts = {"rows": table.rows, "columns": table.columns}
    if table.rows == table.columns or rng.random() < 0.15:
        return Turn(*yes_no(rng, WORDINGS["as_many"], table.rows == table.columns), "as_many")
    truth = counts[names[0]] > counts[names[1]]
    return Turn(*yes_no(rng, WORDINGS["more_than"], truth, more=names[0], fewer=names[1]), "grid_yes_no")


def _empty(rng: np.random.Generator, table: Table) -> Turn | None:
    """Empty ones are asked about less often: there are more of them."""
    if not table.cells and rng.random() < 0.4:
        return None
    return Turn(*yes_no(rng, WORDINGS["empty"], not table.cells), "empty")


def _cell(rng: np.random.Generator, table: Table) -> Turn:
    """What stands in one cell, near the start of the table more often."""
    row, column = (int(min(rng.integers(n), rng.integers(n))) for n in (table.rows, table.columns))
    if rng.random() < 0.5:
        where = {"row": f"row {row + 1}", "column": f"column {column + 1}"}
    else:
        where = {"row": f"the {ORDINALS[row]} row", "column": f"the {ORDINALS[column]} column"}
    return Turn(ask(rng, WORDINGS["cell"], **where), table.cells[row][column], "cell")


def _corner(rng: np.random.Generator, table: Table) -> Turn:
    row, column = pick(rng, (0, -1)), pick(rng, (0, -1))
    name = f"{'top' if row == 0 else 'bottom'} {'left' if column == 0 else 'right'}"
    return Turn(ask(rng, WORDINGS["corner"], corner=name), table.cells[row][column], "cell")


def _caption(rng: np.random.Generator, table: Table) -> Turn:
    filled = "with text in every cell" if table.cells else "with empty cells"
    said = f"A table of {say_number(table.rows)} rows and {say_number(table.columns)} columns {filled}."
    return Turn(ask(rng, WORDINGS["caption"]), said, "caption_place")
