"""Checkpoints in Hugging Face's `transformers` and in our own runtime: the same numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import sightline.model
from sightline.engines.native.runtime import Runtime
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import load_checkpoint
from sightline.model.preprocess import PixelValues, normalise, preprocess
from sightline.model.prompt import PromptBuilder, PromptImage, PromptTurn
from sightline.model.smolvlm import Grid, SmolVlmPrompts, tiles_of
from sightline.reading.lines import Reading, TextLine
from tiny import make_smolvlm

MOST_DIFFERENCE = 1e-3
BUNDLED = Path(sightline.model.__file__).parent / "sightline-mini"
PEER = Path(__file__).with_name("peer_logits.py")
PEER_INPUTS = Path(__file__).with_name("peer_inputs.py")
OVERVIEW_DIFFERENCE = 3 / 127.5  # of 255: Pillow shrinks in two steps for us, in one for them


@pytest.fixture(scope="module")
def python_with_transformers(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that can import transformers: the one of TEST_TRANSFORMERS_PYTHON, or a new environment."""
    given = os.environ.get("TEST_TRANSFORMERS_PYTHON")
    if given:
        return given
    folder = tmp_path_factory.mktemp("transformers")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet"]
    for packages in (["torch==2.13.0"], ["transformers>=5,<6", "pillow"]):
        if subprocess.run([*pip, *packages], capture_output=True, timeout=900, check=False).returncode:
            pytest.skip(f"{packages[0]} cannot be installed here")
    return str(folder / "bin/python")


@pytest.mark.slow
def test_transformers_and_our_runtime_give_the_same_logits(python_with_transformers: str, tmp_path: Path) -> None:
    checkpoint = load_checkpoint(BUNDLED)
    runtime = Runtime(checkpoint.config, checkpoint.tensors, eight_bit=False)
    image = checkpoint.tokenizer.special(tk.IMAGE)
    prompts = PromptBuilder(checkpoint.tokenizer, checkpoint.config.n_image_tokens)
    reading = Reading((TextLine("TOTAL 12.50", (10, 20, 90, 40), 0.99, 0),), 200, 100)
    ids = prompts.prompt([PromptTurn("user", (PromptImage(1, reading), "What is the total?"))])
    pixels = np.random.default_rng(5).integers(0, 256, (100, 200, 3), np.uint8)
    tiles = preprocess(pixels, checkpoint.config.vision)
    ours = runtime.step(runtime.embed(ids, image, runtime.encode(tiles)), runtime.new_cache(len(ids)))

    theirs = logits_of_transformers(python_with_transformers, BUNDLED, ids, tiles, tmp_path)
    assert np.abs(theirs - ours).max() <= MOST_DIFFERENCE


@pytest.mark.slow
def test_a_checkpoint_in_the_released_layout_has_the_same_tiles_ids_and_logits(
    python_with_transformers: str, tmp_path: Path
) -> None:
    folder = tmp_path / "smolvlm-tiny"
    make_smolvlm(folder)
    checkpoint = load_checkpoint(folder, needs_manifest=False)
    side, n_each = checkpoint.config.vision.image_px, checkpoint.config.n_image_tokens
    pixels = np.random.default_rng(3).integers(0, 256, (2 * side, 3 * side, 3), np.uint8)
    tiles = normalise(tiles_of(pixels, Grid(3, 2), side))
    ids = SmolVlmPrompts(checkpoint.tokenizer, n_each).prompt([("user", (Grid(3, 2), "total?"))])

    np.save(tmp_path / "pixels.npy", pixels)
    run(python_with_transformers, PEER_INPUTS, folder, tmp_path / "pixels.npy", tmp_path / "theirs.npz", side, n_each)
    with np.load(tmp_path / "theirs.npz") as theirs:
        assert theirs["input_ids"].tolist() == ids
        assert np.array_equal(theirs["pixel_values"][:-1], tiles[:-1])
        assert np.abs(theirs["pixel_values"][-1] - tiles[-1]).max() <= OVERVIEW_DIFFERENCE

    runtime = Runtime(checkpoint.config, checkpoint.tensors, eight_bit=False)
    image = checkpoint.tokenizer.special(tk.IMAGE)
    ours = runtime.step(runtime.embed(ids, image, runtime.encode(tiles)), runtime.new_cache(len(ids)))
    logits = logits_of_transformers(python_with_transformers, folder, ids, tiles, tmp_path)
    assert np.abs(logits - ours).max() <= MOST_DIFFERENCE * np.abs(ours).max()


def logits_of_transformers(
    python: str, checkpoint: Path, ids: list[int], tiles: PixelValues, folder: Path
) -> NDArray[np.float32]:
    inputs, out = folder / "inputs.npz", folder / "logits.npy"
    np.savez(inputs, input_ids=np.asarray(ids, np.int64), pixel_values=tiles)
    run(python, PEER, checkpoint, inputs, out)
    logits: NDArray[np.float32] = np.load(out)[-1]
    return logits


def run(python: str, script: Path, *arguments: object) -> None:
    ran = subprocess.run(
        [python, str(script), *map(str, arguments)],
        capture_output=True, text=True, timeout=300, check=False, env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
