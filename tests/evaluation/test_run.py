"""Running a task, stopping, going on, and failing at single rows."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from sightline.errors import ConfigError, CorruptImage
from sightline.evaluation import Answered, Record, Row, Task, request_for, run
from sightline.types import GenerationRequest, ImagePart, TextPart

TASK = Task("s", tuple(Row(f"r{n}", (Path(f"{n}.png"),), f"How many? {n}", (str(n),), "exact") for n in range(6)))


class Model:
    """Answers with the last word of the question, and remembers what it was asked."""

    def __init__(self, fails_at: str = "") -> None:
        self.asked: list[str] = []
        self.fails_at = fails_at

    async def __call__(self, request: GenerationRequest) -> Answered:
        text = request.messages[0].parts[0]
        if not isinstance(text, TextPart):
            pytest.fail("the question comes first")
        number = text.text.split()[-1]
        self.asked.append(number)
        if number == self.fails_at:
            raise CorruptImage("image does not decode")
        return Answered(f"There are {number}.", 10, 3)


def go(model: Model, path: Path, *, name: str = "m", blind: bool = False, task: Task = TASK) -> list[Record]:
    return asyncio.run(run(model, task, path, model=name, blind=blind))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_leaves_one_record_in_the_file(tmp_path: Path) -> None:
    records = go(Model(), tmp_path / "s.jsonl")
    assert [line["id"] for line in lines(tmp_path / "s.jsonl")] == [row.id for row in TASK.rows]
    assert [record.score for record in records] == [1.0] * 6
    assert records[0].prompt_tokens == 10


def test_a_failed_row_is_recorded_and_the_others_go_on(tmp_path: Path) -> None:
    records = go(Model(fails_at="2"), tmp_path / "s.jsonl")
    assert [record.ok for record in records] == [True, True, False, True, True, True]
    assert (records[2].error, records[2].score) == ("image does not decode", 0.0)


def test_the_next_run_asks_only_what_has_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    go(Model(fails_at="2"), path)
    again = Model()
    records = go(again, path)
    assert again.asked == ["2"]
    assert all(record.ok for record in records)
    assert len(lines(path)) == len({str(line["id"]) for line in lines(path)}) == 6


def test_a_line_that_was_cut_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    go(Model(), path)
    path.write_bytes(path.read_bytes()[:-25])
    again = Model()
    assert go(again, path)[-1].ok
    assert again.asked == ["5"]
    assert len(lines(path)) == 6


def test_answers_of_another_model_or_blindness_are_not_mixed(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    go(Model(), path)
    with pytest.raises(ConfigError, match="holds answers of 'm'"):
        go(Model(), path, name="other")
    with pytest.raises(ConfigError, match="holds answers of 'm'"):
        go(Model(), path, blind=True)


def test_old_answers_are_scored_by_the_rows_of_today(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    go(Model(), path)
    changed = Task("s", tuple(Row(row.id, row.images, row.question, ("77",), "exact") for row in TASK.rows))
    again = Model()
    assert [record.score for record in go(again, path, task=changed)] == [0.0] * 6
    assert again.asked == []


def test_a_row_is_asked_greedily_with_its_question_and_pictures() -> None:
    request = request_for(TASK.rows[3], "m")
    assert request.sampling.temperature == 0
    assert [type(part) for part in request.messages[0].parts] == [TextPart, ImagePart]


def test_the_blind_question_has_no_picture() -> None:
    assert [type(part) for part in request_for(TASK.rows[3], "m", blind=True).messages[0].parts] == [TextPart]
