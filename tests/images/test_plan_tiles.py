from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.images.plan_tiles import plan_tiles

SIDE = st.integers(1, 16_384)


@pytest.mark.parametrize(
    ("width", "height", "used", "n_tiles"),
    [
        (1, 1, (1, 1), 1),
        (10, 10, (10, 10), 1),
        (512, 512, (512, 512), 1),
        (513, 512, (513, 512), 2),
        (640, 480, (640, 480), 2),
        (513, 513, (513, 513), 4),
        (768, 768, (768, 768), 4),
        (800, 600, (800, 600), 4),
        (1024, 768, (1024, 768), 4),
        (1024, 1024, (768, 768), 4),
        (3024, 4032, (768, 1024), 4),
        (6000, 6000, (768, 768), 4),
        (1280, 720, (1280, 720), 6),
        (1920, 1080, (1365, 768), 6),
        (2560, 1669, (1177, 768), 6),
        (2048, 4096, (768, 1536), 6),
        (1537, 768, (1537, 768), 8),
        (2048, 768, (2048, 768), 8),
        (4096, 512, (2048, 256), 4),
        (8000, 200, (2048, 51), 4),
    ],
)
def test_high_detail_plans_the_published_sizes_and_tiles(
    width: int, height: int, used: tuple[int, int], n_tiles: int
) -> None:
    plan = plan_tiles(width, height, "high")
    assert (plan.width, plan.height) == used
    assert plan.n_tiles == n_tiles


@given(SIDE, SIDE)
def test_turning_the_image_turns_the_plan(width: int, height: int) -> None:
    for detail in ("low", "high"):
        upright, turned = plan_tiles(width, height, detail), plan_tiles(height, width, detail)
        assert (upright.width, upright.height) == (turned.height, turned.width)
        assert (upright.columns, upright.rows) == (turned.rows, turned.columns)


@given(SIDE, SIDE)
def test_nothing_is_enlarged_and_at_most_eight_tiles_are_used(width: int, height: int) -> None:
    plan = plan_tiles(width, height, "high")
    assert 1 <= plan.width <= width
    assert 1 <= plan.height <= height
    assert max(plan.width, plan.height) <= 2048
    assert min(plan.width, plan.height) <= 768
    assert 1 <= plan.n_tiles <= 8


@given(SIDE, SIDE)
def test_tiles_cover_the_image_with_no_empty_row_or_column(width: int, height: int) -> None:
    plan = plan_tiles(width, height, "high")
    assert (plan.columns - 1) * 512 < plan.width <= plan.columns * 512
    assert (plan.rows - 1) * 512 < plan.height <= plan.rows * 512


@given(SIDE, SIDE)
def test_low_detail_fits_512_and_counts_no_tiles(width: int, height: int) -> None:
    plan = plan_tiles(width, height, "low")
    assert max(plan.width, plan.height) == min(512, max(width, height))
    assert min(plan.width, plan.height) >= 1
    assert plan.n_tiles == 0


@given(SIDE, SIDE)
def test_the_proportions_stay_within_one_pixel(width: int, height: int) -> None:
    plan = plan_tiles(width, height, "high")
    long_used, short_used = max(plan.width, plan.height), min(plan.width, plan.height)
    exact = long_used * min(width, height) / max(width, height)
    assert abs(short_used - exact) <= 1.0 or short_used == 1


def test_a_picture_without_a_side_has_no_plan() -> None:
    with pytest.raises(ValueError, match="0 x 5"):
        plan_tiles(0, 5, "high")
