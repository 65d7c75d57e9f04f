"""`sightline doctor`: what this machine can run, what is missing, and what to do about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sightline.cli.diagnosis import Finding

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}

AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON instead of text.")]


def doctor(as_json: AsJson = False) -> None:
    """Check this machine and this installation: exit status 0 if Sightline can run, 1 if something must be done first.

    \b
    Examples:
      sightline doctor
      sightline doctor --json

    Nothing is sent anywhere, and nothing is changed.
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.cli.diagnosis import examine

    findings = examine()
    print(_as_json(findings) if as_json else _as_text(findings))
    if any(finding.state == "bad" for finding in findings):
        raise typer.Exit(1)


def _as_json(findings: list[Finding]) -> str:
    rows = [{"check": each.check, "state": each.state, "found": each.found, "todo": each.todo} for each in findings]
    return json.dumps({"ok": all(each.state != "bad" for each in findings), "checks": rows}, ensure_ascii=False)


def _as_text(findings: list[Finding]) -> str:
    wide = max(len(each.check) for each in findings)
    lines = []
    for each in findings:
        lines.append(f"{MARKS[each.state]} {each.check:{wide}}  {each.found}")
        if each.todo:
            lines.append(f"     {'':{wide}}  -> {each.todo}")
    n_bad = sum(each.state == "bad" for each in findings)
    lines.append(f"{n_bad} to be done first" if n_bad else "everything that is needed is here")
    return "\n".join(lines)
