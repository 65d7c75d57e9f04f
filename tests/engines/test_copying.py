"""An answer that copies a line is kept on it, and nothing else is held back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sightline.engines.native.copying import MOST_SLIP, SLIP, Alphabet, CopyGuide, copied_lines
from sightline.model import tokenizer as tk
from sightline.model.tokenizer import TextTokenizer, train_tokenizer

WORDS = ("12,", "Jalan", "Tampoi", "Besar", "total", "9", "8", "make", ".")


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> TextTokenizer:
    file: Path = tmp_path_factory.mktemp("words") / "tokenizer.json"
    train_tokenizer([" ".join(f" {word}" for word in WORDS)] * 40, len(tk.SPECIALS) + 330).save(str(file))
    return TextTokenizer.load(file)


def prompt(tokenizer: TextTokenizer, *lines: str) -> list[int]:
    place = tokenizer.special(tk.LOC_X[0])
    body = [token for line in lines for token in (place, *tokenizer.encode(f" {line}"))]
    asked = tokenizer.encode(" total Jalan?")
    return [*asked, tokenizer.special(tk.READING), *body, tokenizer.special(tk.END_READING), *asked]


def slipped(tokenizer: TextTokenizer, said: str, *lines: str) -> np.ndarray:
    """What each token loses after `said`."""
    guide = CopyGuide(copied_lines(prompt(tokenizer, *lines), tokenizer), Alphabet.of(tokenizer, tokenizer.vocab_size))
    for token in tokenizer.encode(f" {said}"):
        guide.accept(token)
    logits = np.zeros(tokenizer.vocab_size, np.float32)
    return logits - guide.guided(logits)


def first(tokenizer: TextTokenizer, text: str) -> int:
    return tokenizer.encode(f" {text}")[0]


def test_inside_a_line_what_does_not_go_on_there_loses(tokenizer: TextTokenizer) -> None:
    lost = slipped(tokenizer, "12, Jalan", "total 9", "12, Jalan Tampoi", "Besar")
    assert lost[first(tokenizer, "Tampoi")] == 0
    assert lost[first(tokenizer, "make")] == pytest.approx(SLIP * len(tokenizer.encode(" 12, Jalan")))
    assert slipped(tokenizer, "12, Jalan Tampoi Besar 9", "12, Jalan Tampoi Besar 9 8").max() == MOST_SLIP


def test_what_ends_a_copy_loses_nothing(tokenizer: TextTokenizer) -> None:
    lost = slipped(tokenizer, "12, Jalan", "12, Jalan Tampoi")
    assert lost[tokenizer.special(tk.END)] == 0
    assert lost[tokenizer.encode(".")[0]] == 0


def test_at_the_end_of_a_line_its_words_are_not_copied_again(tokenizer: TextTokenizer) -> None:
    """As in "5, Taman Hijau 5, Taman Hijau 5, Taman"."""
    line = "Jalan Tampoi 9 total Jalan Tampoi"
    lost = slipped(tokenizer, line, line, "Besar 8")
    assert lost[first(tokenizer, "9")] > 0
    assert lost[first(tokenizer, "Besar")] == lost[first(tokenizer, "make")] == lost[tokenizer.special(tk.END)] == 0
    lost = slipped(tokenizer, line, line, "9 8")
    assert np.flatnonzero(lost).tolist() == [first(tokenizer, "Jalan")], "another line begins with 9, none with Jalan"


def test_where_lines_go_on_differently_each_may(tokenizer: TextTokenizer) -> None:
    lost = slipped(tokenizer, "12, Jalan", "12, Jalan Tampoi", "12, Jalan Besar")
    assert lost[first(tokenizer, "Tampoi")] == lost[first(tokenizer, "Besar")] == 0


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("12, Jalan", ("12, Jalan", "Tampoi")),
        ("make total", ("12, Jalan Tampoi",)),
        ("9 8", ("9 8 9",)),
        ("Jalan make", ("12, Jalan Tampoi",)),
        ("", ("12, Jalan Tampoi",)),
    ],
    ids=["at its end", "of no line", "digits alone", "that was left", "of nothing"],
)
def test_nothing_is_held_back_after_a_piece(tokenizer: TextTokenizer, said: str, lines: tuple[str, ...]) -> None:
    assert not slipped(tokenizer, said, *lines).any()


def test_only_readings_are_copied_from(tokenizer: TextTokenizer) -> None:
    found = copied_lines(prompt(tokenizer, "Besar"), tokenizer)
    assert [token for token in found if token >= 0] == tokenizer.encode(" Besar")
    assert copied_lines(tokenizer.encode(" total"), tokenizer) == []


def test_a_line_that_was_copied_to_its_end_is_not_begun_again(tokenizer: TextTokenizer) -> None:
    """As in "Jalan Bentong 90 Ground Floor Jalan Bentong 90 Ground Floor"."""
    lines = ["Jalan Tampoi Besar", "12, total make"]
    lost = slipped(tokenizer, " ".join(lines), *lines)
    assert lost[first(tokenizer, "Jalan")] > 0
    assert lost[tokenizer.special(tk.END)] == 0
    other = slipped(tokenizer, " ".join(lines), *lines, "Jalan total")
    assert other[first(tokenizer, "Jalan")] == 0, "another line begins so too"


def test_a_space_ends_no_copy(tokenizer: TextTokenizer) -> None:
    """As in "43200 Cheras, 43200 Cheras, Selangor": before a digit the space is a token of its own."""
    lost = slipped(tokenizer, "12, Jalan", "12, Jalan Tampoi")
    assert tokenizer.decode([first(tokenizer, "9")]) == " "
    assert lost[first(tokenizer, "9")] > 0
