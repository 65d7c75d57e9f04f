"""What is asked: the rows of one evaluation set, from a JSONL file beside its pictures."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sightline.errors import ConfigError
from sightline.scoring import METRICS

FIELD_KEYS = ("field", "task", "split")
MAX_QUESTIONS_AS_FIELDS = 8
MIN_ROWS_A_QUESTION = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its pictures and the answers that count. `field` is the part of the set it belongs to."""

    id: str
    images: tuple[Path, ...]
    question: str
    answers: tuple[Any, ...]
    metric: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A named set of rows. `n_unscored` rows of its file were left out: no metric of ours can judge them."""

    name: str
    rows: tuple[Row, ...]
    n_unscored: int = 0

    def sample(self, limit: int | None, seed: int = 0) -> Task:
        """Keep `limit` rows, in their order. A larger limit keeps all rows of a smaller one."""
        if limit is None or limit >= len(self.rows):
            return self
        order = list(range(len(self.rows)))
        random.Random(seed).shuffle(order)  # noqa: S311  which rows are asked is no secret
        return replace(self, rows=tuple(self.rows[index] for index in sorted(order[:limit])))


def find_tasks(data: Path, names: Sequence[str] = ()) -> list[Task]:
    """Load the sets under `data`: one folder a set, `<set>/data.jsonl` and `<set>/<part>.jsonl`.

    Args:
        data: The folder of sets.
        names: `sroie` takes every file of that folder, `sroie/lines` that one; none takes all.

    Raises:
        ConfigError: If there is no such set, or a file is not what it should be.
    """
    paths = {_name(path): path for path in sorted(data.glob("*/*.jsonl"))}
    if not paths:
        raise ConfigError(f"{data} has no sets: expected <set>/data.jsonl", param="data")
    wanted = [name for name in paths if not names or any(_matches(name, asked) for asked in names)]
    for asked in names:
        if not any(_matches(name, asked) for name in paths):
            raise ConfigError(f"there is no set {asked!r}; there are {', '.join(paths)}", param="sets")
    return [load_task(paths[name], name) for name in wanted]


def load_task(path: Path, name: str) -> Task:
    """Load one JSONL file.

    Raises:
        ConfigError: If a line is not a row; the message names file and line.
    """
    records = list(_records(path))
    by_question = _asks_few_things(records)
    rows = tuple(_row(record, path, by_question) for record in records if record["metric"] in METRICS)
    if len({row.id for row in rows}) < len(rows):
        raise ConfigError(f"{path}: an id comes twice")
    return Task(name, rows, len(records) - len(rows))


def _name(path: Path) -> str:
    return path.parent.name if path.stem == "data" else f"{path.parent.name}/{path.stem}"


def _matches(name: str, asked: str) -> bool:
    return name == asked or name.startswith(f"{asked}/")


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            raise ConfigError(f"{path}, line {number}: not JSON") from None
        missing = [key for key in ("id", "question", "answers", "metric") if not record.get(key)]
        if missing or not ("image" in record or "images" in record):
            raise ConfigError(f"{path}, line {number}: no {', '.join(missing) or 'image'}")
        yield record


def _asks_few_things(records: Sequence[Mapping[str, Any]]) -> bool:
    questions = {record["question"] for record in records}
    return 1 < len(questions) <= min(MAX_QUESTIONS_AS_FIELDS, len(records) // MIN_ROWS_A_QUESTION)


def _row(record: Mapping[str, Any], path: Path, by_question: bool) -> Row:
    names = record["images"] if "images" in record else [record["image"]]
    return Row(
        id=record["id"],
        images=tuple(path.parent / name for name in names),
        question=record["question"],
        answers=tuple(record["answers"]),
        metric=record["metric"],
        field=_field(record, by_question),
    )


def _field(record: Mapping[str, Any], by_question: bool) -> str:
    for key in FIELD_KEYS:
        if key in record:
            return str(record[key])
    if "mc" in record:
        return f"one of {record['mc']}"
    return str(record["question"]).partition("?")[0] if by_question else ""
