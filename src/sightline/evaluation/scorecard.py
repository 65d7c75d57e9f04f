"""Sets in, lines of a scorecard out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sightline.evaluation.report import Line, summarise
from sightline.evaluation.run import Ask, run
from sightline.evaluation.task import Task


async def score_sets(
    ask: Ask,
    tasks: Sequence[Task],
    out: Path,
    *,
    model: str,
    blind: bool = False,
    on_row: Callable[[], None] = lambda: None,
) -> list[Line]:
    """Run every task and return its lines. The answers stand in `out`, one JSONL file a set.

    Args:
        ask: Who answers.
        tasks: What is asked.
        out: A folder; answers that are in it already are not asked for again.
        model: The name that the records carry.
        blind: Ask everything a second time without the pictures.
        on_row: Called after each row, blind ones too.

    Raises:
        ConfigError: If `out` holds answers of another model.
    """
    lines = []
    for task in tasks:
        name = task.name.replace("/", "-")
        records = await run(ask, task, out / f"{name}.jsonl", model=model, on_row=on_row)
        unseen = None
        if blind:
            unseen = await run(ask, task, out / f"{name}.blind.jsonl", model=model, blind=True, on_row=on_row)
        lines += summarise(task, records, unseen)
    return lines
