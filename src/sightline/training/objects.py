"""What photos show: a small network of its own, which tells the model a word and how likely it is right.

A few thousand labelled photos are too few for a transformer; a residual network (He et al. 2015) with pictures mixed
(mixup, Zhang et al. 2017) and cropped in every step makes do with them. One more class stands for everything that
it was not taught: shuffled and cut photos, and drawn pages, charts and shapes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader

from sightline.scenes.photo_files import load_photo
from sightline.training import checkpoint
from sightline.training.checkpoint import Progress
from sightline.training.object_photos import Labelled, PhotoStream, PhotoStreamConfig, labelled_photos, squeezed

NOTHING = ""  # the word of the last class
TEMPERATURES = tuple(step / 50 for step in range(10, 101))
WIDTHS = (64, 128, 256)


@dataclass(frozen=True, slots=True)
class ObjectsConfig:
    """How long and how fast, and on what."""

    n_steps: int
    stream: PhotoStreamConfig = field(default_factory=PhotoStreamConfig)
    lr: float = 0.2
    weight_decay: float = 5e-4
    smoothing: float = 0.1
    average_decay: float = 0.995
    report_every: int = 50
    save_every: int = 250
    n_workers: int = 1


class Block(nn.Module):
    """Two convolutions beside a way past them."""

    def __init__(self, n_in: int, n_out: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(n_in, n_out, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(n_out)
        self.second = nn.Conv2d(n_out, n_out, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(n_out)
        self.past = nn.Conv2d(n_in, n_out, 1, stride) if stride > 1 else None

    def forward(self, x: Tensor) -> Tensor:
        """(batch, n_in, h, w) to (batch, n_out, h / stride, w / stride)."""
        inner = F.relu(self.first_norm(self.first(x)))
        past = x if self.past is None else self.past(x)
        return F.relu(self.second_norm(self.second(inner)) + past)


class ObjectNetwork(nn.Module):
    """(batch, 3, side, side) in -1..1 to (batch, n_labels + 1) logits; the last one is for nothing that it knows."""

    def __init__(self, n_labels: int, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0] // 2, 3, 2, 1, bias=False)
        self.stem_norm = nn.BatchNorm2d(widths[0] // 2)
        before = [widths[0] // 2, *widths]
        self.blocks = nn.Sequential(*(block for a, b in pairwise(before) for block in (Block(a, b, 2), Block(b, b, 1))))
        self.head = nn.Linear(widths[-1], n_labels + 1)

    def forward(self, x: Tensor) -> Tensor:
        """Logits in float32."""
        logits: Tensor = self.head(self.seen(x))
        return logits

    def seen(self, x: Tensor) -> Tensor:
        """(batch, widths[-1]) features in float32, from which the logits are made."""
        features: Tensor = self.blocks(F.relu(self.stem_norm(self.stem(x)))).float().mean((2, 3))
        return features


def train_objects(photos_dir: Path, config: ObjectsConfig, out: Path) -> dict[str, float]:
    """Train `config.n_steps` steps, saving to `out`; continue there if it holds a run.

    Returns:
        Share of the photos kept for test whose label, and whose everyday word, is named right.
    """
    photos, names, _ = labelled_photos(photos_dir, "train")
    network = ObjectNetwork(len(names))
    nn.utils.convert_conv2d_weight_memory_format(network, torch.channels_last)  # twice as fast
    optimiser = torch.optim.SGD(
        network.parameters(), config.lr, momentum=0.9, nesterov=True, weight_decay=config.weight_decay
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    at = Progress()
    if (out / "progress.json").exists():
        at = checkpoint.load(out, network, average, [optimiser])
    stream = PhotoStream(photos, len(names), config.stream, at.step)
    batches = iter(DataLoader(stream, batch_size=None, num_workers=config.n_workers))
    started = time.monotonic()
    for step in range(at.step, config.n_steps):
        for group in optimiser.param_groups:
            group["lr"] = config.lr * rate(step / config.n_steps)
        pixels, labels = next(batches)
        loss = _step(network, optimiser, pixels, labels, config)
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                average[name].lerp_(value, 1 - config.average_decay)
        at = Progress(step + 1, at.n_samples + config.stream.batch_size)
        if at.step % config.report_every == 0:
            print(f"step {at.step} | loss {loss:.3f} | {time.monotonic() - started:.0f} s", flush=True)
        if at.step % config.save_every == 0 or at.step == config.n_steps:
            checkpoint.save(out, network, average, [optimiser], at)
            print(f"step {at.step} | {right(averaged(out, len(names)), photos_dir)}", flush=True)
    return right(averaged(out, len(names)), photos_dir)


def rate(done: float) -> float:
    """The learning rate after a share of the steps: up over 5 %, then down along a cosine."""
    return min(1.0, (done + 0.002) / 0.05) * 0.5 * (1 + cos(pi * done))


def _step(
    network: ObjectNetwork, optimiser: torch.optim.Optimizer, shown: Tensor, labels: Tensor, config: ObjectsConfig
) -> float:
    pixels = (shown.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)
    other = torch.randperm(len(labels))
    share = float(torch.distributions.Beta(0.2, 0.2).sample())
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(share * pixels + (1 - share) * pixels[other]).float()
    loss = share * F.cross_entropy(logits, labels, label_smoothing=config.smoothing)
    loss = loss + (1 - share) * F.cross_entropy(logits, labels[other], label_smoothing=config.smoothing)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimiser.step()
    return loss.item()


def averaged(run: Path, n_labels: int) -> ObjectNetwork:
    """The network with the averaged weights of a run, ready to be asked."""
    network = ObjectNetwork(n_labels)
    network.load_state_dict(load_file(run / "average.safetensors"))
    return network.eval()


@torch.no_grad()
def seen_and_logits(
    network: ObjectNetwork, photos: Sequence[Labelled]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, features) and (n, n_labels + 1) logits for whole photos."""
    rows = []
    for start in range(0, len(photos), 64):
        pixels = np.stack([squeezed(load_photo(photo.path)) for photo in photos[start : start + 64]])
        rows.append(network.seen(torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1))
    seen = torch.cat(rows)
    return seen.numpy(), network.head(seen).numpy()


