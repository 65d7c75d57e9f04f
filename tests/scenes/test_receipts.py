"""Receipts of many kinds, whose company, address, date and total are what is printed and nothing beside it."""

from __future__ import annotations

import re
from random import Random
from statistics import median

from sightline.scenes import words
from sightline.scenes.documents import receipt
from sightline.scenes.noise import NoiseRates
from sightline.scenes.sheet import ReadSheet, place, read_sheet

CLEAN = NoiseRates(0.0, 0.0, 0.0, jitter=0.0, split_wide_gap=0.0, split_gap=0.0).scaled(0.0)


def clean_receipts(n: int = 120) -> list[ReadSheet]:
    out = []
    for seed in range(n):
        dice = Random(seed)
        draft = receipt.draft(dice, "train")
        out.append(read_sheet(dice, draft.sheet, place(dice, draft.sheet, photo=0.0), CLEAN))
    return out


RECEIPTS = clean_receipts()


def shapes(values: list[str]) -> set[str]:
    return {re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "0", value)) for value in values}


def test_every_receipt_has_a_company_and_a_total_and_nearly_every_one_a_date_and_an_address() -> None:
    assert all(read.value("company") and read.value("total") for read in RECEIPTS)
    assert sum(read.value("date") is not None for read in RECEIPTS) > 0.9 * len(RECEIPTS)
    assert sum(read.value("address") is not None for read in RECEIPTS) > 0.88 * len(RECEIPTS)


def test_the_date_is_printed_in_many_forms_and_holds_neither_its_label_nor_the_time() -> None:
    dates = [date for read in RECEIPTS if (date := read.value("date"))]
    assert len(shapes(dates)) >= 9
    assert not [date for date in dates if ":" in date or "date" in date.lower()]


def test_a_date_stands_alone_beside_its_label_or_among_times_and_numbers() -> None:
    lines = [line.text for read in RECEIPTS for line in read.reading.lines if (read.value("date") or "?") in line.text]
    assert any(re.fullmatch(r"[\d/.-]+", line) for line in lines)
    assert any(re.match(r"(?i)date", line) for line in lines)
    assert any(re.search(r"\d:\d\d", line) for line in lines)


def test_the_company_comes_without_its_number_or_its_former_name() -> None:
    for read in RECEIPTS:
        company, number = read.value("company") or "", read.value("reg_no")
        assert "nown as" not in company
        assert not number or number not in company


def test_the_address_is_the_printed_lines_with_a_space_between() -> None:
    n_lines = set()
    for read in RECEIPTS:
        rows = read.values.get("address", ())
        n_lines.add(len(rows))
        texts = [line.text for line in read.reading.lines]
        assert all(any(row in text for text in texts) for row in rows)
        assert (read.value("address") or "") == " ".join(rows)
    assert {1, 2, 3, 4} <= n_lines


def test_the_total_is_among_other_sums_and_under_many_names() -> None:
    labels = set()
    for read in RECEIPTS:
        lines = read.reading.lines
        total = read.value("total") or ""
        at = max(i for i, line in enumerate(lines) if total in line.text)
        labels.add(lines[at].text if lines[at].text != total else lines[at - 1].text)
    assert len({re.sub(r"[\W\d]+", "", label).lower() for label in labels}) > 25
    others = {key for read in RECEIPTS for key in read.values}
    assert {"subtotal", "tax", "cash", "change", "rounding", "discount", "before_rounding"} <= others


def test_receipts_are_as_long_as_those_that_people_scan() -> None:
    rows = sorted(len({line.row for line in read.reading.lines}) for read in RECEIPTS)
    assert 22 <= median(rows) <= 34
    assert rows[len(rows) // 10] >= 12
    assert rows[-len(rows) // 10] >= 36


def test_a_malaysian_address_has_as_many_lines_as_asked_for_or_fewer_and_a_postcode() -> None:
    for seed in range(200):
        dice = Random(seed)
        n = dice.randint(1, 5)
        rows = words.address(dice, "my", n)
        assert 1 <= len(rows) <= n
        assert re.search(r"\d{5}", " ".join(rows))
