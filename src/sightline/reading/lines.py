"""Text lines with their boxes, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SIDES = 3
Box = tuple[float, float, float, float]  # x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class TextLine:
    """One run of text. `box` is x0, y0, x1, y1 in upright source pixels; `confidence` is 0..1.

    Lines that stand beside each other on the page share a `row`; rows count from the top, and
    the lines of a row run from left to right.
    """

    text: str
    box: Box
    confidence: float
    row: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Something drawn. `kind` is a shape's name, `line`, `grid`, or `shape` for any other; `box` as a line's.

    `is_outline`: only its edge is drawn; strokes over each other enclose `n_parts` fields. `touches` another that is
    told before it. A stroke crosses those before it `n_crossings` times. `at` are the sides (left, right, top, bottom)
    of what it stands in that it stands at. A grid has `n_rows` and `n_columns`. The `n_inside` figures that are told
    next lie in this one.
    """

    kind: str
    colour: str
    box: Box
    is_outline: bool = False
    touches: bool = False
    n_parts: int = 1
    n_crossings: int = 0
    n_rows: int = 0
    n_columns: int = 0
    at: tuple[str, ...] = ()
    n_inside: int = 0

    @property
    def text(self) -> str:
        """The figure in words, its place apart. Who stands at three sides or more fills what it stands in: not told."""
        if self.kind == "grid":
            return f"{self.colour} grid of {self.n_rows} rows and {self.n_columns} columns"
        words = [self.colour, *["outlined"] * self.is_outline, self.kind]
        if self.n_parts > 1:
            words.append(f"of {self.n_parts} fields")
        if self.n_crossings:
            words.append(f"crossing {self.n_crossings}")
        elif self.touches:
            words.append("touching")
        return " ".join([*words, *(f"at {side}" for side in self.at if len(self.at) < MOST_SIDES)])


@dataclass(frozen=True, slots=True)
class LabelledValues:
    """A label of a chart and the numbers printed for it, as they are written, in the order they stand.

    `series` has the name in the legend that each of them belongs to, "" where that was not seen; it is empty where
    there is no legend. `is_estimated`: nothing is printed, the height of a column was measured by the scale beside it.
    """

    label: str
    values: tuple[str, ...]
    series: tuple[str, ...] = ()
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class NamedColour:
    """A name in the legend of a chart, and the colour (`reading/colour_names.py`) that stands for it."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class NamedObject:
    """What a photo may show: an everyday word, and how likely it is right, 0..1."""

    word: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one picture says, in reading order. `width`, `height`: the upright source, in pixels.

    `figures` is what is drawn, where the picture is a drawing; `values` are the numbers of a chart, `legend` its names
    with their colours. `turn_deg` says by how much the text itself was turned (0, 90, 180 or 270, clockwise) when it
    was read; `sharpness` is 0..1, None where nobody measured it. `objects` are words for what a photo shows, likeliest
    first.
    """

    lines: tuple[TextLine, ...]
    width: int
    height: int
    turn_deg: int = 0
    figures: tuple[Figure, ...] = ()
    sharpness: float | None = None
    values: tuple[LabelledValues, ...] = ()
    legend: tuple[NamedColour, ...] = ()
    objects: tuple[NamedObject, ...] = ()

    @property
    def text(self) -> str:
        """Rows from top to bottom, one a line; the lines of a row are joined with two spaces."""
        return "\n".join("  ".join(row) for row in self._rows())

    @property
    def rows(self) -> list[str]:
        """The text row by row, from top to bottom; the lines of a row are joined with one space, as in an answer."""
        return [" ".join(row) for row in self._rows()]

    def _rows(self) -> list[list[str]]:
        rows: dict[int, list[str]] = {}
        for line in self.lines:
            rows.setdefault(line.row, []).append(line.text)
        return list(rows.values())
