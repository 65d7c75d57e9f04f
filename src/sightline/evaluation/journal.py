"""One JSONL record for each row that was asked, so that a run can stop anywhere and go on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TextIO

from sightline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Record:
    """What came back for one row: an answer if `ok`, an error otherwise. `score` is 0 for an error."""

    id: str
    model: str
    blind: bool
    ok: bool
    score: float
    ms: float
    answer: str | None = None
    error: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    confidence: float | None = None  # mean over the values of the answer


class Journal:
    """The records of one set in one file, open for more.

    Opening it drops what is not a record of an answer: failed rows, to be asked again, and a last line
    that was cut. The file is valid at every moment.

    Raises:
        ConfigError: If the file holds answers of another model, or of the other blindness.
    """

    def __init__(self, path: Path, *, model: str, blind: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
        self.answered = {record.id: record for record in map(_parse, lines) if record is not None and record.ok}
        for record in self.answered.values():
            if (record.model, record.blind) != (model, blind):
                raise ConfigError(f"{path} holds answers of {record.model!r}; choose another --out", param="out")
        part = path.with_name(path.name + ".part")
        part.write_text("".join(map(_line, self.answered.values())), encoding="utf-8")
        part.replace(path)
        self._file: TextIO = path.open("a", encoding="utf-8")

    def write(self, record: Record) -> None:
        """Add one record; it is in the file when this returns."""
        self._file.write(_line(record))
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _line(record: Record) -> str:
    return json.dumps({key: value for key, value in asdict(record).items() if value is not None}) + "\n"


def _parse(line: str) -> Record | None:
    try:
        value: dict[str, Any] = json.loads(line)
        return Record(**value)
    except (ValueError, TypeError):
        return None
