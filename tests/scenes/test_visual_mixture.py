from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from sightline.scenes import charts, mixture, screens, shapes, signs
from sightline.scenes.degrade import degrade, turn_box
from sightline.scenes.generic import kind_of

SHARES = {"shapes": 0.3, "charts": 0.2, "screens": 0.2, "signs": 0.2, "boxes": 0.1}
FAULTS = ("rotated", "blurry", "dark", "noisy", "greyscale", "overexposed")


def test_the_mixture_is_the_same_for_the_same_seed() -> None:
    for seed in range(8):
        one, other = (mixture.make(np.random.default_rng(seed), shares=SHARES) for _ in range(2))
        assert np.array_equal(one.pixels, other.pixels)
        assert (one.family, one.turns, one.reading) == (other.family, other.turns, other.reading)


def test_scenes_have_at_most_ten_turns_and_no_question_twice() -> None:
    for seed in range(40):
        scene = mixture.make(np.random.default_rng(seed), shares=SHARES)
        questions = [turn.question.lower() for turn in scene.turns]
        assert 1 <= len(questions) <= 10
        assert len(set(questions)) == len(questions)


def test_questions_on_faults_are_answered_yes_as_often_as_no() -> None:
    answers: Counter[str] = Counter()
    for seed in range(500):
        scene = mixture.make(np.random.default_rng(seed), shares={"shapes": 0.7, "signs": 0.3})
        answers.update(turn.answer for turn in scene.turns if turn.kind in FAULTS)
    assert set(answers) == {"yes", "no"}
    assert answers.total() > 100
    assert 0.4 <= answers["yes"] / answers.total() <= 0.6


def test_the_shares_of_all_families_add_up_to_one() -> None:
    assert sum(mixture.SHARES.values()) == pytest.approx(1)


def test_photos_that_are_not_there_are_left_out_and_said_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    mixture.families.cache_clear()
    with caplog.at_level(logging.WARNING):
        able = mixture.families(("photos", "shapes"), tmp_path)
    assert list(able) == ["shapes"]
    assert "no photos" in caplog.text


@pytest.mark.parametrize("family", [charts.make, screens.make, signs.make])
def test_boxes_turn_with_the_picture(family: mixture.Family) -> None:
    for seed in range(6):
        scene = family(np.random.default_rng(seed), split="train")
        turned, condition = degrade(np.random.default_rng(seed), scene, "rotated")
        assert condition.turn_deg in (90, 180, 270)
        assert turned.reading.turn_deg == condition.turn_deg
        back = np.rot90(turned.pixels, condition.turn_deg // 90)
        assert np.array_equal(back, scene.pixels)
        for before, after in zip(scene.objects, turned.objects, strict=True):
            height, width = turned.pixels.shape[:2]
            again = turn_box(after.box, 4 - condition.turn_deg // 90, width, height)
            assert again == pytest.approx(before.box)


@pytest.mark.parametrize(("fault", "darker"), [("dark", True), ("overexposed", False)])
def test_exposure_faults_change_the_mean(fault: str, darker: bool) -> None:
    scene = signs.make(np.random.default_rng(3))
    changed, _ = degrade(np.random.default_rng(1), scene, fault)
    assert (changed.pixels.mean() < scene.pixels.mean()) == darker
    assert changed.pixels.mean() < 60 or not darker


def test_a_picture_without_colour_is_not_asked_about_its_colours() -> None:
    scene = shapes.make(np.random.default_rng(5))
    grey, _ = degrade(np.random.default_rng(1), scene, "greyscale")
    assert np.ptp(grey.pixels.astype(int), axis=2).max() == 0
    assert {thing.colour for thing in grey.objects} <= {"black", "grey", "white"}
    assert not any("color" in turn.question or "colour" in turn.question for turn in grey.turns)


def test_generic_turns_name_the_kind_of_the_family() -> None:
    said = set()
    for seed in range(60):
        scene = mixture.make(np.random.default_rng(seed), shares=SHARES)
        for turn in scene.turns:
            if turn.kind == "detail":
                assert kind_of(scene.family) in turn.answer
                said.add(scene.family)
    assert said == set(SHARES)
