"""What photos show, taught to the encoder alone before the decoder learns to say it.

A few thousand labelled photos are too few for a transformer that sees all of every picture: each step hides most
patches (PatchDropout, Liu et al. 2022; FLIP, Li et al. 2023), mixes pictures (mixup, Zhang et al. 2017) and turns some
of them, the quarter turn being asked for too (RotNet, Gidaris et al. 2018). The heads are dropped afterwards.
"""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from sightline.scenes.photo_files import is_for_test, load_photo
from sightline.training import checkpoint
from sightline.training.checkpoint import Progress
from sightline.training.network import SightlineNetwork, VisionModel
from sightline.training.optim import build_optimisers, wsd

UNTAUGHT = ("", "Not sure", "Other", "Skip")
N_TURNS = 4


@dataclass(frozen=True, slots=True)
class ObjectsConfig:
    """How long and how fast. `kept` is the share of the patches that a step sees; in the last `whole` of them, all."""

    n_steps: int
    batch_size: int = 96
    kept: float = 0.4
    whole: float = 0.06  # share of the steps
    muon_lr: float = 0.02
    adam_lr: float = 2e-3
    turned: float = 0.3  # share of the photos
    smoothing: float = 0.1
    average_decay: float = 0.995
    report_every: int = 50
    save_every: int = 200
    seed: int = 0
    n_workers: int = 1


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A file and its place in the list of labels."""

    path: Path
    label: int


def labelled_photos(photos_dir: Path, split: str) -> tuple[list[LabelledPhoto], list[str]]:
    """The photos of a split that show something with a name, and the names in order."""
    lines = (photos_dir / "labels.jsonl").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, filter(None, lines)) if record["label"] not in UNTAUGHT]
    names = sorted({record["label"] for record in records})
    return [
        LabelledPhoto(photos_dir / record["image"], names.index(record["label"]))
        for record in records
        if is_for_test(record["image"]) == (split == "test")
    ], names


class ObjectHeads(nn.Module):
    """One linear layer each for the object and the quarter turn, from the mean of the patches."""

    def __init__(self, width: int, n_labels: int) -> None:
        super().__init__()
        self.label = nn.Linear(width, n_labels)
        self.turn = nn.Linear(width, N_TURNS)


class Recogniser(nn.Module):
    """The network, whose encoder learns, and the heads that are dropped."""

    def __init__(self, network: SightlineNetwork, n_labels: int) -> None:
        super().__init__()
        self.network = network
        self.object_heads = ObjectHeads(network.config.vision.width, n_labels)
        for parameter in (*network.model.text_model.parameters(), *network.model.connector.parameters()):
            parameter.requires_grad = False

    def seen(self, pixels: Tensor, n_kept: int) -> Tensor:
        """(batch, 3, h, w) to the mean (batch, width) of `n_kept` patches drawn anew for each picture."""
        vision: VisionModel = self.network.model.vision_model
        x = vision.embeddings(pixels)
        if n_kept < x.shape[1]:
            drawn = torch.rand(x.shape[:2]).argsort(1)[:, :n_kept, None].expand(-1, -1, x.shape[2])
            x = x.gather(1, drawn)
        for layer in vision.encoder.layers:
            x = layer(x)
        pooled: Tensor = vision.post_layernorm(x).mean(1)
        return pooled


class PhotoStream(IterableDataset[tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]]):
    """Batches of photos, rarer labels more often than they come: pixels (n, side, side, 3), labels, quarter turns."""

    def __init__(self, photos: Sequence[LabelledPhoto], side_px: int, config: ObjectsConfig, first: int) -> None:
        self._photos, self._side_px, self._config, self._first = photos, side_px, config, first
        counts = Counter(photo.label for photo in photos)
        says = np.array([counts[photo.label] ** -0.5 for photo in photos])
        self._says = says / says.sum()

    def __iter__(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]]:
        """Never ends."""
        worker = get_worker_info()
        rng = np.random.default_rng([self._config.seed, self._first, worker.id if worker else 0])
        while True:
            drawn = rng.choice(len(self._photos), self._config.batch_size, p=self._says)
            turns = np.where(rng.random(len(drawn)) < self._config.turned, rng.integers(0, N_TURNS, len(drawn)), 0)
            pixels = [
                np.rot90(varied(rng, load_photo(self._photos[i].path), self._side_px), -turn)
                for i, turn in zip(drawn, turns, strict=True)
            ]
            yield np.stack(pixels), np.array([self._photos[i].label for i in drawn]), turns


def varied(rng: np.random.Generator, pixels: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    """A crop, squeezed as the overview is, perhaps mirrored, in another light."""
    height, width = pixels.shape[:2]
    area = height * width * rng.uniform(0.3, 1.0)
    wide = math.exp(rng.uniform(-0.3, 0.3)) * width / height
    w, h = min(width, int((area * wide) ** 0.5)), min(height, int((area / wide) ** 0.5))
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    crop = cv2.resize(pixels[y : y + h, x : x + w], (side_px, side_px), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
    gain, offset = rng.uniform(0.7, 1.3), rng.uniform(-30, 30)
    tones = (np.arange(256.0) - 128) * gain + 128 + offset
    table = np.clip(tones[:, None] * rng.uniform(0.9, 1.1, 3), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, table[None]), dtype=np.uint8)


def train_objects(network: SightlineNetwork, photos_dir: Path, config: ObjectsConfig, out: Path) -> dict[str, float]:
    """Teach the encoder `config.n_steps` steps, saving to `out`; continue there if it holds a run.

    Returns:
        Share of the photos kept for test whose label (`label`) is named right by the head.
    """
    photos, names = labelled_photos(photos_dir, "train")
    recogniser = Recogniser(network, len(names))
    optimisers = build_optimisers(recogniser, config.muon_lr, config.adam_lr)
    average = {name: value.detach().clone() for name, value in recogniser.state_dict().items()}
    at = Progress()
    if (out / "progress.json").exists():
        at = checkpoint.load(out, recogniser, average, optimisers)
    stream = iter(
        DataLoader(
            PhotoStream(photos, network.config.vision.image_px, config, at.n_samples),
            batch_size=None, num_workers=config.n_workers, prefetch_factor=4 if config.n_workers else None,
        )
    )  # fmt: skip
    started = time.monotonic()
    for step in range(at.step, config.n_steps):
        rate = wsd((step + 1) / config.n_steps, 0.03, 0.5)
        loss = _step(recogniser, optimisers, next(stream), config, rate, step)
        for name, value in recogniser.state_dict().items():
            average[name].lerp_(value, 1 - config.average_decay)
        at = Progress(step + 1, at.n_samples + config.batch_size, at.n_tokens)
        if at.step % config.report_every == 0:
            print(
                f"step {at.step} | loss {loss:.3f} | rate {rate:.2f} | {time.monotonic() - started:.0f} s", flush=True
            )
        if at.step % config.save_every == 0 or at.step == config.n_steps:
            checkpoint.save(out, recogniser, average, optimisers, at)
            print(f"step {at.step} | right on test photos {right(recogniser, average, photos_dir):.3f}", flush=True)
    return {"label": right(recogniser, average, photos_dir)}


def _step(
    recogniser: Recogniser,
    optimisers: list[torch.optim.Optimizer],
    batch: tuple[Tensor, Tensor, Tensor],
    config: ObjectsConfig,
    rate: float,
    step: int,
) -> float:
    shown, labels, turns = batch
    pixels = shown.permute(0, 3, 1, 2).float() / 127.5 - 1
    other = torch.randperm(len(labels))
    share = float(np.random.default_rng([config.seed, step]).beta(0.3, 0.3)) if step % 2 else 1.0
    is_whole = step >= config.n_steps * (1 - config.whole)
    n_patches = recogniser.network.config.vision.n_patches
    with torch.autocast("cpu", dtype=torch.bfloat16):
        seen = recogniser.seen(
            share * pixels + (1 - share) * pixels[other], n_patches if is_whole else int(config.kept * n_patches)
        )
    named, turned = recogniser.object_heads.label(seen.float()), recogniser.object_heads.turn(seen.float())
    loss = share * F.cross_entropy(named, labels, label_smoothing=config.smoothing)
    loss = loss + (1 - share) * F.cross_entropy(named, labels[other], label_smoothing=config.smoothing)
    if share == 1.0:
        loss = loss + 0.3 * F.cross_entropy(turned, turns)
    loss.backward()
    nn.utils.clip_grad_norm_(recogniser.parameters(), 1.0)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group["peak_lr"] * rate
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
    return loss.item()


@torch.no_grad()
def right(recogniser: Recogniser, average: dict[str, Tensor], photos_dir: Path) -> float:
    """Share of the photos kept for test whose label the averaged head names right, seeing all of each."""
    photos, _ = labelled_photos(photos_dir, "test")
    vision = recogniser.network.config.vision
    now = {name: value.clone() for name, value in recogniser.state_dict().items()}
    recogniser.load_state_dict(average)
    n_right = 0
    for photo in photos:
        squeezed = cv2.resize(load_photo(photo.path), (vision.image_px, vision.image_px), interpolation=cv2.INTER_AREA)
        pixels = torch.from_numpy(squeezed).permute(2, 0, 1)[None].float() / 127.5 - 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = recogniser.seen(pixels, vision.n_patches)
        n_right += int(recogniser.object_heads.label(seen.float()).argmax()) == photo.label
    recogniser.load_state_dict(now)
    return n_right / max(1, len(photos))
