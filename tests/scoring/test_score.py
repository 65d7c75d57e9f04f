"""Golden cases of each metric."""

from __future__ import annotations

from typing import Any

import pytest

from sightline.errors import ConfigError
from sightline.scoring import METRICS, is_verdict, score

CASES: list[tuple[str, list[Any], str | None, float]] = [
    ("exact", ["yes"], "Yes, they do. There is no doubt.", 1.0),
    ("exact", ["yes"], "No, but yes would be nice.", 0.0),
    ("exact", ["true"], "yes", 0.0),
    ("exact_norm", ["7"], "There are 7 circles in 2 rows.", 1.0),
    ("exact_norm", ["7"], "17", 0.0),
    ("exact_norm", ["(4,5)"], "4 rows and 5 columns", 1.0),
    ("exact_norm", ["(4,5)"], "5 rows and 4 columns", 0.0),
    ("exact_ci", ["19/05/18"], "19/05/18.", 1.0),
    ("exact_ci", ["19/05/18"], "The date is 19/05/18", 0.0),
    ("exact_ci", ["38.37"], None, 0.0),
    ("contains_any", ["t-shirt", "tee"], "A white T-Shirt.", 1.0),
    ("contains_any", ["tee"], "a steel door", 0.0),
    ("relaxed_accuracy", ["100"], "105", 1.0),
    ("relaxed_accuracy", ["100"], "105.1", 0.0),
    ("relaxed_accuracy", ["1000"], "$1,020", 1.0),
    ("relaxed_accuracy", ["0"], "0.0", 1.0),
    ("relaxed_accuracy", ["0"], "0.001", 0.0),
    ("relaxed_accuracy", ["Spain"], "spain.", 1.0),
    ("relaxed_accuracy", ["12%"], "12 percent", 1.0),
    ("anls", ["guardian"], "guardien", 1 - 1 / 8),
    ("anls", ["guardian"], "elephant", 0.0),
    ("anls", ["a", "guardian"], "Guardian", 1.0),
    ("word_ci_alnum", ["Fire!"], "FIRE", 1.0),
    ("word_ci_alnum", ["Fire"], "the fire", 0.0),
    ("cer_ci", ["GST - RATE"], "gst -  rate", 1.0),
    ("cer_ci", ["abcd"], "abcx", 0.75),
    ("cer_ci", ["ab"], "something else altogether", 0.0),
    ("json_f1", [{"a": "x", "b": 2}], 'Here: {"a": "X", "b": "2"}', 1.0),
    ("json_f1", [{"a": "x", "b": 2}], '{"a": "x"}', 2 / 3),
    ("json_f1", [{"a": ["one", "two"]}], '{"a": ["two", "one"]}', 1.0),
    ("json_f1", [{"a": {"b": "deep"}}], '{"a": {"c": "deep"}}', 0.0),
    ("json_f1", [{"a": "x"}], "not JSON {at all}", 0.0),
    ("json_f1", [{"a": "x"}], "no object", 0.0),
    ("json_f1", [{"a": "x"}], '{"a":' * 5000 + "1" + "}" * 5000, 0.0),
]


@pytest.mark.parametrize(("metric", "answers", "prediction", "wanted"), CASES)
def test_each_metric_gives_its_golden_value(metric: str, answers: list[Any], prediction: str, wanted: float) -> None:
    assert score(metric, answers, prediction) == pytest.approx(wanted)


def test_every_metric_has_a_golden_case() -> None:
    assert {case[0] for case in CASES} == METRICS


def test_an_unknown_metric_and_a_row_without_answers_are_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="no metric 'bleu'"):
        score("bleu", ["x"], "x")
    with pytest.raises(ConfigError, match="at least one answer"):
        score("anls", [], "x")


def test_a_row_is_a_verdict_only_if_all_its_answers_are() -> None:
    assert is_verdict(["Yes."])
    assert not is_verdict(["yes", "maybe"])
    assert not is_verdict([{"answer": "yes"}])
