"""Scores as they may be published: with n, an interval and what a constant answer would get."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.table import Table

from sightline.evaluation.journal import Record
from sightline.evaluation.task import Row, Task
from sightline.scoring import Interval, balanced_accuracy, best_constant, interval, is_not_sure, is_verdict

ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """The score of a set, or of one field of it. Failed rows score 0 and are counted; so are "not sure" answers.

    `constant` is the best single answer to these rows and `constant_score` what it gets by the same metric.
    `balanced` stands for yes/no rows alone, `blind` for a run without the pictures.
    """

    set: str
    field: str
    score: Interval
    constant: str
    constant_score: float
    balanced: float | None
    blind: float | None
    n_not_sure: int
    n_failed: int
    median_ms: float


def summarise(task: Task, records: Sequence[Record], blind: Sequence[Record] | None = None) -> list[Line]:
    """Give one line for the whole of `task` and, if it has several fields, one for each.

    Args:
        task: What was asked.
        records: One for each row, in order.
        blind: The same without pictures, if that was run.

    Raises:
        ValueError: If there is not one record for each row.
    """
    indices = range(len(task.rows))
    fields = list(dict.fromkeys(row.field for row in task.rows))
    parts = [(ALL, list(indices))]
    if len(fields) > 1:
        parts += [(field or "open", [i for i in indices if task.rows[i].field == field]) for field in fields]
    if [record.id for record in records] != [row.id for row in task.rows]:
        raise ValueError(f"{len(records)} records are not those of the {len(task.rows)} rows of {task.name}")
    return [
        _line(
            (task.name, field),
            [task.rows[i] for i in chosen],
            [records[i] for i in chosen],
            [blind[i].score for i in chosen] if blind else None,
        )
        for field, chosen in parts
        if chosen
    ]


def _line(name: tuple[str, str], rows: Sequence[Row], records: Sequence[Record], blind: Sequence[float] | None) -> Line:
    scores = [record.score for record in records]
    constant = best_constant([(row.metric, row.answers) for row in rows])
    verdicts = all(is_verdict(row.answers) for row in rows)
    return Line(
        set=name[0],
        field=name[1],
        score=interval(scores),
        constant=constant.answer,
        constant_score=constant.score,
        balanced=balanced_accuracy([row.answers[0] for row in rows], scores) if verdicts else None,
        blind=statistics.fmean(blind) if blind else None,
        n_not_sure=sum(is_not_sure(record.answer or "") for record in records),
        n_failed=sum(not record.ok for record in records),
        median_ms=statistics.median(record.ms for record in records),
    )


def as_table(lines: Sequence[Line], title: str) -> Table:
    """Lay the lines out for a terminal; scores in per cent."""
    table = Table(title=title, caption="score: mean of the set's metric; failed rows count as 0")
    for heading in ("set", "field"):
        table.add_column(heading, overflow="fold")
    for heading in ("n", "score", "95 %", "balanced", "constant", "blind", "not sure", "failed", "ms"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        table.add_row(*_cells(line))
    return table


def _cells(line: Line) -> list[str]:
    score = line.score
    return [
        line.set,
        line.field,
        str(score.n),
        _percent(score.mean),
        f"{_percent(score.low)}-{_percent(score.high)}",
        _percent(line.balanced),
        _percent(line.constant_score),
        _percent(line.blind),
        str(line.n_not_sure),
        str(line.n_failed),
        f"{line.median_ms:.0f}",
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def as_json(lines: Sequence[Line], **about: object) -> str:
    """Give everything on one line of JSON: what the run was, then the lines."""
    return json.dumps({**about, "lines": [asdict(line) for line in lines]}, ensure_ascii=False)
