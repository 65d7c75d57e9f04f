"""Several pictures at once: the answers hold for the pictures that are shown, in their order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sightline.scenes import albums
from sightline.scenes.generic import kind_of
from sightline.scenes.phrasing import ORDINALS

PHOTOS = Path(__file__).parents[3] / "shared" / "photos"


def draw(n: int, photos: Path | None = None) -> list[albums.Album]:
    return [albums.make(np.random.default_rng(seed), photos_dir=photos) for seed in range(n)]


def test_the_same_seed_gives_the_same_album() -> None:
    first, second = draw(1)[0], draw(1)[0]
    assert first.turns == second.turns
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first.scenes, second.scenes, strict=True))


def test_the_number_the_kinds_and_which_is_which_are_true() -> None:
    checked = 0
    for album in draw(14):
        kinds = [kind_of(scene.family) for scene in album.scenes]
        assert 2 <= len(kinds) <= 4
        for turn in album.turns:
            if turn.kind == "album.number":
                assert turn.answer == str(len(kinds))
            elif turn.kind == "album.same_kind":
                assert turn.answer == ("yes" if len(set(kinds)) == 1 else "no")
            elif turn.kind == "album.which":
                place = ORDINALS.index(turn.answer.split()[1])
                assert kinds.count(kinds[place]) == 1
                assert kinds[place] in turn.question.lower()
            elif turn.kind == "album.difference":
                said = turn.answer.split(". ")
                assert all(kind in part for kind, part in zip(kinds, said, strict=True))
            else:
                continue
            checked += 1
    assert checked > 20


def test_photos_of_one_word_show_the_same_thing_and_others_do_not() -> None:
    if not PHOTOS.is_dir():
        pytest.skip(f"no photos at {PHOTOS}")
    answers: set[str] = set()
    for seed in range(40):
        album = albums.make(np.random.default_rng(seed), photos_dir=PHOTOS)
        words = [scene.shows for scene in album.scenes]
        for turn in album.turns:
            if turn.kind == "album.same_thing":
                assert all(words)
                assert turn.answer == ("yes" if len(set(words)) == 1 else "no")
                answers.add(turn.answer)
        if len(answers) == 2:
            return
    raise AssertionError(answers)
