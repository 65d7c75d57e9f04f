"""The training loop: batch, loss, backward, step, one line."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sightline.training import checkpoint
from sightline.training.batch import Batch
from sightline.training.checkpoint import Progress
from sightline.training.data import IGNORE
from sightline.training.heads import DenseHeads
from sightline.training.network import SightlineNetwork
from sightline.training.optim import build_optimisers, wsd


@dataclass(frozen=True, slots=True)
class LoopConfig:
    """How long and how fast. Learning rates are the peaks of the schedule."""

    n_steps: int
    muon_lr: float = 0.02
    adam_lr: float = 1e-2
    warm_up: float = 0.02  # share of the steps
    decay: float = 0.3  # share of the steps; 0 keeps the rate flat, to be decayed by a later stage
    dense_weight: float = 0.3
    dense_only: bool = False  # teach the encoder what covers each patch and nothing else
    clip: float = 1.0
    average_decay: float = 0.995
    save_every: int = 100
    report_every: int = 10
    device: str = "cpu"
    most_s: float = math.inf  # stop and save after this long; the schedule is still that of `n_steps`


class Trainer(nn.Module):
    """The network and its dense heads, as one thing to optimise and save."""

    def __init__(self, network: SightlineNetwork) -> None:
        super().__init__()
        self.network = network
        self.heads = DenseHeads(network.config.vision.width)

    def dense_loss(self, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        """What covers each patch, from the encoder alone."""
        dense = self.heads.loss(self.network.model.vision_model(batch.tiles), batch.classes, batch.colours)
        return dense, {"answer": 0.0, "dense": dense.item()}

    def loss(self, batch: Batch, dense_weight: float) -> tuple[Tensor, dict[str, float]]:
        """The weighted answer loss plus the dense loss, and both as numbers."""
        network = self.network
        embedded = network.model.text_model.embed_tokens(batch.input_ids)
        dense = torch.zeros((), device=embedded.device)
        if batch.tiles.shape[0]:
            patches = network.model.vision_model(batch.tiles)
            dense = self.heads.loss(patches, batch.classes, batch.colours)
            seen = network.model.connector(patches).flatten(0, 1).to(embedded.dtype)
            embedded = embedded.masked_scatter((batch.input_ids == network.image_token_id).unsqueeze(-1), seen)
        hidden = network.model.text_model(embedded, batch.scope)
        learned = batch.labels != IGNORE
        logits = network.logits(hidden[learned])
        losses = F.cross_entropy(logits.float(), batch.labels[learned], reduction="none")
        weights = batch.weights[learned]
        answer = (losses * weights).sum() / weights.sum()
        return answer + dense_weight * dense, {"answer": answer.item(), "dense": dense.item()}


def train(
    network: SightlineNetwork,
    open_stream: Callable[[int], Iterator[Batch]],
    config: LoopConfig,
    out: Path,
    heads: dict[str, Tensor] | None = None,
) -> dict[str, Tensor]:
    """Take `config.n_steps` steps, saving to `out`; continue there if it holds a run. Returns the averaged weights.

    `open_stream` gets the number of samples already drawn and yields the batches after them. `heads` are
    dense heads to begin with, from the run that the encoder comes from.
    """
    device = torch.device(config.device)
    trainer = Trainer(network).to(device)
    if heads:
        trainer.heads.load_state_dict(heads)
    optimisers = build_optimisers(trainer, config.muon_lr, config.adam_lr)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    at = Progress()
    if (out / "progress.json").exists():
        at = checkpoint.load(out, trainer, average, optimisers)
    stream = open_stream(at.n_samples)
    started, since = time.monotonic(), _Since()
    while at.step < config.n_steps:
        batch = next(stream).to(device)
        rate = wsd((at.step + 1) / config.n_steps, config.warm_up, config.decay)
        losses = _step(trainer, optimisers, batch, config, rate)
        _average(network, average, min(config.average_decay, (1 + at.step) / (10 + at.step)))
        at = Progress(at.step + 1, at.n_samples + len(batch.samples), at.n_tokens + batch.input_ids.numel())
        since.add(losses, batch)
        if at.step % config.report_every == 0:
            print(since.line(at, rate, time.monotonic() - started), flush=True)
            since = _Since()
        is_last = at.step == config.n_steps or time.monotonic() - started >= config.most_s
        if at.step % config.save_every == 0 or is_last:
            checkpoint.save(out, trainer, average, optimisers, at)
        if is_last:
            break
    return average


def _step(
    trainer: Trainer, optimisers: list[torch.optim.Optimizer], batch: Batch, config: LoopConfig, rate: float
) -> dict[str, float]:
    with torch.autocast(batch.tiles.device.type, dtype=torch.bfloat16):
        loss, losses = trainer.dense_loss(batch) if config.dense_only else trainer.loss(batch, config.dense_weight)
    loss.backward()
    nn.utils.clip_grad_norm_(trainer.parameters(), config.clip)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group["peak_lr"] * rate
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
    return losses


@torch.no_grad()
def _average(network: nn.Module, average: dict[str, Tensor], decay: float) -> None:
    for name, value in network.state_dict().items():
        average[name].lerp_(value, 1 - decay)


class _Since:
    """What happened since the last line."""

    def __init__(self) -> None:
        self.sums: dict[str, float] = defaultdict(float)
        self.n = 0
        self.began = time.monotonic()

    def add(self, losses: dict[str, float], batch: Batch) -> None:
        self.n += 1
        self.sums["tokens"] += batch.input_ids.numel()
        for name, value in losses.items():
            self.sums[name] += value

    def line(self, at: Progress, rate: float, total_s: float) -> str:
        answer, dense = self.sums["answer"] / self.n, self.sums["dense"] / self.n
        speed = self.sums["tokens"] / (time.monotonic() - self.began)
        return (
            f"step {at.step} | answer {answer:.3f} | dense {dense:.3f} | rate {rate:.2f} | {speed:.0f} tokens/s"
            f" | {at.n_samples} samples | {at.n_tokens / 1e6:.2f} M tokens | {total_s:.0f} s"
        )
