"""The place of what an answer copies."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.chat.evidence import find_evidence
from sightline.chat.values import values_of
from sightline.model.calibration import Calibration
from sightline.reading.lines import NamedObject, Reading, TextLine
from sightline.types import ChosenToken


def page(*texts: str) -> Reading:
    lines = tuple(
        TextLine(text, (10.0, 20.0 * row, 100.0, 20.0 * row + 15), 0.9, row) for row, text in enumerate(texts)
    )
    return Reading(lines, 200, 400)


RECEIPT = page("ACME STORES LTD", "12 High Street", "London N1", "Subtotal 12.30", "TOTAL", "2.30", "CASH 12.30")


def places(answer: str, reading: Reading) -> list[str]:
    return [evidence.text for evidence in find_evidence(answer, [reading]) if evidence.boxes]


def test_an_answer_that_is_a_line_has_the_box_of_that_line() -> None:
    (found,) = find_evidence("Acme Stores Ltd", [RECEIPT])
    assert (found.path, found.image, found.boxes, found.n_places) == ("$", 0, (RECEIPT.lines[0].box,), 1)


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    (found,) = find_evidence("2.30", [RECEIPT])
    assert found.boxes == (RECEIPT.lines[5].box,)
    assert not places("2.3", RECEIPT)
    assert not places("12", page("12.50", "125", "1,12"))


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
    assert [(evidence.path, evidence.text, evidence.image) for evidence in found] == [
        ("$.company", "ACME STORES LTD", 0),
        ("$.paid", "null", None),
        ('$.items[0]["unit price"]', "2.3", None),
        ("$.items[1].total", "2.30", 0),
    ]


def test_a_sentence_is_found_by_what_it_quotes_or_by_its_numbers() -> None:
    assert places('The shop is "Acme Stores Ltd".', RECEIPT) == ["Acme Stores Ltd"]
    assert places("You paid 12.30 in cash.", RECEIPT) == ["12.30"]


def test_the_picture_that_shows_the_text_is_named() -> None:
    (found,) = find_evidence("London N1", [None, page("nothing here"), RECEIPT])
    assert found.image == 2


def test_what_is_not_printed_has_no_box() -> None:
    assert not places("I am not sure.", RECEIPT)
    assert find_evidence("", [RECEIPT]) == ()
    assert find_evidence("ACME STORES LTD", [None])[0].boxes == ()
    assert not places("{" * 300, RECEIPT)


def test_null_and_true_are_values_without_a_place() -> None:
    found = find_evidence('{"a": null, "b": true, "c": "true"}', [page("null true")])
    assert [(evidence.text, evidence.image) for evidence in found] == [("null", None), ("true", None), ("true", 0)]


def test_the_confidence_of_a_value_is_that_of_its_own_tokens() -> None:
    pieces = (('{"total": "', -0.9), ("12", -0.1), (".30", -0.2), ('", "date": null}', -0.7))
    tokens = tuple(ChosenToken(text.encode(), logprob) for text, logprob in pieces)
    answer = "".join(text for text, _ in pieces)
    as_it_is = Calibration(slope=1.0, intercept=0.0)
    total, date = find_evidence(answer, [RECEIPT], tokens, as_it_is)
    assert total.confidence == pytest.approx(math.exp(-0.3), abs=1e-3)
    assert date.confidence == pytest.approx(math.exp(-0.7), abs=1e-3)
    assert find_evidence(answer, [RECEIPT], tokens)[0].confidence is None
    assert find_evidence(answer, [RECEIPT], (), as_it_is)[0].confidence is None


def test_an_escaped_value_is_placed_behind_its_key() -> None:
    answer = '{"a": "a", "say \\"b\\"": "x \\"y\\" z", "n": -1.5e3}'
    values = values_of(answer)
    assert [value.text for value in values] == ["a", 'x "y" z', "-1.5e3"]
    assert [answer[value.start : value.end] for value in values] == ["a", 'x \\"y\\" z', "-1.5e3"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), JSON_VALUES, max_size=4), st.booleans(), st.sampled_from([None, 2]))
def test_every_value_stands_where_it_is_said_to_stand(answer: object, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(answer, ensure_ascii=ascii_only, indent=indent)
    for value in values_of(text):
        spelt = text[value.start : value.end]
        assert json.loads(f'"{spelt}"' if text[value.start - 1 : value.start] == '"' else spelt) == (
            value.text if text[value.start - 1 : value.start] == '"' else json.loads(value.text)
        )


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6), st.text(max_size=30))
def test_whatever_is_found_is_on_the_page(texts: list[str], answer: str) -> None:
    reading = page(*texts)
    for evidence in find_evidence(answer, [reading]):
        assert set(evidence.boxes) <= {line.box for line in reading.lines}
        assert (evidence.n_places > 0) == (evidence.image is not None) == bool(evidence.boxes)


@given(st.from_regex(r"[A-Za-z]{3,8}( [A-Za-z]{3,8}){0,2}", fullmatch=True), st.integers(0, 5))
def test_every_line_of_a_page_is_its_own_evidence(text: str, row: int) -> None:
    texts = [f"{index} filler" for index in range(6)]
    texts[row] = text
    (found,) = [e for e in find_evidence(text, [page(*texts)]) if e.text == text]
    assert found.boxes == (page(*texts).lines[row].box,)


def test_a_word_for_a_photo_has_the_confidence_of_the_reader_that_told_it() -> None:
    photo = Reading((), 30, 20, objects=(NamedObject("shirt", 0.9), NamedObject("long-sleeved shirt", 0.41)))
    own = Calibration(1.0, 0.0)
    for answer, confidence in (("It is a shirt.", 0.9), ("a long-sleeved shirt", 0.41), ("a hat", 0.2)):
        tokens = (ChosenToken(answer.encode(), math.log(0.2)),)
        (found,) = find_evidence(answer, [photo], tokens, own)
        assert found.confidence == pytest.approx(confidence)
