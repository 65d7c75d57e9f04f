"""Train the bundled model from nothing, stage by stage.

    python -m sightline.training.main tokenizer --out out/tokenizer.json
    python -m sightline.training.main train --tokenizer out/tokenizer.json --out out/main --steps 4000
    python -m sightline.training.main check --tokenizer out/tokenizer.json --run out/main
    python -m sightline.training.main export --tokenizer out/tokenizer.json --run out/main --out out/model

`runs/*.sh` has the exact commands behind every published number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import torch
import typer
from safetensors.torch import load_file

from sightline.model import tokenizer as tk
from sightline.model.config import ModelConfig
from sightline.model.tokenizer import TextTokenizer, train_tokenizer
from sightline.reading.objects import MODEL_FILE
from sightline.training.calibrate import calibrate as calibrate_checkpoint
from sightline.training.check import exact_by_kind, table
from sightline.training.checkpoint import latest_weights
from sightline.training.export import export as export_checkpoint
from sightline.training.loop import LoopConfig, train
from sightline.training.network import SightlineNetwork
from sightline.training.object_photos import PhotoStreamConfig
from sightline.training.objects import ObjectsConfig, train_objects
from sightline.training.objects_export import export_objects
from sightline.training.stream import PICTURE_SHARES, StreamConfig, draw_scene, open_stream

AVERAGE = "average.safetensors"
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
Tokenizer = Annotated[Path, typer.Option(help="tokenizer.json")]
Out = Annotated[Path, typer.Option(help="where to write")]
Run = Annotated[Path, typer.Option(help="folder of a training run")]
Photos = Annotated[Path | None, typer.Option(help="folder of photos with labels.jsonl; none: no photos")]


@app.command()
def tokenizer(out: Out, n_scenes: int = 6000, seed: int = 7, photos: Photos = None) -> None:
    """Learn the vocabulary from what the scenes say."""
    out.parent.mkdir(parents=True, exist_ok=True)
    train_tokenizer(_texts(n_scenes, seed, photos), ModelConfig().decoder.vocab_size).save(str(out))


def _texts(n_scenes: int, seed: int, photos: Path | None) -> Iterator[str]:
    stream = StreamConfig(seed=seed, document_share=0.8, picture_share=0.0, photos=photos)
    for index in range(n_scenes):
        scene, _ = draw_scene(stream, index)
        yield from (f" {line.text}" for line in scene.reading.lines)
        for turn in scene.turns:
            yield f" {turn.question}"
            yield f" {turn.answer}"


@app.command("train")
def train_command(
    tokenizer: Tokenizer,
    out: Out,
    steps: Annotated[int, typer.Option(help="optimiser steps in all")],
    start: Annotated[
        Path | None, typer.Option(help="run, or exported model, whose latest weights to begin with")
    ] = None,
    encoder: Annotated[Path | None, typer.Option(help="run whose encoder to begin with")] = None,
    dense_only: Annotated[bool, typer.Option(help="teach the encoder alone what covers each patch")] = False,
    seed: int = 0,
    max_tokens: int = 1024,
    tokens_per_batch: int = 8192,
    recital_share: float = 0.0,
    recital_lines: int = 9,
    document_share: float = 0.55,
    picture_share: float = 0.5,
    album_share: Annotated[float, typer.Option(help="share of the samples that are several pictures at once")] = 0.0,
    naming_share: Annotated[float, typer.Option(help="share of the samples that are photos to name")] = 0.0,
    keep_encoder: Annotated[bool, typer.Option(help="leave the encoder as it is")] = False,
    muon_lr: float = 0.02,
    adam_lr: float = 1e-2,
    warm_up: float = 0.02,
    decay: float = 0.3,
    dense_weight: float = 0.3,
    photos: Photos = None,
    share: Annotated[
        list[str] | None,
        typer.Option(help="FAMILY=SHARE of the pictures that are no documents; repeat; unnamed families keep theirs"),
    ] = None,
    n_threads: int = 2,
    n_workers: int = 1,
    device: Annotated[str, typer.Option(help="cpu or cuda; auto takes a GPU where there is one")] = "auto",
    save_every: int = 100,
    minutes: Annotated[float, typer.Option(help="stop and save after so many; run again to go on")] = math.inf,
) -> None:
    """Take optimiser steps and save to OUT; run again to go on where it stopped."""
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(n_threads)
    torch.manual_seed(seed)
    config = _config()
    network = _network(config, tokenizer)
    if start is not None:
        network.load_state_dict(latest_weights(start))
    if encoder is not None:
        seen = {name: value for name, value in latest_weights(encoder).items() if ".vision_model." in name}
        network.load_state_dict(seen, strict=False)
    network.model.vision_model.requires_grad_(not keep_encoder)
    stream = StreamConfig(
        seed, max_tokens, tokens_per_batch, recital_share, recital_lines, document_share, picture_share, photos
    )
    stream = replace(stream, shares=picture_shares(share or []), album_share=album_share, naming_share=naming_share)
    loop = LoopConfig(steps, muon_lr, adam_lr, warm_up, decay, dense_weight, dense_only)
    loop = replace(loop, save_every=save_every, device=device, most_s=60 * minutes)
    taught = [run for run in (encoder, start) if run is not None]
    heads = next(filter(None, (latest_weights(run, "heads") for run in taught)), None)
    train(network, lambda first: open_stream(config, tokenizer, stream, first, n_workers), loop, out, heads)


@app.command("objects")
def objects_command(
    photos: Annotated[Path, typer.Option(help="folder of photos with labels.jsonl")],
    out: Out,
    steps: Annotated[int, typer.Option(help="optimiser steps in all")],
    batch_size: int = 96,
    lr: float = 0.2,
    seed: int = 0,
    n_threads: int = 2,
) -> None:
    """Teach a network of its own what photos show; run again to go on. `export-objects` writes the reader's file."""
    torch.set_num_threads(n_threads)
    torch.manual_seed(seed)
    score = train_objects(photos, ObjectsConfig(steps, PhotoStreamConfig(batch_size, seed=seed), lr), out)
    print(f"photos kept for test: label {score['label']:.1%}, word {score['word']:.1%}")


