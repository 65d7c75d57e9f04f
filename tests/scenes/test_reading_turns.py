"""What is read aloud is the reading, row by row; what is asked as JSON comes back as it reads."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.scenes import mixture, recital
from sightline.scenes.answers_json import classic_turn, items_turn
from sightline.scenes.documents import fields, make
from sightline.scenes.facts import Facts, Item
from sightline.scenes.fonts import pick_face
from sightline.scenes.noise import NoiseRates
from sightline.scenes.questions import LONG_CHARACTERS
from sightline.scenes.reading_turns import MOST_CHARACTERS, read_part, transcribe
from sightline.scenes.sheet import ReadSheet, Sheet, place, read_sheet

CLEAN = NoiseRates(0.0, 0.0, 0.0, jitter=0.0).scaled(0.0)
TOTALS = (fields.SHOP, fields.SALE_DATE, fields.TOTAL, fields.SHOP_ADDRESS)
SEEDS = st.integers(0, 10_000)


def read_clean(dice: Random, rows: list[list[tuple[str, str]]]) -> ReadSheet:
    """A sheet with these rows of (text, key), each at its own place, read without a mistake."""
    sheet = Sheet(900, pick_face(dice, "sans", "train"), 18, 20)
    for row in rows:
        sheet.cells(*(([piece], at / 2, "left") for at, piece in enumerate(row)))
    return read_sheet(dice, sheet, place(dice, sheet, photo=0.0), CLEAN)


def a_receipt(dice: Random) -> Facts:
    rows = [
        [("Blue Fox Sdn Bhd", "company")],
        [("12, Jalan Ria,", "address")],
        [("50000 Ipoh", "address")],
        [("Date", ""), ("12/03/2018", "date")],
        [("Tea", "item.0.name"), ("2.50", "item.0.price")],
        [("TOTAL", ""), ("RM2.50", "total")],
        [("Thank you", "")],
    ]
    return Facts(("receipt",), read_clean(dice, rows), TOTALS, (Item("Tea", "Tea", "2.50", 250),))


def test_the_whole_page_is_read_one_line_a_row_with_a_space_between_columns() -> None:
    turn = transcribe(Random(1), a_receipt(Random(1)), "receipt")
    assert turn is not None
    assert turn.answer.split("\n") == [
        "Blue Fox Sdn Bhd", "12, Jalan Ria,", "50000 Ipoh", "Date 12/03/2018", "Tea 2.50", "TOTAL RM2.50", "Thank you",
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_part_that_is_read_is_some_rows_on_end(seed: int) -> None:
    facts = a_receipt(Random(1))
    turn = read_part(Random(seed), facts, "receipt")
    if turn is None:
        return
    text = "\n".join(facts.sheet.reading.rows)
    assert f"\n{turn.answer}\n" in f"\n{text}\n"
    assert turn.answer != text


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_company_date_address_and_total_are_answered_as_printed_however_they_are_called(seed: int) -> None:
    facts = a_receipt(Random(1))
    turn = classic_turn(Random(seed), facts, "receipt")
    assert turn is not None
    printed = {"Blue Fox Sdn Bhd", "12/03/2018", "12, Jalan Ria, 50000 Ipoh", "RM2.50"}
    value = json.loads(turn.answer)
    assert len(value) >= 3
    assert all(key in turn.question for key in value)
    assert set(value.values()) - {2.5} <= printed
    if 2.5 in value.values():
        assert any(word in turn.question for word in ("float", "number", "double", "decimal", ": 0"))


def test_items_are_listed_as_json_with_their_prices_as_printed() -> None:
    for seed in range(10):
        turn = items_turn(Random(seed), a_receipt(Random(1)), "receipt")
        assert turn is not None
        value = json.loads(turn.answer)
        (item,) = value if isinstance(value, list) else next(iter(value.values()))
        assert list(item.values()) == ["Tea", "2.50"]
        assert all(key in turn.question for key in item)


def test_whole_pages_of_any_length_are_read() -> None:
    lengths = []
    for seed in range(60):
        scene = make(np.random.default_rng([8, seed]), "receipt", render=False)
        for turn in scene.turns:
            if turn.kind == "read_all":
                assert turn.answer == "\n".join(scene.reading.rows)
                lengths.append(len(turn.answer))
                assert turn.quotes
    assert len(lengths) >= 10
    assert max(lengths) > MOST_CHARACTERS  # pointed at, a page costs no more than a word


def test_long_answers_come_before_short_ones() -> None:
    for seed in range(20):
        turns = make(np.random.default_rng([6, seed]), "receipt", render=False).turns
        is_long = [len(turn.answer) >= LONG_CHARACTERS for turn in turns]
        assert all(before or not after for before, after in pairwise(is_long))
        long_answers = [turn.answer for turn, long in zip(turns, is_long, strict=True) if long]
        assert len(set(long_answers)) == len(long_answers), "a page is read aloud once"


def test_long_answers_stay_first_among_the_questions_that_any_picture_gets() -> None:
    n_long = 0
    for seed in range(20):
        rng = np.random.default_rng([6, seed])
        turns = mixture.with_generic_turns(rng, make(rng, "receipt", render=True), fault_share=0.0).turns
        is_long = [len(turn.answer) >= LONG_CHARACTERS for turn in turns]
        assert all(before or not after for before, after in pairwise(is_long))
        n_long += sum(is_long)
    assert n_long > 0


@pytest.mark.parametrize("max_lines", [3, 9, 40])
def test_a_recital_has_at_most_ten_turns_and_reads_itself(max_lines: int) -> None:
    for seed in range(10):
        scene = recital.make(np.random.default_rng(seed), max_lines)
        text = "\n".join(scene.reading.rows)
        assert 1 <= len(scene.turns) <= 10
        assert all(turn.answer in text or turn.kind == "spell_all" for turn in scene.turns)
        assert all(turn.answer == text and not turn.quotes for turn in scene.turns if turn.kind == "spell_all")
