"""The place of what an answer copies."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from sightline.chat.evidence import find_evidence
from sightline.reading.lines import Reading, TextLine


def page(*texts: str) -> Reading:
    lines = tuple(
        TextLine(text, (10.0, 20.0 * row, 100.0, 20.0 * row + 15), 0.9, row) for row, text in enumerate(texts)
    )
    return Reading(lines, 200, 400)


RECEIPT = page("ACME STORES LTD", "12 High Street", "London N1", "Subtotal 12.30", "TOTAL", "2.30", "CASH 12.30")


def test_an_answer_that_is_a_line_has_the_box_of_that_line() -> None:
    (found,) = find_evidence("Acme Stores Ltd", [RECEIPT])
    assert (found.path, found.image, found.boxes, found.n_places) == ("$", 0, (RECEIPT.lines[0].box,), 1)


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    (found,) = find_evidence("2.30", [RECEIPT])
    assert found.boxes == (RECEIPT.lines[5].box,)
    assert find_evidence("2.3", [RECEIPT]) == ()
    assert find_evidence("12", [page("12.50", "125", "1,12")]) == ()


def test_an_amount_is_found_behind_its_currency() -> None:
    assert find_evidence("2.30", [page("RM2.30")])[0].boxes


def test_an_answer_over_several_lines_has_the_box_of_each() -> None:
    (found,) = find_evidence("12 High Street London N1", [RECEIPT])
    assert found.boxes == (RECEIPT.lines[1].box, RECEIPT.lines[2].box)


def test_a_text_that_stands_twice_says_so() -> None:
    (found,) = find_evidence("12.30", [RECEIPT])
    assert found.n_places == 2


def test_each_value_of_a_json_answer_has_its_own_path() -> None:
    answer = json.dumps({"company": "ACME STORES LTD", "paid": None, "items": [{"unit price": 2.3}, {"total": "2.30"}]})
    found = find_evidence(answer, [RECEIPT])
    assert [(evidence.path, evidence.text) for evidence in found] == [
        ("$.company", "ACME STORES LTD"),
        ("$.items[1].total", "2.30"),
    ]


def test_a_sentence_is_found_by_what_it_quotes_or_by_its_numbers() -> None:
    assert [e.text for e in find_evidence('The shop is "Acme Stores Ltd".', [RECEIPT])] == ["Acme Stores Ltd"]
    assert [e.text for e in find_evidence("You paid 12.30 in cash.", [RECEIPT])] == ["12.30"]


def test_the_picture_that_shows_the_text_is_named() -> None:
    (found,) = find_evidence("London N1", [None, page("nothing here"), RECEIPT])
    assert found.image == 2


def test_what_is_not_printed_has_no_evidence() -> None:
    assert find_evidence("I am not sure.", [RECEIPT]) == ()
    assert find_evidence("", [RECEIPT]) == ()
    assert find_evidence("ACME STORES LTD", [None]) == ()
    assert find_evidence("{" * 5000, [RECEIPT]) == ()


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6), st.text(max_size=30))
def test_whatever_is_found_is_on_the_page(texts: list[str], answer: str) -> None:
    reading = page(*texts)
    for evidence in find_evidence(answer, [reading]):
        assert set(evidence.boxes) <= {line.box for line in reading.lines}
        assert evidence.n_places >= 1


@given(st.from_regex(r"[A-Za-z]{3,8}( [A-Za-z]{3,8}){0,2}", fullmatch=True), st.integers(0, 5))
def test_every_line_of_a_page_is_its_own_evidence(text: str, row: int) -> None:
    texts = [f"{index} filler" for index in range(6)]
    texts[row] = text
    (found,) = [e for e in find_evidence(text, [page(*texts)]) if e.text == text]
    assert found.boxes == (page(*texts).lines[row].box,)
