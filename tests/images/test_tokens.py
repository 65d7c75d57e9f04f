from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.errors import ImageTooLarge
from sightline.images.tokens import RATES, PatchBudget, PatchRate, count_patches, fit_patches, image_tokens
from sightline.types import Detail

CLASSIC = "gpt-4-vision-preview"
SIDE = st.integers(1, 16_384)


@pytest.mark.parametrize(
    ("width", "height", "classic", "mini", "five"),
    [
        (512, 512, 255, 8500, 210),
        (640, 480, 425, 14167, 350),
        (1024, 1024, 765, 25501, 630),
        (1280, 720, 1105, 36835, 910),
        (1920, 1080, 1105, 36835, 910),
        (2560, 1669, 1105, 36835, 910),
        (2048, 4096, 1105, 36835, 910),
        (1537, 768, 1445, 48169, 1190),
        (4096, 512, 765, 25501, 630),
        (8000, 200, 765, 25501, 630),
    ],
)
def test_t07_t08_t10_high_detail_costs_what_the_tables_say(
    width: int, height: int, classic: int, mini: int, five: int
) -> None:
    costs = [image_tokens(width, height, "high", model) for model in (CLASSIC, "gpt-4o-mini", "gpt-5")]
    assert costs == [classic, mini, five]


@pytest.mark.parametrize(("model", "tokens"), [(CLASSIC, 85), ("gpt-4o-mini-2024-07-18", 2833), ("gpt-5.1", 70)])
def test_t10_low_detail_costs_the_base(model: str, tokens: int) -> None:
    assert image_tokens(4000, 3000, "low", model) == tokens


def test_t09_a_tiny_picture_costs_one_tile() -> None:
    assert image_tokens(10, 10, "high", CLASSIC) == 255


@given(SIDE, SIDE)
def test_t11_auto_original_and_high_cost_the_same_under_the_tile_rule(width: int, height: int) -> None:
    details: tuple[Detail, ...] = ("auto", "original", "high")
    assert len({image_tokens(width, height, detail, CLASSIC) for detail in details}) == 1


@pytest.mark.parametrize(
    ("width", "height", "fitted", "n_patches"),
    [
        (1800, 2400, (1056, 1408), 1452),
        (512, 512, (512, 512), 256),
        (1024, 1024, (1024, 1024), 1024),
        (1920, 1080, (1649, 928), 1508),
        (3024, 4032, (1056, 1408), 1452),
        (4096, 512, (2048, 256), 512),
    ],
)
def test_patches_within_1536_match_the_published_examples(
    width: int, height: int, fitted: tuple[int, int], n_patches: int
) -> None:
    budget = PatchBudget(1536, 2048)
    assert fit_patches(width, height, budget) == fitted
    assert count_patches(width, height, budget) == n_patches


@pytest.mark.parametrize(
    ("width", "height", "detail", "model", "tokens"),
    [
        (1024, 1024, "high", "gpt-6-astra", 1229),
        (2048, 2048, "high", "gpt-6-astra", 3000),
        (4096, 512, "high", "gpt-6-astra", 2458),
        (2400, 2400, "original", "gpt-5.6-sol", 6750),
        (1024, 1024, "high", "o4-mini", 1762),
    ],
)
def test_patch_models_cost_what_was_measured(width: int, height: int, detail: Detail, model: str, tokens: int) -> None:
    assert image_tokens(width, height, detail, model) == tokens


@pytest.mark.parametrize(("width", "height", "n"), [(6000, 6000, 35344), (7952, 5304, 41334), (8000, 6000, 47000)])
def test_more_than_30000_patches_are_refused_with_their_number(width: int, height: int, n: int) -> None:
    with pytest.raises(ImageTooLarge, match=f"requires {n} patches after processing, exceeding the limit of 30000"):
        image_tokens(width, height, "original", "gpt-5.6")


@given(SIDE, SIDE, st.sampled_from([rate.high for rate in RATES.values() if isinstance(rate, PatchRate)]))
def test_patches_stay_within_the_budget_and_nothing_is_enlarged(width: int, height: int, budget: PatchBudget) -> None:
    fitted = fit_patches(width, height, budget)
    assert fitted[0] <= width
    assert fitted[1] <= height
    assert budget.n_patches is not None
    assert 1 <= count_patches(width, height, budget) <= budget.n_patches


def test_an_unknown_model_is_counted_by_the_classic_rule() -> None:
    assert image_tokens(1280, 720, "auto", "sightline-mini") == 1105