@app.command("export-objects")
def export_objects_command(
    run: Run,
    photos: Annotated[Path, typer.Option(help="folder of photos with labels.jsonl, which names the labels")],
    out: Annotated[Path, typer.Option(help="the file to write")] = MODEL_FILE,
) -> None:
    """Write the averaged network of RUN as the file that the reader opens."""
    export_objects(run, photos, out)


def picture_shares(given: Sequence[str]) -> dict[str, float]:
    """The usual shares of the picture families with those of `given` ("boxes=0.3") in their place."""
    shares = dict(PICTURE_SHARES)
    for text in given:
        name, _, number = text.partition("=")
        if name not in shares:
            raise typer.BadParameter(f"no family {name!r}: one of {', '.join(shares)}", param_hint="--share")
        try:
            shares[name] = float(number)
        except ValueError:
            raise typer.BadParameter(f"{text!r} is not FAMILY=NUMBER", param_hint="--share") from None
        if not shares[name] >= 0:
            raise typer.BadParameter(f"{text!r}: a share is 0 or more", param_hint="--share")
    return shares


@app.command()
def check(tokenizer: Tokenizer, run: Run, n_batches: int = 20, seed: int = 1, photos: Photos = None) -> None:
    """Print teacher-forced exactness by skill on scenes kept for test."""
    config = _config()
    network = _network(config, tokenizer).eval()
    network.load_state_dict(load_file(run / AVERAGE))
    stream = StreamConfig(seed=seed, picture_share=1.0, photos=photos, split="test")
    print(table(exact_by_kind(network, open_stream(config, tokenizer, stream, 0, 0), n_batches)))


@app.command()
def export(tokenizer: Tokenizer, run: Run, out: Out) -> None:
    """Write the averaged weights of RUN in the form that the package ships."""
    export_checkpoint(run, tokenizer, _config(), out)


@app.command()
def calibrate(
    model: Annotated[Path, typer.Option(help="exported model to fit and to write to")],
    n_scenes: int = 400,
    seed: int = 5,
    photos: Photos = None,
    unsure_below: Annotated[
        float | None, typer.Option(min=0, max=1, help="short answers about photos less likely right become not sure")
    ] = None,
) -> None:
    """Measure how far the model's probabilities can be believed, and keep that with the weights."""
    stream = StreamConfig(seed=seed, document_share=0.6, picture_share=1.0, photos=photos, split="test")
    print(calibrate_checkpoint(model, stream, n_scenes, unsure_below))


def _config() -> ModelConfig:
    """The shape of the bundled model and what it is taught to expect."""
    return ModelConfig(quotes_reading=True, knows_figures=True, knows_measures=True)


def _network(config: ModelConfig, tokenizer: Path) -> SightlineNetwork:
    return SightlineNetwork(config, TextTokenizer.load(tokenizer).special(tk.IMAGE))


if __name__ == "__main__":
    app()
