from hypothesis import given
from hypothesis import strategies as st

from sightline.reading.lines import Box
from sightline.reading.order import order_rows

SIDE = st.floats(0, 1000, allow_nan=False)
BOXES = st.lists(st.tuples(SIDE, SIDE, st.floats(1, 300), st.floats(1, 60)), max_size=40).map(
    lambda places: [(x, y, x + w, y + h) for x, y, w, h in places]
)


@given(BOXES, st.data())
def test_every_line_has_exactly_one_place(boxes: list[Box], data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 60), min_size=len(boxes), max_size=len(boxes)))
    rows = order_rows(boxes, lengths)
    assert sorted(index for row in rows for index in row) == list(range(len(boxes)))
    assert all(rows)


@given(BOXES)
def test_lines_of_a_row_run_from_left_to_right(boxes: list[Box]) -> None:
    for row in order_rows(boxes, [5] * len(boxes)):
        assert [boxes[m][0] for m in row] == sorted(boxes[m][0] for m in row)


def test_a_label_and_its_value_share_a_row_on_a_tilted_page() -> None:
    boxes = [(20.0, 20.0 + 30 * k, 200.0, 42.0 + 30 * k) for k in range(6)]
    boxes += [(500.0, 28.0 + 30 * k, 560.0, 50.0 + 30 * k) for k in range(6)]  # 8 px lower on the right
    assert order_rows(boxes, [18] * 6 + [5] * 6) == [[k, k + 6] for k in range(6)]


def test_a_heading_across_both_columns_divides_them() -> None:
    left = [(0.0, y, 300.0, y + 20) for y in (50.0, 80.0, 110.0, 140.0, 250.0, 280.0, 310.0, 340.0)]
    right = [(340.0, y0, 640.0, y1) for _, y0, _, y1 in left]
    heading = (100.0, 200.0, 540.0, 225.0)
    rows = order_rows([*left, *right, heading], [40] * 17)
    assert rows == [[0], [1], [2], [3], [8], [9], [10], [11], [16], [4], [5], [6], [7], [12], [13], [14], [15]]
