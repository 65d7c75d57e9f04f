"""The same score as the evaluation data's own program, on its real rows and on made-up answers."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sightline.scoring import METRICS, score

EVAL = Path(__file__).parents[3] / "shared" / "eval"


@pytest.fixture(scope="module")
def reference() -> Callable[[dict[str, Any], str | None], float]:
    if not (EVAL / "score.py").exists():
        pytest.skip("the evaluation data is not in ../shared/eval")
    spec = importlib.util.spec_from_file_location("reference_score", EVAL / "score.py")
    if spec is None or spec.loader is None:
        pytest.fail("score.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[dict[str, Any], str | None], float] = module.score
    return found


def rows(rng: random.Random) -> list[dict[str, Any]]:
    found = [
        json.loads(line)
        for path in sorted(EVAL.glob("*/*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rng.shuffle(found)
    return [row for row in found if row["metric"] in METRICS]


def guesses(row: dict[str, Any], other: dict[str, Any], rng: random.Random) -> list[str | None]:
    texts = [each if isinstance(each, str) else json.dumps(each) for each in (row["answers"][0], other["answers"][0])]
    own = texts[0][:200]
    garbled = "".join(rng.choice([c, c, c, c.upper(), "", " ", rng.choice("ab1.,$%")]) for c in own)
    return [None, own, texts[1][:200], garbled, f"The answer is {own}.", f"{own} {texts[1][:50]}", own[: len(own) // 2]]


def test_every_real_row_scores_as_the_reference_does(reference: Callable[[dict[str, Any], str | None], float]) -> None:
    rng = random.Random(5)
    found = rows(rng)
    n_compared = 0
    for row, other in itertools.islice(itertools.pairwise(found), 1200):
        row = {**row, "answers": [a[:200] if isinstance(a, str) else a for a in row["answers"]]}
        for guess in guesses(row, other, rng):
            assert score(row["metric"], row["answers"], guess) == pytest.approx(reference(row, guess)), (row, guess)
            n_compared += 1
    assert n_compared > 8000


def test_any_metric_agrees_on_random_answers(reference: Callable[[dict[str, Any], str | None], float]) -> None:
    rng = random.Random(6)
    alphabet = 'ab01.,$%- ()yesno{}":é\n'
    for _ in range(4000):
        metric = rng.choice(sorted(METRICS - {"json_f1"}))
        *answers, guess = ["".join(rng.choices(alphabet, k=rng.randint(1, 12))) for _ in range(rng.randint(2, 4))]
        row = {"metric": metric, "answers": answers}
        assert score(metric, answers, guess) == pytest.approx(reference(row, guess)), (row, guess)
