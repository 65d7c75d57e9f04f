"""Scores as they may be published: with n, an interval and what a constant answer would get."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.table import Table

from sightline.evaluation.journal import Record
from sightline.evaluation.task import Row, Task
from sightline.scoring import (
    Interval,
    balanced_accuracy,
    best_constant,
    expected_calibration_error,
    interval,
    is_not_sure,
    is_verdict,
    score,
)

ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """The score of a set, or of one field of it. Failed rows score 0 and are counted; so are "not sure" answers.

    `constant` is the best single answer to these rows and `constant_score` what it gets by the same metric;
    `echo_score` is what repeating the question gets (much, where it lists the choices and naming one counts).
    `calibration_error` is how far the confidence of the answers is from their score (rows that told one).
    `balanced` stands for yes/no rows alone, `blind` for a run without the pictures.
    """

    set: str
    field: str
    score: Interval
    constant: str
    constant_score: float
    echo_score: float
    balanced: float | None
    blind: float | None
    calibration_error: float | None
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
        echo_score=statistics.fmean(score(row.metric, row.answers, row.question) for row in rows),
        balanced=balanced_accuracy([row.answers[0] for row in rows], scores) if verdicts else None,
        blind=statistics.fmean(blind) if blind else None,
        calibration_error=_calibration_error(records),
        n_not_sure=sum(is_not_sure(record.answer or "") for record in records),
        n_failed=sum(not record.ok for record in records),
        median_ms=statistics.median(record.ms for record in records),
    )


def _calibration_error(records: Sequence[Record]) -> float | None:
    told = [(record.confidence, record.score) for record in records if record.confidence is not None]
    return expected_calibration_error([c for c, _ in told], [s for _, s in told]) if told else None


def as_table(lines: Sequence[Line], title: str) -> Table:
    """Lay the lines out as a Markdown table, scores in per cent; columns that no line fills are left out."""
    table = Table(title=title, box=box.MARKDOWN)
    rows = [_cells(line) for line in lines]
    for heading in rows[0]:
        if any(row[heading] for row in rows):
            table.add_column(heading, justify="left" if heading in ("set", "field") else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(row[str(column.header)] for column in table.columns))
    return table


def _cells(line: Line) -> dict[str, str]:
    return {
        "set": line.set,
        "field": line.field,
        "n": str(line.score.n),
        "score": _percent(line.score.mean),
        "95 %": f"{_percent(line.score.low)}-{_percent(line.score.high)}",
        "balanced": _percent(line.balanced),
        "constant": _percent(line.constant_score),
        "echo": _percent(line.echo_score),
        "blind": _percent(line.blind),
        "ECE": _percent(line.calibration_error),
        "not sure": str(line.n_not_sure or ""),
        "failed": str(line.n_failed or ""),
        "ms": f"{line.median_ms:.0f}",
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def as_json(lines: Sequence[Line], **about: object) -> str:
    """Give everything on one line of JSON: what the run was, then the lines."""
    return json.dumps({**about, "lines": [asdict(line) for line in lines]}, ensure_ascii=False)
