"""What stands beside a score."""

from __future__ import annotations

import pytest

from sightline.scoring import balanced_accuracy, best_constant, is_not_sure


def test_the_best_constant_is_the_majority_answer_of_an_exact_metric() -> None:
    rows = [("exact", ["no"])] * 3 + [("exact", ["yes"])]
    assert (best_constant(rows).answer, best_constant(rows).score) == ("no", 0.75)


def test_the_best_constant_uses_the_metric_itself() -> None:
    rows = [("relaxed_accuracy", [number]) for number in ("100", "104", "96", "7", "7")]
    assert best_constant(rows).answer == "100"
    assert best_constant(rows).score == pytest.approx(3 / 5)


def test_a_constant_object_can_be_best_for_json() -> None:
    rows = [("json_f1", [{"a": "x", "b": "1"}]), ("json_f1", [{"a": "x", "b": "2"}])]
    assert best_constant(rows).score == pytest.approx((1 + 0.5) / 2)


def test_balanced_accuracy_of_always_no_is_one_half() -> None:
    labels = ["no"] * 9 + ["yes"]
    assert balanced_accuracy(labels, [1.0] * 9 + [0.0]) == pytest.approx(0.5)
    assert balanced_accuracy(labels, [1.0] * 10) == 1.0


@pytest.mark.parametrize(
    "answer", ["I am not sure.", "I'm not sure what this is", "Sorry, I cannot tell from here", "I don't know"]
)
def test_declining_is_recognised(answer: str) -> None:
    assert is_not_sure(answer)


@pytest.mark.parametrize(
    "answer", ["A red square.", "No", "The sign says NOT A SURE THING", "can", "x" * 300 + " I am not sure"]
)
def test_an_answer_is_not_taken_for_declining(answer: str) -> None:
    assert not is_not_sure(answer)
