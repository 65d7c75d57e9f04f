"""Loading evaluation sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sightline.errors import ConfigError
from sightline.evaluation import Task, find_tasks, load_task
from sightline.scoring import METRICS

EVAL = Path(__file__).parents[3] / "shared" / "eval"


def write_set(folder: Path, records: list[dict[str, Any]], name: str = "data") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def record(number: int, **more: Any) -> dict[str, Any]:
    made = {"id": f"r{number}", "image": "a.png", "question": "What?", "answers": ["x"], "metric": "exact"}
    return {**made, **more}


def test_a_set_is_named_by_its_folder_and_a_part_by_its_file(tmp_path: Path) -> None:
    write_set(tmp_path / "receipts", [record(1)])
    write_set(tmp_path / "receipts", [record(1)], "lines")
    write_set(tmp_path / "words", [record(1)])
    assert [task.name for task in find_tasks(tmp_path)] == ["receipts", "receipts/lines", "words"]
    assert [task.name for task in find_tasks(tmp_path, ["receipts"])] == ["receipts", "receipts/lines"]
    assert [task.name for task in find_tasks(tmp_path, ["receipts/lines"])] == ["receipts/lines"]


def test_pictures_are_found_beside_the_file(tmp_path: Path) -> None:
    pair = record(2, images=["b.png", "c.png"])
    del pair["image"]
    task = load_task(write_set(tmp_path / "s", [record(1), pair]), "s")
    assert task.rows[0].images == (tmp_path / "s" / "a.png",)
    assert task.rows[1].images == (tmp_path / "s" / "b.png", tmp_path / "s" / "c.png")


def test_rows_that_need_a_judge_are_left_out_and_counted(tmp_path: Path) -> None:
    task = load_task(write_set(tmp_path / "s", [record(1), record(2, metric="reference_llm_or_keywords")]), "s")
    assert (len(task.rows), task.n_unscored) == (1, 1)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: not JSON"),
        ('{"id": "a", "question": "q", "answers": [], "metric": "exact"}', "line 2: no answers"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write_set(tmp_path / "s", [record(1)])
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_task(path, "s")


def test_unknown_sets_and_doubled_ids_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="has no sets"):
        find_tasks(tmp_path)
    write_set(tmp_path / "s", [record(1), record(1)])
    with pytest.raises(ConfigError, match="no set 'other'; there are s"):
        find_tasks(tmp_path, ["other"])
    with pytest.raises(ConfigError, match="an id comes twice"):
        find_tasks(tmp_path, ["s"])


def test_a_small_sample_is_part_of_a_larger_one_and_keeps_the_order(tmp_path: Path) -> None:
    task = load_task(write_set(tmp_path / "s", [record(number) for number in range(40)]), "s")
    small, large = (task.sample(limit).rows for limit in (5, 12))
    assert set(small) < set(large)
    assert [task.rows.index(row) for row in large] == sorted(task.rows.index(row) for row in large)
    assert task.sample(99) == task


def test_the_real_sets_load_with_their_fields() -> None:
    if not EVAL.exists():
        pytest.skip("the evaluation data is not in ../shared/eval")
    tasks: dict[str, Task] = {task.name: task for task in find_tasks(EVAL)}
    assert {row.metric for task in tasks.values() for row in task.rows} <= METRICS
    assert {row.field for row in tasks["sroie"].rows} == {"company", "date", "total", "address", "json", "ocr"}
    assert {row.field for row in tasks["grocery"].rows} == {"", "one of 4"}
    assert len({row.field for row in tasks["degraded"].rows}) == 3
    assert {row.field for row in tasks["iiit5k"].rows} == {""}
    assert all(path.exists() for task in tasks.values() for row in task.rows for path in row.images)
