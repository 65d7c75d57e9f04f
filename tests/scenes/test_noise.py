"""OCR mistakes: they come at the rates asked for and never lose track of a value."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sightline.scenes.noise import NoiseRates, misread

NONE = NoiseRates().scaled(0.0)
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def without_spaces_lost(rates: NoiseRates) -> NoiseRates:
    return NoiseRates(
        0.0,
        0.0,
        0.0,
        rates.misread_char,
        rates.bad_line,
        other_char=rates.other_char,
        lost_lead_line=rates.lost_lead_line,
        full_width_line=0,
    )


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", "date", "total"])), min_size=1, max_size=4))
def test_without_rates_nothing_is_misread(pieces: list[tuple[str, str]]) -> None:
    assert misread(Random(0), pieces, without_spaces_lost(NONE)) == pieces


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", "date", "total"])), min_size=1, max_size=4), st.integers(0, 999))
def test_pieces_keep_their_keys_and_their_order(pieces: list[tuple[str, str]], seed: int) -> None:
    keys = iter(key for _, key in pieces)
    for text, key in misread(Random(seed), pieces, NoiseRates().scaled(3.0)):
        assert text
        assert key in keys  # consumes the iterator: a subsequence in the same order


def test_about_six_lines_of_seven_are_read_without_a_wrong_character() -> None:
    dice, text = Random(7), "JALAN BUKIT 12/3, 50000 Kuala Lumpur"
    lines = [misread(dice, [(text, "")], NoiseRates())[0][0] for _ in range(2000)]
    perfect = sum(line.replace(" ", "") == text.replace(" ", "") for line in lines) / len(lines)
    assert 0.75 < perfect < 0.92
