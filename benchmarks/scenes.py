"""How many documents a second one core makes, with and without their pictures."""

from __future__ import annotations

import json
import time

import numpy as np

from sightline.scenes.documents import FAMILIES, make


def rate_per_s(family: str, n_scenes: int, render: bool) -> float:
    make(np.random.default_rng(0), family, render)  # typefaces are loaded once
    started = time.process_time()
    for seed in range(n_scenes):
        make(np.random.default_rng([1, seed]), family, render)
    return n_scenes / (time.process_time() - started)


def main() -> None:
    rates = {}
    print(f"{'family':10}  text/s  pictures/s   (CPU time of one core)")
    for family in FAMILIES:
        rates[family] = (round(rate_per_s(family, 150, False), 1), round(rate_per_s(family, 20, True), 1))
        print(f"{family:10}  {rates[family][0]:6}  {rates[family][1]:10}")
    print(json.dumps({"benchmark": "scenes", "rates_per_s": rates}))


if __name__ == "__main__":
    main()
