"""What 8-bit weights cost and bring: scores on real pictures, decode steps, memory; each beside float32 in one run.

    python benchmarks/eight_bit.py ../shared/eval --limit 160 --set sroie --set iiit5k
    python benchmarks/eight_bit.py            # speed alone

The rows are the same, greedy, and every set is answered by one and then the other. Decode steps alternate in short
turns; memory is what loading a runtime adds, in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from _common import print_json, print_table

from sightline.chat.assembly import checkpoint_folder, image_loader
from sightline.chat.chat import Chat
from sightline.engines.native import NativeEngine
from sightline.engines.native.runtime import Runtime
from sightline.evaluation import ask_with, find_tasks, score_sets
from sightline.model.checkpoint import load_checkpoint
from sightline.reading import Reader

MODEL = "sightline-mini"
KINDS = {"float32": False, "8 bits": True}
PROMPT_TOKENS, STEPS, TURNS, N_THREADS = 300, 40, 12, 2
MEMORY = """
import resource, sys
from sightline.engines.native.runtime import Runtime
from sightline.chat.assembly import checkpoint_folder
from sightline.model.checkpoint import load_checkpoint
def mib():
    return int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 2**20
checkpoint = load_checkpoint(checkpoint_folder('sightline-mini'))
before = mib()
runtime = Runtime(checkpoint.config, checkpoint.tensors, 2, eight_bit=sys.argv[1] == 'True')
print(mib() - before)
"""


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", help="folder of sets; none: no scores")
    parser.add_argument("--set", dest="sets", action="append", default=[])
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    speed = speeds()
    print_table(speed)
    scores = asyncio.run(score_both(options.data, options.sets, options.limit)) if options.data else []
    if scores:
        print_table(scores)
    print_json("eight_bit", speed=speed, scores=scores)
    return 0


def speeds() -> list[dict[str, object]]:
    """One row a kind: prompt, decode steps alone, memory, and how far the logits are from float32's."""
    checkpoint = load_checkpoint(checkpoint_folder(MODEL))
    runtimes = {
        name: Runtime(checkpoint.config, checkpoint.tensors, N_THREADS, eight_bit=eight_bit)
        for name, eight_bit in KINDS.items()
    }
    ids = np.random.default_rng(0).integers(100, checkpoint.config.decoder.vocab_size, PROMPT_TOKENS).tolist()
    prompt_ms: dict[str, list[float]] = {name: [] for name in KINDS}
    step_ms: dict[str, list[float]] = {name: [] for name in KINDS}
    logits = {}
    for _ in range(TURNS):
        for name, runtime in runtimes.items():
            cache, started = runtime.new_cache(PROMPT_TOKENS + STEPS), time.perf_counter()
            logits[name] = runtime.step(runtime.embed(ids, -1), cache)
            prompt_ms[name].append(1e3 * (time.perf_counter() - started))
            for at in range(STEPS):
                started = time.perf_counter()
                runtime.step(runtime.embed([ids[at]], -1), cache)
                step_ms[name].append(1e3 * (time.perf_counter() - started))
    exact = logits["float32"]
    return [
        {
            "weights": name,
            "prompt ms": statistics.median(prompt_ms[name]),
            "step ms": statistics.median(step_ms[name]),
            "x float32": statistics.median(step_ms["float32"]) / statistics.median(step_ms[name]),
            "MiB": memory_mib(eight_bit),
            "error / deviation": float(np.sqrt(np.square(logits[name] - exact).mean()) / exact.std()),
        }
        for name, eight_bit in KINDS.items()
    ]


def memory_mib(eight_bit: bool) -> float:
    """Resident memory that loading a runtime adds."""
    done = subprocess.run([sys.executable, "-c", MEMORY, str(eight_bit)], capture_output=True, text=True, check=True)
    return float(done.stdout)


async def score_both(data: Path, sets: list[str], limit: int | None) -> list[dict[str, object]]:
    """One row a line of the scorecard."""
    rows: list[dict[str, object]] = []
    found: dict[str, list[tuple[str, float, int]]] = {}
    for name, eight_bit in KINDS.items():
        engine = NativeEngine(load_checkpoint(checkpoint_folder(MODEL)), MODEL, N_THREADS, eight_bit=eight_bit)
        chat = Chat({MODEL: engine}, {}, image_loader(), Reader())
        tasks = [task.sample(limit) for task in find_tasks(data, sets)]
        with tempfile.TemporaryDirectory() as out:
            lines = await score_sets(ask_with(chat), tasks, Path(out), model=MODEL)
        found[name] = [(f"{line.set} {line.field}", 100 * line.score.mean, line.score.n) for line in lines]
        await chat.close()
    for (field, exact, n), (_, ours, _) in zip(found["float32"], found["8 bits"], strict=True):
        rows.append({"set": field, "n": n, "float32": exact, "8 bits": ours, "difference": ours - exact})
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
