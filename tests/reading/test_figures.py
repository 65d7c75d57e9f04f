"""What is drawn comes back as it was drawn: known pictures, and what is no drawing."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sightline.reading.figures import read_figures
from sightline.reading.figures.outlines import outline
from sightline.reading.lines import Figure

Pixels = NDArray[np.uint8]
SMOOTH = 3  # drawn this many times larger and averaged down


class Sheet:
    """A white page to draw on, its edges smoothed when it is looked at."""

    def __init__(self, width: int = 400, height: int = 300, colour: str = "white") -> None:
        self.size = width, height
        self.image = Image.new("RGB", (width * SMOOTH, height * SMOOTH), colour)
        self.draw = ImageDraw.Draw(self.image)

    def pixels(self) -> Pixels:
        return np.asarray(self.image.resize(self.size, Image.Resampling.BOX), np.uint8)

    def circle(self, x: float, y: float, r: float, fill: str | None = None, edge: str | None = None) -> None:
        box = [v * SMOOTH for v in (x - r, y - r, x + r, y + r)]
        self.draw.ellipse(box, fill=fill, outline=edge, width=2 * SMOOTH)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str | None = None, edge: str | None = None) -> None:
        self.draw.rectangle([v * SMOOTH for v in (x0, y0, x1, y1)], fill=fill, outline=edge, width=2 * SMOOTH)

    def boxes_at(self, places: Sequence[tuple[float, float]], fill: str) -> None:
        """Squares of 20 px around `places`."""
        for x, y in places:
            self.box(x - 10, y - 10, x + 10, y + 10, fill=fill)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: int = 3) -> None:
        self.draw.line([(x * SMOOTH, y * SMOOTH) for x, y in points], fill=colour, width=width * SMOOTH)


def _names(figures: Sequence[Figure]) -> list[str]:
    return [f"{f.colour} {'outlined ' if f.is_outline else ''}{f.kind}" for f in figures]


def test_shapes_come_with_their_colours_from_left_to_right_and_with_their_places() -> None:
    sheet = Sheet()
    sheet.circle(300, 100, 40, "red")
    sheet.box(40, 60, 120, 140, "blue")
    figures = read_figures(sheet.pixels())
    assert _names(figures) == ["blue square", "red circle"]
    assert figures[0].box == pytest.approx((40, 60, 120, 140), abs=2)
    assert figures[1].box == pytest.approx((260, 60, 340, 140), abs=2)


@pytest.mark.parametrize(
    "kind", ["circle", "square", "triangle", "star", "pentagon", "hexagon", "diamond", "cross", "heart", "arrow"]
)
@pytest.mark.parametrize("seed", range(2))
def test_each_kind_is_known_in_any_size_and_somewhat_turned(kind: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sheet = Sheet()
    points = outline(rng, kind, (200, 150), float(rng.uniform(25, 100)))
    sheet.draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in points], fill="green")
    assert _names(read_figures(sheet.pixels())) == [f"green {kind}"]


def test_touching_is_told_from_nearly_touching() -> None:
    apart, together = Sheet(), Sheet()
    apart.circle(140, 150, 50, "blue")
    apart.circle(246, 150, 50, "magenta")
    together.circle(140, 150, 50, "blue")
    together.circle(238, 150, 50, "magenta")
    assert [figure.touches for figure in read_figures(apart.pixels())] == [False, False]
    assert sorted(figure.touches for figure in read_figures(together.pixels())) == [False, True]


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (5, 3), (7, 9)])
def test_a_table_without_text_is_a_grid_of_rows_and_columns(rows: int, columns: int) -> None:
    sheet = Sheet(500, 400)
    for row in range(rows):
        for column in range(columns):
            x, y = 20 + column * 460 / columns, 20 + row * 360 / rows
            sheet.box(x, y, x + 460 / columns, y + 360 / rows, edge="black")
    (grid,) = read_figures(sheet.pixels())
    assert (grid.kind, grid.n_rows, grid.n_columns) == ("grid", rows, columns)


def test_squares_inside_squares_are_counted_one_by_one() -> None:
    sheet = Sheet()
    for step in range(4):
        sheet.box(60 + 22 * step, 40 + 16 * step, 260 - 15 * step, 240 - 21 * step, edge="black")
    assert _names(read_figures(sheet.pixels())) == ["black outlined square"] * 4


@pytest.mark.parametrize(("y", "n"), [(60, 2), (280, 0)])
def test_strokes_tell_how_often_they_cross(y: float, n: int) -> None:
    sheet = Sheet()
    sheet.line([(10, 30), (200, 250), (390, 30)], "blue")
    sheet.line([(10, y), (390, y)], "red")
    assert sum(figure.n_crossings for figure in read_figures(sheet.pixels())) == n


def test_rings_over_each_other_are_circles() -> None:
    sheet = Sheet(500, 300)
    for place, colour in enumerate(["blue", "black", "red", "orange", "green"]):
        sheet.circle(110 + 70 * place, 130 + 45 * (place % 2), 50, edge=colour)
    assert sorted(_names(read_figures(sheet.pixels()))) == [
        f"{colour} outlined circle" for colour in ("black", "blue", "green", "orange", "red")
    ]


@pytest.mark.parametrize("kind", ["pentagon", "square", "triangle", "hexagon"])
@pytest.mark.parametrize("n", [2, 5, 8])
def test_polygons_over_each_other_are_told_one_by_one(kind: str, n: int) -> None:
    sheet, boxes = Sheet(700, 300), []
    for place in range(n):
        points = outline(np.random.default_rng(4), kind, (80 + 70 * place, 110 + 50 * (place % 2)), 52)
        sheet.line([*map(tuple, points), tuple(points[0])], "black", width=2)
        boxes.append((*points.min(axis=0), *points.max(axis=0)))
    figures = read_figures(sheet.pixels())
    assert _names(figures) == [f"black outlined {kind}"] * n
    for box, figure in zip(boxes, sorted(figures, key=lambda one: one.box[0]), strict=True):
        assert figure.box == pytest.approx(box, abs=4)


def test_outlines_over_each_other_keep_their_own_colours() -> None:
    sheet = Sheet()
    sheet.box(40, 40, 180, 180, edge="red")
    sheet.box(120, 100, 260, 240, edge="blue")
    assert sorted(_names(read_figures(sheet.pixels()))) == ["blue outlined square", "red outlined square"]


def test_what_is_no_polygons_is_one_figure_of_so_many_fields() -> None:
    sheet = Sheet()
    points = [(60, 150), (200, 40), (340, 160), (90, 60), (300, 260), (60, 150)]
    sheet.line(points, "black", width=2)
    figures = read_figures(sheet.pixels())
    assert not {figure.kind for figure in figures} & {"pentagon", "square", "triangle", "hexagon"}


def test_what_stands_in_a_frame_follows_it_and_tells_at_which_side() -> None:
    sheet = Sheet(420, 120, "grey")
    for x in (10, 220):
        sheet.box(x, 10, x + 180, 110, "white")
    sheet.box(20, 81, 50, 110, "black")
    sheet.circle(300, 60, 15, "blue")
    figures = read_figures(sheet.pixels())
    assert _names(figures) == ["white rectangle", "black square", "white rectangle", "blue circle"]
    assert (figures[1].at, figures[3].at) == (("bottom",), ())


def test_letters_are_text_and_no_figures() -> None:
    sheet = Sheet()
    sheet.box(30, 40, 60, 60, "black")
    sheet.circle(300, 200, 40, "red")
    pixels = sheet.pixels()
    assert len(read_figures(pixels)) == 2
    assert _names(read_figures(pixels, [(25.0, 38.0, 90.0, 62.0)])) == ["red circle"]


def test_a_page_of_text_has_no_figures() -> None:
    sheet = Sheet()
    sheet.circle(300, 200, 40, "red")
    assert read_figures(sheet.pixels(), [(0.0, 0.0, 400.0, 80.0)]) == ()


@pytest.mark.parametrize("seed", range(3))
def test_what_has_no_flat_colours_is_no_drawing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (12, 16, 3), dtype=np.uint8)
    photo = np.asarray(Image.fromarray(coarse).resize((400, 300), Image.Resampling.BICUBIC), np.uint8)
    assert read_figures(photo) == ()
    assert read_figures(rng.integers(0, 256, (300, 400, 3), dtype=np.uint8)) == ()


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 400), (3000, 2), (7, 5)])
def test_odd_sizes_do_no_harm(width: int, height: int) -> None:
    assert len(read_figures(np.full((height, width, 3), 200, np.uint8))) <= 1


def test_the_same_picture_gives_the_same_figures() -> None:
    sheet = Sheet()
    sheet.circle(100, 100, 30, "teal")
    assert read_figures(sheet.pixels()) == read_figures(sheet.pixels())


def test_the_edge_that_compression_leaves_around_a_shape_is_no_line() -> None:
    sheet = Sheet(640, 520, "#f5f1e6")
    sheet.circle(130, 140, 70, "#d63c3c")
    sheet.circle(330, 390, 80, "#d63c3c")
    _, kept = cv2.imencode(".jpg", sheet.pixels(), [cv2.IMWRITE_JPEG_QUALITY, 75])
    pixels = np.asarray(cv2.imdecode(kept, cv2.IMREAD_COLOR), np.uint8)
    assert _names(read_figures(pixels)) == ["red circle", "red circle"]


def test_of_frames_side_by_side_each_tells_how_many_stand_in_it_and_the_bars_between_are_nothing() -> None:
    sheet = Sheet(400, 100, "#808080")
    for left in (0, 150, 300):
        sheet.box(left, 0, left + 100, 100, fill="#d3d3d3")
    sheet.boxes_at(((30, 30), (60, 60), (180, 40), (320, 85)), "black")
    sheet.box(380, 80, 400, 100, fill="blue")
    figures = read_figures(sheet.pixels())
    frames = [figure for figure in figures if figure.colour == "grey"]
    assert [frame.n_inside for frame in frames] == [2, 1, 2]
    assert len(figures) == 3 + 5
    assert not any(figure.touches for figure in figures)


def test_rules_and_specks_of_a_scanned_page_are_no_drawing() -> None:
    sheet = Sheet(400, 600)
    for y in (100, 300, 420):
        sheet.line([(40, y), (300, y)], "black")
    sheet.line([(330, 200), (340, 206), (333, 220)], "black")
    written = [(20.0, 30.0 + 25 * row, 200.0, 42.0 + 25 * row) for row in range(20)]
    assert read_figures(sheet.pixels()) != ()
    assert read_figures(sheet.pixels(), written) == ()


def test_rules_from_top_to_bottom_part_a_picture_into_frames() -> None:
    sheet = Sheet(360, 110, "#d3d3d3")
    for x in (120, 240):
        sheet.line([(x, 0), (x, 110)], "black")
    sheet.boxes_at(((40, 30), (80, 70), (180, 40), (300, 90)), "blue")
    figures = read_figures(sheet.pixels())
    assert [figure.n_inside for figure in figures if figure.n_inside] == [2, 1, 1]


def test_outlined_frames_hold_what_stands_in_them_and_nested_outlines_hold_nothing() -> None:
    sheet = Sheet(380, 140, "#fff5e0")
    for left in (20, 140, 260):
        sheet.box(left, 20, left + 100, 120, edge="grey")
    sheet.boxes_at(((50, 60), (90, 60), (190, 60), (310, 90)), "red")
    figures = read_figures(sheet.pixels())
    assert [figure.n_inside for figure in figures if figure.is_outline] == [2, 1, 1]
    nested = Sheet()
    for inset in (20, 50, 80):
        nested.box(inset, inset, 300 - inset, 300 - inset, edge="blue")
    assert [figure.n_inside for figure in read_figures(nested.pixels())] == [0, 0, 0]
