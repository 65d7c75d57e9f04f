"""Shapes are no text, whatever the recogniser says of them; text stays text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sightline.images.picture import ImageReceipt, PreparedImage
from sightline.images.plan_tiles import plan_tiles
from sightline.reading.drawn import is_drawing, is_symbols
from sightline.reading.reader import Reader


@pytest.mark.parametrize("texts", [["● ●", "▲● ■"], ["O"], ["十 十 十"], ["☆长☆", "☆☆☆"], ["oo", "0"], ["↓ ← ↑"], []])
def test_what_is_said_of_drawings_is_no_text(texts: list[str]) -> None:
    assert is_drawing(texts, 320)


@pytest.mark.parametrize("texts", [["OK"], ["100"], ["O", "BOOK"], ["8"], ["口味"], ["0.50"], ["0.00"], ["Tax"]])
def test_one_proper_letter_or_digit_is_enough_to_be_text(texts: list[str]) -> None:
    assert not is_drawing(texts, 320)


def test_a_small_cut_of_one_sign_is_believed() -> None:
    assert not is_drawing(["0"], 40)
    assert not is_drawing(["X"], 127)


def test_a_line_of_signs_alone_is_left_out_beside_text() -> None:
    assert [text for text in ("Menu", "★ ★", "-", "→ Exit", "☐") if not is_symbols(text)] == ["Menu", "-", "→ Exit"]


def _prepared(canvas: Image.Image, pixel_hash: str) -> PreparedImage:
    receipt = ImageReceipt("PNG", 0, canvas.width, canvas.height, 1, "high")
    plan = plan_tiles(canvas.width, canvas.height, "high")
    return PreparedImage(np.asarray(canvas), plan, pixel_hash, receipt)


def test_circles_and_a_square_have_no_text_and_a_word_beside_them_does(reader: Reader) -> None:
    canvas = Image.new("RGB", (480, 320), "white")
    pen = ImageDraw.Draw(canvas)
    for x in (40, 180, 320):
        pen.ellipse((x, 40, x + 110, 150), fill="crimson")
    pen.rectangle((60, 190, 160, 290), fill="royalblue")
    assert reader.read(_prepared(canvas, "shapes")).lines == ()
    pen.text((330, 240), "Harbour", "black", anchor="mm", font_size=48)
    assert "Harbour" in reader.read(_prepared(canvas, "shapes and a word")).text


def test_of_real_words_few_are_made_of_look_alikes_alone() -> None:
    rows = Path(__file__).parents[3] / "shared" / "eval" / "iiit5k" / "data.jsonl"
    if not rows.exists():
        pytest.skip("the evaluation sets are not here")
    words = [json.loads(line)["answers"][0] for line in rows.read_text("utf-8").splitlines()]
    assert sum(is_drawing([word], 320) for word in words) <= 1, [word for word in words if is_drawing([word], 320)]
