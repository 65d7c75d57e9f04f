"""Rows as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from sightline.conformance.check import Check, Verdict
from sightline.conformance.run import Row

STYLES = {
    Verdict.passed: "green",
    Verdict.partial: "yellow",
    Verdict.failed: "bold red",
    Verdict.not_applicable: "dim",
}


def as_table(rows: Sequence[Row], title: str) -> Table:
    """Lay the rows out, in the order they ran."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for heading in ("check", "verdict", "severity"):
        table.add_column(heading, no_wrap=True)
    table.add_column("evidence", overflow="fold")
    for row in rows:
        style = STYLES[row.outcome.verdict]
        severity = row.check.severity if row.outcome.verdict in (Verdict.failed, Verdict.partial) else ""
        table.add_row(row.check.id, Text(row.outcome.verdict, style), severity, Text(row.outcome.evidence))
    return table


def as_list(checks: Sequence[Check]) -> Table:
    """Lay out what each check proves and why it matters."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("check", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    table.add_column("proves", overflow="fold")
    table.add_column("why", overflow="fold")
    for check in checks:
        table.add_row(check.id, check.severity, Text(check.proves), Text(check.why))
    return table


def counts(rows: Sequence[Row]) -> dict[str, int]:
    """Count the rows of each verdict."""
    found = Counter(row.outcome.verdict for row in rows)
    return {verdict.value: found[verdict] for verdict in Verdict}


def summary(rows: Sequence[Row]) -> str:
    """Return one line: how many of each, and how many failures of each severity."""
    line = ", ".join(f"{n} {verdict}" for verdict, n in counts(rows).items())
    failures = Counter(row.check.severity.value for row in rows if row.outcome.verdict is Verdict.failed)
    weighed = ", ".join(f"{failures[severity]} {severity}" for severity in ("critical", "major", "minor"))
    return f"{len(rows)} checks: {line}" + (f" (failures: {weighed})" if failures else "")


def as_json(rows: Sequence[Row], **about: object) -> str:
    """Return everything as JSON: what the run was, the counts, and each row with what it proves."""
    document = {**about, "counts": counts(rows), "rows": [_row(row) for row in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _row(row: Row) -> Mapping[str, Any]:
    return {
        "id": row.check.id,
        "group": row.check.group,
        "verdict": row.outcome.verdict,
        "evidence": row.outcome.evidence,
        "severity": row.check.severity,
        "proves": row.check.proves,
        "why": row.check.why,
        "contract": row.check.contract,
        "seconds": round(row.seconds, 2),
    }
