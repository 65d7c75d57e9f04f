"""Runs of `sightline conform --json` beside each other, as the Markdown of docs/conformance.md.

python benchmarks/conformance_table.py NAME=FILE...
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

VERDICTS = ("pass", "partial", "fail", "n/a")
SHOWN = {"pass": "pass", "partial": "partial", "fail": "**fail**", "n/a": "n/a"}
Runs = Mapping[str, Mapping[str, Any]]


def load(named: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the runs by name."""
    pairs = (argument.partition("=") for argument in named)
    return {name: json.loads(Path(file).read_text(encoding="utf-8")) for name, _, file in pairs}


def totals(runs: Runs) -> list[str]:
    """Return how each server did in all."""
    lines = ["| server | " + " | ".join(VERDICTS) + " | not run | critical failures |"]
    lines.append("|---|" + "--:|" * (len(VERDICTS) + 2))
    most = max(len(run["rows"]) for run in runs.values())
    for name, run in runs.items():
        critical = sum(row["verdict"] == "fail" and row["severity"] == "critical" for row in run["rows"])
        cells = [str(run["counts"][verdict]) for verdict in VERDICTS]
        lines.append(f"| {name} | {' | '.join(cells)} | {most - len(run['rows'])} | {critical} |")
    return lines


def every_check(runs: Runs) -> list[str]:
    """Return a row for each check, a column for each server."""
    rows = {name: {row["id"]: row for row in run["rows"]} for name, run in runs.items()}
    lines = ["| check | proves | severity | " + " | ".join(runs) + " |", "|---|---|---|" + "---|" * len(runs)]
    for row in next(iter(runs.values()))["rows"]:
        verdicts = [SHOWN[found[row["id"]]["verdict"]] if row["id"] in found else "not run" for found in rows.values()]
        lines.append(f"| `{row['id']}` | {row['proves']} | {row['severity']} | {' | '.join(verdicts)} |")
    return lines


def what_was_observed(name: str, run: Mapping[str, Any]) -> list[str]:
    """Return the evidence of what is no pass."""
    short = [row for row in run["rows"] if row["verdict"] in ("fail", "partial")]
    lines = [f"### {name}", "", "| check | verdict | observed |", "|---|---|---|"]
    for row in short:
        evidence = row["evidence"].replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| `{row['id']}` | {SHOWN[row['verdict']]} | {evidence} |")
    return lines if short else [f"### {name}", "", "Nothing but passes and n/a."]


def page(runs: Runs) -> str:
    """Return all tables."""
    blocks = [totals(runs), every_check(runs), *(what_was_observed(name, run) for name, run in runs.items())]
    return "\n\n".join("\n".join(block) for block in blocks)


if __name__ == "__main__":
    print(page(load(sys.argv[1:])))
