import threading
from collections.abc import Callable

import numpy as np
import pytest

from sightline.images.picture import RGB, ImageReceipt, PreparedImage
from sightline.images.plan_tiles import TilePlan
from sightline.reading import Reader, Reading
from sightline.reading.lines import TextLine
from sightline.reading.reader import MOST_CHART_LINES, measured

Draw = Callable[..., RGB]

RECEIPT = [
    (20, 20, "CORNER BOOK SHOP"),
    (20, 70, "Date: 14/03/2024"),
    (20, 120, "Paper A4"),
    (480, 120, "12.50"),
    (20, 170, "Blue pen"),
    (480, 170, "3.20"),
    (20, 220, "TOTAL"),
    (480, 220, "15.70"),
]
TEXT = "CORNER BOOK SHOP\nDate: 14/03/2024\nPaper A4  12.50\nBlue pen  3.20\nTOTAL  15.70"


def prepared(rgb: RGB, source: tuple[int, int] | None = None, pixel_hash: str | None = None) -> PreparedImage:
    height, width = rgb.shape[:2]
    source_width, source_height = source or (width, height)
    receipt = ImageReceipt("png", 0, source_width, source_height, 1, "high", width, height)
    return PreparedImage(
        rgb, TilePlan("high", width, height, 1, 1), pixel_hash or f"{hash(rgb.tobytes())}{rgb.shape}", receipt
    )


def test_a_receipt_is_read_row_by_row_with_its_spaces(reader: Reader, draw: Draw) -> None:
    reading = reader.read(prepared(draw(580, 280, RECEIPT)))
    assert reading.text == TEXT
    assert [line.row for line in reading.lines] == [0, 1, 2, 2, 3, 3, 4, 4]
    assert reading.turn_deg == 0
    assert all(0.9 < line.confidence <= 1 for line in reading.lines)


def test_boxes_enclose_the_drawn_text_in_source_pixels(reader: Reader, draw: Draw) -> None:
    reading = reader.read(prepared(draw(580, 280, RECEIPT), source=(1160, 840)))
    assert (reading.width, reading.height) == (1160, 840)
    total = next(line for line in reading.lines if line.text == "15.70")
    x0, y0, x1, y1 = total.box
    assert (x0 / 2, x1 / 2) == pytest.approx((480, 545), abs=8)
    assert (y0 / 3, y1 / 3) == pytest.approx((223, 243), abs=8)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turned_page_reads_the_same_and_its_boxes_stay_where_the_ink_is(
    reader: Reader, draw: Draw, turn: int
) -> None:
    rgb = np.ascontiguousarray(np.rot90(draw(580, 280, RECEIPT), -turn))
    reading = reader.read(prepared(rgb))
    assert reading.text == TEXT
    assert reading.turn_deg == 90 * turn
    for line in reading.lines:
        x0, y0, x1, y1 = (round(edge) for edge in line.box)
        assert rgb[y0:y1, x0:x1].min() < 100, "no ink inside the box"
    outside = rgb.copy()
    for line in reading.lines:
        x0, y0, x1, y1 = (round(edge) for edge in line.box)
        outside[y0:y1, x0:x1] = 255
    assert (outside < 100).sum() < 0.02 * (rgb < 100).sum()


def test_two_columns_of_running_text_are_not_interleaved(reader: Reader, draw: Draw) -> None:
    left = [
        "The river rises in the hills",
        "above the old town and runs",
        "past three water mills to",
        "the harbour by the sea.",
    ]
    right = [
        "Trains leave every half hour",
        "from the second platform and",
        "reach the coast before noon",
        "on every day but Sunday.",
    ]
    runs = [(20, 60 + 40 * k, text) for k, text in enumerate(left)]
    runs += [(460, 60 + 40 * k, text) for k, text in enumerate(right)]
    reading = reader.read(prepared(draw(860, 260, [(300, 12, "A guide to the valley"), *runs])))
    assert reading.text.splitlines() == ["A guide to the valley", *left, *right]


def test_one_label_running_up_the_side_is_read_beside_upright_text(reader: Reader, draw: Draw) -> None:
    page = draw(580, 280, RECEIPT).copy()
    page[20:260, 400:440] = np.rot90(draw(240, 40, [(10, 5, "Number of visits")]))
    reading = reader.read(prepared(page))
    assert reading.turn_deg == 0
    assert "Number of visits" in [line.text for line in reading.lines]


