"""What the bundled network says that pictures show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sightline.errors import ConfigError
from sightline.reading.objects import LEAST_CONFIDENCE, MODEL_FILE, MOST_WORDS, ObjectNamer, write_verified
from sightline.scenes.photo_files import load_photo

EVAL = Path(__file__).parents[3] / "shared" / "eval"


@pytest.fixture(scope="module")
def namer() -> ObjectNamer:
    return ObjectNamer()


def test_it_knows_clothes_and_groceries_and_a_word_for_none_of_them(namer: ObjectNamer) -> None:
    assert {"", "hat", "jacket", "apple", "milk", "banana"} <= set(namer.words)
    assert len(namer.words) == len(set(namer.words))


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (640, 480)])
def test_words_come_likeliest_first_and_few_whatever_the_size(namer: ObjectNamer, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    told = [named.confidence for named in namer.name(pixels)]
    assert told == sorted(told, reverse=True)
    assert len(told) <= MOST_WORDS
    assert all(LEAST_CONFIDENCE <= one <= 1 for one in told)


def test_an_empty_page_shows_nothing_it_knows(namer: ObjectNamer) -> None:
    assert namer.name(np.full((1200, 800, 3), 250, np.uint8)) == ()


def test_most_of_some_real_bananas_are_bananas(namer: ObjectNamer) -> None:
    rows = EVAL / "grocery" / "data.jsonl"
    if not rows.is_file():
        pytest.skip(f"{rows} is not there")
    found = [json.loads(line) for line in rows.read_text("utf-8").splitlines()]
    shown = [row["image"] for row in found if row.get("coarse") == "banana" and not row.get("mc")]
    told = [namer.name(load_photo(rows.parent / image)) for image in shown]
    assert shown
    assert sum(bool(named) and named[0].word == "banana" for named in told) > len(shown) / 2


@pytest.mark.parametrize("change", ["bytes", "hash", "file"])
def test_weights_that_are_not_the_shipped_ones_are_refused_by_name(tmp_path: Path, change: str) -> None:
    model = tmp_path / "objects.onnx"
    write_verified(model, MODEL_FILE.read_bytes())
    assert ObjectNamer(model).words
    if change == "bytes":
        model.write_bytes(MODEL_FILE.read_bytes()[:-1] + b"!")
    else:
        (model if change == "file" else tmp_path / "objects.onnx.sha256").unlink()
    with pytest.raises(ConfigError, match=r"objects\.onnx"):
        ObjectNamer(model)
