"""The published tables are those of the published runs, and are of today's checks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.conformance import CHECKS, Verdict

DOCS = Path(__file__).parents[2] / "docs"
FILES = {
    "Sightline": "sightline.json",
    "llama.cpp": "llama-cpp.json",
    "transformers serve": "transformers-serve.json",
}


def test_the_page_shows_the_runs_as_they_were() -> None:
    runs = [f"{name}={DOCS / 'conformance' / file}" for name, file in FILES.items()]
    script = DOCS.parent / "benchmarks" / "conformance_table.py"
    tables = subprocess.run([sys.executable, str(script), *runs], capture_output=True, text=True, check=True).stdout
    assert tables in (DOCS / "conformance.md").read_text(encoding="utf-8")


def test_the_run_of_sightline_has_every_check_and_no_failure() -> None:
    run = json.loads((DOCS / "conformance" / FILES["Sightline"]).read_text(encoding="utf-8"))
    assert [row["id"] for row in run["rows"]] == [check.id for check in CHECKS]
    assert run["counts"]["fail"] == 0


@pytest.mark.parametrize("file", FILES.values())
def test_a_published_run_is_of_todays_checks_and_has_no_key(file: str) -> None:
    run = json.loads((DOCS / "conformance" / file).read_text(encoding="utf-8"))
    assert {row["id"] for row in run["rows"]} <= {check.id for check in CHECKS}
    assert {row["verdict"] for row in run["rows"]} <= set(Verdict)
    assert not re.search(r"sk-\w{8}", json.dumps(run))
