"""Measure how the reader errs on drawn pages, as rates that a noise model for training can use.

Pages of words, numbers, prices and dates are drawn in many fonts at 12-28 px, worn (blur, noise, JPEG, tilt),
read, and aligned with what was drawn.

Examples:
    python benchmarks/ocr_noise.py --out noise.json
    python benchmarks/ocr_noise.py --n 10 --seed 3
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sightline.reading import RawLine, Reader

WORDS = """
total subtotal cash change tax gst invoice receipt date time qty item price amount discount rounding member card
thank you please come again goods sold are not returnable street road avenue floor unit shop store market garden
coffee bread milk chicken rice paper battery cable service table customer name address phone number order delivery
payment due balance account bank company limited sdn bhd ltd trading enterprise restaurant hardware stationery
pharmacy fashion book electronic repair kilogram litre small large red blue
"""
EDGE = "^"  # stands for nothing in the tables: a character that was not drawn, or not read


@dataclass(frozen=True)
class Drawn:
    """A run of text as drawn, with its box x0, y0, x1, y1."""

    text: str
    box: tuple[float, float, float, float]


@dataclass
class Tally:
    """Counts over all pages."""

    drawn: Counter[str] = field(default_factory=Counter)
    swaps: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    inserted: Counter[str] = field(default_factory=Counter)
    spaces: int = 0
    dropped_spaces: int = 0
    added_spaces: int = 0
    line_cer: list[float] = field(default_factory=list)
    n_lines: int = 0
    split: int = 0
    merged: int = 0
    missed: int = 0
    invented: int = 0
    confidences: list[float] = field(default_factory=list)


def find_fonts() -> list[str]:
    listed = subprocess.run(["fc-list", ":lang=en", "file"], capture_output=True, text=True, check=True).stdout
    paths = sorted(line.split(":")[0] for line in listed.splitlines())
    odd = ("emoji", "symbol", "icon", "math", "braille", "dingbat", "music", "barcode", "cjk", "awesome")
    return [p for p in paths if p.endswith((".ttf", ".otf")) and not any(word in p.lower() for word in odd)]


def make_text(rng: random.Random) -> str:
    def word() -> str:
        made = rng.choice(WORDS.split())
        if rng.random() < 0.25:
            made = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(2, 9)))
        return rng.choice((made, made.upper(), made.capitalize(), made.capitalize()))

    number = f"{rng.randint(0, 10 ** rng.randint(1, 4))}.{rng.randint(0, 99):02d}"
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1995, 2026)
    return rng.choice(
        (
            " ".join(word() for _ in range(rng.randint(1, 6))),
            " ".join(word() for _ in range(rng.randint(2, 4))),
            f"{word()}: {rng.choice(('RM', '$', 'EUR', ''))} {number}".replace("  ", " "),
            f"{rng.randint(1, 12)} x {number} = {number}",
            f"{day:02d}/{month:02d}/{year} {rng.randint(0, 23)}:{rng.randint(0, 59):02d}",
            f"{year}-{month:02d}-{day:02d}",
            f"{word()} No. {rng.randint(10**5, 10**10)}",
            f"({word()} {rng.randint(1, 99)}%) #{rng.randint(100, 9999)}-{word()[:1].upper()}",
            f"Tel: {rng.randint(100, 999)}-{rng.randint(10**6, 10**7)}, {word()} & {word()}",
        )
    )


def draw_page(rng: random.Random, fonts: list[str]) -> tuple[Image.Image, list[Drawn]]:
    """Draw 20-45 rows; a third of them have a value at the right edge."""
    width, n_rows = rng.randint(420, 1000), rng.randint(20, 45)
    size = rng.randint(12, 28)
    font = ImageFont.truetype(rng.choice(fonts), size)
    bold = ImageFont.truetype(rng.choice(fonts), round(size * rng.uniform(1.0, 1.6)))
    ink, paper = rng.randint(0, 110), rng.randint(200, 255)
    page = Image.new("L", (width, round(n_rows * size * 1.9) + 60), paper)
    pen, y, drawn = ImageDraw.Draw(page), 20.0, []
    for _ in range(n_rows):
        face = bold if rng.random() < 0.1 else font
        left = make_text(rng)
        while pen.textlength(left, face) > width - 40 and " " in left:
            left = left.rsplit(" ", 1)[0]
        runs = [(20.0, left)]
        price = f"{rng.randint(0, 999)}.{rng.randint(0, 99):02d}"
        right = width - 20 - pen.textlength(price, face)
        if rng.random() < 0.35 and 20 + pen.textlength(left, face) + 3 * size < right:
            runs.append((right, price))
        for x, text in runs:
            pen.text((x, y), text, font=face, fill=ink)
            drawn.append(Drawn(text, pen.textbbox((x, y), text, font=face)))
        y += face.size * rng.uniform(1.25, 1.7)
    return page.crop((0, 0, width, min(page.height, round(y) + 30))), drawn


def wear(page: Image.Image, rng: random.Random) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Fade, thin, blur, resample, add grain and save as JPEG: from hardly at all to a poor photo."""
    harm, noise = 0.8 * rng.random() ** 1.3, np.random.default_rng(rng.randrange(2**32))
    if rng.random() < 0.3 * harm:
        page = page.filter(rng.choice((ImageFilter.MaxFilter(3), ImageFilter.MinFilter(3))))
    scale = 1 - 0.4 * harm * rng.random()
    small = page.resize((round(page.width * scale), round(page.height * scale)), Image.Resampling.BILINEAR)
    page = small.resize(page.size, Image.Resampling.BILINEAR).filter(
        ImageFilter.GaussianBlur(1.1 * harm * rng.random())
    )
    pixels = np.asarray(page, np.float32)
    patches = noise.uniform(1 - 0.75 * harm, 1, (page.height // 90 + 2, page.width // 90 + 2)).astype(np.float32)
    ink = np.asarray(Image.fromarray(patches).resize(page.size, Image.Resampling.BICUBIC))  # faded in places
    dots = noise.random(pixels.shape) > 0.12 * harm * rng.random()  # worn thermal print
    paper = float(np.percentile(pixels, 95))
    pixels = paper + (pixels - paper) * ink * dots + noise.normal(0, 25 * harm * rng.random(), pixels.shape)
    saved = io.BytesIO()
    worn = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGB")
    worn.save(saved, "JPEG", quality=round(92 - 65 * harm * rng.random()))
    return np.asarray(Image.open(saved).convert("RGB"))  # noqa: TID251  (our own bytes)


def align(true: str, read: str) -> list[tuple[str, str]]:
    """Return the cheapest pairs (drawn, read); `EDGE` stands for no character."""
    n, m = len(true), len(read)
    cost = np.zeros((n + 1, m + 1), np.int32)
    cost[:, 0], cost[0, :] = np.arange(n + 1), np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            # a space never stands for a letter: losing one is a mistake of its own kind
            swap = 0 if true[i - 1] == read[j - 1] else 3 if " " in (true[i - 1], read[j - 1]) else 1
            cost[i, j] = min(cost[i - 1, j - 1] + swap, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    pairs, i, j = [], n, m
    while i or j:
        swap = (
            0 if i and j and true[i - 1] == read[j - 1] else 3 if i and j and " " in (true[i - 1], read[j - 1]) else 1
        )
        if i and j and cost[i, j] == cost[i - 1, j - 1] + swap:
            i, j = i - 1, j - 1
            pairs.append((true[i], read[j]))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append((true[i], EDGE))
        else:
            j -= 1
            pairs.append((EDGE, read[j]))
    return pairs[::-1]


def overlaps(line: RawLine, drawn: Drawn) -> bool:
    (x0, y0), (x1, y1) = line.quad.min(axis=0), line.quad.max(axis=0)
    across = min(x1, drawn.box[2]) - max(x0, drawn.box[0])
    down = min(y1, drawn.box[3]) - max(y0, drawn.box[1])
    widths = min(x1 - x0, drawn.box[2] - drawn.box[0])
    return bool(across > 0.5 * widths and down > 0.5 * min(y1 - y0, drawn.box[3] - drawn.box[1]))


def count_page(lines: list[RawLine], drawn: list[Drawn], tally: Tally) -> None:
    hits = [[line for line in lines if overlaps(line, run)] for run in drawn]
    claims = Counter(id(line) for found in hits for line in found)
    tally.n_lines += len(drawn)
    tally.invented += sum(id(line) not in claims for line in lines)
    for run, found in zip(drawn, hits, strict=True):
        if not found:
            tally.missed += 1
        elif any(claims[id(line)] > 1 for line in found):
            tally.merged += 1
        else:
            tally.split += len(found) > 1
            found.sort(key=lambda line: float(line.quad[:, 0].min()))
            tally.confidences += [line.confidence for line in found]
            count_line(run.text, " ".join(line.text for line in found), tally)


def count_line(true: str, read: str, tally: Tally) -> None:
    errors = 0
    for drawn, seen in align(true, read):
        errors += drawn != seen
        if drawn == " ":
            tally.spaces += 1
            tally.dropped_spaces += seen == EDGE
        elif drawn == EDGE:
            tally.added_spaces += seen == " "
            if seen != " ":
                tally.inserted[seen] += 1
        else:
            tally.drawn[drawn] += 1
            if seen != drawn:
                tally.swaps[drawn][seen] += 1
    tally.line_cer.append(errors / max(1, len(true)))


def summarise(tally: Tally, n_pages: int, seed: int) -> dict[str, Any]:
    n_characters = sum(tally.drawn.values())
    swapped = sum(n for row in tally.swaps.values() for seen, n in row.items() if seen != EDGE)
    deleted = sum(row[EDGE] for row in tally.swaps.values())
    n_inserted = sum(tally.inserted.values())
    table = {
        drawn: {seen: round(n / tally.drawn[drawn], 6) for seen, n in row.most_common() if seen != EDGE}
        for drawn, row in sorted(tally.swaps.items())
    }
    quantiles = (50, 75, 80, 85, 90, 95, 98, 99, 99.5)
    return {
        "n_pages": n_pages,
        "seed": seed,
        "n_lines": tally.n_lines,
        "n_characters": n_characters,
        "substitution_rate": swapped / n_characters,
        "deletion_rate": deleted / n_characters,
        "insertion_rate": n_inserted / n_characters,
        "substitutions": {drawn: row for drawn, row in table.items() if row},
        "deletions": {c: round(r[EDGE] / tally.drawn[c], 6) for c, r in sorted(tally.swaps.items()) if r[EDGE]},
        "insertions": {seen: round(n / max(1, n_inserted), 4) for seen, n in tally.inserted.most_common()},
        "dropped_space_rate": tally.dropped_spaces / max(1, tally.spaces),
        "added_space_rate": tally.added_spaces / n_characters,
        "split_line_rate": tally.split / tally.n_lines,
        "merged_line_rate": tally.merged / tally.n_lines,
        "missed_line_rate": tally.missed / tally.n_lines,
        "invented_line_rate": tally.invented / tally.n_lines,
        "clean_line_rate": sum(cer == 0 for cer in tally.line_cer) / max(1, len(tally.line_cer)),
        "line_error_quantiles": {str(q): round(float(np.percentile(tally.line_cer, q)), 4) for q in quantiles},
        "confidence_quantiles": {
            str(q): round(float(np.percentile(tally.confidences, q)), 4) for q in (1, 5, 10, 25, 50)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=60, help="pages (default 60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write the JSON here (default: stdout)")
    args = parser.parse_args()
    rng, fonts, reader, tally = random.Random(args.seed), find_fonts(), Reader(), Tally()
    for page_number in range(args.n):
        page, drawn = draw_page(rng, fonts)
        count_page(reader.read_pixels(wear(page, rng)), drawn, tally)
        print(f"page {page_number + 1}/{args.n}: {len(drawn)} lines", file=sys.stderr)
    found = json.dumps(summarise(tally, args.n, args.seed), ensure_ascii=False, sort_keys=True)
    if args.out:
        args.out.write_text(found + "\n", encoding="utf-8")
    else:
        print(found)


if __name__ == "__main__":
    main()
