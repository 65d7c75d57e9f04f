"""How long a first answer takes: `sightline ask` on a receipt, in a fresh process each time.

    python benchmarks/cold_start.py
    python benchmarks/cold_start.py --model sightline-echo -n 3

Rounds of fresh processes, one after the other, on a different receipt each round: Python alone, importing the
command line, stock RapidOCR reading the receipt (import, load, read), and `sightline ask` about it. What the
files hold is in the page cache; nothing else is warm. Goal: `sightline ask` <= 4 s.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from _common import RECEIPT_QUESTION, print_json, print_table, receipts

GOAL_S = 4.0
SIGHTLINE = "from sightline.cli.main import main; main()"
STOCK = "import sys; from rapidocr import RapidOCR; RapidOCR()(sys.argv[1])"


def main() -> int:
    """Measure; exit 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=5, help="rounds")
    parser.add_argument("--model", default="sightline-mini")
    options = parser.parse_args()
    times: dict[str, list[float]] = {}
    stages: dict[str, list[float]] = {}
    for number, receipt in enumerate(receipts(options.n + 1)):
        for name, command in commands(receipt, options.model).items():
            seconds, said = timed([sys.executable, "-c", *command])
            if number:  # the first round only fills the page cache
                times.setdefault(name, []).append(seconds)
                for stage, ms in stage_ms(said).items():
                    stages.setdefault(stage, []).append(ms / 1e3)
    rows = [row(name, values) for name, values in times.items()]
    print_table(rows)
    if stages:
        print_table([row(f"ask: {name}", values) for name, values in stages.items()])
    median = statistics.median(times["sightline ask"])
    print(f"sightline ask: {median:.2f} s (goal {GOAL_S:.0f} s)")
    split = {name: statistics.median(values) for name, values in stages.items()}
    print_json("cold_start", model=options.model, n=options.n, seconds=times, stages_s=split, reached=median <= GOAL_S)
    return int(median > GOAL_S)


def commands(receipt: Path, model: str) -> dict[str, list[str]]:
    """Give what is run, by name, as words after `python -c`."""
    ask = ["ask", str(receipt), RECEIPT_QUESTION, "--model", model, "--receipt", "json"]
    return {
        "python": ["pass"],
        "import the command line": ["import sightline.cli.main"],
        "stock RapidOCR": [STOCK, str(receipt)],
        "sightline ask": [SIGHTLINE, *ask],
    }


def timed(command: list[str]) -> tuple[float, str]:
    """Run a command and give its wall time in seconds and what it said on stderr.

    Raises:
        SystemExit: If it fails.
    """
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{' '.join(command[2:])[:120]}: {done.stderr[-500:]}")
    return seconds, done.stderr


def stage_ms(said: str) -> dict[str, float]:
    """Find the stages in the receipt on stderr, in milliseconds: of the whole, and of decoding and reading."""
    start = said.find("{")
    if start < 0:
        return {}
    receipt = json.JSONDecoder().raw_decode(said[start:])[0]
    stages = {f"{name} (from the start)" if name == "first" else name: ms for name, ms in receipt["ms"].items()}
    for name in ("decode", "reading"):
        stages[f"of it {name}"] = sum(picture[f"{name}_ms"] for picture in receipt["images"])
    return stages


def row(name: str, seconds: list[float]) -> dict[str, object]:
    """Give the line of a table."""
    spread = {"median s": statistics.median(seconds), "least": min(seconds), "most": max(seconds)}
    return {"fresh process": name, "n": len(seconds), **spread}


if __name__ == "__main__":
    sys.exit(main())
