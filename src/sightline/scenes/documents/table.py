"""Tables: ruled, striped or plain, with names in the first column and figures beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.documents import labels, table_questions
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.sheet import Align, Colour, ReadSheet, Sheet, Stroke

_SUBJECTS = ("Sales", "Results", "Population", "Visitors", "Prices", "Scores", "Budget", "Members", "Exports",
"Rainfall", "Staff", "Orders", "Stock", "Timetable", "Marks", "Energy use")  # fmt: skip
NOUNS = ("table", "table", "spreadsheet", "list")


def _number(dice: Random, scale: int) -> str:
    value = dice.randint(1, scale)
    return f"{value:,}" if dice.random() < 0.5 else str(value)


_COLUMNS: tuple[tuple[str, Callable[[Random, int], str]], ...] = (
    ("Price", lambda d, s: formats.money(d.randint(50, s * 100))), ("Total", _number), ("Count", _number),
    ("Share", lambda d, s: f"{d.randint(1, 99)}%"), ("2015", _number), ("2016", _number), ("2017", _number),
    ("2018", _number), ("2019", _number), ("Q1", _number), ("Q2", _number), ("Q3", _number), ("Q4", _number),
    ("Jan", _number), ("Feb", _number), ("Mar", _number), ("Men", _number), ("Women", _number), ("Points", _number),
    ("Age", lambda d, s: str(d.randint(1, 99))), ("Score", lambda d, s: f"{d.randint(0, 100) / 10}"),
    ("Weight", lambda d, s: f"{d.randint(1, 120)} kg"), ("Stock", _number),
    ("Change", lambda d, s: f"{d.choice('+-')}{d.randint(0, 90) / 10}%"),
    ("City", lambda d, s: d.choice(lists.CITIES[d.choice(("uk", "nl", "de"))])[1]),
    ("Date", lambda d, s: formats.print_date("{y}-{m:02}-{d:02}", formats.day(d))),
    ("Status", lambda d, s: d.choice(("open", "closed", "paid", "late"))), ("Won", _number), ("Lost", _number),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """The clean text of a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw_grid(dice: Random) -> Grid:
    """Return a table of two to nine rows and two to six columns."""
    first, name_of = dice.choice(
        (
            ("Name", words.person), ("Country", lambda d: d.choice(lists.COUNTRIES)),
            ("Product", lambda d: words.goods(d, "grocery")), ("City", lambda d: words.made_up(d, 2)),
            ("Team", words.brand),
            ("Department", lambda d: d.choice(("Sales", "Finance", "Research", "Support", "Legal", "Logistics",
            "Design", words.made_up(d)))), ("Item", lambda d: words.goods(d, "hardware")),
            ("Month", lambda d: str(d.choice(lists.SLOTS["month"]))), ("Region", lambda d: words.made_up(d)),
        )
    )  # fmt: skip
    names = list(dict.fromkeys(name_of(dice) for _ in range(dice.randint(2, 9))))
    picked = [c for c in dice.sample(_COLUMNS, dice.choice((1, 2, 2, 3, 3, 4, 5))) if c[0] != first]
    scales = [dice.choice((20, 100, 1000, 20000)) for _ in picked]
    rows = tuple(
        (name, *(value(dice, scale) for (_, value), scale in zip(picked, scales, strict=True))) for name in names
    )
    return Grid((first, *(name for name, _ in picked)), rows)


def draft(dice: Random, split: Split) -> Draft:
    """Set a table."""
    grid = draw_grid(dice)
    size = dice.randint(13, 17)
    sheet = Sheet(
        round(size * max(24.0, 9.0 * len(grid.columns) + dice.uniform(4, 12))),
        pick_face(dice, dice.choice(("sans", "sans", "serif")), split),
        size,
        dice.randint(14, 40),
        dice.uniform(1.5, 2.0),
    )
    if dice.random() < 0.6:
        ends = (f"by {grid.columns[0].lower()}", str(dice.randint(2001, 2026)), f"of {words.made_up(dice)}", "overview")
        title = f"{dice.choice(_SUBJECTS)} {dice.choice(ends)}"
        sheet.line((title, "title"), scale=1.3, bold=True, align=dice.choice(("left", "centre")))
        sheet.gap(0.3)
    _set_grid(dice, sheet, grid, split)
    if dice.random() < 0.25:
        sheet.gap(0.3)
        sheet.line(("Source: ", ""), (words.company(dice, "us"), "source"), scale=0.75, colour=(110, 110, 110))
    kinds = (labels.TITLE, table_questions.SOURCE)
    return Draft(
        "table",
        sheet,
        lambda read: _facts(dice, read, grid, kinds),
        photo=0.12,
        paper=dice.choice(("white", "screen", "screen", "aged")),
    )


def _set_grid(dice: Random, sheet: Sheet, grid: Grid, split: Split) -> None:
    style = (
        dice.choice(("boxed_header",))
        if split == "test" and dice.random() < 0.6
        else dice.choice(("plain", "rules", "striped", "grid"))
    )
    room = sheet.width - 2 * sheet.margin
    step = sheet.size_px * sheet.line_gap
    wide = 1.6  # the first column is that much wider
    share = 1 / (len(grid.columns) - 1 + wide)
    right = dice.random() < 0.6
    places: list[tuple[float, Align]] = [(0.01, "left")]
    places += [
        ((wide + i + (0.92 if right else 0.08)) * share, "right" if right else "left")
        for i in range(len(grid.columns) - 1)
    ]
    top = sheet.y + 0.35 * sheet.size_px
    band: Colour = dice.choice(((220, 228, 240), (235, 235, 235), (50, 80, 120)))
    dark = style in ("striped", "boxed_header") and sum(band) < 400
    for number, row in enumerate((grid.columns, *grid.rows)):
        low = sheet.y + 0.35 * sheet.size_px
        if (style == "striped" and number % 2 == 0 and (number == 0 or not dark)) or (
            style == "boxed_header" and number == 0
        ):
            sheet.strokes.append(Stroke((sheet.margin, low, sheet.width - sheet.margin, low + step), band))
        keys = [f"cell.{number}.{c}" for c in range(len(row))]
        cells = [([(text, key)], at, align) for text, key, (at, align) in zip(row, keys, places, strict=True)]
        sheet.cells(*cells, bold=number == 0, colour=(250, 250, 250) if dark and number == 0 else (25, 25, 28))
        if style in ("rules", "grid"):
            sheet.strokes.append(
                Stroke((sheet.margin, low + step, sheet.width - sheet.margin, low + step + 1), (150, 150, 150))
            )
    if style == "grid":
        for column in range(len(grid.columns) + 1):
            x = sheet.margin + (0 if column == 0 else (wide + column - 1) * share * room)
            sheet.strokes.append(Stroke((x, top, x + 1, sheet.y + 0.35 * sheet.size_px), (150, 150, 150)))


def _facts(dice: Random, read: ReadSheet, grid: Grid, kinds: tuple[FieldKind, ...]) -> Facts:
    title = read.value("title")
    caption = f"A table titled {title}" if title else "A table"
    caption += f" with {len(grid.rows)} rows and {len(grid.columns)} columns: {', '.join(grid.columns)}."
    extra = table_questions.draw(dice, read, grid.columns, grid.rows)
    return Facts(NOUNS, read, kinds, (), caption, extra)
