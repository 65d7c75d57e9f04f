from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sightline.images.picture import RGB, ImageReceipt, SourceImage
from sightline.images.plan_tiles import plan_tiles
from sightline.images.prepare import hash_pixels, prepare
from sightline.types import Detail


def source(pixels: RGB) -> SourceImage:
    height, width, _ = pixels.shape
    return SourceImage(pixels, ImageReceipt("png", 1, width, height, 1, "auto"))


@pytest.mark.parametrize(
    ("width", "height", "detail", "used"),
    [
        (2560, 1669, "high", (1177, 768)),
        (1280, 720, "auto", (1280, 720)),
        (1920, 1080, "original", (1365, 768)),
        (1280, 720, "low", (512, 288)),
        (8000, 200, "high", (2048, 51)),
        (3, 5, "low", (3, 5)),
    ],
)
def test_the_pixels_have_the_size_of_the_plan_and_the_receipt_says_so(
    width: int, height: int, detail: Detail, used: tuple[int, int]
) -> None:
    prepared = prepare(source(np.zeros((height, width, 3), np.uint8)), detail)
    assert prepared.pixels.shape == (used[1], used[0], 3)
    assert prepared.pixels.dtype == np.uint8
    plan = plan_tiles(width, height, detail)
    receipt = prepared.receipt
    assert prepared.plan == plan
    assert (receipt.width, receipt.height, receipt.columns, receipt.rows) == (*used, plan.columns, plan.rows)
    assert (receipt.source_width, receipt.source_height, receipt.detail) == (width, height, detail)
    assert receipt.tokens == 0


@pytest.mark.parametrize("size", [(3000, 2000), (1025, 1025), (1600, 900)])
def test_fine_stripes_become_grey_and_not_other_stripes(size: tuple[int, int]) -> None:
    width, height = size
    stripes = np.zeros((height, width, 3), np.uint8)
    stripes[:, ::2] = 255
    pixels = prepare(source(stripes), "low").pixels
    middle = pixels[8:-8, 8:-8].astype(np.int32)
    assert abs(middle.mean() - 127.5) < 2
    assert middle.std() < 20


def test_a_picture_whose_visible_part_only_a_skipping_resize_would_see_is_not_turned_into_it() -> None:
    hidden = np.full((2048, 2048, 3), 200, np.uint8)
    hidden[2::4, 2::4] = 0  # what taking every fourth pixel would show
    assert prepare(source(hidden), "low").pixels.min() > 150


def test_low_detail_keeps_nothing_past_512_px() -> None:
    rng = np.random.default_rng(3)
    coarse = rng.integers(0, 256, (64, 64, 3), np.uint8)
    large = np.asarray(Image.fromarray(coarse).resize((1024, 1024), Image.Resampling.BICUBIC)).astype(np.int32)
    checks = np.indices((1024, 1024)).sum(0) % 2 * 16 - 8  # detail finer than 512 px can carry
    with_detail = np.clip(large + checks[..., None], 0, 255).astype(np.uint8)
    without = np.clip(large, 0, 255).astype(np.uint8)
    a, b = prepare(source(with_detail), "low").pixels, prepare(source(without), "low").pixels
    assert np.abs(a.astype(np.int32) - b.astype(np.int32)).max() <= 5


def test_a_picture_of_the_planned_size_is_passed_on_untouched() -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (700, 900, 3), np.uint8)
    assert np.array_equal(prepare(source(pixels), "high").pixels, pixels)


@settings(max_examples=40)
@given(st.integers(1, 40), st.integers(1, 40), st.randoms(use_true_random=False))
def test_one_changed_pixel_changes_the_hash(width: int, height: int, random: object) -> None:
    pixels = np.arange(width * height * 3, dtype=np.uint32).astype(np.uint8).reshape(height, width, 3)
    other = pixels.copy()
    other[height // 2, width // 2, 1] ^= 1
    assert hash_pixels(pixels) == hash_pixels(pixels.copy())
    assert hash_pixels(pixels) != hash_pixels(other)


def test_the_same_bytes_in_another_shape_have_another_hash() -> None:
    flat = np.arange(96 * 96 * 3, dtype=np.uint32).astype(np.uint8)
    assert hash_pixels(flat.reshape(96, 96, 3)) != hash_pixels(flat.reshape(192, 48, 3))


def test_a_turned_view_hashes_like_its_copy() -> None:
    view = np.random.default_rng(6).integers(0, 256, (20, 30, 3), np.uint8).transpose(1, 0, 2)
    assert hash_pixels(view) == hash_pixels(view.copy())
    assert prepare(source(view), "high").pixels.flags.c_contiguous
