"""How much of what is drawn is found, and in what time: drawn scenes kept for test, whose objects are known.

    python benchmarks/figures.py --n 40
    python benchmarks/figures.py --n 12 --pages ../shared/eval/sroie/images   # what it costs pages, beside reading
    python benchmarks/figures.py --n 40 --photos ../shared/photos   # how many photos are taken for drawings

A drawn object counts as found when a figure's box and its own overlap by half (intersection over union). `kind` and
`colour` are the shares of those found that are named as they were drawn. `extra` counts figures that are no object.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
from _common import print_json, print_table

from sightline.reading import Reader
from sightline.reading.figures import read_figures
from sightline.reading.lines import Box, Figure
from sightline.scenes.mixture import families
from sightline.scenes.scene import Scene, SceneObject

READER = Reader(n_threads=2)
FAMILIES = ("shapes", "boxes", "charts")
SKIPPED = ("text", "rule", "line", "photo", "button", "checkbox")  # not one figure each, or none
SAME = {"bar": ("rectangle", "square", "line"), "slice": ("shape", "half circle", "circle")}


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=40, help="scenes of each family")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--pages", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    rows = [measure(name, options.n, options.seed) for name in FAMILIES]
    print_table(rows)
    if options.photos is not None:
        found = [len(read_figures(pixels)) for pixels in photos(options.photos, options.n)]
        print(f"{len(found)} photos: {sum(n > 0 for n in found)} taken for drawings")
    if options.pages is not None:
        beside = [page_ms(pixels) for pixels in photos(options.pages, options.n)]
        reading_ms, figures_ms = (statistics.median(ms) for ms in zip(*beside, strict=True))
        print(f"{len(beside)} pages: figures {figures_ms:.0f} ms, reading {reading_ms:.0f} ms (medians)")
    print_json("figures", rows=rows)
    return 0


def measure(family: str, n: int, seed: int) -> dict[str, object]:
    """One family: shares in per cent, milliseconds of one core in the middle."""
    make = families((family,))[family]
    objects, found, kinds, colours, extra, ms = 0, 0, 0, 0, 0, []
    for index in range(n):
        scene = make(np.random.default_rng([seed, index]), split="test")
        started = time.perf_counter()
        figures = read_figures(scene.pixels, [line.box for line in scene.reading.lines])
        ms.append((time.perf_counter() - started) * 1e3)
        pairs = matched(scene, figures)
        objects += sum(thing.kind not in SKIPPED for thing in scene.objects)
        found += len(pairs)
        kinds += sum(figure.kind in SAME.get(thing.kind, (thing.kind,)) for thing, figure in pairs)
        colours += sum(figure.colour == thing.colour for thing, figure in pairs)
        extra += len(figures) - len(pairs)
    share = [
        f"{100 * part / max(1, whole):.0f} %" for part, whole in ((found, objects), (kinds, found), (colours, found))
    ]
    names = dict(zip(("found", "kind", "colour"), share, strict=True))
    return {"family": family, "objects": objects, **names, "extra": extra, "ms": round(statistics.median(ms))}


def page_ms(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> tuple[float, float]:
    """Milliseconds to read a page with two threads, and to look for figures on it."""
    started = time.perf_counter()
    lines = READER.read_pixels(pixels)
    read = time.perf_counter()
    corners = [(line.quad.min(axis=0), line.quad.max(axis=0)) for line in lines]
    read_figures(pixels, [(float(a[0]), float(a[1]), float(b[0]), float(b[1])) for a, b in corners])
    return (read - started) * 1e3, (time.perf_counter() - read) * 1e3


def matched(scene: Scene, figures: Iterable[Figure]) -> list[tuple[SceneObject, Figure]]:
    """Each object with the free figure that overlaps it most, where that is half."""
    free, pairs = list(figures), []
    for thing in scene.objects:
        best = max(free, key=lambda figure: overlap(figure.box, thing.box), default=None)
        if thing.kind not in SKIPPED and best is not None and overlap(best.box, thing.box) >= 0.5:
            free.remove(best)
            pairs.append((thing, best))
    return pairs


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / max(1e-9, sum(areas) - shared)


def photos(folder: Path, n: int) -> Iterable[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """Up to `n` of the photos below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    for path in files[:: max(1, len(files) // n)][:n]:
        pixels = cv2.imread(str(path))
        if pixels is not None:
            yield np.ascontiguousarray(pixels[..., ::-1], np.uint8)


if __name__ == "__main__":
    raise SystemExit(main())
