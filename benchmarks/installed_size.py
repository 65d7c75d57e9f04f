"""How much disk an install takes, with and without the playground.

    python benchmarks/installed_size.py              both, each in a fresh environment
    python benchmarks/installed_size.py serve        without the playground

Installs from requirements/*.txt and this working tree (a wheel, no editable link) as `make serve` does, which leaves
compiling to the first use; asks the echo engine about a picture; and counts the bytes of every file in site-packages,
pip itself left out. `--compile` has pip compile everything, as a plain `pip install` does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _common import ROOT, print_json, print_table

LIMIT_MB = {"serve": 500, "playground": 750}
MB = 1_000_000
PICTURE = ROOT / "src/sightline/playground/samples/receipt.webp"
FIRST = ["ask", str(PICTURE), "What does it say?", "--model", "sightline-echo"]


def main() -> int:
    """Measure; exit 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", nargs="*", metavar="LOCK", help=f"of {', '.join(LIMIT_MB)}; default all")
    parser.add_argument("--top", type=int, default=12, help="packages to list")
    parser.add_argument("--compile", action="store_true", help="have pip compile every module")
    options = parser.parse_args()
    results: list[dict[str, object]] = []
    totals: dict[str, float] = {}
    for lock in options.which or LIMIT_MB:
        with tempfile.TemporaryDirectory(prefix="sightline-size-") as folder:
            started = time.perf_counter()
            site = install(lock, Path(folder), compiled=options.compile)
            seconds = time.perf_counter() - started
            started = time.perf_counter()
            writing = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            subprocess.run([Path(folder) / "env/bin/sightline", *FIRST], check=True, capture_output=True, env=writing)
            first_s = time.perf_counter() - started
            sizes = by_package(site)
        for name, size in sorted(sizes.items(), key=lambda item: -item[1])[: options.top]:
            print(f"{lock:>10}  {size / MB:7.1f} MB  {name}")
        totals[lock] = sum(sizes.values()) / MB
        results.append(
            {
                "install": lock,
                "MB": totals[lock],
                "limit_MB": LIMIT_MB[lock],
                "install_s": seconds,
                "first_use_s": first_s,
            }
        )
    print_table(results)
    print_json("installed_size", compiled=options.compile, results=results)
    return int(any(total > LIMIT_MB[lock] for lock, total in totals.items()))


def install(lock: str, folder: Path, *, compiled: bool) -> Path:
    """Install `lock` and the project into a new environment and return its site-packages."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    pip: list[str | Path] = [folder / "env/bin/python", "-m", "pip", "install", "--quiet"]
    flags = [] if compiled else ["--no-compile"]
    subprocess.run([*pip, *flags, "--no-deps", "--require-hashes", "-r", ROOT / f"requirements/{lock}.txt"], check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "build"], check=True)
    build: list[str | Path] = [folder / "build/bin/python", "-m", "pip"]
    subprocess.run(
        [*build, "install", "--quiet", "--no-deps", "--require-hashes", "-r", ROOT / "requirements/build.txt"],
        check=True,
    )
    wheel: list[str | Path] = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run([*build, *wheel], check=True)
    subprocess.run([*pip, *flags, "--no-deps", next(folder.glob("*.whl"))], check=True)
    return next((folder / "env/lib").glob("python*/site-packages"))


def by_package(site: Path) -> dict[str, int]:
    """Give the bytes of each folder or file in `site`, without pip and setuptools; a wheel's .libs count with it."""
    sizes: dict[str, int] = {}
    for entry in site.iterdir():
        name = entry.name.removesuffix(".libs").split("-")[0]
        if name in ("pip", "setuptools", "_distutils_hack", "pkg_resources", "distutils"):
            continue
        size = (
            sum(f.lstat().st_size for f in entry.rglob("*") if f.is_file()) if entry.is_dir() else entry.stat().st_size
        )
        sizes[name] = sizes.get(name, 0) + size
    return sizes


if __name__ == "__main__":
    sys.exit(main())
