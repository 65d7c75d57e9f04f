"""The metrics of one answer. Each gives 0..1 for a prediction and one accepted answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sightline.scoring.text import edit_distance, fold_space, normalise

_NUMBER = re.compile(r"[-+]?[$€£]?\s*([-+]?[\d,]*\.?\d+)\s*(%|percent)?")
_NOT_ALNUM = re.compile(r"[^a-z0-9]")
ANLS_THRESHOLD = 0.5
SAME_VALUE = 0.9  # two JSON values at least this alike count as one
RELAXED_SHARE = 0.05


def anls(prediction: str, answer: str) -> float:
    """Give the normalised Levenshtein similarity, 0 below one half.

    Source: Biten et al. 2019, "Scene text visual question answering".
    """
    left, right = normalise(prediction), normalise(answer)
    longest = max(len(left), len(right))
    if not longest:
        return 1.0
    similarity = 1 - edit_distance(left, right) / longest
    return similarity if similarity >= ANLS_THRESHOLD else 0.0


def relaxed_accuracy(prediction: str, answer: str) -> float:
    """Accept a number within 5 % of the answer, or the same text.

    Source: Methani et al. 2020, "PlotQA"; used by Masry et al. 2022, "ChartQA".
    """
    given, wanted = parse_number(prediction), parse_number(answer)
    if given is None or wanted is None:
        return float(normalise(prediction) == normalise(answer))
    if wanted == 0:
        return float(given == 0)
    return float(abs(given - wanted) <= RELAXED_SHARE * abs(wanted))


def parse_number(text: str) -> float | None:
    """Read a whole text as a number: currency sign, thousands commas and per cent are allowed."""
    match = _NUMBER.fullmatch(text.strip().lower().replace(" ", ""))
    return float(match.group(1).replace(",", "")) if match else None


def contains(prediction: str, answer: str) -> float:
    """Accept a prediction that holds the answer as whole words."""
    return float(re.search(rf"(?<!\w){re.escape(normalise(answer))}(?!\w)", normalise(prediction)) is not None)


def word_ci_alnum(prediction: str, answer: str) -> float:
    """Accept the same letters and digits, whatever their case.

    Source: the usual word accuracy of IIIT5K (Mishra et al. 2012; Shi et al. 2017).
    """
    return float(_NOT_ALNUM.sub("", prediction.lower()) == _NOT_ALNUM.sub("", answer.lower()))


def cer_ci(prediction: str, answer: str) -> float:
    """Give one minus the character error rate, case and spacing folded, at least 0.

    What comes after four times the answer's length (and 50 more) is not looked at.
    """
    wanted = fold_space(answer.lower()).strip()
    given = fold_space(prediction.lower()).strip()[: 4 * len(wanted) + 50]
    return max(0.0, 1 - edit_distance(given, wanted) / max(1, len(wanted)))


def json_f1(prediction: object, answer: object) -> float:
    """Give the F1 of the leaves of two JSON values: same place, and text at least 0.9 alike by ANLS.

    A text prediction may have words around its object; without a readable object it scores 0.
    """
    if isinstance(prediction, str):
        prediction = _first_object(prediction)
        if prediction is None:
            return 0.0
    given, wanted = list(_leaves(prediction)), list(_leaves(answer))
    left, n_same = list(given), 0
    for place, value in wanted:
        for leaf in left:
            if leaf[0] == place and (leaf[1] == value or anls(leaf[1], value) >= SAME_VALUE):
                left.remove(leaf)
                n_same += 1
                break
    return 2 * n_same / max(1, len(given) + len(wanted))


def _first_object(text: str) -> Any:
    match = re.search(r"\{.*\}", text, re.DOTALL)
    if match is None:
        return None
    try:
        return json.loads(match.group(0))
    except (ValueError, RecursionError):
        return None


def _leaves(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, place)
    else:
        yield place, normalise(str(value))