def logits_of(network: ObjectNetwork, photos: Sequence[Labelled]) -> Tensor:
    """(n, n_labels + 1) logits for whole photos."""
    return torch.from_numpy(seen_and_logits(network, photos)[1])


def fit_temperature(network: ObjectNetwork, photos: Sequence[Labelled]) -> float:
    """What the logits must be divided by for the probabilities to be right as often as they say.

    Mixed pictures and smoothed labels leave a network less sure than it is right. Source: Guo et al. 2017, "On
    Calibration of Modern Neural Networks", section 4.2.
    """
    logits, labels = logits_of(network, photos), torch.tensor([photo.label for photo in photos])
    losses = {temperature: F.cross_entropy(logits / temperature, labels).item() for temperature in TEMPERATURES}
    return min(losses, key=losses.__getitem__)


def right(network: ObjectNetwork, photos_dir: Path) -> dict[str, float]:
    """Share of the photos kept for test named right: by `label`, and by everyday `word`."""
    photos, _, words = labelled_photos(photos_dir, "test")
    told = logits_of(network, photos).softmax(1)
    labels = torch.tensor([photo.label for photo in photos])
    adds = torch.from_numpy(word_sums(words)[1])
    return {
        "label": (told.argmax(1) == labels).float().mean().item(),
        "word": ((told @ adds).argmax(1) == adds[labels].argmax(1)).float().mean().item(),
    }


def word_sums(words: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
    """The words in order, `NOTHING` first, and the matrix (n_labels + 1, n_words) that adds up what has one word.

    `words` has the word of each label.
    """
    places = sorted({*words, NOTHING})
    return places, np.eye(len(places), dtype=np.float32)[[places.index(word) for word in (*words, NOTHING)]]
