"""What photos show: a small network of its own, which tells the model a word and how likely it is right.

A few thousand labelled photos are too few for a transformer; a residual network (He et al. 2015) with pictures mixed
(mixup, Zhang et al. 2017) and cropped in every step makes do with them. One more class stands for everything that
it was not taught: shuffled and cut photos, and drawn pages, charts and shapes.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, exp, pi
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from sightline.reading.objects import SIDE_PX
from sightline.scenes import mixture
from sightline.scenes.photo_files import is_for_test, load_photo, spoiled
from sightline.scenes.photo_words import everyday_word

UNTAUGHT = ("", "Not sure", "Other", "Skip")
NOTHING = ""  # the word of the last class
TEMPERATURES = tuple(step / 50 for step in range(10, 101))
WIDTHS = (64, 128, 256)
DRAWN: dict[str, float] = {"shapes": 0.3, "charts": 0.2, "documents": 0.2, "screens": 0.15, "boxes": 0.15}


@dataclass(frozen=True, slots=True)
class ObjectsConfig:
    """How long and how fast. `nothing_share` of a batch shows nothing that has a word."""

    n_steps: int
    batch_size: int = 96
    lr: float = 0.2
    weight_decay: float = 5e-4
    nothing_share: float = 0.12
    n_drawn: int = 500
    smoothing: float = 0.1
    average_decay: float = 0.995
    report_every: int = 50
    save_every: int = 250
    seed: int = 0
    n_workers: int = 1


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file, and the place of its label in the list of labels."""

    path: Path
    label: int


def labelled_photos(photos_dir: Path, split: str) -> tuple[list[Labelled], list[str], list[str]]:
    """The photos of a split that show something with a name, the labels in order, and the everyday word of each."""
    lines = (photos_dir / "labels.jsonl").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, filter(None, lines)) if record["label"] not in UNTAUGHT]
    words = {record["label"]: everyday_word(record["label"], record.get("group", "")) for record in records}
    names = sorted(words)
    photos = [
        Labelled(photos_dir / record["image"], names.index(record["label"]))
        for record in records
        if is_for_test(record["image"]) == (split == "test")
    ]
    return photos, names, [words[name] for name in names]


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
        seen = self.blocks(F.relu(self.stem_norm(self.stem(x))))
        logits: Tensor = self.head(seen.float().mean((2, 3)))
        return logits


