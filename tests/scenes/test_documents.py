"""Documents: the same seed gives the same scene, and what is asked can be read."""

from __future__ import annotations

import json
import re
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.reading.lines import Reading
from sightline.scenes.documents import FAMILIES, make, page, receipt
from sightline.scenes.fonts import Split
from sightline.scenes.scene import Scene, Turn
from sightline.scenes.sheet import ReadSheet

# Kinds whose answer is one stretch of the reading (lines of one value may stand apart in it).
COPIED = (
    "field",
    "read",
    "read_all",
    "read_line",
    "read_after",
    "read_before",
    "read_beside",
    "price",
    "cell",
    "nth",
    "quantity",
    "note",
)
SEEDS = range(12)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def scenes(family: str, split: Split = "train") -> list[Scene]:
    return [make(np.random.default_rng([5, seed]), family, render=False, split=split) for seed in SEEDS]


def occurs(answer: str, scene: Scene) -> bool:
    """Every word of the answer is in the reading, and its parts between line ends stand there whole."""
    whole = squeezed(scene.reading.text)
    if squeezed(answer) in whole:
        return True
    lines = [squeezed(line.text) for line in scene.reading.lines]
    rest = squeezed(answer)
    while rest:  # a value of several lines: eat it line end by line end
        sizes = [n for line in lines for n in range(min(len(rest), len(line)), 0, -1) if rest[:n] in line]
        if not sizes or (max(sizes) < 2 and max(sizes) < len(rest)):
            return False
        rest = rest[max(sizes) :]
    return True


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_seed_gives_the_same_scene(family: str) -> None:
    first, second = (make(np.random.default_rng(3), family) for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)
    assert (first.reading, first.turns) == (second.reading, second.turns)


@pytest.mark.parametrize("family", FAMILIES)
def test_rendering_changes_neither_the_reading_nor_the_turns(family: str) -> None:
    shown, hidden = make(np.random.default_rng(4), family), make(np.random.default_rng(4), family, render=False)
    assert (shown.reading, shown.turns) == (hidden.reading, hidden.turns)
    assert shown.pixels.shape == (shown.reading.height, shown.reading.width, 3)
    assert hidden.pixels.size < 10_000


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("split", ["train", "test"])
def test_every_copied_answer_occurs_in_the_reading(family: str, split: Split) -> None:
    for scene in scenes(family, split):
        for turn in scene.turns:
            if turn.kind.split(".")[0] in COPIED and turn.kind != "read":
                for part in turn.answer.split(" and ") if turn.kind == "cell" else [turn.answer]:
                    assert occurs(part, scene), (turn, scene.reading.text)


@pytest.mark.parametrize("family", FAMILIES)
def test_boxes_lie_inside_the_picture_and_rows_run_from_left_to_right(family: str) -> None:
    for scene in scenes(family):
        width, height = scene.reading.width, scene.reading.height
        for line in scene.reading.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 < x1 <= width
            assert 0 <= y0 < y1 <= height
        rows = [line.row for line in scene.reading.lines]
        assert rows == sorted(rows)


def asked_keys(turn: Turn, keys: list[str]) -> bool:
    places = [turn.question.find(key) for key in keys]
    return all(place >= 0 for place in places)


@pytest.mark.parametrize("family", FAMILIES)
def test_json_answers_parse_and_have_the_asked_keys_as_strings_numbers_or_null(family: str) -> None:
    n_json = 0
    for scene in scenes(family):
        for turn in scene.turns:
            if turn.kind != "json":
                continue
            n_json += 1
            value = json.loads(turn.answer)
            assert all(part is None or isinstance(part, str | int | float) for part in value.values())
            assert asked_keys(turn, list(value)), turn
    assert n_json > 2 or family == "page"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_scene_asks_seven_to_twelve_different_questions(family: str) -> None:
    for scene in scenes(family):
        questions = [turn.question for turn in scene.turns]
        assert 7 <= len(questions) <= 12
        assert len(set(questions)) == len(questions)
        assert all(turn.answer.strip() for turn in scene.turns)


def test_the_picture_has_ink_where_the_reading_has_lines() -> None:
    scene = make(np.random.default_rng(11), "invoice")
    grey = scene.pixels.mean(axis=2)
    deviations = []
    for line in scene.reading.lines:
        x0, y0, x1, y1 = (round(edge) for edge in line.box)
        deviations.append(float(grey[y0:y1, x0:x1].std()))
    assert np.median(deviations) > 15


def test_a_field_that_is_answered_is_not_called_absent_in_the_same_receipt() -> None:
    keys = {noun: kind.key for kind in receipt.KINDS for noun in kind.nouns}
    for scene in scenes("receipt"):
        answered = {turn.kind.removeprefix("field.") for turn in scene.turns if turn.kind.startswith("field.")}
        absent = {keys[turn.answer[12:-16]] for turn in scene.turns if turn.kind == "absent"}
        assert not answered & absent


def test_an_unknown_family_is_refused_with_the_families_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"poem.*receipt"):
        make(np.random.default_rng(0), "poem")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_any_seed_makes_a_document(seed: int) -> None:
    scene = make(np.random.default_rng(seed), render=False)
    assert scene.family in FAMILIES
    assert scene.turns


def test_a_snippet_of_which_nothing_was_read_still_makes_a_scene() -> None:
    nothing = ReadSheet(Reading((), 300, 200), {}, frozenset())
    for seed in range(40):
        facts = page.draft(Random(seed), "train").facts(nothing)
        assert facts.caption
