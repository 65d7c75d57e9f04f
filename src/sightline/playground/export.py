"""A table of answers as CSV, JSON lines, and Parquet where a library that writes it happens to be installed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a text that begins so


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one picture: its values, or what went wrong."""

    file: str
    values: Mapping[str, Any] | None = None
    error: str = ""


def to_csv(rows: Sequence[Row], names: Sequence[str]) -> bytes:
    """A line for each row after one of headings. A text that a spreadsheet would run has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_csv_cell(name) for name in ("file", *names, "error")])
    for row in rows:
        values = row.values or {}
        writer.writerow([_csv_cell(cell) for cell in (row.file, *(values.get(name) for name in names), row.error)])
    return out.getvalue().encode()


def to_jsonl(rows: Sequence[Row], names: Sequence[str]) -> bytes:
    """One JSON object a line, with the values as they were answered."""
    return "".join(json.dumps(_record(row, names), ensure_ascii=False) + "\n" for row in rows).encode()


def parquet_library() -> str | None:
    """The library here that writes Parquet, if there is one."""
    return next((name for name in ("pyarrow", "polars") if find_spec(name)), None)


def to_parquet(rows: Sequence[Row], names: Sequence[str], library: str) -> bytes:
    """The same columns as the CSV. A column whose values are not all of one plain type holds them as JSON text."""
    columns = {"file": [row.file for row in rows]}
    columns |= {name: _one_type([(row.values or {}).get(name) for row in rows]) for name in names}
    columns["error"] = [row.error for row in rows]
    out = io.BytesIO()
    if library == "pyarrow":
        table = import_module("pyarrow").table(columns)
        import_module("pyarrow.parquet").write_table(table, out)
    else:
        import_module("polars").DataFrame(columns).write_parquet(out)
    return out.getvalue()


def _record(row: Row, names: Sequence[str]) -> dict[str, Any]:
    values = row.values or {}
    return {"file": row.file, **{name: values.get(name) for name in names}, "error": row.error or None}


def _csv_cell(value: Any) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _one_type(values: Sequence[Any]) -> list[Any]:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return [value if value is None else float(value) for value in values]
    if len(kinds) <= 1 and kinds <= {str, int, float, bool}:
        return list(values)
    return [value if value is None else json.dumps(value, ensure_ascii=False) for value in values]
