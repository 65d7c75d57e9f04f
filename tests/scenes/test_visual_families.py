from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from sightline.reading.colour_names import COLOURS
from sightline.scenes import boxes, charts, photo_files, photos, puzzles, screens, shapes, signs, textonly
from sightline.scenes.mixture import Family
from sightline.scenes.phrasing import plural
from sightline.scenes.scene import CLASSES, Scene

FAMILIES: dict[str, Family] = {
    "shapes": shapes.make, "charts": charts.make, "screens": screens.make, "signs": signs.make,
    "textonly": textonly.make, "boxes": boxes.make, "puzzles": puzzles.make,
}  # fmt: skip
PHOTOS = Path(__file__).parents[3] / "shared" / "photos"


def draw(family: str, n: int, split: str = "train") -> list[Scene]:
    return [FAMILIES[family](np.random.default_rng(seed), split=split) for seed in range(n)]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("split", ["train", "test"])
def test_the_same_seed_gives_the_same_scene(family: str, split: str) -> None:
    for one, other in zip(draw(family, 4, split), draw(family, 4, split), strict=True):
        assert np.array_equal(one.pixels, other.pixels)
        assert (one.reading, one.turns, one.objects) == (other.reading, other.turns, other.objects)


@pytest.mark.parametrize("family", FAMILIES)
def test_scenes_keep_the_agreed_form(family: str) -> None:
    for scene in draw(family, 25) + draw(family, 10, "test"):
        assert scene.pixels.dtype == np.uint8
        height, width = scene.pixels.shape[:2]
        assert (scene.reading.width, scene.reading.height) == (width, height)
        for thing in scene.objects:
            x0, y0, x1, y1 = thing.box
            assert thing.kind in CLASSES
            assert thing.colour in COLOURS
            assert -1 <= x0 < x1 <= width + 1
            assert -1 <= y0 < y1 <= height + 1
        for line in scene.reading.lines:
            assert 0 <= line.box[0] < line.box[2] <= width
            assert 0 <= line.box[1] < line.box[3] <= height
        assert 5 <= len(scene.turns) <= 11
        assert all(turn.question.strip() and turn.answer for turn in scene.turns)
        assert not any("{" in turn.question for turn in scene.turns)


@pytest.mark.parametrize("family", ["shapes", "charts", "screens", "signs", "boxes"])
def test_every_picture_has_one_caption(family: str) -> None:
    for scene in draw(family, 20):
        assert sum(turn.kind == "caption" for turn in scene.turns) == 1


def test_counts_in_answers_are_the_counts_of_objects() -> None:
    checked = 0
    for scene in draw("shapes", 150):
        kinds = Counter(thing.kind for thing in scene.objects)
        pairs = Counter((thing.colour, thing.kind) for thing in scene.objects)
        for turn in scene.turns:
            if turn.kind != "count":
                continue
            for kind in CLASSES:
                found = re.search(rf"(?:\b({'|'.join(COLOURS)}) )?\b{plural(kind)}\b", turn.question, re.IGNORECASE)
                if found:
                    colour = (found.group(1) or "").lower()
                    assert int(turn.answer) == (pairs[colour, kind] if colour else kinds[kind]), turn
                    checked += 1
    assert checked > 60


def test_presence_answers_agree_with_the_objects() -> None:
    checked = 0
    for scene in draw("shapes", 120):
        pairs = {(thing.colour, thing.kind) for thing in scene.objects}
        for turn in scene.turns:
            found = re.search(rf"\ban? ({'|'.join(COLOURS)}) ({'|'.join(CLASSES)})\b", turn.question.lower())
            if turn.kind == "presence" and found:
                assert turn.answer == ("yes" if found.groups() in pairs else "no"), turn
                checked += 1
    assert checked > 40


def test_the_pixels_have_the_colour_the_object_claims() -> None:
    """Filled convex shapes have their colour in the middle of their box."""
    from sightline.reading.colour_names import colour_name

    right = total = 0
    for scene in draw("charts", 20):
        bars = [thing for thing in scene.objects if thing.kind == "bar"]
        for thing in bars:
            x, y = int((thing.box[0] + thing.box[2]) / 2), int((thing.box[1] + thing.box[3]) / 2)
            r, g, b = scene.pixels[y, x].tolist()
            total += 1
            right += colour_name((r, g, b)) == thing.colour
    assert total > 50
    assert right / total > 0.9  # a label may stand across a thin bar


@pytest.mark.parametrize(
    ("family", "kinds"),
    [
        ("shapes", ("presence", "relation", "compare")),
        ("screens", ("checked",)),
        ("charts", ("compare",)),
        ("signs", ("presence", "colour_yes_no")),
    ],
)
def test_yes_and_no_are_balanced(family: str, kinds: tuple[str, ...]) -> None:
    answers = Counter(turn.answer for scene in draw(family, 150) for turn in scene.turns if turn.kind in kinds)
    answers = Counter({key: answers[key] for key in ("yes", "no")})
    assert answers.total() > 60
    assert 0.38 <= answers["yes"] / answers.total() <= 0.62


@pytest.mark.parametrize("family", ["shapes", "charts", "screens"])
def test_json_answers_parse_and_hold_the_asked_keys(family: str) -> None:
    answers = [turn for scene in draw(family, 40) for turn in scene.turns if turn.kind == "json"]
    assert answers
    for turn in answers:
        assert isinstance(json.loads(turn.answer), dict)


def test_chart_values_are_copied_from_the_reading() -> None:
    checked = 0
    for scene in draw("charts", 60):
        text = re.sub(r"[\s,]", "", scene.reading.text)
        for turn in scene.turns:
            if turn.kind == "value":
                assert turn.answer.replace(" ", "") in text, turn
                checked += 1
    assert checked > 40


def test_what_a_photo_shows_is_said_by_its_label_or_not_at_all() -> None:
    if not PHOTOS.is_dir():
        pytest.skip(f"no photos at {PHOTOS}")
    n_named = 0
    for seed in range(12):
        scene = photos.make(np.random.default_rng(seed), photos_dir=PHOTOS)
        again = photos.make(np.random.default_rng(seed), photos_dir=PHOTOS)
        assert np.array_equal(scene.pixels, again.pixels)
        assert scene.turns == again.turns
        named = [turn for turn in scene.turns if turn.kind in ("naming", "object", "choice")]
        assert all(scene.shows and scene.shows in turn.answer for turn in named)
        assert named or any("I am not sure what the object is" in turn.answer for turn in scene.turns)
        n_named += bool(named)
    assert 3 <= n_named <= 11


def test_photos_of_the_two_splits_do_not_overlap() -> None:
    if not PHOTOS.is_dir():
        pytest.skip(f"no photos at {PHOTOS}")
    train, test = (photo_files.list_photos(PHOTOS, split) for split in ("train", "test"))
    assert not {photo.path for photo in train} & {photo.path for photo in test}
    assert 0.05 < len(test) / (len(train) + len(test)) < 0.15


def test_missing_photos_are_an_error_that_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="labels"):
        photos.make(np.random.default_rng(0), photos_dir=tmp_path)
