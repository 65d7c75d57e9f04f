from __future__ import annotations

import csv
import io
import json

import pytest

from sightline.playground.export import Row, parquet_library, to_csv, to_jsonl, to_parquet

NAMES = ["vendor", "total", "items"]
ROWS = [
    Row("a.png", {"vendor": 'Café, "Zwölf"\nBerlin', "total": -3.5, "items": ["tea", "=1+1"]}),
    Row("=b.png", {"vendor": '=HYPERLINK("http://x")', "total": None}),
    Row("c.png", error="@ the picture cannot be read"),
]


def test_a_table_as_csv_reads_back_and_holds_no_formula() -> None:
    header, *lines = csv.reader(io.StringIO(to_csv(ROWS, NAMES).decode()))
    assert header == ["file", "vendor", "total", "items", "error"]
    assert lines[0] == ["a.png", 'Café, "Zwölf"\nBerlin', "-3.5", '["tea", "=1+1"]', ""]
    assert lines[1][:3] == ["'=b.png", '\'=HYPERLINK("http://x")', ""]
    assert lines[2] == ["c.png", "", "", "", "'@ the picture cannot be read"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe(start: str) -> None:
    (_, line) = csv.reader(
        io.StringIO(to_csv([Row("a", {start + "n": f"{start}x"})], [start + "n"]).decode(), newline="")
    )
    assert line[1] == f"'{start}x"


def test_a_table_as_json_lines_holds_the_values_as_they_were_answered() -> None:
    lines = [json.loads(line) for line in to_jsonl(ROWS, NAMES).decode().splitlines()]
    assert lines[0] == {"file": "a.png", **ROWS[0].values, "error": None}  # type: ignore[dict-item]
    assert lines[2] == {"file": "c.png", **dict.fromkeys(NAMES), "error": "@ the picture cannot be read"}


def test_a_table_as_parquet_reads_back_with_its_types() -> None:
    library = parquet_library()
    if library is None:
        pytest.skip("neither pyarrow nor polars is installed")
    module = pytest.importorskip("pyarrow.parquet" if library == "pyarrow" else "polars")
    out = io.BytesIO(to_parquet(ROWS, NAMES, library))
    lines = module.read_table(out).to_pylist() if library == "pyarrow" else module.read_parquet(out).to_dicts()
    assert [line["total"] for line in lines] == [-3.5, None, None]
    assert json.loads(lines[0]["items"]) == ["tea", "=1+1"]
    assert list(lines[0]) == ["file", *NAMES, "error"]
