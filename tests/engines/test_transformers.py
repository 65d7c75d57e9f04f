"""The bundled checkpoint in Hugging Face's `transformers` and in our own runtime: the same numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sightline.model
from sightline.engines.native.runtime import Runtime
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import load_checkpoint
from sightline.model.preprocess import preprocess
from sightline.model.prompt import PromptBuilder, PromptImage, PromptTurn
from sightline.reading.lines import Reading, TextLine

MOST_DIFFERENCE = 1e-3
BUNDLED = Path(sightline.model.__file__).parent / "sightline-mini"
PEER = Path(__file__).with_name("peer_logits.py")


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

    inputs, out = tmp_path / "inputs.npz", tmp_path / "logits.npy"
    np.savez(inputs, input_ids=np.asarray(ids, np.int64), pixel_values=tiles)
    ran = subprocess.run(
        [python_with_transformers, str(PEER), str(BUNDLED), str(inputs), str(out)],
        capture_output=True, text=True, timeout=300, check=False, env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    theirs = np.load(out)[-1]

    assert np.abs(theirs - ours).max() <= MOST_DIFFERENCE
