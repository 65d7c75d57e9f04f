"""One score for one prediction: the metric that a row names, over all answers that it accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sightline.errors import ConfigError
from sightline.scoring import answers as by_answer
from sightline.scoring.text import normalise

_VERDICTS = frozenset({"yes", "no", "true", "false"})
_VERDICT = re.compile(r"\b(yes|no|true|false)\b")
_DIGITS = re.compile(r"\d+")
_PAIR = re.compile(r"\(\d+,\d+\)")


def exact(prediction: str, answers: Sequence[str]) -> float:
    """Accept the same normalised text; where answers are verdicts or counts, the first one said decides.

    A verdict is yes, no, true or false. A count is digits alone. Answers of the form `(rows,columns)`
    are compared by the first two numbers.
    """
    said = normalise(prediction)
    wanted = {normalise(answer) for answer in answers}
    if wanted <= _VERDICTS:
        said = _first(_VERDICT, said)
    elif all(_DIGITS.fullmatch(answer) for answer in answers):
        said = _first(_DIGITS, said)
    elif all(_PAIR.fullmatch(answer) for answer in answers):
        pair = _DIGITS.findall(said)[:2]
        return float(any(pair == _DIGITS.findall(answer) for answer in answers))
    return float(said in wanted)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(0) if match else text


def _best_of(metric: Callable[[Any, Any], float]) -> Callable[[Any, Sequence[Any]], float]:
    return lambda prediction, answers: max(metric(prediction, answer) for answer in answers)


_METRICS: dict[str, Callable[[Any, Sequence[Any]], float]] = {
    "exact": exact,
    "exact_ci": exact,
    "exact_norm": exact,
    "contains_any": _best_of(by_answer.contains),
    "relaxed_accuracy": _best_of(by_answer.relaxed_accuracy),
    "anls": _best_of(by_answer.anls),
    "word_ci_alnum": _best_of(by_answer.word_ci_alnum),
    "cer_ci": lambda prediction, answers: by_answer.cer_ci(prediction, answers[0]),
    "json_f1": _best_of(by_answer.json_f1),
}
METRICS = frozenset(_METRICS)


def score(metric: str, answers: Sequence[Any], prediction: str | None) -> float:
    """Score `prediction`, 0..1, against the answers that a row accepts.

    Args:
        metric: One of `METRICS`.
        answers: At least one accepted answer; JSON values for `json_f1`, text otherwise.
        prediction: What the model said; None scores as an empty answer.

    Raises:
        ConfigError: If there is no such metric, or no answer.
    """
    if metric not in METRICS:
        raise ConfigError(f"there is no metric {metric!r}; there are {', '.join(sorted(METRICS))}", param="metric")
    if not answers:
        raise ConfigError("a row needs at least one answer", param="answers")
    return _METRICS[metric](prediction or "", answers)


def is_verdict(answers: Sequence[Any]) -> bool:
    """Say whether a row asks for yes or no, or for true or false."""
    return all(isinstance(answer, str) and normalise(answer) in _VERDICTS for answer in answers)