class PhotoStream(IterableDataset[tuple[NDArray[np.uint8], NDArray[np.int64]]]):
    """Batches of pictures uint8 (n, side, side, 3) and labels, rarer labels more often than they come; never ends."""

    def __init__(self, photos: Sequence[Labelled], n_labels: int, config: ObjectsConfig, first_step: int) -> None:
        self._photos, self._n_labels, self._config, self._first_step = photos, n_labels, config, first_step
        counts = Counter(photo.label for photo in photos)
        says = np.array([counts[photo.label] ** -0.5 for photo in photos])
        self._says = says / says.sum()

    def __iter__(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
        config = self._config
        pixels = [load_photo(photo.path) for photo in self._photos]
        drawn = drawn_pictures(config.seed, config.n_drawn)
        rng = np.random.default_rng([config.seed, self._first_step])
        while True:
            batch = [self._one(rng, pixels, drawn) for _ in range(config.batch_size)]
            yield np.stack([one for one, _ in batch]), np.array([label for _, label in batch])

    def _one(
        self, rng: np.random.Generator, pixels: list[NDArray[np.uint8]], drawn: list[NDArray[np.uint8]]
    ) -> tuple[NDArray[np.uint8], int]:
        index = int(rng.choice(len(pixels), p=self._says))
        if rng.random() >= self._config.nothing_share:
            return varied(rng, pixels[index]), self._photos[index].label
        nothing = drawn[int(rng.integers(len(drawn)))] if drawn and rng.random() < 0.5 else spoiled(rng, pixels[index])
        return varied(rng, nothing), self._n_labels


def drawn_pictures(seed: int, n: int) -> list[NDArray[np.uint8]]:
    """Pages, charts and shapes as the model sees them, small."""
    rng = np.random.default_rng([seed, 1])
    scenes = (mixture.make(rng, "train", DRAWN) for _ in range(n))
    return [squeezed(scene.pixels, 2 * SIDE_PX) for scene in scenes]


def varied(rng: np.random.Generator, pixels: NDArray[np.uint8], side_px: int = SIDE_PX) -> NDArray[np.uint8]:
    """A crop, squeezed as a whole picture is, perhaps mirrored, in another light."""
    height, width = pixels.shape[:2]
    area = height * width * rng.uniform(0.3, 1.0)
    wide = exp(rng.uniform(-0.3, 0.3)) * width / height
    w, h = max(1, min(width, int((area * wide) ** 0.5))), max(1, min(height, int((area / wide) ** 0.5)))
    x, y = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    crop = squeezed(pixels[y : y + h, x : x + w], side_px)
    if rng.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
    gain, offset = rng.uniform(0.7, 1.3), rng.uniform(-30, 30)
    tones = (np.arange(256.0) - 128) * gain + 128 + offset
    table = np.clip(tones[:, None] * rng.uniform(0.9, 1.1, 3), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(crop, table[None]), dtype=np.uint8)


def squeezed(pixels: NDArray[np.uint8], side_px: int = SIDE_PX) -> NDArray[np.uint8]:
    """All of the picture as a square."""
    return np.asarray(cv2.resize(pixels, (side_px, side_px), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def train_objects(photos_dir: Path, config: ObjectsConfig, out: Path) -> dict[str, float]:
    """Train `config.n_steps` steps, saving to `out`; continue there if it holds a run.

    Returns:
        Share of the photos kept for test whose label, and whose everyday word, is named right.
    """
    photos, names, _ = labelled_photos(photos_dir, "train")
    network = ObjectNetwork(len(names))
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # missing in the stubs, twice as fast
    optimiser = torch.optim.SGD(
        network.parameters(), config.lr, momentum=0.9, nesterov=True, weight_decay=config.weight_decay
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    done = _load(out, network, average, optimiser)
    stream = PhotoStream(photos, len(names), config, done)
    batches = iter(DataLoader(stream, batch_size=None, num_workers=config.n_workers))
    started = time.monotonic()
    for step in range(done, config.n_steps):
        for group in optimiser.param_groups:
            group["lr"] = config.lr * rate(step / config.n_steps)
        pixels, labels = next(batches)
        loss = _step(network, optimiser, pixels, labels, config)
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                average[name].lerp_(value, 1 - config.average_decay)
        if (step + 1) % config.report_every == 0:
            print(f"step {step + 1} | loss {loss:.3f} | {time.monotonic() - started:.0f} s", flush=True)
        if (step + 1) % config.save_every == 0 or step + 1 == config.n_steps:
            _save(out, network, average, optimiser, step + 1)
            print(f"step {step + 1} | {right(averaged(out, len(names)), photos_dir)}", flush=True)
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
def logits_of(network: ObjectNetwork, photos: Sequence[Labelled]) -> Tensor:
    """(n, n_labels + 1) logits for whole photos."""
    rows = []
    for start in range(0, len(photos), 64):
        pixels = np.stack([squeezed(load_photo(photo.path)) for photo in photos[start : start + 64]])
        rows.append(network(torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1))
    return torch.cat(rows)


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
    by_word = per_word(told, words)
    truth = [sorted({*words, NOTHING}).index(words[photo.label]) for photo in photos]
    labels = torch.tensor([photo.label for photo in photos])
    return {
        "label": (told.argmax(1) == labels).float().mean().item(),
        "word": (by_word.argmax(1) == torch.tensor(truth)).float().mean().item(),
    }


def per_word(told: Tensor, words: Sequence[str]) -> Tensor:
    """(n, n_labels + 1) probabilities summed for each word of the sorted words, `NOTHING` first."""
    places = sorted({*words, NOTHING})
    columns = torch.tensor([places.index(word) for word in (*words, NOTHING)])
    return torch.zeros(len(told), len(places)).index_add_(1, columns, told)


def _save(
    out: Path, network: ObjectNetwork, average: dict[str, Tensor], optimiser: torch.optim.Optimizer, step: int
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    momentum = {str(i): state["momentum_buffer"] for i, state in enumerate(optimiser.state.values())}
    for name, tensors in (("network", network.state_dict()), ("average", average), ("momentum", momentum)):
        part = out / f"{name}.part"
        save_file({key: value.contiguous() for key, value in tensors.items()}, part)
        part.replace(out / f"{name}.safetensors")
    (out / "progress.json").write_text(json.dumps({"step": step}), "utf-8")


def _load(out: Path, network: ObjectNetwork, average: dict[str, Tensor], optimiser: torch.optim.Optimizer) -> int:
    """Put a saved run back; how many steps it has done."""
    if not (out / "progress.json").exists():
        return 0
    network.load_state_dict(load_file(out / "network.safetensors"))
    average.update(load_file(out / "average.safetensors"))
    momentum = load_file(out / "momentum.safetensors")
    for i, parameter in enumerate(network.parameters()):
        optimiser.state[parameter]["momentum_buffer"] = momentum[str(i)]
    step: int = json.loads((out / "progress.json").read_text("utf-8"))["step"]
    return step
