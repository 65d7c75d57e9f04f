"""Time and recall of reading: ours, stock RapidOCR and the `tesseract` program on the same pictures, interleaved.

Receipts come from ../shared/eval/sroie, sized as `detail: high` sizes them; words from ../shared/eval/iiit5k.
Recall: the share of company, date and total values that are in the text, white space and case apart.
CPU seconds (all cores, children too) hold on a busy machine, where wall seconds do not.

Examples:
    python benchmarks/reading.py
    python benchmarks/reading.py --n 10 --words 50 --threads 2
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from sightline.images.picture import RGB
from sightline.images.plan_tiles import plan_tiles
from sightline.reading import Reader

EVAL = Path(__file__).parents[2] / "shared" / "eval"
FIELDS = ("company", "date", "total")

Read = Callable[[RGB], str]


def ours(n_threads: int) -> Read:
    reader = Reader(n_threads=n_threads)
    return lambda rgb: "\n".join(line.text for line in reader.read_pixels(rgb))


def stock_rapidocr() -> Read:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})

    def read(rgb: RGB) -> str:
        found = engine(np.ascontiguousarray(rgb[:, :, ::-1]))
        return "\n".join(getattr(found, "txts", None) or ())

    return read


def tesseract(page_mode: int) -> Read:
    def read(rgb: RGB) -> str:
        png = io.BytesIO()
        Image.fromarray(rgb).save(png, "PNG", compress_level=1)
        command = ["tesseract", "stdin", "stdout", "--psm", str(page_mode), "tsv"]
        ran = subprocess.run(command, input=png.getvalue(), capture_output=True, check=True)
        words = csv.DictReader(io.StringIO(ran.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
        return " ".join(row["text"] or "" for row in words)

    return read


def load_pixels(path: Path) -> RGB:
    image = Image.open(path).convert("RGB")  # noqa: TID251  (our own files)
    plan = plan_tiles(*image.size, "high")
    return np.asarray(image.resize((plan.width, plan.height), Image.Resampling.LANCZOS))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read_rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / name / "data.jsonl").read_text(encoding="utf-8").splitlines()]


def cpu_s() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def times_ours(seconds: dict[str, list[float]], name: str) -> float:
    return round(statistics.median(seconds[name]) / statistics.median(seconds["sightline"]), 2)


def run_set(
    readers: dict[str, Read], pictures: Sequence[RGB], hits: Callable[[int, str], Sequence[bool]]
) -> dict[str, dict[str, float]]:
    """Read every picture with every reader in turn; return median seconds and the share of hits."""
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    cpu_seconds: dict[str, list[float]] = {name: [] for name in readers}
    right: dict[str, list[bool]] = {name: [] for name in readers}
    for read in readers.values():
        read(pictures[0])  # models loaded, files in the page cache
    for index, rgb in enumerate(pictures):
        for name, read in readers.items():
            start, cpu_start = time.perf_counter(), cpu_s()
            text = read(rgb)
            seconds[name].append(time.perf_counter() - start)
            cpu_seconds[name].append(cpu_s() - cpu_start)
            right[name] += hits(index, text)
        print(f"\r{index + 1}/{len(pictures)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return {
        name: {
            "n": len(right[name]),
            "median_s": round(statistics.median(seconds[name]), 4),
            "times_ours": times_ours(seconds, name),
            "median_cpu_s": round(statistics.median(cpu_seconds[name]), 4),
            "cpu_times_ours": times_ours(cpu_seconds, name),
            "recall": round(sum(right[name]) / len(right[name]), 4),
        }
        for name in readers
    }


def peers(n_threads: int, page_mode: int) -> dict[str, Read]:
    """Ours and the peers that are installed here."""
    readers = {"sightline": ours(n_threads), "rapidocr": stock_rapidocr()}
    if shutil.which("tesseract") is None:
        print("tesseract is not installed: left out", file=sys.stderr)
        return readers
    return {**readers, "tesseract": tesseract(page_mode)}


def receipts(n: int, n_threads: int) -> dict[str, dict[str, float]]:
    rows = [row for row in read_rows("sroie") if row.get("field") in FIELDS]
    images = sorted({row["image"] for row in rows})[:n]
    values = [[bare(row["answers"][0]) for row in rows if row["image"] == image] for image in images]
    readers = peers(n_threads, 3)
    pictures = [load_pixels(EVAL / "sroie" / image) for image in images]
    return run_set(readers, pictures, lambda index, text: [value in bare(text) for value in values[index]])


def words(n: int, n_threads: int) -> dict[str, dict[str, float]]:
    rows = read_rows("iiit5k")[:n]
    readers = peers(n_threads, 8)
    pictures = [load_pixels(EVAL / "iiit5k" / row["image"]) for row in rows]
    return run_set(readers, pictures, lambda index, text: [letters(text) == letters(rows[index]["answers"][0])])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=40, help="receipts (default 40)")
    parser.add_argument("--words", type=int, default=200, help="word pictures (default 200)")
    parser.add_argument("--threads", type=int, default=2, help="our threads (default 2)")
    args = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"needs the evaluation pictures in {EVAL}")
    result = {"receipts": receipts(args.n, args.threads), "words": words(args.words, args.threads)}
    print(f"{'set':10}{'reader':12}{'n':>6}{'wall s':>9}{'x ours':>8}{'cpu s':>9}{'x ours':>8}{'recall':>8}")
    for task, by_reader in result.items():
        for name, row in by_reader.items():
            wall = f"{row['median_s']:9.3f}{row['times_ours']:8.2f}"
            cpu = f"{row['median_cpu_s']:9.3f}{row['cpu_times_ours']:8.2f}"
            print(f"{task:10}{name:12}{row['n']:6d}{wall}{cpu}{row['recall']:8.3f}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
