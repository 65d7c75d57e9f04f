"""OCR mistakes: they come at the rates asked for and never lose track of a value."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sightline.scenes.fonts import pick_face
from sightline.scenes.noise import NoiseRates, misread
from sightline.scenes.sheet import Sheet, place, read_sheet

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
        spaced_line=0,
    )


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", "date", "total"])), min_size=1, max_size=4))
def test_without_rates_several_spaces_become_one_and_nothing_is_misread(pieces: list[tuple[str, str]]) -> None:
    read = misread(Random(0), pieces, without_spaces_lost(NONE))
    assert "".join(text for text, _ in read) == re.sub(" +", " ", "".join(text for text, _ in pieces))


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", "date", "total"])), min_size=1, max_size=4), st.integers(0, 999))
def test_pieces_keep_their_keys_and_their_order(pieces: list[tuple[str, str]], seed: int) -> None:
    keys = iter(key for _, key in pieces)
    for text, key in misread(Random(seed), pieces, NoiseRates().scaled(3.0)):
        assert text
        assert key in keys  # consumes the iterator: a subsequence in the same order


def test_about_nineteen_lines_of_twenty_are_read_without_a_wrong_character() -> None:
    dice, text = Random(7), "Net amount 12.60"
    lines = [misread(dice, [(text, "")], NoiseRates())[0][0] for _ in range(2000)]
    perfect = sum(line.replace(" ", "") == text.replace(" ", "") for line in lines) / len(lines)
    assert 0.92 < perfect < 0.985


def test_spaces_inside_a_line_are_lost_once_in_a_hundred_and_more_often_on_a_tight_one() -> None:
    def share_kept(rates: NoiseRates) -> float:
        dice = Random(3)
        read = [misread(dice, [("a b c d e", "")], rates)[0][0] for _ in range(2000)]
        return sum(line.count(" ") for line in read) / 8000

    assert 0.985 < share_kept(NoiseRates()) < 0.998
    assert share_kept(NoiseRates(tight_line=1.0)) < 0.6


def test_a_column_far_to_the_right_is_a_box_of_its_own_and_a_word_is_never_cut() -> None:
    dice = Random(5)
    sheet = Sheet(700, pick_face(dice, "sans", "train"), 18, 20)
    sheet.line(("Total", ""), ("          ", ""), ("12.50", "total"))
    sheet.line(("Thank you for coming", ""))
    rates = NoiseRates(split_wide_gap=1.0, jitter=0.0, stray_page=0.0).scaled(0.0)
    read = read_sheet(dice, sheet, place(dice, sheet, photo=0.0), replace(rates, tight_line=0.0))
    assert [line.text for line in read.reading.lines] == ["Total", "12.50", "Thank you for coming"]
    assert [line.row for line in read.reading.lines] == [0, 0, 1]
    assert read.value("total") == "12.50"
    label, amount = read.reading.lines[0].box, read.reading.lines[1].box
    assert label[2] < amount[0]


def test_an_x_is_read_as_a_times_sign_between_numbers_and_not_inside_a_word() -> None:
    dice = Random(4)
    read = [misread(dice, [("2 x 3.10 Tax", "")], NoiseRates(bad_line=0.0))[0][0] for _ in range(1000)]
    assert sum("2 ×" in line or "2×" in line for line in read) > 80
    assert sum("Ta×" in line for line in read) < 10
