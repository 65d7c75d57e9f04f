"""Does a batch survive SIGKILL at random moments? Prints one JSON line; anything lost or doubled is an error.

python benchmarks/batch_kills.py --kills 100 --lines 1000
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from batching import survive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        n_met = survive(Path(folder), given.kills, given.lines, given.seed)
    wall_s = round(time.monotonic() - started, 1)
    print(
        json.dumps({"kills": given.kills, "met_unfinished": n_met, "lines": given.lines, "wall_s": wall_s, "ok": True})
    )


if __name__ == "__main__":
    main()