def test_a_small_picture_of_one_word_is_read(reader: Reader, draw: Draw) -> None:
    assert reader.read(prepared(draw(90, 28, [(6, 3, "Bakery")], size_px=18))).text == "Bakery"


@pytest.mark.parametrize("shape", [(1, 1), (600, 400), (40, 2000), (30, 30)])
def test_a_blank_picture_has_no_lines(reader: Reader, shape: tuple[int, int]) -> None:
    assert reader.read(prepared(np.full((*shape, 3), 235, np.uint8))).lines == ()


def test_low_pixels_are_all_that_is_read(reader: Reader, draw: Draw) -> None:
    page = draw(1200, 900, [(40, 40 + 12 * k, "small print that is hardly there at all") for k in range(60)], size_px=9)
    thumbnail = np.ascontiguousarray(page[::8, ::8])
    assert "small print" not in reader.read(prepared(thumbnail, source=(1200, 900))).text


def test_the_same_pixels_are_read_once(draw: Draw) -> None:
    reader = Reader(cache_entries=2)
    rgb = draw(300, 80, [(20, 20, "Once only")])
    assert not reader.is_cached("first")
    first = reader.read(prepared(rgb, pixel_hash="first"))
    assert reader.is_cached("first")
    black = np.zeros_like(rgb)  # never looked at: the hash already has its reading
    assert reader.read(prepared(black, pixel_hash="first")) == first


def test_what_one_owner_had_read_is_read_again_for_another(draw: Draw) -> None:
    reader = Reader(cache_entries=2)
    rgb = draw(300, 80, [(20, 20, "Mine alone")])
    mine = reader.read(prepared(rgb, pixel_hash="same"), "me")
    assert not reader.is_cached("same", "you")
    assert reader.read(prepared(np.zeros_like(rgb), pixel_hash="same"), "you").lines == ()  # looked at, not remembered
    assert reader.read(prepared(rgb, pixel_hash="same"), "me") == mine


def test_the_cache_drops_the_picture_not_asked_for_longest(draw: Draw) -> None:
    reader = Reader(cache_entries=2)
    rgb = draw(120, 30, [(6, 3, "Word")])
    for pixel_hash in ("a", "b", "a", "c"):
        reader.read(prepared(rgb, pixel_hash=pixel_hash))
    assert [reader.is_cached(pixel_hash) for pixel_hash in ("a", "b", "c")] == [True, False, True]


def test_a_cached_reading_is_scaled_to_each_source(reader: Reader, draw: Draw) -> None:
    rgb = draw(300, 80, [(20, 20, "Scaled")])
    one = reader.read(prepared(rgb, pixel_hash="scaled"))
    two = reader.read(prepared(rgb, source=(600, 240), pixel_hash="scaled"))
    x0, y0, x1, y1 = one.lines[0].box
    assert two.lines[0].box == pytest.approx((2 * x0, 3 * y0, 2 * x1, 3 * y1))


def test_threads_that_share_a_reader_get_their_own_pictures(reader: Reader, draw: Draw) -> None:
    words = ["Apple", "Bridge", "Candle", "Dinner"]
    pictures = {word: prepared(draw(400, 300, [(40, 40, word), (40, 140, f"{word} again")])) for word in words}
    found: dict[str, Reading] = {}

    def read(word: str) -> None:
        found[word] = reader.read(pictures[word])

    threads = [threading.Thread(target=read, args=(word,)) for word in words * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {word: reading.text for word, reading in found.items()} == {word: f"{word}\n{word} again" for word in words}


def test_raw_lines_are_the_lines_of_the_reading(reader: Reader, draw: Draw) -> None:
    rgb = draw(580, 280, RECEIPT)
    assert [line.text for line in reader.read_pixels(rgb)] == [line.text for line in reader.read(prepared(rgb)).lines]


def test_a_page_full_of_names_and_numbers_is_no_chart() -> None:
    """Each line of a chart is compared with each other: nobody sends a page that takes minutes."""
    rgb = np.full((4000, 800, 3), 255, np.uint8)

    def rows(n: int) -> Reading:
        lines = [
            TextLine(f"Item {'x' * (at % 9)}", (90 - 9 * (at % 9), 12 * at, 200, 12 * at + 10), 0.9, at)
            for at in range(n)
        ]
        lines += [TextLine(f"{at}.5", (400, 12 * at, 440, 12 * at + 10), 0.9, at) for at in range(n)]
        return Reading(tuple(lines), 800, 4000)

    assert len(measured(rows(30), rgb).values) == 30
    assert measured(rows(MOST_CHART_LINES), rgb).values == ()
