"""What a score must be seen beside: the best constant answer, and a mean that favours no class."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sightline.scoring.score import score
from sightline.scoring.text import normalise

MAX_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Constant:
    """The answer that scores best when it is given to every row, and that score."""

    answer: str
    score: float


def best_constant(rows: Sequence[tuple[str, Sequence[Any]]]) -> Constant:
    """Find the best single answer to rows of (metric, answers), among the rows' own answers.

    The 200 most frequent distinct answers are tried, each with each row's own metric.

    Raises:
        ValueError: If there are no rows.
    """
    if not rows:
        raise ValueError("no rows have no constant answer")
    counts = Counter(_as_text(answer) for _, answers in rows for answer in answers)
    candidates = [answer for answer, _ in counts.most_common(MAX_CANDIDATES)]
    means = {answer: math.fsum(score(m, accepted, answer) for m, accepted in rows) / len(rows) for answer in candidates}
    best = max(candidates, key=lambda answer: means[answer])
    return Constant(best, means[best])


def _as_text(answer: object) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def balanced_accuracy(labels: Sequence[str], scores: Sequence[float]) -> float:
    """Give the mean over the classes of `labels` of the mean score in each.

    Source: Brodersen et al. 2010, "The balanced accuracy and its posterior distribution".

    Raises:
        ValueError: If there are no labels, or not as many as scores.
    """
    by_class: dict[str, list[float]] = defaultdict(list)
    for label, one in zip(labels, scores, strict=True):
        by_class[normalise(label)].append(one)
    if not by_class:
        raise ValueError("no labels have no balanced accuracy")
    return math.fsum(math.fsum(of_class) / len(of_class) for of_class in by_class.values()) / len(by_class)
