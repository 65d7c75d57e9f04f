"""What is said about cost and time before a request is paid."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sightline.chat.count import FAMILIES, count_picture
from sightline.chat.pace import NO_ANSWER, NO_READING, NO_STEP, RECENT_S, Pace
from sightline.errors import ImageTooLarge
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.plan_tiles import plan_tiles
from sightline.types import Detail, ImagePart

PLAN = plan_tiles(1000, 1000, "high")
MEGAPIXELS = PLAN.width * PLAN.height / 1e6


def source(width: int, height: int, detail: Detail = "auto") -> SourceImage:
    return SourceImage(np.zeros((1, 1, 3), np.uint8), ImageReceipt("png", 9, width, height, 1, detail))


@pytest.mark.parametrize(
    ("width", "height", "low", "high", "mini"), [(1280, 720, 85, 1105, 36835), (512, 512, 85, 255, 8500)]
)
def test_a_picture_is_counted_under_every_rule(width: int, height: int, low: int, high: int, mini: int) -> None:
    counted = count_picture(source(width, height), ImagePart(b""), "gpt-4-vision-preview")
    assert set(counted.by_family) == set(FAMILIES)
    assert (counted.by_family["gpt-4"].low, counted.by_family["gpt-4"].high) == (low, high)
    assert counted.by_family["gpt-4o-mini"].asked == mini
    assert counted.tokens == high


def test_a_family_that_refuses_the_size_has_no_figure_and_the_one_that_is_asked_refuses() -> None:
    large = source(8000, 6000, "original")
    counted = count_picture(large, ImagePart(b"", "original"), "gpt-4")
    assert counted.by_family["gpt-6"].asked is None
    assert counted.by_family["gpt-6"].high
    with pytest.raises(ImageTooLarge, match="47000 patches"):
        count_picture(large, ImagePart(b"", "original"), "gpt-6")


def answer(n_images: int = 1, n_steps: int = 10, *, cached: bool = False) -> Any:
    """An answer that is over: a second a picture to read, two to begin, a tenth a token."""
    receipt = ImageReceipt("png", 9, 1000, 1000, 1, "high", PLAN.width, PLAN.height)
    receipts = [
        ImageReceipt(**{**fields(receipt), "reading_ms": 1000.0, "reading_cached": cached}) for _ in range(n_images)
    ]
    spent = SimpleNamespace(load_ms=50.0, prepare_ms=1000.0, first_ms=3050.0)
    return SimpleNamespace(
        engine_id="e", receipts=receipts, spent=spent, n_steps=n_steps, steps_s=n_steps / 10, choices=(None,)
    )


def fields(receipt: ImageReceipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in receipt.__slots__}


def test_what_nobody_has_measured_is_not_guessed() -> None:
    expected = Pace().expect("e", [PLAN], 100, reads=True)
    figures = (expected.reading, expected.prefill, expected.per_token, expected.first_token, expected.typical)
    assert figures == (None,) * 5
    assert expected.at_most is None
    assert expected.unknown == {"reading": NO_READING, "prefill": NO_ANSWER, "per_token": NO_STEP}


def test_time_is_drawn_from_recent_answers() -> None:
    pace = Pace()
    for n_steps in (10, 20, 30):
        pace.note(answer(n_steps=n_steps))
    expected = pace.expect("e", [PLAN], 101, reads=True)
    assert expected.reading == pytest.approx(1.0)
    assert expected.prefill == pytest.approx(2.0)
    assert expected.per_token == pytest.approx(0.1)
    assert expected.first_token == pytest.approx(3.0)
    assert expected.typical == pytest.approx(5.0)
    assert expected.at_most == pytest.approx(13.0)
    assert (expected.n_answers, expected.unknown) == (3, {})
    twice = pace.expect("e", [PLAN], 101, reads=True, n_choices=2)
    assert twice.typical == pytest.approx(7.0)
    assert twice.at_most == pytest.approx(23.1)
    assert pace.expect("other", [PLAN], None, reads=True).n_answers == 0


def test_an_engine_that_does_not_read_waits_for_no_reading_and_cached_readings_say_nothing() -> None:
    pace = Pace()
    for _ in range(3):
        pace.note(answer(cached=True))
    assert pace.expect("e", [PLAN], None, reads=False).reading == 0
    unknown = pace.expect("e", [PLAN], None, reads=True)
    assert (unknown.reading, unknown.first_token, unknown.unknown) == (None, None, {"reading": NO_READING})


def test_two_answers_or_another_number_of_pictures_or_old_ones_are_not_enough() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    pace.note(answer())
    pace.note(answer())
    assert pace.expect("e", [PLAN], None, reads=True).unknown == {"prefill": NO_ANSWER}
    pace.note(answer())
    assert pace.expect("e", [PLAN], None, reads=True).unknown == {}
    assert pace.expect("e", [PLAN, PLAN], None, reads=True).unknown == {"prefill": NO_ANSWER}
    now = RECENT_S + 1
    assert pace.expect("e", [PLAN], None, reads=True).n_answers == 0
