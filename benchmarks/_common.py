"""What every benchmark says about itself: machine, commit, and one JSON line at the end."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECEIPTS = ROOT.parent / "shared" / "eval" / "sroie" / "images"
RECEIPT_QUESTION = "What is the total on this receipt?"


def about() -> dict[str, object]:
    """Name the machine and the commit."""
    return {"machine": _machine(), "python": platform.python_version(), "commit": _commit()}


def _machine() -> str:
    model = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "")
    return f"{len(os.sched_getaffinity(0))} cores, {model or platform.machine()}, {platform.system()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = "+" if git("status", "--porcelain", "--untracked-files=no") else ""
    return (git("rev-parse", "--short", "HEAD") or "no commit") + changed


def print_table(rows: list[dict[str, object]]) -> None:
    """Print rows with the same keys as columns."""
    headings = list(rows[0])
    cells = [headings, *[[_cell(row[key]) for key in headings] for row in rows]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(headings))]
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def print_json(name: str, **results: object) -> None:
    """Print the last line of a benchmark: everything, as JSON."""
    print(json.dumps({"benchmark": name, **about(), **results}))


def receipts(n: int) -> list[Path]:
    """Give `n` real receipts if the evaluation data is there, else drawn ones of the same size."""
    real = sorted(RECEIPTS.glob("*.jpg"))
    return real[:n] if len(real) >= n else [_drawn(number) for number in range(n)]


def _drawn(number: int) -> Path:
    import tempfile

    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1000, 1600), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    for row in range(24):
        draw.text((90, 60 + 60 * row), f"Item {number}-{row}    {1.5 + row + number:.2f}", "black", font)
    draw.text((90, 1500), f"TOTAL    {100 + number:.2f}", "black", font)
    path = Path(tempfile.mkdtemp(prefix="sightline-bench-")) / f"receipt-{number}.jpg"
    image.save(path)
    return path
