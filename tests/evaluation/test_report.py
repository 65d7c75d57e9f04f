"""What is published beside a score."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from sightline.evaluation import Record, Row, Task, as_json, as_table, summarise

YES_NO = Task(
    "pairs",
    tuple(
        Row(f"r{n}", (Path("a.png"),), "Same?", ("no" if n % 4 else "yes",), "exact", "odd" if n % 2 else "even")
        for n in range(40)
    ),
)


def say(task: Task, answer: str, right: list[float], *, ok: bool = True) -> list[Record]:
    return [
        Record(row.id, "m", blind=False, ok=ok, score=one, ms=5.0, answer=answer)
        for row, one in zip(task.rows, right, strict=True)
    ]


def test_always_no_equals_the_constant_and_is_half_right_when_balanced() -> None:
    scores = [float(row.answers[0] == "no") for row in YES_NO.rows]
    line = summarise(YES_NO, say(YES_NO, "No.", scores))[0]
    assert line.score.mean == line.constant_score == pytest.approx(0.75)
    assert (line.constant, line.balanced) == ("no", 0.5)
    assert line.score.low < 0.75 < line.score.high


def test_each_field_has_its_own_line_and_its_own_constant() -> None:
    lines = summarise(YES_NO, say(YES_NO, "No.", [1.0] * 40))
    assert [(line.field, line.score.n) for line in lines] == [("all", 40), ("even", 20), ("odd", 20)]
    assert [line.constant_score for line in lines[1:]] == [0.5, 1.0]


def test_declined_and_failed_rows_are_counted_apart() -> None:
    records = say(YES_NO, "I am not sure.", [0.0] * 40)
    records[0] = Record("r0", "m", blind=False, ok=False, score=0.0, ms=1.0, error="image does not decode")
    line = summarise(YES_NO, records)[0]
    assert (line.n_not_sure, line.n_failed) == (39, 1)


def test_the_blind_run_stands_beside_the_score() -> None:
    blind = say(YES_NO, "No.", [0.5] * 40)
    assert summarise(YES_NO, say(YES_NO, "No.", [1.0] * 40), blind)[0].blind == 0.5


def test_repeating_the_question_is_scored_where_it_lists_the_choices() -> None:
    rows = (Row("r", (Path("a.png"),), "Which of these is shown: cat, dog?", ("dog",), "contains_any"),)
    assert summarise(Task("s", rows), say(Task("s", rows), "cat", [0.0]))[0].echo_score == 1.0


def test_columns_that_say_nothing_are_left_out() -> None:
    table = as_table(summarise(YES_NO, say(YES_NO, "No.", [1.0] * 40)), "m")
    headings = [column.header for column in table.columns]
    assert headings == ["set", "field", "n", "score", "95 %", "balanced", "constant", "echo", "ms"]


def test_records_of_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="not those of the 40 rows"):
        summarise(YES_NO, say(YES_NO, "No.", [1.0] * 40)[1:])


def test_the_table_shows_every_figure_and_the_json_is_one_line() -> None:
    lines = summarise(YES_NO, say(YES_NO, "No.", [1.0] * 10 + [0.0] * 30))
    out = io.StringIO()
    Console(file=out, width=140).print(as_table(lines, "m"))
    assert "25.0" in out.getvalue()
    assert "14.2-40.2" in out.getvalue()
    text = as_json(lines, model="m")
    assert "\n" not in text
    assert json.loads(text)["lines"][0]["score"]["n"] == 40
