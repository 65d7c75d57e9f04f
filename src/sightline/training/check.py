"""Teacher-forced exactness on scenes kept for test, by skill: cheap enough to run while training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import torch

from sightline.training.batch import Batch
from sightline.training.network import SightlineNetwork


@torch.no_grad()
def exact_by_kind(network: SightlineNetwork, stream: Iterator[Batch], n_batches: int) -> dict[str, tuple[int, int]]:
    """For each skill: answers whose every token was the likeliest one, and answers in all."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _ in range(n_batches):
        batch = next(stream)
        with torch.autocast(batch.tiles.device.type, dtype=torch.bfloat16):
            hidden = network.hidden(batch.input_ids, batch.tiles, batch.scope)
        for row, sample in enumerate(batch.samples):
            right = network.logits(hidden[row].float()).argmax(-1) == batch.labels[row]
            for kind, (start, stop) in zip(sample.kinds, sample.spans, strict=True):
                counts[kind][0] += int(right[start:stop].all())
                counts[kind][1] += 1
    return {kind: (right, n) for kind, (right, n) in sorted(counts.items())}


def table(exact: dict[str, tuple[int, int]]) -> str:
    """One line a skill, and all together."""
    right, n = (sum(column) for column in zip(*exact.values(), strict=True))
    lines = [f"{kind:28s} {r:5d} / {m:5d}  {100 * r / m:5.1f} %" for kind, (r, m) in exact.items()]
    return "\n".join([*lines, f"{'all':28s} {right:5d} / {n:5d}  {100 * right / n:5.1f} %"])
